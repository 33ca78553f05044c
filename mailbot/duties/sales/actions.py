"""What this duty does to the records. The ledger only grows: what is changed or dropped is superseded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import select

from mailbot.duties.sales.facts.particulars import NOTHING_MORE, Particulars, Price
from mailbot.duties.sales.numbers.periods import Period, Week
from mailbot.duties.sales.tables import EntryKind, PendingState, SalesEntry, SalesPending
from mailbot.duties.sales.tables_in_words import DOUBTS
from mailbot.errors import TryAgain
from mailbot.letters.wording import Wording
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import Client

_IN_ENGLISH = Wording("en")
LONGEST_PRODUCT = 200  # characters


def told(price: Price | None) -> str:
    """A price in the words of the log."""
    return "no amount" if price is None else _IN_ENGLISH.money(price.amount, price.currency)


def german(price: Price) -> str:
    """The same in German."""
    return Wording("de").money(price.amount, price.currency)


@dataclass(frozen=True, slots=True)
class Book(Action):
    """One line goes into the ledger."""

    name: ClassVar[str] = "sales.book"
    rep_id: int
    client_id: int
    client_name: str
    price: Price
    week: Week
    said_on: date
    line: int
    words: str
    place: str
    said: Particulars = NOTHING_MORE

    def carry_out(self, pen: Pen) -> None:
        check_owner(pen, self.client_id, self.rep_id)
        period = self.said.period or self.week.period
        pen.insert(
            SalesEntry(
                client_id=self.client_id,
                rep_id=self.rep_id,
                **_with_particulars(self.price, self.said),
                period_start=period.first,
                period_end=period.last,
                counts_on=period.counting_day(self.said_on, self.said.day),
                words=self.words,
                place=self.place,
                line=self.line,
                said_on=self.said_on,
                arrival_id=pen.arrival_id,
            )
        )

    def __str__(self) -> str:
        return f'book {self.client_name} {told(self.price)} for week {self.week.number}, from "{self.words}"'

    def in_german(self) -> str:
        return f"{german(self.price)} für {self.client_name} buchen (KW {self.week.number}), aus „{self.words}“"


@dataclass(frozen=True, slots=True)
class KeepWaiting(Action):
    """One line that was not booked is kept, with the reason, until somebody says what it is."""

    name: ClassVar[str] = "sales.keep_waiting"
    rep_id: int
    position: int
    words: str
    place: str
    doubt: str
    client_words: str
    client_id: int | None
    price: Price | None
    week: Week | None
    said_on: date | None
    said: Particulars = NOTHING_MORE

    def carry_out(self, pen: Pen) -> None:
        period = self.said.period or (self.week.period if self.week else None)
        pen.insert(
            SalesPending(
                rep_id=self.rep_id,
                position=self.position,
                words=self.words,
                place=self.place,
                doubt=self.doubt,
                name=self.client_words[:300],
                client_id=self.client_id,
                **_with_particulars(self.price, self.said),
                period_start=period.first if period else None,
                period_end=period.last if period else None,
                counts_on=period.counting_day(self.said_on, self.said.day) if period and self.said_on else None,
                said_on=self.said_on,
                arrival_id=pen.arrival_id,
            )
        )

    def __str__(self) -> str:
        return f'keep "{self.words}" waiting, {told(self.price)}: {self.doubt}'

    def in_german(self) -> str:
        return f"„{self.words}“ nicht buchen, sondern offen halten: {DOUBTS[self.doubt].de}"


@dataclass(frozen=True, slots=True)
class Supersede(Action):
    """An entry gets another amount, client or period, or none (`price` None: it is cancelled); the old one stays in the
    ledger. `moved_to` is the other client, by number and name."""

    name: ClassVar[str] = "sales.supersede"
    entry_id: int
    client_name: str
    before: Price
    price: Price | None
    line: int
    words: str
    place: str
    said_on: date
    moved_to: tuple[int, str] | None = None
    period: Period | None = None
    day: date | None = None

    def carry_out(self, pen: Pen) -> None:
        old = pen.get(SalesEntry, self.entry_id)
        later = select(SalesEntry.id).where(SalesEntry.supersedes_id == old.id, SalesEntry.undone_by.is_(None))
        if pen.session.scalar(later) is not None:
            raise TryAgain(f"sales entry {old.id} was superseded meanwhile; the mail will be decided anew")
        if self.moved_to:
            check_owner(pen, self.moved_to[0], old.rep_id)
        period = self.period or Period(old.period_start, old.period_end)
        pen.insert(
            SalesEntry(
                kind=EntryKind.CANCELLED if self.price is None else EntryKind.CORRECTED,
                client_id=self.moved_to[0] if self.moved_to else old.client_id,
                rep_id=old.rep_id,
                **columns(self.price or Price(Decimal(0), old.currency)),
                period_start=period.first,
                period_end=period.last,
                counts_on=period.counting_day(old.said_on, self.day) if self.period else old.counts_on,
                product=old.product,
                stage=old.stage,
                words=self.words,
                place=self.place,
                line=self.line,
                said_on=self.said_on,
                arrival_id=pen.arrival_id,
                supersedes_id=old.id,
            )
        )

    def __str__(self) -> str:
        after = "dropped" if self.price is None else told(self.price)
        after += f", for {self.moved_to[1]}" if self.moved_to else ""
        after += f", for {self.period.first} to {self.period.last}" if self.period else ""
        return f"change {self.client_name}, line {self.line}: {told(self.before)} -> {after}"

    def in_german(self) -> str:
        if self.moved_to:
            return f"{self.client_name}, Zeile {self.line}: {german(self.before)} für {self.moved_to[1]} buchen"
        if self.period:
            days = f"{self.period.first:%d.%m.%Y} bis {self.period.last:%d.%m.%Y}"
            return f"{self.client_name}, Zeile {self.line}: {german(self.before)} für {days} buchen"
        after = "streichen" if self.price is None else f"auf {german(self.price)} ändern"
        return f"{self.client_name}, Zeile {self.line}: {german(self.before)} {after}"


@dataclass(frozen=True, slots=True)
class Place(Action):
    """A waiting line goes into the ledger, because its rep said which client it belongs to."""

    name: ClassVar[str] = "sales.place"
    pending_id: int
    client_id: int
    client_name: str
    price: Price
    week: Week

    def carry_out(self, pen: Pen) -> None:
        waiting = still_waiting(pen, self.pending_id)
        book_waiting(pen, waiting, self.client_id, self.price, self.week.period, waiting.counts_on)

    def __str__(self) -> str:
        return f"book the waiting line for {self.client_name}: {told(self.price)} in week {self.week.number}"

    def in_german(self) -> str:
        return f"die offene Zeile für {self.client_name} buchen: {german(self.price)}, KW {self.week.number}"


def check_owner(pen: Pen, client_id: int, rep_id: int) -> None:
    """Nobody books on a colleague's client: the owner is read again, under the lock."""
    client = pen.get(Client, client_id)
    if client.owner_id != rep_id:
        raise TryAgain(f"{client.name} has another owner now; the mail will be decided anew")


