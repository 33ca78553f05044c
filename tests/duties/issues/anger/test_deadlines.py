"""By when an angry client wants it done, and the day on which somebody is reminded of it."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.duties.issues.anger.deadlines import day_of_reminder, deadline_in
from mailbot.duties.issues.signals import signals_of
from mailbot.letters.model import Language
from mailbot.message.model import Passage, Words
from mailbot.working_days import is_working_day

MONDAY = date(2025, 11, 3)


def deadline(words: str, language: Language) -> date | None:
    return deadline_in(signals_of("", Words((Passage(words, 0),))), language, MONDAY)


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("If this is not sorted by Wednesday you can forget the renewal.", "en", date(2025, 11, 5)),
        ("If you do not answer by 7 November, we cancel the contract.", "en", date(2025, 11, 7)),
        ("Wenn das nicht bis Freitag behoben ist, kündigen wir.", "de", date(2025, 11, 7)),
        ("Wenn das nicht bis 12.11. behoben ist, kündigen wir.", "de", date(2025, 11, 12)),
    ],
)
def test_the_day_of_an_ultimatum_is_read(words: str, language: Language, day: date) -> None:
    assert deadline(words, language) == day


@pytest.mark.parametrize(
    "words",
    ["The ad of Wednesday was fine.", "I am angry, and I want my money back.", "We write by hand."],
)
def test_a_day_without_pressure_is_no_deadline(words: str) -> None:
    assert deadline(words, "en") is None


def test_the_reminder_comes_on_the_last_working_day_before() -> None:
    assert day_of_reminder(date(2025, 11, 5), lambda day: is_working_day(day, "")) == date(2025, 11, 4)


def test_a_deadline_on_monday_is_reminded_of_on_friday() -> None:
    assert day_of_reminder(date(2025, 11, 10), lambda day: is_working_day(day, "")) == date(2025, 11, 7)


def test_a_holiday_before_the_deadline_is_no_day_to_remind() -> None:
    assert day_of_reminder(date(2025, 11, 28), lambda day: is_working_day(day, "US-MA")) == date(2025, 11, 26)
