"""Sales: the ledger, the lines that wait, what is expected, and what reps call their clients."""

import sqlalchemy as sa
from alembic import op

revision = "0003_sales"
down_revision = "0002_bounces"
branch_labels = None
depends_on = None

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Money = sa.BigInteger()  # whole ten-thousandths


def upgrade() -> None:
    _create_pending()
    _create_entries()
    _create_forecasts()
    _create_plans()
    _create_rates()
    _create_reports()
    _create_aliases()
    _create_weeks()
    _create_closes()


def _create_entries() -> None:
    op.create_table(
        "sales_entries",
        sa.Column("kind", _words("entrykind", "booked", "corrected", "cancelled"), nullable=False),
        sa.Column("client_id", Key, nullable=False),
        sa.Column("rep_id", Key, nullable=False),
        sa.Column("amount", Money, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("quantity", Money, nullable=True),
        sa.Column("unit_amount", Money, nullable=True),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("counts_on", sa.Date(), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("stage", _stage(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("arrival_id", Key, nullable=True),
        sa.Column("supersedes_id", Key, nullable=True),
        sa.Column("pending_id", Key, nullable=True),
        *_kept(
            "sales_entries",
            client="clients",
            rep="people",
            arrival="arrivals",
            supersedes="sales_entries",
            pending="sales_pending",
        ),
    )
    op.create_index("ix_sales_entries_rep_id_said_on", "sales_entries", ["rep_id", "said_on"], unique=False)
    op.create_index(
        "ix_sales_entries_counts_on",
        "sales_entries",
        ["counts_on", "currency", "amount", "kind", "undone_by"],
        unique=False,
        postgresql_include=["id"],
    )
    for column in ("client_id", "period_start", "supersedes_id"):
        op.create_index(op.f(f"ix_sales_entries_{column}"), "sales_entries", [column], unique=False)


def _create_pending() -> None:
    op.create_table(
        "sales_pending",
        sa.Column("rep_id", Key, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("doubt", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("client_id", Key, nullable=True),
        sa.Column("amount", Money, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("quantity", Money, nullable=True),
        sa.Column("unit_amount", Money, nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("counts_on", sa.Date(), nullable=True),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("stage", _stage(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("arrival_id", Key, nullable=True),
        sa.Column(
            "state",
            _words(
                "pendingstate",
                "waiting",
                "booked",
                "confirmed",
                "dropped",
                "repeated",
                "refused",
                "total wrong",
                "total agrees",
                "parted",
            ),
            nullable=False,
        ),
        *_kept("sales_pending", rep="people", client="clients", arrival="arrivals"),
    )
    for column in ("client_id", "rep_id"):
        op.create_index(op.f(f"ix_sales_pending_{column}"), "sales_pending", [column], unique=False)


def _create_forecasts() -> None:
    op.create_table(
        "sales_forecasts",
        sa.Column("rep_id", Key, nullable=False),
        sa.Column("client_id", Key, nullable=False),
        sa.Column("stage", _stage(), nullable=False),
        sa.Column("amount", Money, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("certainty", sa.String(length=200), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("arrival_id", Key, nullable=True),
        sa.Column("supersedes_id", Key, nullable=True),
        *_kept("sales_forecasts", rep="people", client="clients", arrival="arrivals"),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["sales_forecasts.id"], name=op.f("fk_sales_forecasts_supersedes_id")
        ),
    )
    for column in ("client_id", "period_start", "rep_id", "supersedes_id"):
        op.create_index(op.f(f"ix_sales_forecasts_{column}"), "sales_forecasts", [column], unique=False)


def _create_plans() -> None:
    op.create_table(
        "sales_plans",
        sa.Column("rep_id", Key, nullable=True),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("amount", Money, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("arrival_id", Key, nullable=True),
        sa.Column("supersedes_id", Key, nullable=True),
        *_kept("sales_plans", rep="people", arrival="arrivals", supersedes="sales_plans"),
    )
    for column in ("first", "rep_id", "supersedes_id"):
        op.create_index(op.f(f"ix_sales_plans_{column}"), "sales_plans", [column], unique=False)


def _create_rates() -> None:
    op.create_table(
        "sales_rates",
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("into", sa.String(length=3), nullable=False),
        sa.Column("person_id", Key, nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("arrival_id", Key, nullable=True),
        *_kept("sales_rates", person="people", arrival="arrivals"),
    )
    op.create_index("ix_sales_rates_currency_month", "sales_rates", ["currency", "month"], unique=False)


def _create_reports() -> None:
    op.create_table(
        "sales_reports",
        sa.Column("kind", _span(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("rates", sa.JSON(), nullable=False),
        sa.Column("sent_to", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", Key, nullable=False),
        sa.Column("asked_by", Key, nullable=True),
        sa.Column("answers", sa.JSON(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                *("ordered", "sent", "draft", "released", "dropped"), name="reportstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        *_kept("sales_reports"),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_sales_reports_asked_by")),
    )
    op.create_index("ix_sales_reports_first_kind_scope", "sales_reports", ["first", "kind", "scope"], unique=False)
    op.create_index("ix_sales_reports_state_made_at", "sales_reports", ["state", "made_at"], unique=False)


def _span() -> sa.Enum:
    return _words("spankind", "week", "month", "quarter", "year")


def _create_weeks() -> None:
    op.create_table(
        "sales_weeks",
        sa.Column("rep_id", Key, nullable=False),
        sa.Column("week_start", sa.Date(), nullable=False),
        sa.Column("said", _words("weeksaid", "zero", "away", "promised"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("deputy_id", Key, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("arrival_id", Key, nullable=True),
        *_kept("sales_weeks", rep="people", deputy="people", arrival="arrivals"),
    )
    for column in ("rep_id", "week_start"):
        op.create_index(op.f(f"ix_sales_weeks_{column}"), "sales_weeks", [column], unique=False)


def _create_closes() -> None:
    op.create_table(
        "sales_closes",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        *_kept("sales_closes"),
    )
    op.create_index(op.f("ix_sales_closes_month"), "sales_closes", ["month"], unique=False)


def _create_aliases() -> None:
    op.create_table(
        "sales_aliases",
        sa.Column("rep_id", Key, nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("client_id", Key, nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        *_kept("sales_aliases", rep="people", client="clients"),
    )
    op.create_index("ix_sales_aliases_rep_id_key", "sales_aliases", ["rep_id", "key"], unique=False)
    op.create_index(op.f("ix_sales_aliases_client_id"), "sales_aliases", ["client_id"], unique=False)


def _stage() -> sa.Enum:
    return _words("stage", "won", "invoiced", "open", "lost")


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
    for table in ("sales_reports", "sales_rates", "sales_plans"):
        op.drop_table(table)
    op.drop_table("sales_aliases")
    op.drop_table("sales_closes")
    op.drop_table("sales_weeks")
    op.drop_table("sales_forecasts")
    op.drop_table("sales_entries")
    op.drop_table("sales_pending")
