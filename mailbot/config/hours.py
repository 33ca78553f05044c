"""Hours that come back every week, or every month, as settings write them: "friday 17:00", "5th 18:00"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Final

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKLY = re.compile(r"([a-z]+) +([0-9]{1,2}):([0-9]{2})", re.IGNORECASE)
_MONTHLY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? +([0-9]{1,2}):([0-9]{2})", re.IGNORECASE)
_FROM_TO = re.compile(r"([0-9]{1,2}):([0-9]{2}) ?[-\u2013] ?([0-9]{1,2}):([0-9]{2})")
_LAST_DAY: Final = 28  # that every month has


@dataclass(frozen=True, slots=True)
class WeeklyHour:
    """An hour of a weekday; Monday is 0."""

    weekday: int
    at: time

    @classmethod
    def parse(cls, written: object) -> object:
        """Of "friday 17:00"; ValueError says how it is written. What is no text is handed back."""
        if not isinstance(written, str):
            return written
        found = _WEEKLY.fullmatch(written.strip())
        if found is None or found[1].lower() not in _WEEKDAYS:
            raise ValueError(f'{written!r} is no weekday and hour: write "friday 17:00"')
        return cls(_WEEKDAYS.index(found[1].lower()), _time(written, found[2], found[3]))


@dataclass(frozen=True, slots=True)
class MonthlyHour:
    """An hour of a day of the month, 1 to 28."""

    day: int
    at: time

    @classmethod
    def parse(cls, written: object) -> object:
        """Of "5th 18:00"; ValueError says how it is written. What is no text is handed back."""
        if not isinstance(written, str):
            return written
        found = _MONTHLY.fullmatch(written.strip())
        if found is None or not 1 <= int(found[1]) <= _LAST_DAY:
            raise ValueError(f'{written!r} is no day of the month (1 to {_LAST_DAY}) and hour: write "5th 18:00"')
        return cls(int(found[1]), _time(written, found[2], found[3]))

    def in_month(self, month: date) -> date:
        """The day of it in the month that a day lies in."""
        return month.replace(day=self.day)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """From when to when people work on a working day."""

    opens: time
    closes: time

    @classmethod
    def parse(cls, written: object) -> object:
        """Of "9:00-17:00"; ValueError says how it is written. What is no text is handed back."""
        if not isinstance(written, str):
            return written
        found = _FROM_TO.fullmatch(written.strip())
        if found is None:
            raise ValueError(f'{written!r} are no hours of a day: write "9:00-17:00"')
        hours = cls(_time(written, found[1], found[2]), _time(written, found[3], found[4]))
        if hours.opens >= hours.closes:
            raise ValueError(f'{written!r} end before they begin: write "9:00-17:00"')
        return hours


FRIDAY_AT_FIVE: Final = WeeklyHour(4, time(17))
THE_FIFTH_AT_SIX: Final = MonthlyHour(5, time(18))
NINE_TO_FIVE: Final = WorkingHours(time(9), time(17))


def _time(written: str, hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError as refusal:
        raise ValueError(f"{written!r} has no hour of the day: {refusal}") from refusal
