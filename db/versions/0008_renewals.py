"""How it stood with contracts, by the word of who looks after them."""

import sqlalchemy as sa
from alembic import op

revision = "0008_renewals"
down_revision = "0007_looks"
branch_labels = None
depends_on = None

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "renewal_words",
        sa.Column("contract_id", Key, nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column(
            "said",
            sa.Enum("renew", "talking", "lost", name="standing", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        *_kept("renewal_words", contract="contracts", person="people"),
    )
    op.create_index(op.f("ix_renewal_words_contract_id"), "renewal_words", ["contract_id"], unique=False)


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
    op.drop_table("renewal_words")
