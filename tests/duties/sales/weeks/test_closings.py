"""Which months are closed, since when, and which one the clock closes next."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from mailbot.config.hours import THE_FIFTH_AT_SIX
from mailbot.duties.sales.weeks.closings import (
    NO_CLOSINGS,
    Closing,
    Closings,
    closes_at,
    month_before,
    month_of,
    month_to_close,
)

BOSTON = ZoneInfo("America/New_York")
SIX = datetime(2025, 11, 5, 18, 0, tzinfo=BOSTON)
OCTOBER_CLOSED = Closings((Closing(date(2025, 10, 1), is_closed=True, at=SIX),))


@pytest.mark.parametrize(
    ("now", "closed"),
    [
        (datetime(2025, 11, 5, 17, 59, tzinfo=BOSTON), date(2025, 9, 1)),
        (SIX, date(2025, 10, 1)),
        (datetime(2025, 11, 30, 9, 0, tzinfo=BOSTON), date(2025, 10, 1)),
        (datetime(2026, 1, 1, 0, 0, tzinfo=BOSTON), date(2025, 11, 1)),
    ],
)
def test_a_month_closes_on_the_fifth_of_the_next_at_six(now: datetime, closed: date) -> None:
    assert month_to_close(now.astimezone(UTC), THE_FIFTH_AT_SIX, BOSTON).first == closed


def test_the_hour_is_that_of_the_desk_on_either_side_of_a_change_of_the_clocks() -> None:
    assert closes_at(month_of(date(2025, 10, 9)), THE_FIFTH_AT_SIX, BOSTON) == SIX
    assert closes_at(month_of(date(2026, 2, 9)), THE_FIFTH_AT_SIX, BOSTON).astimezone(UTC).hour == 23
    assert closes_at(month_of(date(2026, 3, 9)), THE_FIFTH_AT_SIX, BOSTON).astimezone(UTC).hour == 22


def test_a_month_is_closed_whole_and_the_next_is_not() -> None:
    assert OCTOBER_CLOSED.closed_at(date(2025, 10, 1)) == OCTOBER_CLOSED.closed_at(date(2025, 10, 31)) == SIX
    assert OCTOBER_CLOSED.closed_at(date(2025, 11, 1)) is None
    assert NO_CLOSINGS.closed_at(date(2025, 10, 31)) is None


def test_what_was_before_the_first_closed_month_is_closed_with_it() -> None:
    assert OCTOBER_CLOSED.closed_at(date(2025, 7, 4)) == SIX


def test_a_month_that_was_opened_again_is_open_and_those_before_it_stay_closed() -> None:
    later = datetime(2025, 12, 5, 18, 0, tzinfo=BOSTON)
    known = Closings(
        (Closing(date(2025, 10, 1), is_closed=False, at=later), Closing(date(2025, 11, 1), is_closed=True, at=later))
    )
    assert known.closed_at(date(2025, 10, 30)) is None
    assert known.closed_at(date(2025, 9, 30)) == later


def test_late_lines_are_offered_the_first_month_that_is_open() -> None:
    assert OCTOBER_CLOSED.open_month(date(2025, 11, 6)) == month_of(date(2025, 11, 1))
    assert OCTOBER_CLOSED.open_month(date(2025, 9, 6)) == month_of(date(2025, 11, 1))


def test_the_month_before_january_is_december() -> None:
    assert month_before(month_of(date(2026, 1, 31))) == month_of(date(2025, 12, 1))
