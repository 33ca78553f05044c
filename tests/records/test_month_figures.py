"""Figures of a month: its borders in the zone of the desk, and how medians, percentiles and shares are counted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mailbot.records.month_figures import Month, hours_between, mean, median, percentile, share

NEW_YORK = ZoneInfo("America/New_York")
HOURS = some.lists(some.decimals(0, 1000, places=1), min_size=1, max_size=60)


def test_a_month_begins_and_ends_in_the_zone_of_the_desk() -> None:
    november = Month.of(date(2025, 11, 17), NEW_YORK)
    assert (november.first, november.last) == (date(2025, 11, 1), date(2025, 11, 30))
    assert november.begins.astimezone(UTC) == datetime(2025, 11, 1, 4, tzinfo=UTC)  # summer time
    assert november.ends.astimezone(UTC) == datetime(2025, 12, 1, 5, tzinfo=UTC)
    assert november.day(datetime(2025, 12, 1, 4, 59, tzinfo=UTC)) == date(2025, 11, 30)


@pytest.mark.parametrize("day", [date(2025, 1, 31), date(2025, 12, 1), date(2024, 2, 29)])
def test_the_month_before_the_next_one_is_the_same(day: date) -> None:
    month = Month.of(day, NEW_YORK)
    assert month.after.before == month
    assert month.before.after == month
    assert month.after.first > month.last >= month.first


@given(values=HOURS, percent=some.integers(1, 100))
def test_a_percentile_is_one_of_the_values_and_so_many_percent_do_not_exceed_it(
    values: list[Decimal], percent: int
) -> None:
    found = percentile(values, percent)
    assert found is not None
    assert found in values
    not_above = sum(value <= found for value in values)
    assert not_above * 100 >= percent * len(values)
    below = sum(value < found for value in values)
    assert below * 100 < percent * len(values)


def test_what_was_never_counted_is_none_and_not_nought() -> None:
    assert (median([]), percentile([], 90), mean([]), share(0, 0)) == (None, None, None, None)
    assert share(0, 7) == Decimal("0.0")


def test_shares_means_and_hours_are_exact_to_a_tenth() -> None:
    assert share(2, 3) == Decimal("66.7")
    assert mean([Decimal(8), Decimal(9), Decimal(9)]) == Decimal("8.7")
    assert median([Decimal(4), Decimal(1), Decimal(3), Decimal(2)]) == Decimal("2.0")
    begun = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
    assert hours_between(begun, datetime(2025, 11, 3, 10, 30, tzinfo=UTC)) == Decimal("1.5")
