"""Expenses, their receipts, and the files that are kept by their hash."""

import sqlalchemy as sa
from alembic import op

revision = "0005_expenses"
down_revision = "0004_issues"
branch_labels = None
depends_on = None

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Money = sa.BigInteger()  # whole ten-thousandths
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "stored_files",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("stored_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_files")),
    )
    op.create_table(
        "expenses",
        sa.Column("person_id", Key, nullable=False),
        sa.Column("client_id", Key, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount", Money, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("arrival_id", Key, nullable=True),
        *_kept("expenses", person="people", client="clients", arrival="arrivals"),
    )
    for column in ("client_id", "person_id", "said_on"):
        op.create_index(op.f(f"ix_expenses_{column}"), "expenses", [column], unique=False)
    op.create_table(
        "expense_receipts",
        sa.Column("expense_id", Key, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        *_kept("expense_receipts", expense="expenses"),
        sa.ForeignKeyConstraint(["sha256"], ["stored_files.sha256"], name=op.f("fk_expense_receipts_sha256")),
    )
    for column in ("expense_id", "sha256"):
        op.create_index(op.f(f"ix_expense_receipts_{column}"), "expense_receipts", [column], unique=False)


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
    op.drop_table("expense_receipts")
    op.drop_table("expenses")
    op.drop_table("stored_files")