def still_waiting(pen: Pen, pending_id: int) -> SalesPending:
    """A waiting line, read again under the lock; somebody may have settled it meanwhile."""
    waiting = pen.get(SalesPending, pending_id)
    if waiting.state is not PendingState.WAITING:
        raise TryAgain(f"the waiting line {waiting.id} was settled meanwhile; the mail will be decided anew")
    return waiting


def book_waiting(
    pen: Pen, waiting: SalesPending, client_id: int, price: Price, period: Period, counts_on: date | None
) -> None:
    """A waiting line goes into the ledger as it was written, for a client of its rep's own; it waits no more."""
    if waiting.said_on is None:
        raise TryAgain(f"nobody knows any more when the waiting line {waiting.id} was written")
    check_owner(pen, client_id, waiting.rep_id)
    pen.update(waiting, state=PendingState.BOOKED)
    pen.insert(
        SalesEntry(
            client_id=client_id,
            rep_id=waiting.rep_id,
            **columns(price),
            period_start=period.first,
            period_end=period.last,
            counts_on=counts_on or period.counting_day(waiting.said_on),
            product=waiting.product,
            stage=waiting.stage,
            words=waiting.words,
            place=waiting.place[:64],
            line=1,
            said_on=waiting.said_on,
            arrival_id=waiting.arrival_id,
            pending_id=waiting.id,
        )
    )


def columns(price: Price | None) -> dict[str, Decimal | str | None]:
    """The columns of a price."""
    if price is None:
        return {"amount": None, "currency": None, "quantity": None, "unit_amount": None}
    return {
        "amount": price.amount,
        "currency": price.currency,
        "quantity": price.quantity,
        "unit_amount": price.unit,
    }


def _with_particulars(price: Price | None, said: Particulars) -> dict[str, Decimal | str | None]:
    """The columns of a price and of what else was said."""
    priced = columns(price)
    return {
        **priced,
        "quantity": priced["quantity"] if said.quantity is None else said.quantity,
        "product": said.product[:LONGEST_PRODUCT],
        "stage": said.stage,
    }
