"""Monday to Friday, without the holidays of a country."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.working_days import is_working_day, knows_holidays_of, working_day_before


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
