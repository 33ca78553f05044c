"""The bounces that counted, and what contacts' mailboxes said of them: away, or gone."""

import sqlalchemy as sa
from alembic import op

revision = "0002_bounces"
down_revision = "0001_kernel"
branch_labels = None
depends_on = None

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)

OUTCOMES = ("failed", "delayed", "delivered")
REASONS = (
    "no_such_mailbox",
    "no_such_host",
    "moved",
    "mailbox_full",
    "disabled",
    "blocked",
    "content",
    "temporary",
    "delivered",
    "complaint",
    "unknown",
)


def upgrade() -> None:
    op.create_table(
        "bounces",
        sa.Column("letter_ref", sa.String(length=40), nullable=False),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("address_id", Key, nullable=True),
        sa.Column("outcome", sa.Enum(*OUTCOMES, name="outcome", native_enum=False, length=32), nullable=False),
        sa.Column("reason", sa.Enum(*REASONS, name="reason", native_enum=False, length=32), nullable=False),
        sa.Column("is_dead", sa.Boolean(), nullable=False),
        sa.Column("status_code", sa.String(length=16), nullable=False),
        sa.Column("reply_code", sa.String(length=3), nullable=False),
        sa.Column("diagnostic", sa.Text(), nullable=False),
        sa.Column("detector", sa.String(length=64), nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("hand_over", sa.Integer(), nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("made_by", Key, nullable=True),
        sa.Column("undone_by", Key, nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_bounces_address_id")),
        sa.ForeignKeyConstraint(["made_by"], ["decisions.id"], name=op.f("fk_bounces_made_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["decisions.id"], name=op.f("fk_bounces_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounces")),
        sa.UniqueConstraint(
            "letter_ref",
            "address_key",
            "outcome",
            "is_dead",
            "hand_over",
            name=op.f("uq_bounces_letter_ref_address_key_outcome_is_dead_hand_over"),
        ),
    )
    op.create_index(op.f("ix_bounces_address_key"), "bounces", ["address_key"], unique=False)
    op.create_index(op.f("ix_bounces_address_id"), "bounces", ["address_id"], unique=False)
    op.create_index(op.f("ix_bounces_seen_at"), "bounces", ["seen_at"], unique=False)
    op.create_table(
        "whereabouts",
        sa.Column("contact_id", Key, nullable=False),
        sa.Column("kind", sa.Enum("away", "left", name="gone", native_enum=False, length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("stand_in", sa.String(length=200), nullable=False),
        sa.Column("stand_in_address", sa.String(length=320), nullable=False),
        sa.Column("stand_in_phone", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", Moment, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("made_by", Key, nullable=True),
        sa.Column("undone_by", Key, nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_whereabouts_contact_id")),
        sa.ForeignKeyConstraint(["made_by"], ["decisions.id"], name=op.f("fk_whereabouts_made_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["decisions.id"], name=op.f("fk_whereabouts_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whereabouts")),
    )
    op.create_index(op.f("ix_whereabouts_contact_id"), "whereabouts", ["contact_id"], unique=False)


def downgrade() -> None:
    op.drop_table("whereabouts")
    op.drop_table("bounces")
