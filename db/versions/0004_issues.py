"""Issues, and the mails about them."""

import sqlalchemy as sa
from alembic import op

revision = "0004_issues"
down_revision = "0003_sales"
branch_labels = None
depends_on = None

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_issues()
    _create_issue_messages()


def _create_issues() -> None:
    op.create_table(
        "issues",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("client_id", Key, nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("severity", _words("severity", "high", "normal", "low"), nullable=False),
        sa.Column("severity_because", sa.Text(), nullable=False),
        sa.Column("owner_id", Key, nullable=True),
        sa.Column("department_id", Key, nullable=True),
        sa.Column("state", _words("issuestate", "open", "claimed", "solved", "merged"), nullable=False),
        sa.Column("solved_at", Moment, nullable=True),
        sa.Column("their_number", sa.String(length=64), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("called_at", Moment, nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("answer_by", Moment, nullable=True),
        sa.Column("answered_at", Moment, nullable=True),
        sa.Column("solve_by", Moment, nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("rings_at", Moment, nullable=True),
        sa.Column(
            "rings_for",
            _words("ring", "answer-near", "answer-late", "solution-near", "solution-late", "wakes"),
            nullable=True,
        ),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("asks_month", sa.Date(), nullable=True),
        sa.Column("merged_into_id", Key, nullable=True),
        sa.Column("follows_id", Key, nullable=True),
        *_kept("issues", client="clients", owner="people", department="people", merged_into="issues", follows="issues"),
        sa.UniqueConstraint("ref", name=op.f("uq_issues_ref")),
    )
    moments = ("opened_at", "answer_by", "answered_at", "solve_by", "solved_at", "rings_at")
    for column in ("deadline", "department_id", "merged_into_id", "owner_id", *moments):
        op.create_index(op.f(f"ix_issues_{column}"), "issues", [column], unique=False)
    op.create_index("ix_issues_of_client", "issues", ["client_id", "state"], unique=False)
    op.create_index("ix_issues_of_address", "issues", ["address_key", "state"], unique=False)


def _create_issue_messages() -> None:
    op.create_table(
        "issue_messages",
        sa.Column("issue_id", Key, nullable=False),
        sa.Column("arrival_id", Key, nullable=True),
        sa.Column("voice", _words("voice", "client", "robot", "staff"), nullable=False),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("passed_on", sa.Boolean(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        *_kept("issue_messages", issue="issues", arrival="arrivals"),
    )
    for column in ("arrival_id", "issue_id"):
        op.create_index(op.f(f"ix_issue_messages_{column}"), "issue_messages", [column], unique=False)


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def _kept(table: str, **references: str) -> tuple[sa.schema.SchemaItem, ...]:
    """The columns and keys of a table whose changes are kept; `references` are its other keys, by name and table."""
    keys = {"made_by": "decisions", "undone_by": "decisions"} | {f"{name}_id": to for name, to in references.items()}
    return (
        sa.Column("id", Key, nullable=False),
        sa.Column("made_by", Key, nullable=True),
        sa.Column("undone_by", Key, nullable=True),
        *(sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}")) for name, to in keys.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    op.drop_table("issue_messages")
    op.drop_table("issues")
