"""A department answers to the letter about a change of its part: silence, a problem, or a word for who ordered it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailbot.cli.demo import mails
from mailbot.records.contracts.tables import Deliverable, DeliverableState
from mailbot.records.tables import QuestionRow, QuestionState
from tests.situations.desk import DESK, PlayedDesk

DANA, MARA, WEB, DESIGN, ELLEN = (
    "dana@harbourpine.example",
    "mara@harbourpine.example",
    "web@harbourpine.example",
    "design@harbourpine.example",
    "ellen@northstar.example",
)
NOON = datetime(2025, 11, 12, 17, 0, tzinfo=UTC)


@pytest.fixture
def told(desk: PlayedDesk) -> PlayedDesk:
    """The web team has heard that a banner runs longer."""
    words = "K-2207: banner runs until 30 June instead of 31 March"
    desk.receives(mails.written(words, "contract", DANA, DESK, NOON), at=NOON)
    desk.is_answered(desk.letters_to(DANA)[-1], "OK", by=DANA)
    return desk


def banner(desk: PlayedDesk) -> DeliverableState:
    return next(each.state for each in desk.all_of(Deliverable) if each.kind == "banner")


def last(desk: PlayedDesk, to: str) -> str:
    return " ".join(desk.letters_to(to)[-1].text.split())


def asked(desk: PlayedDesk) -> list[QuestionState]:
    return [each.state for each in desk.all_of(QuestionRow) if each.kind == "part-changed"]


def test_the_letter_says_that_no_answer_is_needed_and_who_reads_one(told: PlayedDesk) -> None:
    (letter,) = told.letters_to(WEB)
    assert "there is no need to answer" in " ".join(letter.text.split())
    assert "Dana Reyes reads it" in " ".join(letter.text.split())


@pytest.mark.parametrize("words", ["ok", "Noted, thanks!", "danke, alles klar", "done", "Thank you\n\nWeb Team"])
def test_that_it_was_heard_is_noted_and_nobody_is_written_to(told: PlayedDesk, words: str) -> None:
    before = told.letters()
    story = told.is_answered(told.letters_to(WEB)[-1], words, by=f"Web Team <{WEB}>").story
    assert (story.kind, story.rule) == ("heard", "departments.heard-of-a-change")
    assert told.letters() == before
    assert asked(told) == [QuestionState.ANSWERED]
    assert banner(told) is DeliverableState.DELIVERED, "a word on a change is no delivery"


@pytest.mark.parametrize(
    "words", ["we cannot do it by then, the slot is sold in April", "ok?", "not ok", "noted, but who pays for it"]
)
def test_anything_else_goes_to_who_ordered_it_and_the_change_stands(told: PlayedDesk, words: str) -> None:
    story = told.is_answered(told.letters_to(WEB)[-1], words, by=WEB).story
    assert (story.kind, story.rule) == ("on-a-change", "departments.on-a-change")
    letter = told.letters_to(DANA)[-1]
    assert letter.subject == "Web Team on the change of K-2207, North Star Logistics"
    assert f'"{words}"' in last(told, DANA)
    assert told.letters().keys() == {DANA, WEB, "billing@harbourpine.example"}, "somebody else reads it"
    assert asked(told) == [QuestionState.OPEN]


def test_a_problem_with_what_falls_away_goes_to_who_ordered_it(desk: PlayedDesk) -> None:
    """The half page is not printed yet, as far as the records know."""
    desk.receives(mails.written("North Star drops the ad, 500 less", "contract", DANA, DESK, NOON), at=NOON)
    desk.is_answered(desk.letters_to(DANA)[-1], "OK", by=DANA)
    desk.is_answered(desk.letters_to(DESIGN)[-1], "PROBLEM it is printed already", by=DESIGN)
    assert "it is printed already" in last(desk, DANA)
    page = next(each for each in desk.all_of(Deliverable) if "1/2 page" in each.words)
    assert page.state is DeliverableState.DROPPED


def test_a_problem_with_what_still_runs_holds_it_up_and_rep_and_coordinator_hear(desk: PlayedDesk) -> None:
    with desk.database.writing() as session:
        row = next(each for each in session.query(Deliverable) if each.kind == "banner")
        row.state = DeliverableState.ORDERED
    words = "K-2207: banner runs until 30 June instead of 31 March"
    desk.receives(mails.written(words, "contract", DANA, DESK, NOON), at=NOON)
    desk.is_answered(desk.letters_to(DANA)[-1], "OK", by=DANA)

    story = desk.is_answered(desk.letters_to(WEB)[-1], "PROBLEM: the slot is sold from April on", by=WEB).story

    assert story.kind == "answer"
    assert banner(desk) is DeliverableState.PROBLEM
    assert "the slot is sold from April on" in last(desk, DANA)
    assert "the slot is sold from April on" in last(desk, MARA)
    assert ELLEN not in desk.letters()


def test_a_client_who_has_the_token_says_nothing_for_the_department(told: PlayedDesk) -> None:
    before = told.letters_to(DANA)
    story = told.is_answered(told.letters_to(WEB)[-1], "we cannot do it by then", by=ELLEN).story
    assert story.kind != "on-a-change"
    assert told.letters_to(DANA) == before or "on the change of" not in told.letters_to(DANA)[-1].subject
    assert asked(told) == [QuestionState.OPEN]
