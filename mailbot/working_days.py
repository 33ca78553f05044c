"""Working days: Monday to Friday, without the public holidays of a country, or of a part of it.

A country is written by its code in ISO 3166-1, a part of one by that in ISO 3166-2: "US", "US-MA", "DE-HH". "" knows
no holidays.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

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


@cache
def _holidays(country: str) -> HolidayBase:
    code, _, part = country.partition("-")
    return holidays.country_holidays(code, subdiv=part or None)
