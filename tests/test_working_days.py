"""Monday to Friday, without the holidays of a country."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailbot.working_days import WorkingTime, is_working_day, knows_holidays_of, working_day_before


@pytest.mark.parametrize(
    ("day", "country", "works"),
    [
        (date(2025, 11, 7), "", True),  # a Friday
        (date(2025, 11, 8), "", False),
        (date(2025, 11, 9), "", False),
        (date(2025, 11, 27), "", True),
        (date(2025, 11, 27), "US", False),  # Thanksgiving
        (date(2025, 10, 31), "DE-HH", False),  # Reformation Day, in Hamburg and not in Bavaria
        (date(2025, 10, 31), "DE-BY", True),
    ],
)
def test_weekends_are_free_everywhere_and_holidays_where_they_are_kept(day: date, country: str, *, works: bool) -> None:
    assert is_working_day(day, country) is works


def test_the_day_before_skips_weekends_and_holidays() -> None:
    assert working_day_before(date(2025, 11, 10)) == date(2025, 11, 7)
    assert working_day_before(date(2025, 11, 28), "US") == date(2025, 11, 26)


@pytest.mark.parametrize(("country", "known"), [("US", True), ("US-MA", True), ("DE-XX", False), ("Boston", False)])
def test_countries_are_known_by_their_codes(country: str, *, known: bool) -> None:
    assert knows_holidays_of(country) is known


BOSTON = WorkingTime(time(9), time(17), ZoneInfo("America/New_York"), "US-MA")


def boston(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=BOSTON.zone)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (boston(3, 9, 20), 4, boston(3, 13, 20)),
        (boston(3, 15), 4, boston(4, 11)),
        (boston(3, 7), 1, boston(3, 10)),
        (boston(3, 17, 51), 1, boston(4, 10)),
        (boston(7, 16), 4, boston(10, 12)),  # a weekend between
        (boston(10, 16), 4, boston(12, 12)),  # Veterans Day between
        (boston(31, 16, month=10), 2, boston(3, 10)),  # the clocks go back between
        (boston(3, 9), 8, boston(3, 17)),
    ],
)
def test_working_hours_pass_on_working_days_alone(start: datetime, hours: int, end: datetime) -> None:
    assert BOSTON.after(start, timedelta(hours=hours)) == end


@pytest.mark.parametrize(
    ("end", "hours", "start"),
    [(boston(3, 13, 20), 1, boston(3, 12, 20)), (boston(12, 9, 30), 1, boston(10, 16, 30))],
)
def test_working_hours_are_reckoned_backwards_too(end: datetime, hours: int, start: datetime) -> None:
    assert BOSTON.before(end, timedelta(hours=hours)) == start


def test_work_ends_on_the_working_day_before_a_day_off() -> None:
    assert BOSTON.end_of(date(2025, 11, 11)) == boston(10, 17)
