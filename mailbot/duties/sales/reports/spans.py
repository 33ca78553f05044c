"""The days that a report is about: a week, a month, a quarter, or the year so far. Pure.

Weeks are ISO weeks (ISO 8601), Monday to Sunday.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from mailbot.errors import OurBug


class SpanKind(StrEnum):
    """How long a span is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included. A year ends on the day up to which it is told."""

    kind: SpanKind
    first: date
    last: date

    @classmethod
    def of(cls, kind: SpanKind, day: date) -> Self:
        """The week, month or quarter that a day lies in; of the year, what has passed of it on that day."""
        match kind:
            case SpanKind.WEEK:
                first = day - timedelta(days=day.weekday())
                return cls(kind, first, first + timedelta(days=6))
            case SpanKind.MONTH:
                return cls(kind, day.replace(day=1), _last_of_month(day))
            case SpanKind.QUARTER:
                month = 3 * ((day.month - 1) // 3) + 1
                return cls(kind, date(day.year, month, 1), _last_of_month(date(day.year, month + 2, 1)))
            case SpanKind.YEAR:
                return cls(kind, date(day.year, 1, 1), day)
        raise OurBug(f"there is no span of the kind {kind!r}")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Self:
        """The span of the same kind before this one; of the year, the same days of the year before."""
        return self.year_before if self.kind is SpanKind.YEAR else self.of(self.kind, self.first - timedelta(days=1))

    @property
    def year_before(self) -> Self:
        """The same span of the year before: the week of the same number, its last where that year has fewer."""
        if self.kind is SpanKind.WEEK:
            year, number, _ = self.first.isocalendar()
            last = date(year - 1, 12, 28).isocalendar().week  # 28 December lies in the last week of its year
            return self.of(self.kind, date.fromisocalendar(year - 1, min(number, last), 1))
        if self.kind is SpanKind.YEAR:
            return self.of(self.kind, _same_day(self.last, self.last.year - 1))
        return self.of(self.kind, date(self.first.year - 1, self.first.month, 1))

    @property
    def quarter(self) -> Self:
        """The quarter that its last day lies in."""
        return self.of(SpanKind.QUARTER, self.last)

    def months(self) -> Iterator[date]:
        """The first day of every month that the span touches."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = _last_of_month(month) + timedelta(days=1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _same_day(day: date, year: int) -> date:
    """29 February is the 28th where there is none."""
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
