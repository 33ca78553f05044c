"""One line as what it says of a contract and of one thing that it promises, or of the figures of a month.

None: the file does not say, and what is known stays. An amount or a day that can be read in two ways is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from mailbot.letters.cleaning import one_line
from mailbot.money.numerals import habit_of, readings
from mailbot.records.contracts.tables import LONGEST_KIND, ContractState, DeliverableState
from mailbot.records.importing.columns import Columns
from mailbot.records.importing.rows import YES, BadRowError, one_of, shaped, short
from mailbot.records.importing.sheet import Line

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class DeliverablePart:
    """What a line says of one thing that a contract promises: see `Deliverable`.

    `position` is None where the file leaves the numbering to its order. `department` and `asked` are as they are
    written: an address or a name. `used_on` is None where it is not known when; `used` where nothing is said of it.
    """

    position: int | None
    part: int
    kind: str | None
    words: str | None
    issue: str | None
    quantity: int | None
    percent: Decimal | None
    list_price: Decimal | None
    worth: Decimal | None
    department: str | None
    asked: str | None
    starts_on: date | None
    due_on: date | None
    ends_on: date | None
    state: DeliverableState | None
    link: str | None
    target: str | None
    proof: str | None
    is_benefit: bool | None
    used: bool | None
    used_on: date | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """What a line says of a contract. `client`, `rep`, `contact` and `follows` are as they are written."""

    line: int
    ref: str
    client: str
    rep: str | None
    contact: str | None
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    value: Decimal | None
    currency: str | None
    renews: bool | None
    notice_days: int | None
    state: ContractState | None
    follows: str | None
    deliverable: DeliverablePart | None

    def __str__(self) -> str:
        return f"{self.ref} ({self.client})"


@dataclass(frozen=True, slots=True)
class TrafficRow:
    """What a line says of the figures of a month: of the line and part of a contract. None: of its only banner."""

    line: int
    ref: str
    position: int | None
    part: int
    month: date
    views: int
    clicks: int

    def __str__(self) -> str:
        return f"{self.ref}, {self.month:%B %Y}"


_CONTRACT_STATES: Final[Mapping[str, ContractState]] = {
    **{state.value: state for state in ContractState},
    **dict.fromkeys(("active", "laeuft", "laufend", "aktiv"), ContractState.RUNNING),
    **dict.fromkeys(("expired", "ausgelaufen", "beendet"), ContractState.ENDED),
    **dict.fromkeys(("canceled", "gekuendigt", "storniert"), ContractState.CANCELLED),
}
_DELIVERY_STATES: Final[Mapping[str, DeliverableState]] = {
    **{state.value: state for state in DeliverableState},
    **dict.fromkeys(("no", "open", "offen", "geplant", "nein"), DeliverableState.PLANNED),
    **dict.fromkeys(("yes", "done", "ja", "erledigt", "erbracht"), DeliverableState.DELIVERED),
}
_MOST_PARTS: Final = 999
_LONGEST_TEXT: Final = 1_000


def contract_row(line: Line, columns: Columns) -> ContractRow:
    """A contract with one thing that it promises, where the line names one. Raises BadRowError."""
    cells = _Cells(line, columns)
    ref, client = cells.text("contract", 32), cells.text("client", 300)
    if not ref:
        raise BadRowError("it has no number of a contract")
    if not client:
        raise BadRowError(f"{ref} has no client")
    starts, ends = cells.day("starts"), cells.day("ends")
    if starts and ends and ends < starts:
        raise BadRowError(f"{ref} ends on {ends}, before it starts on {starts}")
    return ContractRow(
        line=line.number,
        ref=ref,
        client=client,
        rep=cells.text("rep", 320),
        contact=cells.text("contact", 320),
        signed_on=cells.day("signed"),
        starts_on=starts,
        ends_on=ends,
        value=cells.amount("value"),
        currency=cells.currency("currency"),
        renews=cells.one_of("renews", YES, "word for renews", ["yes", "no"]),
        notice_days=cells.count("notice_days", 0, 3_650),
        state=cells.one_of("state", _CONTRACT_STATES, "state of a contract", [*ContractState]),
        follows=cells.text("follows", 32),
        deliverable=_deliverable(cells),
    )


def traffic_row(line: Line, columns: Columns) -> TrafficRow:
    """The figures of one month. Raises BadRowError."""
    cells = _Cells(line, columns)
    ref, month = cells.text("contract", 32), cells.month("month")
    views, clicks = cells.count("views", 0, 10**12), cells.count("clicks", 0, 10**12)
    if not ref:
        raise BadRowError("it has no number of a contract")
    if month is None or views is None or clicks is None:
        raise BadRowError(f"of {ref} a month, its views and its clicks are wanted, such as 2025-10, 41220, 312")
    if clicks > views:
        raise BadRowError(f"{clicks:,} clicks on {views:,} views: are the two columns exchanged?")
    return TrafficRow(
        line.number,
        ref,
        cells.count("line", 1, _MOST_PARTS),
        cells.count("part", 1, _MOST_PARTS) or 1,
        month,
        views,
        clicks,
    )


def _deliverable(cells: _Cells) -> DeliverablePart | None:
    words, kind = cells.text("words", _LONGEST_TEXT), cells.text("kind", LONGEST_KIND)
    if not words and not kind:
        return None
    starts, ends = cells.day("runs_from"), cells.day("runs_until")
    if starts and ends and ends < starts:
        raise BadRowError(f"{words or kind!r} runs until {ends}, before it begins on {starts}")
    used, used_on = cells.used()
    return DeliverablePart(
        position=cells.count("line", 1, _MOST_PARTS),
        part=cells.count("part", 1, _MOST_PARTS) or 1,
        kind=kind.casefold() if kind else None,
        words=words,
        issue=cells.text("issue", 40),
        quantity=cells.count("quantity", 1, 1_000_000),
        percent=cells.percent("percent"),
        list_price=cells.amount("list_price"),
        worth=cells.amount("worth"),
        department=cells.text("department", 320),
        asked=cells.text("asked", 320),
        starts_on=starts,
        due_on=cells.day("due"),
        ends_on=ends,
        state=cells.one_of("done", _DELIVERY_STATES, "state of a delivery", [*DeliverableState]),
        link=cells.text("link", _LONGEST_TEXT),
        target=cells.text("target", _LONGEST_TEXT),
        proof=cells.text("proof", _LONGEST_TEXT),
        is_benefit=cells.one_of("benefit", YES, "word for benefit", ["yes", "no"]),
        used=used,
        used_on=used_on,
    )


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one line, each read as what its column holds."""

    line: Line
    columns: Columns

    def text(self, field: str, longest: int) -> str | None:
        return short(one_line(self.columns.cell(self.line.cells, field), 2_000), longest, _called(field)) or None

    def day(self, field: str) -> date | None:
        return _read(self.text(field, 40), day_in, "day", "2025-12-14")

    def month(self, field: str) -> date | None:
        return _read(self.text(field, 40), _month_in, "month", "2025-10")

    def amount(self, field: str) -> Decimal | None:
        return _read(self.text(field, 40), amount_in, "amount that can be read in one way only", "4900.00")

    def percent(self, field: str) -> Decimal | None:
        said = self.text(field, 20)
        percent = _read(said.rstrip("% ") if said else None, amount_in, "percentage", "15")
        if percent is not None and percent > 100:
            raise BadRowError(f"{said!r} is more than 100 percent")
        return percent

    def count(self, field: str, least: int, most: int) -> int | None:
        said = self.text(field, 20)
        if said is None:
            return None
        digits = _THOUSANDS.sub("", said)
        if not (digits.isascii() and digits.isdigit() and least <= int(digits) <= most):
            raise BadRowError(f"{_called(field)} {said!r} is not a whole number from {least:,} to {most:,}")
        return int(digits)

    def currency(self, field: str) -> str | None:
        return shaped((self.text(field, 12) or "").upper(), r"[A-Z]{3}", "currency", "EUR")

    def one_of(self, field: str, known: Mapping[str, Value], what: str, shown: list[str]) -> Value | None:
        return one_of(self.columns.cell(self.line.cells, field), known, what, shown)

    def used(self) -> tuple[bool | None, date | None]:
        """Whether a benefit was used, and the day, where the cell is one."""
        said = self.text("used", 40)
        day = day_in(said) if said else None
        if day is not None:
            return True, day
        return self.one_of("used", YES, "day, and no word for used", ["yes", "no"]), None


