"""A desk that only proposes asks once about what falls due by the clock; one word does it, as proposed, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.config import Level
from mailbot.duties.reminders.tables import Reminder
from mailbot.records.proposals import Approval
from mailbot.records.tables import DecisionRow
from tests.situations.desk import DESK, PlayedDesk, played_desk
from tests.situations.reminding import DANA, ELLEN, MARA, comes, nine


@pytest.fixture
def proposing(tmp_path: Path) -> Iterator[PlayedDesk]:
    levels = dict.fromkeys(("reminders", "issues", "departments"), Level.PROPOSE)
    with played_desk(tmp_path, f"sqlite:///{tmp_path}/desk.sqlite", reminds=True, levels=levels) as desk:
        comes(desk, nine(3))
        yield desk


def proposals(desk: PlayedDesk, about: str = ELLEN) -> list[Received]:
    """The letters to Mara that ask for a step about this."""
    return [each for each in desk.letters_to(MARA) if each.subject.startswith("Shall I?") and about in each.subject]


def mara_says(desk: PlayedDesk, letter: Received, words: str) -> str:
    """Mara answers, and what follows from that by itself is done; what she reads then."""
    desk.is_answered(letter, words, by=f"Mara Lindqvist <{MARA}>")
    desk.waits(timedelta(minutes=1))
    return desk.letters_to(MARA)[-1].text


def done_for_her(desk: PlayedDesk) -> list[DecisionRow]:
    return [each for each in desk.all_of(DecisionRow) if each.duty == "reminders" and each.carried_out and each.actions]


def ref_of(letter: Received) -> str:
    return letter.subject.rpartition("(")[2].rstrip(")")


def test_the_same_is_asked_about_once_however_many_mornings_come(proposing: PlayedDesk) -> None:
    for day in (4, 5, 6, 7, 10):
        comes(proposing, nine(day))
    assert len(proposals(proposing)) == 1
    assert proposing.letters_to(ELLEN) == ()


def test_a_yes_does_what_was_proposed_once(proposing: PlayedDesk) -> None:
    (asked,) = proposals(proposing)
    comes(proposing, nine(5))
    assert "I do what I proposed" in mara_says(proposing, asked, "yes")
    mara_says(proposing, asked, "yes")
    comes(proposing, nine(6))

    (letter,) = proposing.letters_to(ELLEN)
    assert letter.subject in asked.text
    assert len(done_for_her(proposing)) == 1
    assert len(proposing.all_of(Approval)) == 1
    assert len(proposals(proposing)) == 1


@pytest.mark.parametrize("by", [f"Dana Reyes <{DANA}>", f"Ellen Marsh <{ELLEN}>", "Mara Lindqvist <mara@else.example>"])
def test_the_yes_of_somebody_who_was_not_asked_does_nothing(proposing: PlayedDesk, by: str) -> None:
    (asked,) = proposals(proposing)
    proposing.is_answered(asked, "yes", by=by)
    proposing.waits(timedelta(minutes=1))
    assert (proposing.all_of(Approval), done_for_her(proposing)) == ([], [])
    assert not any(letter.subject in asked.text for letter in proposing.letters_to(ELLEN))


def test_a_forged_yes_does_nothing(proposing: PlayedDesk) -> None:
    (asked,) = proposals(proposing)
    at = proposing.clock.now() + timedelta(minutes=5)
    verdict = b"Authentication-Results: mx.harbourpine.example; dmarc=fail header.from=harbourpine.example\r\n"
    told = proposing.receives(verdict + mails.answer(asked, "yes", f"Mara Lindqvist <{MARA}>", at), at=at)
    proposing.waits(timedelta(minutes=1))
    assert told.story.kind == "forged"
    assert (proposing.all_of(Approval), done_for_her(proposing), proposing.letters_to(ELLEN)) == ([], [], ())


def test_why_names_who_said_yes(proposing: PlayedDesk) -> None:
    (asked,) = proposals(proposing)
    mara_says(proposing, asked, "yes")
    (done,) = done_for_her(proposing)
    assert f"Mara Lindqvist said yes to {ref_of(asked)}" in done.trace["sorted_by"][0]["why"]
    told = mara_says(proposing, asked, f"why {done.ref}")
    assert "mail from Mara Lindqvist" in told
    assert f"yes to {ref_of(asked)}: given → acted on" in told


def test_a_no_drops_it_for_good(proposing: PlayedDesk) -> None:
    (asked,) = proposals(proposing)
    assert "nothing of" in mara_says(proposing, asked, "no")
    for day in (4, 5, 6):
        comes(proposing, nine(day))
    assert proposing.letters_to(ELLEN) == ()
    assert (len(proposals(proposing)), proposing.all_of(Approval), done_for_her(proposing)) == (1, [], [])


def test_what_came_of_a_yes_is_taken_back_and_does_not_come_back_by_itself(proposing: PlayedDesk) -> None:
    (asked,) = proposals(proposing)
    mara_says(proposing, asked, "yes")
    (done,) = done_for_her(proposing)

    assert f"{done.ref} is taken back" in mara_says(proposing, asked, f"undo {done.ref}")
    comes(proposing, nine(6))
    assert all(each.undone_by for each in proposing.all_of(Reminder))
    assert len(proposing.letters_to(ELLEN)) == 1, "what was sent, and no second one"


def test_a_yes_to_what_is_settled_by_then_does_nothing_and_says_so(proposing: PlayedDesk) -> None:
    (asked,) = proposals(proposing)
    at = proposing.clock.now() + timedelta(minutes=1)
    proposing.receives(
        mails.written("Please send me no more reminders.", "banner", f"Ellen Marsh <{ELLEN}>", DESK, at), at=at
    )
    last_words = proposing.letters_to(ELLEN)
    mara_says(proposing, asked, "yes")

    assert any("if it is still so" in each.text for each in proposing.letters_to(MARA))
    (not_done,) = (each for each in proposing.letters_to(MARA) if each.subject == f"Not done: {asked.subject}")
    assert f"you said yes to {ref_of(asked)}, and I have done nothing" in " ".join(not_done.text.split())
    assert proposing.letters_to(ELLEN) == last_words
    assert done_for_her(proposing) == []
    assert [each.state.value for each in proposing.all_of(Approval)] == ["moot"]
