"""Looks at web pages that departments and clients named."""

import sqlalchemy as sa
from alembic import op

revision = "0007_looks"
down_revision = "0006_contracts"
branch_labels = None
depends_on = None

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "page_looks",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("duty", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=100), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("state", _words("waiting", "seen", "closed"), nullable=False),
        sa.Column("try_after", Moment, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_of", sa.String(length=100), nullable=True),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("seen_at", Moment, nullable=True),
        sa.Column("verdict", _words(*_VERDICTS), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("page_title", sa.String(length=500), nullable=False),
        sa.Column("said", sa.String(length=500), nullable=False),
        sa.Column("link", _words("there", "elsewhere", "missing"), nullable=True),
        sa.Column("links_to", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("redirects", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        *_kept("page_looks"),
    )
    op.create_index("ix_page_looks_state_try_after", "page_looks", ["state", "try_after"], unique=False)
    op.create_index("ix_page_looks_duty_state", "page_looks", ["duty", "state"], unique=False)
    op.create_index("ix_page_looks_duty_about", "page_looks", ["duty", "about"], unique=False)


_VERDICTS = (
    "found",
    "not found",
    "says not found",
    "not shown",
    "no such host",
    "not public",
    "too many redirects",
    "too slow",
    "refused",
    "no trusted connection",
    "server fault",
    "no web address",
)


def _words(*words: str) -> sa.Enum:
    return sa.Enum(*words, native_enum=False, length=32)


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
    op.drop_table("page_looks")
