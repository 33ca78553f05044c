"""The tables of reports: what was planned, the rates by which currencies are added up, and what was told to whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.duties.sales.reports import tables_in_words
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.records.base import Base, Kept, Key
from mailbot.records.in_words import Teller
from mailbot.records.tables import Person, words_of


class Factor(TypeDecorator[Decimal]):
    """A rate, kept as it was written: to round it would change what is reported."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class SalesPlan(Kept, Base):
    """What is to be sold from `first` to `last`, by one rep or, where `rep_id` is None, by the team.

    `product` is "" for all products. A plan counts while it is not undone and no plan that is not undone supersedes
    it; it is never changed.
    """

    __tablename__ = "sales_plans"
    rep_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True, default=None)
    product: Mapped[str] = mapped_column(String(200), default="")
    first: Mapped[date] = mapped_column(index=True)
    last: Mapped[date]
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("sales_plans.id"), index=True, default=None)

    one_for = ("rep_id", "product", "first", "last")
    # A plan is never changed: `as_new` says all that there is to say of it.
    untold = frozenset(
        {"rep_id", "product", "first", "last", "amount", "currency", "arrival_id", "supersedes_id"}
    )  # fmt: skip

    def title(self, teller: Teller) -> str:
        whose = teller.name_of(Person, self.rep_id) or teller.say("the team", "das Team")
        product = f", {self.product}" if self.product else ""
        return teller.say(f"plan for {whose}{product}", f"Plan für {whose}{product}")

    def as_new(self, teller: Teller, values: Mapping[str, object]) -> str:
        days = f"{teller.wording.day(self.first, year=True)} - {teller.wording.day(self.last, year=True)}"
        return f"{teller.money(self.amount, self.currency)}, {days}"


class SalesRate(Kept, Base):
    """What one of `currency` is worth in `into`, in a month (its first day) and after it, until another is said.

    The last one said of a month holds. `person_id` is who said it.
    """

    __tablename__ = "sales_rates"
    __table_args__ = (Index("ix_sales_rates_currency_month", "currency", "month"),)
    currency: Mapped[str] = mapped_column(String(3))
    month: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Factor())
    into: Mapped[str] = mapped_column(String(3))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    said_on: Mapped[date]
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)

    untold = frozenset({"currency", "month", "value", "into", "person_id", "said_on", "arrival_id"})

    def title(self, teller: Teller) -> str:
        return teller.say(f"rate of {self.currency}", f"Kurs für {self.currency}")

    def as_new(self, teller: Teller, values: Mapping[str, object]) -> str:
        worth = f"1 {self.currency} = {teller.wording.number(self.value)} {self.into}"
        month = f"{self.month:%m/%Y}"
        return teller.say(f"{worth} from {month} on", f"{worth} ab {month}")


class ReportState(StrEnum):
    """What has become of a report."""

    ORDERED = "ordered"  # somebody has asked for it; its figures are still to be put together
    SENT = "sent"
    DRAFT = "draft"  # it waits for the manager's word
    RELEASED = "released"  # the manager has said that it may go to the reps
    DROPPED = "dropped"


class SalesReport(Kept, Base):
    """A report as it was told: every number, the rates behind it, and to whom it went.

    `scope` is "" for the whole team, else what it was narrowed to. `revision` counts the versions of one report, from
    1. `seen` is the last change of the records that it has taken into account. `asked_by` is who asked for it, by the
    mail `answers`; both are None for one that goes out on schedule.
    """

    __tablename__ = "sales_reports"
    __table_args__ = (
        Index("ix_sales_reports_first_kind_scope", "first", "kind", "scope"),
        Index("ix_sales_reports_state_made_at", "state", "made_at"),
    )
    kind: Mapped[SpanKind] = mapped_column(words_of(SpanKind))
    first: Mapped[date]
    last: Mapped[date]
    scope: Mapped[str] = mapped_column(String(64), default="")
    revision: Mapped[int]
    figures: Mapped[dict[str, object]] = mapped_column(JSON)
    rates: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    sent_to: Mapped[list[str]] = mapped_column(JSON)  # address keys
    made_at: Mapped[datetime]
    seen: Mapped[int] = mapped_column(Key)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    answers: Mapped[dict[str, object] | None] = mapped_column(JSON, default=None)
    state: Mapped[ReportState] = mapped_column(words_of(ReportState), default=ReportState.SENT)

    told = tables_in_words.REPORT
    untold = frozenset(
        {"kind", "first", "last", "scope", "revision", "figures", "rates", "sent_to", "made_at", "seen", "asked_by",
         "answers"}
    )  # fmt: skip

    @property
    def span(self) -> Span:
        return Span(self.kind, self.first, self.last)

    def title(self, teller: Teller) -> str:
        days = f"{teller.wording.day(self.first)} - {teller.wording.day(self.last, year=True)}"
        return teller.say(f"report {days}, r{self.revision}", f"Bericht {days}, r{self.revision}")
