"""A decision is taken back whole or not at all, and what was built on it stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from sqlalchemy import select

from mailbot.errors import TryAgain
from mailbot.records import undo, writing
from mailbot.records.decision import Action, Decision
from mailbot.records.pen import Pen
from mailbot.records.recall import known_by_the_clock
from mailbot.records.tables import Client, Contact, DecisionRow, LetterState, QuestionRow, QuestionState
from mailbot.records.undo import Undo
from tests.clerk import DANA, JONAS, PRIYA, SECRET, Desk, mail


def undone_by(desk: Desk, decision: Decision) -> str | None:
    with desk.database.reading() as session:
        key = session.scalar(select(DecisionRow.undone_by).where(DecisionRow.ref == decision.ref))
        return session.scalar(select(DecisionRow.ref).where(DecisionRow.id == key)) if key else None


def state_of(desk: Desk, decision: Decision) -> LetterState:
    return desk.letter_of(decision).state


def the_question(desk: Desk) -> QuestionRow:
    (question,) = [question for question in desk.all_of(QuestionRow) if question.duty == "clerk"]
    return question


def test_what_was_new_is_gone_and_its_row_is_kept(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    taken_back = desk.says(f"undo {opened.ref}")

    assert desk.clients() == []
    assert undone_by(desk, opened) == taken_back.ref
    with desk.database.reading() as session:
        assert session.scalars(select(Client.name)).all() == ["Kestrel"]


def test_what_was_changed_gets_its_old_values_again(desk: Desk) -> None:
    desk.says("open Kestrel")
    renamed = desk.says("rename Kestrel to Osprey")
    assert desk.clients() == ["Osprey"]

    desk.says(f"undo {renamed.ref}")

    assert desk.clients() == ["Kestrel"]


def test_a_letter_that_waits_is_withdrawn(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    desk.says(f"undo {opened.ref}")

    assert state_of(desk, opened) is LetterState.WITHDRAWN


def test_a_letter_on_hold_is_withdrawn(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    desk.sends(LetterState.ON_HOLD)
    desk.says(f"undo {opened.ref}")

    assert state_of(desk, opened) is LetterState.WITHDRAWN


@pytest.mark.parametrize("state", [LetterState.SENT, LetterState.SENDING, LetterState.UNSURE])
def test_a_letter_that_may_have_gone_out_cannot_be_unsent_and_is_named(desk: Desk, state: LetterState) -> None:
    opened = desk.says("open Kestrel")
    desk.sends(state)
    taken_back = desk.says(f"undo {opened.ref}", PRIYA)

    assert state_of(desk, opened) is state
    assert desk.clients() == []
    assert "cannot be unsent" in desk.letter_of(taken_back).text
    assert "Kestrel is open" in desk.letter_of(taken_back).text


def test_who_takes_back_what_only_went_to_themselves_is_not_told_so(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    desk.sends(LetterState.SENT)
    taken_back = desk.letter_of(desk.says(f"undo {opened.ref}"))

    assert taken_back.recipient == DANA
    assert "Kestrel" in taken_back.text
    assert "cannot be unsent" not in taken_back.text


def test_the_letter_about_an_undo_says_what_was_put_back(desk: Desk) -> None:
    desk.says("open Kestrel")
    renamed = desk.says("rename Kestrel to Osprey")
    taken_back = desk.says(f"undo {renamed.ref}")

    letter = desk.letter_of(taken_back)
    assert letter.recipient == DANA
    assert "client Osprey: name Osprey → name Kestrel" in letter.text
    assert "cannot be unsent" not in letter.text


def test_a_later_change_of_the_same_row_stands_in_the_way(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    renamed = desk.says("rename Kestrel to Osprey")

    refused = desk.says(f"undo {opened.ref}")

    assert desk.clients() == ["Osprey"]
    assert undone_by(desk, opened) is None
    assert f'reply "undo {renamed.ref}"' in desk.letter_of(refused).text


def test_a_row_that_points_to_it_stands_in_the_way(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    pointing = desk.says("contact Ed at Kestrel")

    refused = desk.says(f"undo {opened.ref}")

    assert desk.clients() == ["Kestrel"]
    assert f'reply "undo {pointing.ref}"' in desk.letter_of(refused).text


def test_what_was_built_on_it_and_taken_back_stands_no_longer_in_the_way(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    renamed = desk.says("rename Kestrel to Osprey")
    pointing = desk.says("contact Ed at Osprey")

    for decision in (pointing, renamed, opened):
        desk.says(f"undo {decision.ref}")

    assert (desk.clients(), desk.all_of(Contact)) == ([], [])


def test_an_undo_that_is_undone_puts_everything_in_force_again(desk: Desk) -> None:
    opened = desk.says("open Kestrel?")
    taken_back = desk.says(f"undo {opened.ref}")
    again = desk.says(f"undo {taken_back.ref}")

    assert desk.clients() == ["Kestrel"]
    assert (undone_by(desk, opened), undone_by(desk, taken_back)) == (None, again.ref)
    assert state_of(desk, opened) is LetterState.WAITING
    assert the_question(desk).state is QuestionState.OPEN
    assert "client Kestrel: taken back → in force" in desk.letter_of(again).text


def test_undo_and_undo_of_the_undo_can_go_on_for_ever(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    last = opened
    for turn in range(1, 6):
        last = desk.says(f"undo {last.ref}")
        assert desk.clients() == (["Kestrel"] if turn % 2 == 0 else [])
    fresh = desk.says(f"undo {opened.ref}")
    assert "undone before" in desk.letter_of(fresh).text


def test_after_an_undo_was_undone_the_first_can_be_undone_anew(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    taken_back = desk.says(f"undo {opened.ref}")
    desk.says(f"undo {taken_back.ref}")
    anew = desk.says(f"undo {opened.ref}")

    assert desk.clients() == []
    assert undone_by(desk, opened) == anew.ref


def test_what_is_undone_cannot_be_undone_twice(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    desk.says(f"undo {opened.ref}")
    twice = desk.says(f"undo {opened.ref}")

    assert "undone before" in desk.letter_of(twice).text
    assert twice.summary == f"Left {opened.ref} as it is: already undone."


def test_what_changed_nothing_cannot_be_undone(desk: Desk) -> None:
    left = desk.arrives(mail("hello", "somebody@unknown.example"))
    refused = desk.says(f"undo {left.ref}", PRIYA)

    assert "changed no record" in desk.letter_of(refused).text


def test_the_answer_to_a_question_stands_in_the_way_of_the_question(desk: Desk) -> None:
    opened = desk.says("open Kestrel?")
    desk.sends()
    answered = desk.answers(desk.letter_of(opened), "1")
    assert the_question(desk).state is QuestionState.ANSWERED

    refused = desk.says(f"undo {opened.ref}")
    assert f'reply "undo {answered.ref}"' in desk.letter_of(refused).text

    desk.says(f"undo {answered.ref}")
    assert the_question(desk).state is QuestionState.OPEN

    desk.says(f"undo {opened.ref}")
    assert desk.clients() == []


def test_a_question_that_was_taken_back_is_open_no_longer(desk: Desk) -> None:
    opened = desk.says("open Kestrel?")
    desk.sends()
    assert [question.kind for question in desk.known_about(reply(desk, opened)).questions] == ["which"]

    desk.says(f"undo {opened.ref}")

    assert desk.known_about(reply(desk, opened)).questions == ()


def reply(desk: Desk, decision: Decision) -> bytes:
    return mail("1", DANA, to=desk.letter_of(decision).envelope_sender)


@dataclass(frozen=True, slots=True)
class Fails(Action):
    """An action with an injected fault."""

    name: ClassVar[str] = "clerk.fails"

    def carry_out(self, pen: Pen) -> None:
        raise TryAgain("the records have moved on")

    def __str__(self) -> str:
        return "fail"


def carry_out(desk: Desk, like: Decision, *actions: Action) -> None:
    """A decision by a person, with these actions, as it is written."""
    with desk.database.writing() as session:
        known = known_by_the_clock(session, desk.card, SECRET, 9000)
        decision = replace(like, ref="D-9000", origin="person", decided_at=desk.now, actions=actions)
        writing.write(session, decision, known)


def test_half_an_undo_is_never_kept(desk: Desk) -> None:
    opened = desk.says("open Kestrel")

    with pytest.raises(TryAgain, match="moved on"):
        carry_out(desk, opened, Undo(opened.ref), Fails())

    assert desk.clients() == ["Kestrel"]
    assert undone_by(desk, opened) is None
    assert state_of(desk, opened) is LetterState.WAITING


def test_an_undo_that_was_foreseen_is_refused_when_something_was_built_on_it_meanwhile(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    with desk.database.reading() as session:
        foreseen = undo.foresee(session, opened.ref)
    assert foreseen is not None
    assert foreseen.refused is None
    renamed = desk.says("rename Kestrel to Osprey")

    with pytest.raises(
        TryAgain, match=f"{opened.ref} cannot be taken back: {renamed.ref} of 03 Nov 2025 was built on it"
    ):
        carry_out(desk, opened, Undo(opened.ref))

    assert desk.clients() == ["Osprey"]


def test_what_nobody_knows_cannot_be_undone(desk: Desk) -> None:
    unknown = desk.says("undo N-9999")

    assert "know nothing by that name" in desk.letter_of(unknown).text
    assert "N-9999" in desk.letter_of(unknown).subject
    with desk.database.reading() as session:
        assert undo.foresee(session, "N-9999") is None


def test_an_order_that_names_nothing_is_asked_about_and_nothing_is_undone(desk: Desk) -> None:
    desk.says("open Kestrel")
    unknown = desk.letter_of(desk.says("undo"))

    assert "I cannot tell which letter you mean" in " ".join(unknown.text.split())
    assert unknown.subject == "Re: numbers - which letter?"
    assert desk.clients() == ["Kestrel"]


# --- who may ---


def test_a_rep_undoes_what_came_of_their_own_mail_only(desk: Desk) -> None:
    opened = desk.says("open Kestrel", DANA)

    refused = desk.says(f"undo {opened.ref}", JONAS)
    assert desk.clients() == ["Kestrel"]
    letter = desk.letter_of(refused)
    assert (letter.recipient, "Mail von jemand anderem" in letter.text) == (JONAS, True)
    assert "Kestrel" not in letter.text, "what it was is none of his business"

    desk.says(f"undo {opened.ref}", DANA)
    assert desk.clients() == []


def test_a_letter_about_a_colleagues_mail_gives_no_right_to_undo_it(desk: Desk) -> None:
    opened = desk.says("open Kestrel", DANA)
    desk.redirects(desk.letter_of(opened), JONAS)

    desk.says(f"undo {opened.ref}", JONAS)

    assert desk.clients() == ["Kestrel"]


def test_a_manager_undoes_anything(desk: Desk) -> None:
    opened = desk.says("open Kestrel", DANA)
    desk.says(f"undo {opened.ref}", PRIYA)

    assert desk.clients() == []


def test_a_reply_to_a_letter_undoes_what_the_letter_was_about(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    other = desk.says("open Osprey")
    desk.sends()

    desk.answers(desk.letter_of(opened), "UNDO please")

    assert desk.clients() == ["Osprey"]
    assert undone_by(desk, other) is None
