"""The tables that every duty shares."""

import sqlalchemy as sa
from alembic import op

revision = "0001_kernel"
down_revision = None
branch_labels = None
depends_on = None

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_arrivals()
    _create_numbers()
    _create_runs()
    _create_watermarks()
    _create_circumstances()
    _create_decisions()
    _create_raw_mails()
    _create_changes()
    _create_pauses()
    _create_people()
    _create_questions()
    _create_approvals()
    _create_clients()
    _create_name_changes()
    _create_contacts()
    _create_letters()
    _create_tasks()
    _create_addresses()
    _create_contact_points()
    _create_letter_stops()
    _create_suppressions()


def _create_arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("id", Key, nullable=False),
        sa.Column("mailbox", sa.String(length=64), nullable=False),
        sa.Column("folder", sa.String(length=200), nullable=False),
        sa.Column("uidvalidity", Key, nullable=False),
        sa.Column("uid", Key, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("arrived_at", Moment, nullable=False),
        sa.Column("state", _words("arrivalstate", "accepted", "decided", "set aside", "too big"), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("try_after", Moment, nullable=True),
        sa.Column("lease_of", sa.String(length=64), nullable=True),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("message_id", sa.String(length=998), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("sender_key", sa.String(length=320), nullable=True),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column("folder_wanted", sa.String(length=32), nullable=False),
        sa.Column("again_by", Key, nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("vouched_for", Key, nullable=True),
        sa.Column("filed_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
        sa.UniqueConstraint(
            "mailbox", "folder", "uidvalidity", "uid", name=op.f("uq_arrivals_mailbox_folder_uidvalidity_uid")
        ),
    )
    op.create_index("ix_arrivals_copies", "arrivals", ["content_hash"], unique=False)
    op.create_index(op.f("ix_arrivals_sender_key"), "arrivals", ["sender_key"], unique=False)
    for name, column, where in (
        ("ix_arrivals_unfiled", "mailbox", sa.text("filed_at IS NULL AND folder_wanted <> ''")),
        ("ix_arrivals_waiting", "id", sa.text("state = 'accepted'")),
    ):
        op.create_index(name, "arrivals", [column], unique=False, sqlite_where=where, postgresql_where=where)


def _create_numbers() -> None:
    op.create_table(
        "numbers",
        sa.Column("series", sa.String(length=32), nullable=False),
        sa.Column("next", Key, nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_numbers")),
    )


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("job", "day", name=op.f("pk_runs")),
    )


def _create_watermarks() -> None:
    op.create_table(
        "watermarks",
        sa.Column("mailbox", sa.String(length=64), nullable=False),
        sa.Column("folder", sa.String(length=200), nullable=False),
        sa.Column("uidvalidity", Key, nullable=False),
        sa.Column("first_uid", Key, nullable=False),
        sa.Column("last_uid", Key, nullable=False),
        sa.Column("renumbered_below", Key, nullable=False),
        sa.Column("since", Moment, nullable=True),
        sa.PrimaryKeyConstraint("mailbox", "folder", name=op.f("pk_watermarks")),
    )


def _create_circumstances() -> None:
    op.create_table(
        "circumstances",
        sa.Column("id", Key, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circumstances")),
        sa.UniqueConstraint("digest", name=op.f("uq_circumstances_digest")),
    )


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", Key, nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("arrival_id", Key, nullable=True),
        sa.Column("job", sa.String(length=200), nullable=True),
        sa.Column("decided_at", Moment, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("duty", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("trust", sa.String(length=2), nullable=False),
        sa.Column("folder", sa.String(length=32), nullable=False),
        sa.Column("carried_out", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("known", sa.LargeBinary(), nullable=True),
        sa.Column("circumstances_id", Key, nullable=True),
        sa.Column("undone_by", Key, nullable=True),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrivals.id"], name=op.f("fk_decisions_arrival_id")),
        sa.ForeignKeyConstraint(["circumstances_id"], ["circumstances.id"], name=op.f("fk_decisions_circumstances_id")),
        sa.ForeignKeyConstraint(["undone_by"], ["decisions.id"], name=op.f("fk_decisions_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("ref", name=op.f("uq_decisions_ref")),
    )
    op.create_index(op.f("ix_decisions_arrival_id"), "decisions", ["arrival_id"], unique=False)
    op.create_index(
        "ix_decisions_lately", "decisions", ["decided_at", "origin", "trust", "folder", "duty"], unique=False
    )
    undone = sa.text("undone_by IS NOT NULL")
    op.create_index(
        "ix_decisions_undone",
        "decisions",
        ["undone_by"],
        unique=False,
        sqlite_where=undone,
        postgresql_where=undone,
    )


def _create_raw_mails() -> None:
    op.create_table(
        "raw_mails",
        sa.Column("arrival_id", Key, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrivals.id"], name=op.f("fk_raw_mails_arrival_id")),
        sa.PrimaryKeyConstraint("arrival_id", name=op.f("pk_raw_mails")),
    )


def _create_changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", Key, nullable=False),
        sa.Column("decision_id", Key, nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("row_id", Key, nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_changes_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_decision_id"), "changes", ["decision_id"], unique=False)
    op.create_index("ix_changes_row", "changes", ["table_name", "row_id"], unique=False)
    op.create_index("ix_changes_newest", "changes", ["table_name", "id"], unique=False)


def _create_pauses() -> None:
    op.create_table(
        "pauses",
        sa.Column("scope", sa.String(length=255), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("until", Moment, nullable=True),
        *_kept("pauses"),
    )
    op.create_index(op.f("ix_pauses_scope"), "pauses", ["scope"], unique=False)


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", _words("role", "rep", "department", "coordinator", "manager", "admin"), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("holidays", sa.String(length=16), nullable=True),
        *_kept("people"),
    )


def _create_questions() -> None:
    op.create_table(
        "questions",
        sa.Column("letter_ref", sa.String(length=40), nullable=False),
        sa.Column("duty", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("asked_key", sa.String(length=320), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("followed", sa.Boolean(), nullable=False),
        sa.Column("state", _words("questionstate", "open", "answered", "withdrawn"), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        *_kept("questions"),
        sa.UniqueConstraint("letter_ref", name=op.f("uq_questions_letter_ref")),
    )
    op.create_index(op.f("ix_questions_asked_key"), "questions", ["asked_key"], unique=False)
    op.create_index("ix_questions_waiting", "questions", ["state", "followed", "duty"], unique=False)


def _create_approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("proposal_id", Key, nullable=False),
        sa.Column("state", _words("approvalstate", "waiting", "done", "moot"), nullable=False),
        sa.Column("settled_by", Key, nullable=True),
        *_kept("approvals", proposal="decisions"),
    )
    op.create_index(op.f("ix_approvals_proposal_id"), "approvals", ["proposal_id"], unique=False)
    op.create_index(op.f("ix_approvals_settled_by"), "approvals", ["settled_by"], unique=False)


def _create_clients() -> None:
    op.create_table(
        "clients",
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("owner_id", Key, nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("paused_because", sa.Text(), nullable=True),
        sa.Column("holidays", sa.String(length=16), nullable=True),
        sa.Column("merged_into_id", Key, nullable=True),
        *_kept("clients", merged_into="clients", owner="people"),
        sa.UniqueConstraint("code", name=op.f("uq_clients_code")),
    )
    op.create_index(op.f("ix_clients_merged_into_id"), "clients", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_clients_name_key"), "clients", ["name_key"], unique=False)
    op.create_index(op.f("ix_clients_owner_id"), "clients", ["owner_id"], unique=False)


def _create_name_changes() -> None:
    op.create_table(
        "name_changes",
        sa.Column("id", Key, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("client_id", Key, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_name_changes_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_changes")),
    )


def _create_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("client_id", Key, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("phone", sa.String(length=64), nullable=True),
        sa.Column("away_from", Moment, nullable=True),
        sa.Column("away_until", Moment, nullable=True),
        *_kept("contacts", client="clients"),
    )
    op.create_index(op.f("ix_contacts_away_until"), "contacts", ["away_until"], unique=False)
    op.create_index(op.f("ix_contacts_client_id"), "contacts", ["client_id"], unique=False)


def _create_letters() -> None:
    op.create_table(
        "letters",
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("duty", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=64), nullable=False),
        sa.Column("object", sa.String(length=320), nullable=False),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("recipient_key", sa.String(length=320), nullable=False),
        sa.Column("envelope_sender", sa.String(length=320), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("acknowledgement", sa.Boolean(), nullable=False),
        sa.Column("client_id", Key, nullable=True),
        sa.Column("kind", _letter_kind(), nullable=True),
        sa.Column(
            "state",
            _words("letterstate", "waiting", "on hold", "claimed", "sending", "sent", "refused", "unsure", "withdrawn"),
            nullable=False,
        ),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("try_after", Moment, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_of", sa.String(length=64), nullable=True),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("sent_at", Moment, nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        *_kept("letters", client="clients"),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
        sa.UniqueConstraint("purpose", "object", "period", name=op.f("uq_letters_purpose_object_period")),
        sa.UniqueConstraint("ref", name=op.f("uq_letters_ref")),
    )
    op.create_index(op.f("ix_letters_client_id"), "letters", ["client_id"], unique=False)
    op.create_index("ix_letters_due", "letters", ["state", "try_after"], unique=False)
    op.create_index("ix_letters_sent_to", "letters", ["recipient_key", "sent_at"], unique=False)
    op.create_index("ix_letters_to", "letters", ["recipient_key", "state"], unique=False)
    op.create_index("ix_letters_sent_at", "letters", ["sent_at"], unique=False)


def _create_tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("person_id", Key, nullable=True),
        sa.Column("duty", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("client_id", Key, nullable=True),
        sa.Column("arrival_id", Key, nullable=True),
        sa.Column("state", _words("taskstate", "open", "done"), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        *_kept("tasks", arrival="arrivals", client="clients", person="people"),
    )
    op.create_index(op.f("ix_tasks_person_id"), "tasks", ["person_id"], unique=False)
    op.create_index(op.f("ix_tasks_state"), "tasks", ["state"], unique=False)


def _create_addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("key", sa.String(length=320), nullable=False),
        sa.Column("written", sa.String(length=320), nullable=False),
        sa.Column("person_id", Key, nullable=True),
        sa.Column("contact_id", Key, nullable=True),
        sa.Column("status", _words("addressstatus", "ok", "undeliverable", "stopped", "left"), nullable=False),
        sa.Column("status_since", Moment, nullable=True),
        sa.Column("status_because", sa.Text(), nullable=True),
        sa.Column("last_ok", Moment, nullable=True),
        sa.Column("looks", sa.String(length=320), nullable=False),
        *_kept("addresses", contact="contacts", person="people"),
        sa.UniqueConstraint("key", name=op.f("uq_addresses_key")),
    )
    op.create_index(op.f("ix_addresses_contact_id"), "addresses", ["contact_id"], unique=False)
    op.create_index(op.f("ix_addresses_looks"), "addresses", ["looks"], unique=False)
    op.create_index("ix_addresses_made_by", "addresses", ["made_by"], unique=False)
    op.create_index(op.f("ix_addresses_person_id"), "addresses", ["person_id"], unique=False)
    op.create_index("ix_addresses_status", "addresses", ["status", "status_since"], unique=False)


def _create_contact_points() -> None:
    op.create_table(
        "contact_points",
        sa.Column("client_id", Key, nullable=False),
        sa.Column("contact_id", Key, nullable=True),
        sa.Column("kind", _words("pointkind", "phone", "post"), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=320), nullable=False),
        sa.Column("status", _words("pointstatus", "ok", "dead"), nullable=False),
        sa.Column("status_because", sa.Text(), nullable=False),
        sa.Column("first_seen", Moment, nullable=False),
        sa.Column("last_seen", Moment, nullable=False),
        sa.Column("last_ok", Moment, nullable=True),
        *_kept("contact_points", client="clients", contact="contacts"),
    )
    op.create_index(op.f("ix_contact_points_client_id"), "contact_points", ["client_id"], unique=False)
    op.create_index(op.f("ix_contact_points_contact_id"), "contact_points", ["contact_id"], unique=False)


def _create_letter_stops() -> None:
    op.create_table(
        "letter_stops",
        sa.Column("address_key", sa.String(length=320), nullable=False),
        sa.Column("contact_id", Key, nullable=False),
        sa.Column("kind", _letter_kind(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("since", Moment, nullable=False),
        *_kept("letter_stops", contact="contacts"),
    )
    op.create_index(op.f("ix_letter_stops_address_key"), "letter_stops", ["address_key"], unique=False)
    op.create_index(op.f("ix_letter_stops_contact_id"), "letter_stops", ["contact_id"], unique=False)


def _create_suppressions() -> None:
    op.create_table(
        "suppressions",
        sa.Column("id", Key, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppressions")),
        sa.UniqueConstraint("digest", name=op.f("uq_suppressions_digest")),
    )


def _letter_kind() -> sa.Enum:
    kinds = ("reminder", "mailing", "contract", "invoice", "issue", "proof")
    return _words("letterkind", *kinds)


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
    for table in (
        "suppressions",
        "letter_stops",
        "contact_points",
        "addresses",
        "tasks",
        "letters",
        "contacts",
        "name_changes",
        "clients",
        "approvals",
        "questions",
        "people",
        "pauses",
        "changes",
        "raw_mails",
        "decisions",
        "circumstances",
        "watermarks",
        "runs",
        "numbers",
        "arrivals",
    ):
        op.drop_table(table)
