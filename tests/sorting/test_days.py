from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.letters.model import Language
from mailbot.sorting.days import mentions

TODAY = date(2025, 11, 3)  # a Monday


def coming(text: str, language: Language, today: date = TODAY) -> list[tuple[str, date, date]]:
    found = mentions(text, language, today)
    return [(text[m.start : m.end], m.coming(today).first, m.coming(today).last) for m in found]


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("until Friday, November 14 with", "en", [(11, 14)]),
        ("until Fri, Nov 14th.", "en", [(11, 14)]),
        ("until the 14th of November", "en", [(11, 14)]),
        ("until 14 Nov", "en", [(11, 14)]),
        ("until 11/14", "en", [(11, 14)]),
        ("until 14/11", "en", [(11, 14)]),
        ("until 2025-11-14", "en", [(11, 14)]),
        ("until 14-11-2025", "en", [(11, 14)]),
        ("until 14-Nov-2025", "en", [(11, 14)]),
        ("from Nov 4-14, 2025", "en", [(11, 4), (11, 14)]),
        ("from the 4th to the 14th of November", "en", [(11, 4), (11, 14)]),
        ("Nov 4 to Nov 14", "en", [(11, 4), (11, 14)]),
        ("back on Friday", "en", [(11, 7)]),
        ("back on Monday", "en", [(11, 3)]),
        ("next Monday", "en", [(11, 10)]),
        ("on Tuesday next week", "en", [(11, 11)]),
        ("out today and tomorrow", "en", [(11, 3), (11, 4)]),
        ("until the end of November", "en", [(11, 30)]),
        ("until the 17th", "en", [(11, 17)]),
        ("bis zum 2. im Urlaub", "de", [(12, 2)]),
        ("by the end of the week", "en", [(11, 9)]),
        ("bis einschließlich 14.11.", "de", [(11, 14)]),
        ("bis 14.11 im Urlaub", "de", [(11, 14)]),
        ("bis Freitag, den 14. November 2025", "de", [(11, 14)]),
        ("bis Fr., 14.11.25", "de", [(11, 14)]),
        ("bis 14. 11. 2025", "de", [(11, 14)]),
        ("bis 14/11", "de", [(11, 14)]),
        ("vom 4. bis 14. November", "de", [(11, 4), (11, 14)]),
        ("vom 4.-14.11.", "de", [(11, 4), (11, 14)]),
        ("vom 04.11. bis zum 14.11.2025", "de", [(11, 4), (11, 14)]),
        ("ab Montag", "de", [(11, 3)]),
        ("ab nächsten Montag", "de", [(11, 10)]),
        ("bin morgen wieder da", "de", [(11, 4)]),
        ("bis Ende November", "de", [(11, 30)]),
        ("Mitte November", "de", [(11, 15)]),
        ("Ende der Woche", "de", [(11, 9)]),
    ],
)
def test_a_day_is_read(text: str, language: Language, days: list[tuple[int, int]]) -> None:
    assert [first for _, first, _ in coming(text, language)] == [date(2025, month, day) for month, day in days]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("guten Morgen", "de"),
        ("Mondays and Fridays", "en"),
        ("montags und freitags", "de"),
        ("24/7", "en"),
        ("until 14:30", "en"),
        ("bis 14.30 Uhr", "de"),
        ("I may answer, and march on", "en"),
        ("the 31st of", "en"),
        ("version 2.31.4", "en"),
        ("31.02.2026", "de"),
        ("7 of 8", "en"),
        ("until the 99th", "en"),
        ("bis zum 2.500", "de"),
    ],
)
def test_what_names_no_day_is_none(text: str, language: Language) -> None:
    assert coming(text, language) == []


def test_the_order_of_day_and_month_is_that_of_the_language() -> None:
    assert coming("3/4/2026", "en")[0][1] == date(2026, 3, 4)
    assert coming("3/4/2026", "de")[0][1] == date(2026, 4, 3)


def test_a_year_that_is_not_written_is_the_next() -> None:
    assert coming("until 2 March", "en")[0][1] == date(2026, 3, 2)
    assert coming("bis 2. März", "de", date(2025, 3, 1))[0][1] == date(2025, 3, 2)
    assert coming("bis 5.1.", "de", date(2025, 12, 20))[0][1] == date(2026, 1, 5)


def test_a_day_just_passed_was_forgotten_and_is_not_a_year_away() -> None:
    assert coming("until 31 October", "en")[0][1] == date(2025, 10, 31)
    assert coming("until 1 October", "en")[0][1] == date(2026, 10, 1)


def test_the_weekday_that_is_written_settles_the_year() -> None:
    assert coming("until Thursday, October 2", "en")[0][1] == date(2025, 10, 2)
    assert coming("until Friday, October 2", "en")[0][1] == date(2026, 10, 2)


def test_of_what_has_happened_the_last_such_day_is_meant() -> None:
    found = mentions("seit dem 30.6.", "de", TODAY)
    assert [mention.gone(TODAY).first for mention in found] == [date(2025, 6, 30)]


def test_weeks_and_months_are_spans() -> None:
    assert coming("KW 46", "de") == [("KW 46", date(2025, 11, 10), date(2025, 11, 16))]
    assert coming("in January", "en") == [("January", date(2026, 1, 1), date(2026, 1, 31))]
    assert coming("this week", "en") == [("this week", TODAY, date(2025, 11, 9))]
    assert [mention.is_loose for mention in mentions("next week, in January, on 5 January", "en", TODAY)] == [
        True,
        True,
        False,
    ]


_PIECES = st.sampled_from(
    "31. 30 2 . / - 2026 02 Nov November März Monday Mo., bis to next week KW 99 heute 0 00. \n".split(" ")  # noqa: SIM905
)


@given(
    st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=12).map(" ".join), st.lists(_PIECES).map("".join)),
    st.sampled_from(["en", "de"]),
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
)
def test_reading_days_never_raises(text: str, language: Language, today: date) -> None:
    for mention in mentions(text, language, today):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.coming(today) in mention.choices
        assert mention.gone(today) in mention.choices
