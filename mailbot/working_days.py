"""Working days: Monday to Friday, without the public holidays of a country, or of a part of it.

A country is written by its code in ISO 3166-1, a part of one by that in ISO 3166-2: "US", "US-MA", "DE-HH". "" knows
no holidays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from holidays import HolidayBase

_SATURDAY = 5


def knows_holidays_of(country: str) -> bool:
    """Whether the holidays of this country, or of this part of one, are known."""
    code, _, part = country.partition("-")
    parts = holidays.list_supported_countries(include_aliases=False).get(code)
    return parts is not None and (not part or part in parts)


def is_working_day(day: date, country: str = "") -> bool:
    """Whether people work on that day."""
    return day.weekday() < _SATURDAY and not (country and day in _holidays(country))


def working_day_before(day: date, country: str = "") -> date:
    """The last working day before that day."""
    day -= timedelta(days=1)
    while not is_working_day(day, country):
        day -= timedelta(days=1)
    return day


def working_days_from(day: date, count: int, country: str = "") -> date:
    """The day that is so many working days after a day; before it, where `count` is negative. Of 0 it is the day
    itself, or the last working day before it."""
    step = timedelta(days=1 if count > 0 else -1)
    while count == 0 and not is_working_day(day, country):
        day += step
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, country):
            day += step
    return day


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The hours in which people work: from `opens` to `closes` on each working day, in a zone."""

    opens: time
    closes: time
    zone: ZoneInfo
    country: str = ""

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The moment at which so much working time has passed since `start`."""
        day, left = start.astimezone(self.zone).date(), span
        while True:
            if is_working_day(day, self.country):
                begins = max(start, self._at(day, self.opens))
                room = self._at(day, self.closes) - begins
                if room >= left:
                    return begins + left
                left -= max(room, timedelta())
            day += timedelta(days=1)

    def before(self, end: datetime, span: timedelta) -> datetime:
        """The moment from which so much working time passes until `end`."""
        day, left = end.astimezone(self.zone).date(), span
        while True:
            if is_working_day(day, self.country):
                ends = min(end, self._at(day, self.closes))
                room = ends - self._at(day, self.opens)
                if room >= left:
                    return ends - left
                left -= max(room, timedelta())
            day -= timedelta(days=1)

    def end_of(self, day: date) -> datetime:
        """When work ends on a day; where nobody works on it, on the last working day before."""
        while not is_working_day(day, self.country):
            day -= timedelta(days=1)
        return self._at(day, self.closes)

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, tzinfo=self.zone).astimezone(UTC)


@cache
def _holidays(country: str) -> HolidayBase:
    code, _, part = country.partition("-")
    return holidays.country_holidays(code, subdiv=part or None)
