"""Contracts, what they promise, their files, their history, what was seen of banners, and what waits for an OK."""

import sqlalchemy as sa
from alembic import op

revision = "0006_contracts"
down_revision = "0005_expenses"
branch_labels = None
depends_on = None

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Money = sa.BigInteger()  # whole ten-thousandths
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _contracts()
    _deliverables()
    _files()
    _events()
    _traffic()
    _drafts()
    _changes()
    _issues()


def _contracts() -> None:
    op.create_table(
        "contracts",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("client_id", Key, nullable=False),
        sa.Column("rep_id", Key, nullable=True),
        sa.Column("contact_id", Key, nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("value", Money, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("renews", sa.Boolean(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("notice_on", sa.Date(), nullable=True),
        _words("state", "contractstate", "running", "ended", "cancelled"),
        sa.Column("follows_id", Key, nullable=True),
        sa.Column("arrival_id", Key, nullable=True),
        *_kept(
            "contracts", client="clients", rep="people", contact="contacts", follows="contracts", arrival="arrivals"
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_contracts_ref")),
    )
    for column in ("client_id", "contact_id", "follows_id", "rep_id"):
        op.create_index(op.f(f"ix_contracts_{column}"), "contracts", [column], unique=False)
    for column in ("ends_on", "notice_on", "starts_on"):
        op.create_index(f"ix_contracts_state_{column}", "contracts", ["state", column], unique=False)


def _deliverables() -> None:
    states = ("planned", "ordered", "claimed", "delivered", "problem", "dropped")
    op.create_table(
        "deliverables",
        sa.Column("contract_id", Key, nullable=False),
        sa.Column("client_id", Key, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("issue", sa.String(length=40), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("percent", Money, nullable=True),
        sa.Column("list_price", Money, nullable=True),
        sa.Column("worth", Money, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("department_id", Key, nullable=True),
        sa.Column("contact_id", Key, nullable=True),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("starts_on", "due_on", "ends_on")),
        _words("state", "deliverablestate", *states),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("proof", "link", "target")),
        sa.Column("is_benefit", sa.Boolean(), nullable=False),
        _words("use", "use", "unused", "used", "lapsed"),
        sa.Column("used_at", Moment, nullable=True),
        *_kept("deliverables", contract="contracts", client="clients", department="people", contact="contacts"),
        sa.UniqueConstraint("contract_id", "position", "part", name=op.f("uq_deliverables_contract_id")),
    )
    for column in ("client_id", "contact_id", "used_at"):
        op.create_index(op.f(f"ix_deliverables_{column}"), "deliverables", [column], unique=False)
    op.create_index("ix_deliverables_state_due_on", "deliverables", ["state", "due_on"], unique=False)
    op.create_index("ix_deliverables_department_id", "deliverables", ["department_id", "state"], unique=False)
    op.create_index("ix_deliverables_benefits", "deliverables", ["is_benefit", "use", "ends_on", "kind"], unique=False)


def _files() -> None:
    op.create_table(
        "contract_files",
        sa.Column("contract_id", Key, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        *_kept("contract_files", contract="contracts"),
        sa.ForeignKeyConstraint(["sha256"], ["stored_files.sha256"], name=op.f("fk_contract_files_sha256")),
    )
    for column in ("contract_id", "sha256"):
        op.create_index(op.f(f"ix_contract_files_{column}"), "contract_files", [column], unique=False)


def _events() -> None:
    op.create_table(
        "contract_events",
        sa.Column("contract_id", Key, nullable=False),
        _words("kind", "eventkind", "signed", "amended", "renewed", "ended", "cancelled", "refunded"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("amount", Money, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        *_kept("contract_events", contract="contracts"),
    )
    for column in ("at", "contract_id"):
        op.create_index(op.f(f"ix_contract_events_{column}"), "contract_events", [column], unique=False)


def _traffic() -> None:
    op.create_table(
        "traffic",
        sa.Column("deliverable_id", Key, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("clicks", sa.Integer(), nullable=False),
        *_kept("traffic", deliverable="deliverables"),
        sa.UniqueConstraint("deliverable_id", "month", name=op.f("uq_traffic_deliverable_id")),
    )


def _drafts() -> None:
    op.create_table(
        "contract_drafts",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("client_id", Key, nullable=True),
        sa.Column("asked_id", Key, nullable=False),
        sa.Column("sent_by_id", Key, nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("in_file", sa.JSON(), nullable=True),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("follows_id", Key, nullable=True),
        _words("state", "draftstate", "waiting", "confirmed", "dropped"),
        sa.Column("arrival_id", Key, nullable=True),
        *_kept(
            "contract_drafts",
            client="clients",
            asked="people",
            sent_by="people",
            follows="contracts",
            arrival="arrivals",
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_contract_drafts_ref")),
    )
    for column in ("client_id", "follows_id"):
        op.create_index(op.f(f"ix_contract_drafts_{column}"), "contract_drafts", [column], unique=False)


def _changes() -> None:
    op.create_table(
        "contract_changes",
        sa.Column("ref", sa.String(length=32), nullable=False),
        _words("kind", "eventkind", "signed", "amended", "renewed", "ended", "cancelled", "refunded"),
        sa.Column("contract_id", Key, nullable=True),
        sa.Column("contract_ids", sa.JSON(), nullable=False),
        sa.Column("sent_by_id", Key, nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("file_text", sa.Text(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=True),
        sa.Column("in_file", sa.JSON(), nullable=True),
        sa.Column("files", sa.JSON(), nullable=False),
        _words("state", "draftstate", "waiting", "confirmed", "dropped"),
        sa.Column("arrival_id", Key, nullable=True),
        *_kept("contract_changes", contract="contracts", sent_by="people", arrival="arrivals"),
        sa.UniqueConstraint("ref", name=op.f("uq_contract_changes_ref")),
    )
    op.create_index(op.f("ix_contract_changes_contract_id"), "contract_changes", ["contract_id"], unique=False)


def _words(name: str, kind: str, *words: str) -> sa.Column[str]:
    return sa.Column(name, sa.Enum(*words, name=kind, native_enum=False, length=32), nullable=False)


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


def _issues() -> None:
    """What an issue is about."""
    with op.batch_alter_table("issues") as issues:
        issues.add_column(sa.Column("contract_id", Key, nullable=True))
        issues.add_column(sa.Column("deliverable_id", Key, nullable=True))
        issues.create_foreign_key(op.f("fk_issues_contract_id"), "contracts", ["contract_id"], ["id"])
        issues.create_foreign_key(op.f("fk_issues_deliverable_id"), "deliverables", ["deliverable_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("issues") as issues:
        for column in ("contract_id", "deliverable_id"):
            issues.drop_constraint(op.f(f"fk_issues_{column}"), type_="foreignkey")
            issues.drop_column(column)
    for table in (
        *("contract_changes", "contract_drafts", "traffic", "contract_events", "contract_files", "deliverables"),
        "contracts",
    ):
        op.drop_table(table)
