"""The time that a line speaks of, and whether it lies in the week that is booked."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.duties.sales.money.numerals import habit_of
from mailbot.duties.sales.numbers.periods import Week, mentions

TODAY = date(2025, 10, 31)
WEEK = Week(2025, 44)


def inside(text: str, locale: str = "en_US", today: date = TODAY) -> list[bool]:
    return [mention.lies_in(Week.of(today), today) for mention in mentions(text, habit_of(locale), today)]


@pytest.mark.parametrize(
    "text", ["KW 44", "KW44:", "week 44", "wk 44", "2025-10-29", "signed 30 Oct", "Oct 30th", "10/30"]
)
def test_this_week_and_its_days_lie_in_it(text: str) -> None:
    assert inside(text) == [True]


def test_a_german_date_lies_in_it_for_a_german_only() -> None:
    assert inside("unterschrieben am 29.10.", "de_DE") == [True]
    assert inside("12.5.", "en_US") == []


@pytest.mark.parametrize(
    "text",
    [
        "KW 43",
        "week 45",
        "next week",
        "nächste Woche",
        "last week",
        "for October",
        "last month",
        "Q3",
        "20 Oct",
        "1 Nov",
        "KW 60",
    ],
)
def test_other_times_and_days_that_have_not_come_do_not(text: str) -> None:
    assert inside(text) == [False]


@pytest.mark.parametrize(
    "text", ["this week", "today", "the May issue of 12k".lower(), "you may book it", "Kwik 44", "1/2 page"]
)
def test_words_that_name_no_other_time_are_none(text: str) -> None:
    assert inside(text) == []


def test_in_january_week_52_is_that_of_last_year() -> None:
    (mention,) = mentions("KW 52", habit_of("de_DE"), date(2026, 1, 5))
    assert mention.week == Week(2025, 52)


def test_a_week_53_is_a_week_only_in_years_that_have_one() -> None:
    (mention,) = mentions("KW 53", habit_of("de_DE"), date(2026, 12, 30))
    assert mention.week == Week(2026, 53)
    (none,) = mentions("KW 53", habit_of("de_DE"), date(2024, 6, 1))
    assert none.week is None


def test_a_week_has_seven_days_and_knows_them() -> None:
    assert (WEEK.first, WEEK.last) == (date(2025, 10, 27), date(2025, 11, 2))
