"""Reminders of what is not used, what clients answer and say, how satisfied they are, and talks."""

import sqlalchemy as sa
from alembic import op

revision = "0009_reminders"
down_revision = "0008_renewals"
branch_labels = None
depends_on = None

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
_TABLES = ("reminders", "benefit_answers", "check_ins", "client_words", "meetings")
_INDEXED = {
    "reminders": ("deliverable_id", "client_id", "reached_on"),
    "benefit_answers": ("deliverable_id", "client_id", "at"),
    "check_ins": ("contract_id", "client_id", "contact_id", "answered_at"),
    "client_words": ("client_id", "contract_id", "at"),
    "meetings": ("client_id", "rep_id"),
}


def upgrade() -> None:
    _create_reminders()
    _create_benefit_answers()
    _create_check_ins()
    _create_client_words()
    _create_meetings()
    for table, columns in _INDEXED.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _create_reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("deliverable_id", Key, nullable=False),
        sa.Column("client_id", Key, nullable=False),
        sa.Column("contact_id", Key, nullable=True),
        sa.Column("rung", _words("rung", "first", "second", "last", "call", "lapsed"), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        *_kept("reminders", deliverable="deliverables", client="clients", contact="contacts"),
    )


def _create_benefit_answers() -> None:
    op.create_table(
        "benefit_answers",
        sa.Column("deliverable_id", Key, nullable=False),
        sa.Column("client_id", Key, nullable=False),
        sa.Column("contact_id", Key, nullable=False),
        sa.Column("said", _words("said", "yes", "no", "help"), nullable=False),
        sa.Column("ends_letters", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        *_kept("benefit_answers", deliverable="deliverables", client="clients", contact="contacts"),
    )


def _create_check_ins() -> None:
    op.create_table(
        "check_ins",
        sa.Column("contract_id", Key, nullable=False),
        sa.Column("client_id", Key, nullable=False),
        sa.Column("contact_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_at", Moment, nullable=True),
        *_kept("check_ins", contract="contracts", client="clients", contact="contacts"),
    )


def _create_client_words() -> None:
    op.create_table(
        "client_words",
        sa.Column("client_id", Key, nullable=False),
        sa.Column("contract_id", Key, nullable=True),
        sa.Column("contact_id", Key, nullable=True),
        sa.Column("kind", _words("wordkind", "remark", "praise", "price", "call"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        *_kept("client_words", contract="contracts", client="clients", contact="contacts"),
    )


def _create_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("client_id", Key, nullable=False),
        sa.Column("contract_id", Key, nullable=True),
        sa.Column("contact_id", Key, nullable=False),
        sa.Column("rep_id", Key, nullable=False),
        sa.Column("state", _words("meetingstate", "asked", "agreed"), nullable=False),
        sa.Column("starts_at", Moment, nullable=True),
        sa.Column("ends_at", Moment, nullable=True),
        sa.Column("uid", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.UniqueConstraint("uid", name=op.f("uq_meetings_uid")),
        *_kept("meetings", contract="contracts", client="clients", contact="contacts", rep="people"),
    )


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
    for table in reversed(_TABLES):
        op.drop_table(table)
