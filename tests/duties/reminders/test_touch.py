"""Scores, prices and talks, read in the words of clients; and the times that are offered."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from mailbot.config import RemindersSettings
from mailbot.duties.reminders.facts import TalkWish
from mailbot.duties.reminders.touch.check_ins import number_due
from mailbot.duties.reminders.touch.scores import score_in
from mailbot.duties.reminders.touch.slots import slots_for
from mailbot.duties.reminders.touch.wishes import price_questions, talk_wish
from mailbot.working_days import is_working_day

ELLEN = (
    "9 out of 10, love it. Before we renew: what would 12 months cost instead of 6, and can we talk Thu or Fri\n"
    "after 2?"
)
TODAY = date(2025, 11, 18)
ZONE = ZoneInfo("America/New_York")
WORKS = partial(is_working_day, country="US-MA")


def test_the_mail_of_s29_gives_a_score_with_its_sentence_a_price_and_a_talk() -> None:
    score = score_in(ELLEN)
    assert score is not None
    assert (score.score, score.sentence) == (9, "9 out of 10, love it.")
    assert price_questions(score.rest) == (
        "Before we renew: what would 12 months cost instead of 6, and can we talk Thu or Fri after 2?",
    )
    wish = talk_wish(score.rest, "en", TODAY)
    assert wish is not None
    assert (wish.days, wish.earliest, wish.latest) == ((date(2025, 11, 20), date(2025, 11, 21)), time(14), None)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("9", 9),
        ("10!", 10),
        ("0", 0),
        ("8/10", 8),
        ("9 von 10, alles bestens", 9),
        ("7 - could be better", 7),
        ("Hello,\n8\nEllen", 8),
        ("a 9, thanks", 9),
    ],
)
def test_a_score_is_a_number_that_stands_alone_or_of_ten(text: str, score: int) -> None:
    found = score_in(text)
    assert found is not None
    assert found.score == score


@pytest.mark.parametrize(
    "text",
    ["12 months", "2 pm is fine", "6 pages were missing", "11", "3.5", "9 of 10 or 3 of 10", "", "ten pages", "-1"],
)
def test_other_numbers_are_no_score(text: str) -> None:
    assert score_in(text) is None


@pytest.mark.parametrize(
    ("text", "language", "days", "hours"),
    [
        ("Can we talk on Friday before 11?", "en", (date(2025, 11, 21),), (None, time(11))),
        ("could we meet wed between 2 and 4", "en", (date(2025, 11, 19),), (time(14), time(16))),
        (
            "Können wir Do oder Fr nach 14 Uhr telefonieren?",
            "de",
            (date(2025, 11, 20), date(2025, 11, 21)),
            (time(14), None),
        ),
        ("Können wir am 25.11. um 10 Uhr sprechen?", "de", (date(2025, 11, 25),), (time(10), time(10))),
        ("Let's talk!", "en", (), (None, None)),
        ("can we talk Friday afternoon?", "en", (date(2025, 11, 21),), (time(12), None)),
    ],
)
def test_days_and_hours_of_a_talk(
    text: str, language: str, days: tuple[date, ...], hours: tuple[time | None, time | None]
) -> None:
    wish = talk_wish(text, "de" if language == "de" else "en", TODAY)
    assert wish is not None
    assert (wish.days, (wish.earliest, wish.latest)) == (days, hours)


@pytest.mark.parametrize("text", ["We talk about you a lot.", "Your call center is friendly", "love it", "7"])
def test_talking_of_talking_is_no_wish(text: str) -> None:
    assert talk_wish(text, "en", TODAY) is None


def test_times_are_offered_on_the_wished_days_when_nothing_else_is_agreed() -> None:
    wish = TalkWish("…", (date(2025, 11, 20), date(2025, 11, 21), date(2025, 11, 22)), time(14))
    taken = [(datetime(2025, 11, 20, 14, 15, tzinfo=ZONE), datetime(2025, 11, 20, 14, 45, tzinfo=ZONE))]
    found = slots_for(wish, TODAY, ZONE, RemindersSettings(), WORKS, taken)
    assert [f"{each:%a %d %H:%M}" for each in found] == ["Thu 20 15:00", "Thu 20 16:00", "Fri 21 14:00", "Fri 21 15:00"]


def test_no_time_is_offered_on_a_holiday_a_weekend_or_out_of_office_hours() -> None:
    thanksgiving = TalkWish("…", (date(2025, 11, 27), date(2025, 11, 29)))
    assert slots_for(thanksgiving, TODAY, ZONE, RemindersSettings(), WORKS, []) == ()
    late = TalkWish("…", (date(2025, 11, 20),), time(20))
    assert slots_for(late, TODAY, ZONE, RemindersSettings(), WORKS, []) == ()


@pytest.mark.parametrize(
    ("today", "number"),
    [
        (date(2025, 10, 14), None),
        (date(2025, 10, 15), 1),
        (date(2025, 10, 29), 1),
        (date(2025, 10, 30), None),
        (date(2026, 1, 15), 2),
        (date(2026, 4, 20), 3),
    ],
)
def test_satisfaction_is_asked_on_day_thirty_and_then_every_quarter_for_two_weeks(
    today: date, number: int | None
) -> None:
    assert number_due(date(2025, 9, 15), today, RemindersSettings()) == number
