"""Which months are closed. A line for one of them is late, and the manager decides what becomes of it. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from mailbot.clock import local_date
from mailbot.config import MonthlyHour
from mailbot.duties.sales.numbers.periods import Period


def month_of(day: date) -> Period:
    """The month that a day lies in."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def month_after(month: Period) -> Period:
    return month_of(month.last + timedelta(days=1))


def month_before(month: Period) -> Period:
    return month_of(month.first - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Closing:
    """What was done last with a month, whose first day is `month`: closed, or opened again; and when."""

    month: date
    is_closed: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Closings:
    """The last word on every month that was ever closed, in the order of the months."""

    months: tuple[Closing, ...] = ()

    def closed_at(self, day: date) -> datetime | None:
        """Since when the month of a day is closed; None where it is open.

        A month of which nobody ever said anything is closed since a later one is: before the desk came, it was.
        """
        month = day.replace(day=1)
        own = self.of(month)
        if own is not None:
            return own.at if own.is_closed else None
        return min((each.at for each in self.months if each.is_closed and each.month > month), default=None)

    def of(self, month: date) -> Closing | None:
        """The last word on the month that begins on this day; None where there is none."""
        return next((each for each in self.months if each.month == month), None)

    def open_month(self, day: date) -> Period:
        """The month of a day, or the first one after it that is not closed."""
        month = month_of(day)
        while self.closed_at(month.first) is not None:
            month = month_after(month)
        return month


NO_CLOSINGS: Final = Closings()


def month_to_close(now: datetime, hour: MonthlyHour, zone: ZoneInfo) -> Period:
    """The latest month whose hour of closing has come."""
    last = month_before(month_of(local_date(now, zone)))
    return last if closes_at(last, hour, zone) <= now else month_before(last)


def closes_at(month: Period, hour: MonthlyHour, zone: ZoneInfo) -> datetime:
    """The moment at which a month is closed: an hour of the month after it."""
    return datetime.combine(hour.in_month(month_after(month).first), hour.at, zone)
