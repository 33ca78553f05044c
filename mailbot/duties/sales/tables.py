"""The tables of sales: the ledger, which only ever grows, and the lines that wait for somebody's word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from mailbot.records.base import Base, Kept
from mailbot.records.tables import Client, words_of


class EntryKind(StrEnum):
    """How an entry came into the ledger."""

    BOOKED = "booked"
    CORRECTED = "corrected"  # supersedes another with a new amount
    CANCELLED = "cancelled"  # supersedes another with nothing


class SalesEntry(Kept, Base):
    """One sale. An entry counts while it is not undone and no entry that is not undone supersedes it.

    `line` is its number in the letter that confirmed it, `words` are those it was read from, `said_on` the day on
    which they were written, in the desk's zone. `quantity` × `unit_amount` is the amount, where it was written so.
    """

    __tablename__ = "sales_entries"
    __table_args__ = (Index("ix_sales_entries_rep_id_said_on", "rep_id", "said_on"),)
    kind: Mapped[EntryKind] = mapped_column(words_of(EntryKind), default=EntryKind.BOOKED)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    amount: Mapped[Decimal]
    currency: Mapped[str] = mapped_column(String(3))
    quantity: Mapped[Decimal | None] = mapped_column(default=None)
    unit_amount: Mapped[Decimal | None] = mapped_column(default=None)
    period_start: Mapped[date] = mapped_column(index=True)
    period_end: Mapped[date]
    words: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(64))
    line: Mapped[int]
    said_on: Mapped[date]
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("sales_entries.id"), index=True, default=None)
    pending_id: Mapped[int | None] = mapped_column(ForeignKey("sales_pending.id"), default=None)  # that it came from
    told_by = ("kind", "amount", "currency")

    def title(self, session: Session) -> str:
        client = session.get(Client, self.client_id)
        return f"{client.name if client else 'client'}, week {self.period_start.isocalendar().week}"


class PendingState(StrEnum):
    """Whether a line still waits."""

    WAITING = "waiting"
    BOOKED = "booked"


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
    said_on: Mapped[date | None] = mapped_column(default=None)
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)
    state: Mapped[PendingState] = mapped_column(words_of(PendingState), default=PendingState.WAITING)
    told_by = ("doubt", "words")

    def title(self, session: Session) -> str:
        return "a line that waits"
