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
    _create_bounces()
    _create_whereabouts()


def _create_bounces() -> None:
    op.create_table(
        "bounces",
        sa.Column("letter_ref", sa.String(length=40), nullable=False),
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("address_id", Key, nullable=True),
        sa.Column("outcome", _words("outcome", *OUTCOMES), nullable=False),
        sa.Column("reason", _words("reason", *REASONS), nullable=False),
        sa.Column("is_dead", sa.Boolean(), nullable=False),
        sa.Column("status_code", sa.String(length=16), nullable=False),
        sa.Column("reply_code", sa.String(length=3), nullable=False),
        sa.Column("diagnostic", sa.Text(), nullable=False),
        sa.Column("detector", sa.String(length=64), nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("hand_over", sa.Integer(), nullable=False),
        *_kept("bounces", address="addresses"),
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


def _create_whereabouts() -> None:
    op.create_table(
        "whereabouts",
        sa.Column("contact_id", Key, nullable=False),
        sa.Column("kind", _words("gone", "away", "left"), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("stand_in", sa.String(length=200), nullable=False),
        sa.Column("stand_in_address", sa.String(length=320), nullable=False),
        sa.Column("stand_in_phone", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", Moment, nullable=False),
        *_kept("whereabouts", contact="contacts"),
    )
    op.create_index(op.f("ix_whereabouts_contact_id"), "whereabouts", ["contact_id"], unique=False)


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
    op.drop_table("whereabouts")
    op.drop_table("bounces")
