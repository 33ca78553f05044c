"""What is written of weeks and of months. Both tables only grow: taking a decision back marks what it wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from mailbot.duties.sales.actions import book_waiting, check_owner, german, still_waiting, told
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.numbers.periods import Period, Week
from mailbot.duties.sales.tables import PendingState
from mailbot.duties.sales.weeks.tables import SalesClose, SalesWeek, WeekSaid
from mailbot.records.codec import kept_text
from mailbot.records.decision import Action
from mailbot.records.pen import Pen

_LONGEST_WORDS = 2_000
_IN_GERMAN = {WeekSaid.ZERO: "nichts verkauft", WeekSaid.AWAY: "abwesend", WeekSaid.PROMISED: "Zahlen zugesagt"}


@dataclass(frozen=True, slots=True)
class KeepWeek(Action):
    """What was said of a rep's week instead of numbers is kept."""

    name: ClassVar[str] = "sales.keep_week"
    rep_id: int
    rep: str
    week: Week
    said: WeekSaid
    since: date
    until: date | None
    deputy_id: int | None
    words: str

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            SalesWeek(
                rep_id=self.rep_id,
                week_start=self.week.first,
                said=self.said,
                since=self.since,
                until=self.until,
                deputy_id=self.deputy_id,
                words=kept_text(self.words, _LONGEST_WORDS),
                arrival_id=pen.arrival_id,
            )
        )

    def __str__(self) -> str:
        until = f" until {self.until:%d %b %Y}" if self.until else ""
        return f"note {self.rep}, week {self.week.number}: {self.said.value}{until}"

    def in_german(self) -> str:
        until = f" bis {self.until:%d.%m.%Y}" if self.until else ""
        return f"{self.rep}, KW {self.week.number}, vermerken: {_IN_GERMAN[self.said]}{until}"


@dataclass(frozen=True, slots=True)
class CloseMonth(Action):
    """A month is closed, or opened again."""

    name: ClassVar[str] = "sales.close_month"
    month: date  # its first day
    is_closed: bool
    at: datetime

    def carry_out(self, pen: Pen) -> None:
        pen.insert(SalesClose(month=self.month, is_closed=self.is_closed, closed_at=self.at))

    def __str__(self) -> str:
        return f"{'close' if self.is_closed else 'open again'} {self.month:%m/%Y}"

    def in_german(self) -> str:
        return f"{self.month:%m/%Y} {'abschließen' if self.is_closed else 'wieder öffnen'}"


@dataclass(frozen=True, slots=True)
class BookLate(Action):
    """A line that came too late goes into the ledger by the manager's word: for its month, or for the next."""

    name: ClassVar[str] = "sales.book_late"
    pending_id: int
    client_id: int
    client_name: str
    price: Price
    period: Period
    counts_on: date

    def carry_out(self, pen: Pen) -> None:
        waiting = still_waiting(pen, self.pending_id)
        book_waiting(pen, waiting, self.client_id, self.price, self.period, self.counts_on)

    def __str__(self) -> str:
        return f"book the late line for {self.client_name}: {told(self.price)} in {self.counts_on:%m/%Y}"

    def in_german(self) -> str:
        return f"die verspätete Zeile für {self.client_name} buchen: {german(self.price)}, {self.counts_on:%m/%Y}"


@dataclass(frozen=True, slots=True)
class WaitForMonth(Action):
    """A waiting line has its client now, and waits for the manager's word about its month, which was closed since."""

    name: ClassVar[str] = "sales.wait_for_month"
    pending_id: int
    client_id: int
    client_name: str
    period: Period
    counts_on: date

    def carry_out(self, pen: Pen) -> None:
        waiting = still_waiting(pen, self.pending_id)
        check_owner(pen, self.client_id, waiting.rep_id)
        pen.update(
            waiting,
            client_id=self.client_id,
            doubt=Doubt.LATE.value,
            counts_on=self.counts_on,
            period_start=waiting.period_start or self.period.first,
            period_end=waiting.period_end or self.period.last,
        )

    def __str__(self) -> str:
        return f"keep the line for {self.client_name} waiting: {self.counts_on:%m/%Y} is closed"

    def in_german(self) -> str:
        return f"die Zeile für {self.client_name} weiter offen halten: {self.counts_on:%m/%Y} ist abgeschlossen"


@dataclass(frozen=True, slots=True)
class RefuseLate(Action):
    """A line that came too late for its month is not booked, by the manager's word."""

    name: ClassVar[str] = "sales.refuse_late"
    pending_id: int
    client_name: str

    def carry_out(self, pen: Pen) -> None:
        pen.update(still_waiting(pen, self.pending_id), state=PendingState.REFUSED)

    def __str__(self) -> str:
        return f"refuse the late line for {self.client_name}"

    def in_german(self) -> str:
        return f"die verspätete Zeile für {self.client_name} nicht buchen"


@dataclass(frozen=True, slots=True)
class CorrectLate(Action):
    """A correction of a closed month waits no more: by the manager's word the entry itself is changed."""

    name: ClassVar[str] = "sales.correct_late"
    pending_id: int
    client_name: str

    def carry_out(self, pen: Pen) -> None:
        pen.update(still_waiting(pen, self.pending_id), state=PendingState.BOOKED)

    def __str__(self) -> str:
        return f"the correction for {self.client_name} waits no more"

    def in_german(self) -> str:
        return f"die Korrektur für {self.client_name} wartet nicht mehr"
