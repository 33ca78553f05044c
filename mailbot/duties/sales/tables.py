"""The tables of sales: the ledger, which only ever grows, what waits for somebody's word, what is expected, aliases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.duties.sales import tables_in_words
from mailbot.duties.sales.facts.particulars import Stage
from mailbot.duties.sales.reports.tables import ReportState, SalesPlan, SalesRate, SalesReport
from mailbot.letters.cleaning import one_line
from mailbot.records.base import Base, Kept
from mailbot.records.in_words import Teller
from mailbot.records.tables import Client, words_of

__all__ = [
    "EntryKind",
    "PendingState",
    "ReportState",
    "SalesEntry",
    "SalesForecast",
    "SalesPending",
    "SalesPlan",
    "SalesRate",
    "SalesReport",
]

_LONGEST_LINE = 60  # characters of a line that are told


class EntryKind(StrEnum):
    """How an entry came into the ledger."""

    BOOKED = "booked"
    CORRECTED = "corrected"  # supersedes another with a new amount
    CANCELLED = "cancelled"  # supersedes another with nothing


class SalesEntry(Kept, Base):
    """One sale. An entry counts while it is not undone and no entry that is not undone supersedes it.

    `counts_on` is the one day whose week, month and quarter it counts for: the day that the mail gives for it, else
    the day it was written, and the last day of its period where that day lies outside. `stage` is won or invoiced
    where the mail says so. `line` is its number in the letter that confirmed it, `words` are those it was read from,
    `said_on` the day on which they were written, in the desk's zone. `quantity` × `unit_amount` is the amount, where
    it was written so.
    """

    __tablename__ = "sales_entries"
    __table_args__ = (
        Index("ix_sales_entries_rep_id_said_on", "rep_id", "said_on"),
        # All that the sum of a day is made of, so that reports over months read no row of the table itself.
        Index(
            "ix_sales_entries_counts_on",
            *("counts_on", "currency", "amount", "kind", "undone_by"),
            postgresql_include=["id"],
        ),
    )
    kind: Mapped[EntryKind] = mapped_column(words_of(EntryKind), default=EntryKind.BOOKED)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))
    quantity: Mapped[Decimal | None] = mapped_column(default=None)
    unit_amount: Mapped[Decimal | None] = mapped_column(default=None)
    period_start: Mapped[date] = mapped_column(index=True)
    period_end: Mapped[date]
    counts_on: Mapped[date]
    product: Mapped[str] = mapped_column(String(200), default="")
    stage: Mapped[Stage | None] = mapped_column(words_of(Stage), default=None)
    words: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(64))
    line: Mapped[int]
    said_on: Mapped[date]
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("sales_entries.id"), index=True, default=None)
    pending_id: Mapped[int | None] = mapped_column(ForeignKey("sales_pending.id"), default=None)  # that it came from

    one_for = ("rep_id", "client_id", "amount", "currency", "period_start", "period_end")
    # An entry is never changed: `as_new` says all that there is to say of it.
    untold = frozenset(
        {"kind", "client_id", "rep_id", "amount", "currency", "quantity", "unit_amount", "period_start", "period_end",
         "counts_on", "product", "stage", "words", "place", "line", "said_on", "arrival_id", "supersedes_id",
         "pending_id"}
    )  # fmt: skip

    def title(self, teller: Teller) -> str:
        week = self.period_start.isocalendar().week
        return f"{teller.name_of(Client, self.client_id)}, {teller.say(f'week {week}', f'KW {week}')}"

    def as_new(self, teller: Teller, values: Mapping[str, object]) -> str:
        price = teller.money(self.amount, self.currency)
        old = teller.session.get(SalesEntry, self.supersedes_id) if self.supersedes_id else None
        if old is None:
            return price
        was = teller.money(old.amount, old.currency)
        if self.kind is EntryKind.CANCELLED:
            return teller.say(f"dropped, it was {was}", f"gestrichen, es waren {was}")
        return teller.say(f"{price} instead of {was}", f"{price} statt {was}")


class PendingState(StrEnum):
    """Whether a line still waits."""

    WAITING = "waiting"
    BOOKED = "booked"
    CONFIRMED = "confirmed"  # its rep said that the mail was theirs; it was read anew
    DROPPED = "dropped"  # its rep said that it was not
    REPEATED = "repeated"  # its rep said that an earlier line is the one that holds
    REFUSED = "refused"  # it came too late for its month, and the manager said no
    TOTAL_WRONG = "total wrong"  # the total of a table: its rep said that the rows are right
    TOTAL_AGREES = "total agrees"  # the same: with a row that was missing, or corrected, the rows add up to it
    PARTED = "parted"  # between two clients; each half has gone its own way


class SalesPending(Kept, Base):
    """A line that was not booked: what it says, as far as it could be read, and why it waits.

    `position` counts the waiting lines of one decision. `client_id` is the client it seems to mean, where that is
    known and only somebody's word is missing. `name` are the words that were taken for the client.
    """

    __tablename__ = "sales_pending"
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    position: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(300))
    doubt: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(300), default="")
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True, default=None)
    amount: Mapped[Decimal | None] = mapped_column(default=None)
    currency: Mapped[str | None] = mapped_column(String(3), default=None)
    quantity: Mapped[Decimal | None] = mapped_column(default=None)
    unit_amount: Mapped[Decimal | None] = mapped_column(default=None)
    period_start: Mapped[date | None] = mapped_column(default=None)
    period_end: Mapped[date | None] = mapped_column(default=None)
    counts_on: Mapped[date | None] = mapped_column(default=None)
    product: Mapped[str] = mapped_column(String(200), default="")
    stage: Mapped[Stage | None] = mapped_column(words_of(Stage), default=None)
    said_on: Mapped[date | None] = mapped_column(default=None)
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)
    state: Mapped[PendingState] = mapped_column(words_of(PendingState), default=PendingState.WAITING)

    told = tables_in_words.PENDING
    untold = frozenset(
        {"position", "words", "place", "name", "amount", "currency", "quantity", "unit_amount", "period_start",
         "period_end", "counts_on", "product", "stage", "said_on", "arrival_id"}
    )  # fmt: skip

    def title(self, teller: Teller) -> str:
        line = one_line(self.words, _LONGEST_LINE)
        return teller.say(f'line "{line}"', f"Zeile „{line}“")


class SalesForecast(Kept, Base):
    """What a rep expects, kept apart from the ledger: an open deal, an expectation, or a deal that was lost.

    A newer one about the same client, product and period takes its place (`supersedes_id`). `certainty` are the words
    that say how sure it is. `amount` is None where the mail gave none, or a range. `closes_on` is the day on which it
    is to close, where the mail names one.
    """

    __tablename__ = "sales_forecasts"
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    stage: Mapped[Stage] = mapped_column(words_of(Stage), default=Stage.OPEN)
    amount: Mapped[Decimal | None] = mapped_column(default=None)
    currency: Mapped[str | None] = mapped_column(String(3), default=None)
    product: Mapped[str] = mapped_column(String(200), default="")
    certainty: Mapped[str] = mapped_column(String(200), default="")
    period_start: Mapped[date] = mapped_column(index=True)
    period_end: Mapped[date]
    closes_on: Mapped[date | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(300))
    said_on: Mapped[date]
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("sales_forecasts.id"), index=True, default=None)

    one_for = ("rep_id", "client_id", "product", "period_start", "period_end")
    # A forecast is never changed: `as_new` says all that there is to say of it.
    untold = frozenset(
        {"rep_id", "client_id", "stage", "amount", "currency", "product", "certainty", "period_start", "period_end",
         "closes_on", "words", "place", "said_on", "arrival_id", "supersedes_id"}
    )  # fmt: skip

    def title(self, teller: Teller) -> str:
        client = teller.name_of(Client, self.client_id)
        return teller.say(f"forecast for {client}", f"Erwartung für {client}")

    def as_new(self, teller: Teller, values: Mapping[str, object]) -> str:
        if self.amount is None or self.currency is None:
            return teller.say("without an amount", "ohne Betrag")
        return teller.money(self.amount, self.currency)


class SalesAlias(Kept, Base):
    """What one rep calls a client: words that fit several clients, or none, and the one that the rep has said is meant.

    It holds for that rep alone. `key` are the words in the form in which names are compared, `words` as they were
    written. A rep has at most one alias in force for a key.
    """

    __tablename__ = "sales_aliases"
    __table_args__ = (Index("ix_sales_aliases_rep_id_key", "rep_id", "key"),)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    key: Mapped[str] = mapped_column(String(300))
    words: Mapped[str] = mapped_column(String(300))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    learned_on: Mapped[date]

    one_for = ("rep_id", "key")
    told = tables_in_words.ALIAS
    untold = frozenset({"key", "words", "learned_on"})

    def title(self, teller: Teller) -> str:
        words = one_line(self.words, _LONGEST_LINE)
        return teller.say(f'alias "{words}"', f"Kürzel „{words}“")
