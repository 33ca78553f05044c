"""The ladder of an unused benefit: which letter is due when, and that over any history it is never exceeded."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.config import RemindersSettings
from mailbot.config.reminders import Ladder, Lead
from mailbot.duties.reminders.readers import ClientSide, Hindrance, Reader
from mailbot.duties.reminders.tables import Rung
from mailbot.duties.reminders.unused.benefits import OpenBenefit
from mailbot.duties.reminders.unused.ladder import LETTERS, Climbed, call_due, letter_due
from mailbot.duties.reminders.unused.planning import calls_due, letters_due
from mailbot.letters.model import Recipient
from mailbot.working_days import is_working_day

LAPSES = date(2026, 3, 31)
WORKS = partial(is_working_day, country="US-MA")
LADDER = Ladder.model_validate({"first": "60 days", "second": "30 days", "last": "10 days", "call": "5 working days"})


def at(day: date, *rungs: Rung, last: date | None = None) -> Rung | None:
    return letter_due(LADDER, LAPSES, Climbed(frozenset(rungs), last), day, 7, WORKS)


def test_each_rung_is_due_from_its_day_on_and_once() -> None:
    first = LAPSES - timedelta(days=60)
    assert at(first - timedelta(days=1)) is None
    assert at(first) is Rung.FIRST
    assert at(first, Rung.FIRST, last=first) is None
    assert at(LAPSES - timedelta(days=30), Rung.FIRST, last=first) is Rung.SECOND
    assert at(LAPSES - timedelta(days=10), Rung.FIRST, Rung.SECOND) is Rung.LAST
    assert at(LAPSES, Rung.FIRST, Rung.SECOND, Rung.LAST) is None


def test_what_came_due_while_nothing_could_be_sent_is_one_letter_and_not_three() -> None:
    day = LAPSES - timedelta(days=9)
    assert at(day) is Rung.LAST
    assert at(day + timedelta(days=1), Rung.LAST) is None


def test_two_letters_lie_apart_and_none_follows_the_call_or_the_end() -> None:
    second = LAPSES - timedelta(days=30)
    assert at(second, Rung.FIRST, last=second - timedelta(days=6)) is None
    assert at(second, Rung.FIRST, last=second - timedelta(days=7)) is Rung.SECOND
    assert at(LAPSES - timedelta(days=1), Rung.CALL) is None
    assert at(LAPSES + timedelta(days=1)) is None


def test_the_call_is_due_working_days_before_the_end() -> None:
    assert not call_due(LADDER, LAPSES, Climbed(), date(2026, 3, 23), WORKS)
    assert call_due(LADDER, LAPSES, Climbed(), date(2026, 3, 24), WORKS)
    assert not call_due(LADDER, LAPSES, Climbed(frozenset({Rung.CALL})), date(2026, 3, 24), WORKS)
    assert not call_due(Ladder.model_validate({"first": "9 days"}), LAPSES, Climbed(), LAPSES, WORKS)


@given(days=st.integers(1, 60), working=st.booleans(), day=st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_the_last_day_that_a_rung_has_come_to_is_told_backwards_too(days: int, working: bool, day: date) -> None:
    lead = Lead(days, working)
    last = lead.after(day, WORKS)
    assert lead.before(last, WORKS) <= day < lead.before(last + timedelta(days=1), WORKS)


@pytest.mark.parametrize(
    ("written", "day"),
    [("1 working day", date(2026, 5, 22)), ("5 working days", date(2026, 5, 18)), ("4 days", date(2026, 5, 22))],
)
def test_working_days_leave_out_weekends_and_holidays(written: str, day: date) -> None:
    lead = Lead.parse(written)
    assert isinstance(lead, Lead)
    assert lead.before(date(2026, 5, 26), WORKS) == day, "Monday 25 May is Memorial Day"


@pytest.mark.parametrize("written", ["", "soon", "0 days", "5", "3 weeks", "-2 days", "1000 days", "5 workdays"])
def test_a_lead_that_is_none_is_refused_with_how_it_is_written(written: str) -> None:
    with pytest.raises(ValueError, match='write "30 days" or "10 working days"'):
        Lead.parse(written)


# --- any history ---

START = date(2025, 12, 1)
DAYS = 200
_WEATHER = st.sampled_from([None, None, None, None, *Hindrance])


def benefit(
    key: int, lapses_on: date, climbed: Climbed, hindrance: Hindrance | None, *, ends_letters: bool
) -> OpenBenefit:
    reader = Reader(key % 2, f"c{key % 2}@north.example", Recipient(f"c{key % 2}@north.example", "C", "en"), hindrance)
    client = ClientSide(1, "North Star", "en", 1)
    return OpenBenefit(key, "K-1", "banner", f"b{key}", None, "USD", lapses_on, client, reader, climbed, ends_letters)


@given(
    weather=st.lists(_WEATHER, min_size=DAYS, max_size=DAYS),
    lapses=st.lists(st.integers(5, DAYS - 1), min_size=1, max_size=4),
    answered=st.lists(st.none() | st.integers(0, DAYS - 1), min_size=4, max_size=4),
    slept=st.sets(st.integers(0, DAYS - 1), max_size=60),
)
def test_over_any_history_the_ladder_is_never_exceeded_and_nothing_goes_where_it_must_not(
    weather: list[Hindrance | None], lapses: list[int], answered: list[int | None], slept: set[int]
) -> None:
    settings = RemindersSettings(ladders={"banner": LADDER})
    climbed = [Climbed() for _ in lapses]
    letters: Counter[int] = Counter()
    calls: Counter[int] = Counter()
    for number, hindrance in enumerate(weather):
        today = START + timedelta(days=number)
        if number in slept:
            continue
        open_ones = [
            benefit(
                key,
                START + timedelta(days=end),
                climbed[key],
                hindrance,
                ends_letters=answered[key] is not None and answered[key] <= number,  # type: ignore[operator]
            )
            for key, end in enumerate(lapses)
            if end >= number
        ]
        due = letters_due(open_ones, settings, today, WORKS)
        called = calls_due(open_ones, settings, today, WORKS)
        assert not (due or called) or WORKS(today), "nothing on a day on which nobody works"
        assert not due or hindrance is None, "nothing to who stopped, is away, angry, dead, or waits for a solution"
        assert len({letter.reader.address_key for letter in due}) == len(due), "one letter a day and contact"
        assert not called or hindrance is None or not hindrance.silences_calls
        for letter in due:
            for each, rung in letter.benefits:
                assert not each.ends_letters
                assert rung not in climbed[each.id].rungs
                letters[each.id] += 1
                climbed[each.id] = Climbed(climbed[each.id].rungs | {rung}, today)
        for call in called:
            for each in call.benefits:
                calls[each.id] += 1
                climbed[each.id] = Climbed(climbed[each.id].rungs | {Rung.CALL}, climbed[each.id].last_letter_on)
    assert all(count <= len(LETTERS) for count in letters.values())
    assert all(count == 1 for count in calls.values())


def test_several_benefits_of_one_contact_stand_in_one_letter() -> None:
    settings = RemindersSettings(ladders={"banner": LADDER})
    day = date(2026, 3, 2)
    two = [benefit(key, LAPSES, Climbed(), None, ends_letters=False) for key in (0, 2)]

    (letter,) = letters_due(two, settings, day, WORKS)

    assert [each.id for each, _ in letter.benefits] == [0, 2]
    assert letter.rung is Rung.SECOND
