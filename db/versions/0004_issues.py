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
        sa.Column(
            "severity", sa.Enum("high", "normal", "low", name="severity", native_enum=False, length=32), nullable=False
        ),
        sa.Column("severity_because", sa.Text(), nullable=False),
        sa.Column("owner_id", Key, nullable=True),
        sa.Column("department_id", Key, nullable=True),
        sa.Column(
            "state",
            sa.Enum("open", "claimed", "solved", "merged", name="issuestate", native_enum=False, length=32),
            nullable=False,
        ),
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
            sa.Enum(
                "answer-near",
                "answer-late",
                "solution-near",
                "solution-late",
                "wakes",
                name="ring",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("asks_month", sa.Date(), nullable=True),
        sa.Column("merged_into_id", Key, nullable=True),
        sa.Column("follows_id", Key, nullable=True),
        *_kept(),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_issues_client_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_issues_owner_id")),
        sa.ForeignKeyConstraint(["department_id"], ["people.id"], name=op.f("fk_issues_department_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["issues.id"], name=op.f("fk_issues_merged_into_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["issues.id"], name=op.f("fk_issues_follows_id")),
        *_kept_keys("issues"),
        sa.UniqueConstraint("ref", name=op.f("uq_issues_ref")),
    )
    moments = ("opened_at", "answer_by", "answered_at", "solve_by", "solved_at", "rings_at")
    for column in ("deadline", "department_id", "merged_into_id", "owner_id", *moments):
        op.create_index(op.f(f"ix_issues_{column}"), "issues", [column], unique=False)
    op.create_index("ix_issues_of_client", "issues", ["client_id", "state"], unique=False)
    op.create_index("ix_issues_of_address", "issues", ["address_key", "state"], unique=False)
    op.create_table(
        "issue_messages",
        sa.Column("issue_id", Key, nullable=False),
        sa.Column("arrival_id", Key, nullable=True),
        sa.Column(
            "voice", sa.Enum("client", "robot", "staff", name="voice", native_enum=False, length=32), nullable=False
        ),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("passed_on", sa.Boolean(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        *_kept(),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_issue_messages_issue_id")),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrivals.id"], name=op.f("fk_issue_messages_arrival_id")),
        *_kept_keys("issue_messages"),
    )
    for column in ("arrival_id", "issue_id"):
        op.create_index(op.f(f"ix_issue_messages_{column}"), "issue_messages", [column], unique=False)


def _kept() -> tuple[sa.Column[int], ...]:
    return (
        sa.Column("id", Key, nullable=False),
        sa.Column("made_by", Key, nullable=True),
        sa.Column("undone_by", Key, nullable=True),
    )


def _kept_keys(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["made_by"], ["decisions.id"], name=op.f(f"fk_{table}_made_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["decisions.id"], name=op.f(f"fk_{table}_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    op.drop_table("issue_messages")
    op.drop_table("issues")
