"""The time that a line speaks of, and whether it lies in the week that is booked."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.duties.sales.numbers.periods import Week, mentions
from mailbot.money.numerals import habit_of

TODAY = date(2025, 10, 31)
WEEK = Week(2025, 44)


def inside(text: str, locale: str = "en_US", today: date = TODAY) -> list[bool]:
    """Of each time that is named, whether it is the week of today, or a day of it that has come."""
    week = Week.of(today)
    return [
        mention.period is not None
        and (mention.week == week or (week.first <= mention.period.first and mention.period.last <= today))
        for mention in mentions(text, habit_of(locale), today)
    ]


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


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("for October", date(2025, 10, 1), date(2025, 10, 31)),
        ("September 2024", date(2024, 9, 1), date(2024, 9, 30)),
        ("last month", date(2025, 9, 1), date(2025, 9, 30)),
        ("nächsten Monat", date(2025, 11, 1), date(2025, 11, 30)),
        ("Q3", date(2025, 7, 1), date(2025, 9, 30)),
        ("2. Quartal 2024", date(2024, 4, 1), date(2024, 6, 30)),
        ("last quarter", date(2025, 7, 1), date(2025, 9, 30)),
        ("letzte Woche", date(2025, 10, 20), date(2025, 10, 26)),
        ("yesterday", date(2025, 10, 30), date(2025, 10, 30)),
        ("on Tuesday", date(2025, 10, 28), date(2025, 10, 28)),
        ("letzten Freitag", date(2025, 10, 31), date(2025, 10, 31)),
    ],
)
def test_a_named_time_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    (mention,) = mentions(text, habit_of("de_DE"), TODAY)
    assert (mention.first, mention.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("maybe on tue", date(2025, 11, 4), date(2025, 11, 4)),
        ("erst in Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("closing in June", date(2026, 6, 1), date(2026, 6, 30)),
        ("closing on 14 Nov", date(2025, 11, 14), date(2025, 11, 14)),
    ],
)
def test_of_what_is_still_to_come_the_next_such_time_is_meant(text: str, first: date, last: date) -> None:
    (mention,) = mentions(text, habit_of("en_US"), TODAY)
    assert mention.ahead is not None
    assert (mention.ahead.first, mention.ahead.last) == (first, last)


def test_neither_a_german_article_nor_a_short_word_is_a_day_of_the_week() -> None:
    assert mentions("bis die Tage, an die Kunden, on the sun deck", habit_of("de_DE"), TODAY) == ()
