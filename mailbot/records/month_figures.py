"""The figures of a month for who manages, each with the list behind it. Every duty counts its own from the records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mailbot.letters.workbooks import Cell
from mailbot.records.in_words import Words
from mailbot.records.known import DeskCard


class Unit(Enum):
    """What a figure counts."""

    PIECES = "pieces"
    PERCENT = "percent"
    HOURS = "hours"
    POINTS = "points"  # of ten


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month in the zone of a desk."""

    first: date
    zone: ZoneInfo = field(compare=False)

    @classmethod
    def of(cls, day: date, zone: ZoneInfo) -> Month:
        """The month that a day lies in."""
        return cls(day.replace(day=1), zone)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> Month:
        """The next one."""
        return Month.of(self.first.replace(day=28) + timedelta(days=4), self.zone)

    @property
    def before(self) -> Month:
        """The one before."""
        return Month.of(self.first - timedelta(days=1), self.zone)

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), self.zone)

    @property
    def ends(self) -> datetime:
        """The first moment that is no longer in it."""
        return self.after.begins

    def day(self, moment: datetime) -> date:
        """The calendar day of a moment, seen from the desk."""
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; None where there was nothing to count. Percent, hours and points have one decimal place."""

    name: Words
    value: Decimal | int | None
    unit: Unit = Unit.PIECES


@dataclass(frozen=True, slots=True)
class Counted:
    """Figures that were counted from one list: its name, the heads of its columns, its rows."""

    name: Words
    figures: tuple[Figure, ...]
    heads: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]


# What a duty counts of a month.
CountingMonth = Callable[[Session, DeskCard, Month], tuple[Counted, ...]]


def share(part: int, whole: int) -> Decimal | None:
    """In percent; None of nothing."""
    return _to_a_tenth(Decimal(100 * part) / whole) if whole else None


def median(values: Sequence[Decimal]) -> Decimal | None:
    """The middle one, of an even number the lower of the two in the middle; None of nothing."""
    return percentile(values, 50)


def percentile(values: Sequence[Decimal], percent: int) -> Decimal | None:
    """The smallest value that so many percent of all do not exceed (nearest rank), to a tenth; None of nothing."""
    if not values:
        return None
    rank = -(-len(values) * percent // 100)
    return _to_a_tenth(sorted(values)[max(rank, 1) - 1])


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The average, to a tenth; None of nothing."""
    return _to_a_tenth(sum(values, Decimal(0)) / len(values)) if values else None


def hours_between(earlier: datetime, later: datetime) -> Decimal:
    """How many hours passed, exact to the second."""
    return Decimal(int((later - earlier).total_seconds())) / 3600


def _to_a_tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))
