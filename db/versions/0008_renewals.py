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
        sa.Column("id", Key, nullable=False),
        sa.Column("made_by", Key, nullable=True),
        sa.Column("undone_by", Key, nullable=True),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_renewal_words_contract_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_renewal_words_person_id")),
        sa.ForeignKeyConstraint(["made_by"], ["decisions.id"], name=op.f("fk_renewal_words_made_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["decisions.id"], name=op.f("fk_renewal_words_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal_words")),
    )
    op.create_index(op.f("ix_renewal_words_contract_id"), "renewal_words", ["contract_id"], unique=False)


def downgrade() -> None:
    op.drop_table("renewal_words")
