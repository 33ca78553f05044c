"""The cells of a file, each read as what its column holds: a word, a day, an amount, a number.

None: the cell is empty, and what is known stays. An amount or a day that can be read in two ways is not taken.
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
from mailbot.records.importing.columns import Columns
from mailbot.records.importing.sheet import Line
from mailbot.records.names import name_words
from mailbot.suggestions import nearest

Value = TypeVar("Value")

YES: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("yes", "y", "true", "1", "x", "ja", "j", "wahr", "active", "aktiv"), True),
    **dict.fromkeys(("no", "n", "false", "0", "nein", "falsch", "inactive", "inaktiv"), False),
}
_THOUSANDS: Final = re.compile(r"(?<=\d)[.,'\s](?=\d{3}(?:\D|$))")
_MONTHS: Final[Mapping[str, int]] = {
    **{name: number for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )},
    "mär": 3, "mrz": 3, "mae": 3, "mai": 5, "okt": 10, "dez": 12,
}  # fmt: skip


class BadRowError(Exception):
    """A line that is not taken; the message is why."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one line, each read as what its column holds; BadRowError where one does not hold that."""

    line: Line
    columns: Columns

    def text(self, field: str, longest: int) -> str | None:
        return short(one_line(self.columns.cell(self.line.cells, field), 2_000), longest, _called(field)) or None

    def day(self, field: str) -> date | None:
        return _read(self.text(field, 40), day_in, "day that can be read in one way only", "2025-12-14")

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


def one_of(cell: str, known: Mapping[str, Value], what: str, shown: list[str]) -> Value | None:
    """What a cell says, of the words that are known; None where it is empty. Raises BadRowError."""
    word = " ".join(name_words(cell[:200]))
    if not word:
        return None
    if word not in known:
        meant = nearest(word, known)
        hint = f" - did you mean {meant!r}?" if meant else f": write one of {', '.join(shown)}"
        raise BadRowError(f"{one_line(cell, 60)!r} is no {what}{hint}")
    return known[word]


def shaped(cell: str, shape: str, what: str, example: str) -> str | None:
    """A cell of this shape; None where it is empty. Raises BadRowError."""
    if cell and not re.fullmatch(shape, cell):
        raise BadRowError(f"{one_line(cell, 60)!r} is no {what}: write it like {example}")
    return cell or None


def short(text: str, longest: int, what: str) -> str:
    """The text, where it is not too long. Raises BadRowError."""
    if len(text) > longest:
        raise BadRowError(f"{what} has {len(text)} characters, and {longest} are the most: {text[:40]!r}…")
    return text


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