def _called(field: str) -> str:
    return f"the {field.replace('_', ' ')}"


def _read(said: str | None, read: Callable[[str], Value | None], what: str, example: str) -> Value | None:
    if said is None:
        return None
    found = read(said)
    if found is None:
        raise BadRowError(f"{said!r} is no {what}: write it like {example}")
    return found


def day_in(said: str) -> date | None:
    """2025-12-14, 14.12.2025, 14 Dec 2025, 12/14/2025. None where it is none, or may be two, as 12/11/2025 is."""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].{0,20})?", said):
        return _day(*found.groups())
    if found := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", said):
        return _day(*reversed(found.groups()))
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", said):
        first, second, year = found.groups()
        days = {day for day in (_day(year, first, second), _day(year, second, first)) if day}
        return days.pop() if len(days) == 1 else None
    if found := re.fullmatch(r"(\d{1,2})\.?\s([^\W\d_]{3})[^\W\d_]{0,6}\.?\s(\d{4})", said):
        day, month, year = found.groups()
        return _day(year, _MONTHS.get(month.casefold(), 0), day)
    return None


def amount_in(said: str) -> Decimal | None:
    """An amount that English and German read in the same way; None where it is none, or may be two."""
    found = {each for locale in ("en_US", "de_DE") for each in readings(said, habit_of(locale))}
    return found.pop() if len(found) == 1 else None


def _month_in(said: str) -> date | None:
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})", said):
        return _day(found[1], found[2], 1)
    if found := re.fullmatch(r"(\d{1,2})[./](\d{4})", said):
        return _day(found[2], found[1], 1)
    if found := re.fullmatch(r"([^\W\d_]{3})[^\W\d_]{0,6}\.?\s(\d{4})", said):
        return _day(found[2], _MONTHS.get(found[1].casefold(), 0), 1)
    day = day_in(said)
    return day.replace(day=1) if day else None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_THOUSANDS: Final = re.compile(r"(?<=\d)[.,'\s](?=\d{3}(?:\D|$))")
_MONTHS: Final[Mapping[str, int]] = {
    **{name: number for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )},
    "mär": 3, "mrz": 3, "mae": 3, "mai": 5, "okt": 10, "dez": 12,
}  # fmt: skip
