"""The answers to the desk's own questions: what is held, what went wrong, what was stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from mailbot.clock import SetClock
from mailbot.config import Level
from mailbot.records import arrivals, outbox, outbox_status
from mailbot.records.arrivals import Incoming
from mailbot.records.decision import Decision, Folder
from mailbot.records.retention import forget_raw
from mailbot.records.tables import (
    Arrival,
    ArrivalState,
    LetterRow,
    LetterState,
    QuestionRow,
    QuestionState,
    TaskRow,
    TaskState,
)
from mailbot.service.incidents import Incidents
from mailbot.service.office import Office
from tests.clerk import DANA, DUTIES, MARA, SECRET, Desk, card, mail


def incidents(desk: Desk) -> Incidents:
    return Incidents(Office(desk.database, desk.orders, DUTIES, desk.card, SECRET, SetClock(desk.now), "test"))


def last_letter(desk: Desk) -> LetterRow:
    return desk.all_of(LetterRow)[-1]


def open_questions(desk: Desk) -> list[str]:
    return [question.kind for question in desk.all_of(QuestionRow) if question.state is QuestionState.OPEN]


def assert_confirmed(desk: Desk, decision: Decision, *words: str) -> None:
    """One short letter to the one who answered, and none to anybody else."""
    assert decision.kind == "answer"
    letter = desk.letter_of(decision)
    assert (letter.recipient, letter.purpose) == (MARA, "noted")
    assert len(letter.text.splitlines()) <= 15
    for each in (*words, "Reply UNDO"):
        assert each in " ".join(letter.text.replace("reply", "Reply").split())


# --- what needs a person ---


def test_done_closes_the_question_and_the_task(desk: Desk) -> None:
    held = desk.says("what is this about, please", DANA)
    assert [(task.state, task.kind) for task in desk.all_of(TaskRow)] == [(TaskState.OPEN, "needs-person")]
    other = desk.says("and what about that, please", DANA)

    answered = desk.answers(desk.letter_to(held, MARA), "erledigt")

    assert_confirmed(desk, answered, f"{held.ref} is done and off the list", held.ref)
    assert [task.state for task in desk.all_of(TaskRow)] == [TaskState.DONE, TaskState.OPEN]
    assert open_questions(desk) == ["needs-person"]

    desk.says(f"undo {answered.ref}", MARA)
    assert [task.state for task in desk.all_of(TaskRow)] == [TaskState.OPEN, TaskState.OPEN]
    assert desk.letter_to(other, MARA).state is LetterState.WAITING


def test_done_said_twice_is_told_who_said_it_first_and_changes_nothing(desk: Desk) -> None:
    held = desk.says("what is this about, please", DANA)
    first = desk.answers(desk.letter_to(held, MARA), "done")

    again = desk.answers(desk.letter_to(held, MARA), "done")

    told = desk.letter_of(again)
    assert (told.recipient, again.folder) == (MARA, Folder.DONE)
    assert f"{held.ref} is done already (Mara Lindqvist, 3 Nov)" in told.text
    assert f'"undo {first.ref}"' in told.text
    assert [task.state for task in desk.all_of(TaskRow)] == [TaskState.DONE]


def test_another_word_is_not_taken_for_the_answer(desk: Desk) -> None:
    held = desk.says("what is this about, please", DANA)

    unclear = desk.answers(desk.letter_to(held, MARA), "not done yet")

    assert unclear.kind == "unclear"
    assert desk.all_of(TaskRow)[0].state is TaskState.OPEN


# --- mail that could not be decided ---


def set_aside(desk: Desk, *, too_big: bool = False) -> Arrival:
    raw = None if too_big else mail("open Kestrel")
    with desk.database.writing() as session:
        incoming = Incoming(77, 48_000_000 if too_big else 900, desk.now, raw)
        (claimed,) = arrivals.accept(session, "sales", "INBOX", 1, [incoming], desk._lease())
    (incidents(desk).too_big if too_big else incidents(desk).set_aside)(claimed)
    return arrival(desk, claimed.id)


def arrival(desk: Desk, key: int) -> Arrival:
    with desk.database.reading() as session:
        return session.get_one(Arrival, key)


def test_a_mail_that_was_set_aside_is_named_to_the_coordinator(desk: Desk) -> None:
    stored = set_aside(desk)

    letter = last_letter(desk)
    assert (letter.recipient, letter.purpose, letter.object) == (MARA, "alarm-mail", str(stored.id))
    assert "reply DONE" in letter.text.replace("Reply", "reply")
    assert (stored.state, stored.folder_wanted) == (ArrivalState.SET_ASIDE, "Held")
    assert "in the folder Held of the desk's mailbox" in " ".join(letter.text.split())


def test_again_decides_a_mail_that_was_set_aside_once_more(desk: Desk) -> None:
    set_aside(desk)
    letter = last_letter(desk)

    assert_confirmed(desk, desk.answers(letter, "again"), "once more now")
    (decided,) = desk.decides_what_waits()

    assert (decided.kind, desk.clients()) == ("work", ["Kestrel"])


def test_again_cannot_be_taken_back_once_the_mail_was_decided_and_is_followed_once(desk: Desk) -> None:
    set_aside(desk)
    letter = last_letter(desk)
    answered = desk.answers(letter, "again")
    (decided,) = desk.decides_what_waits()

    refused = desk.says(f"undo {answered.ref}", MARA)
    told = desk.answers(letter, "again")

    assert decided.ref in desk.letter_of(refused).text
    assert f"settled meanwhile by {answered.ref}" in desk.letter_of(told).text
    assert desk.decides_what_waits() == []
    assert desk.clients() == ["Kestrel"]


def test_an_again_that_is_taken_back_in_time_leaves_the_mail_aside(desk: Desk) -> None:
    stored = set_aside(desk)
    answered = desk.answers(last_letter(desk), "again")

    desk.says(f"undo {answered.ref}", MARA)

    assert desk.decides_what_waits() == []
    assert arrival(desk, stored.id).state is ArrivalState.SET_ASIDE
    assert desk.clients() == []


def test_again_for_a_mail_whose_bytes_are_gone_is_answered_with_words(desk: Desk) -> None:
    stored = set_aside(desk)
    with desk.database.writing() as session:
        assert forget_raw(session, desk.now + timedelta(days=366), 365) == 1
    answered = desk.answers(last_letter(desk), "again")
    assert (desk.decides_what_waits(), arrival(desk, stored.id).state) == ([], ArrivalState.SET_ASIDE)
    assert "My copy of the mail behind" in " ".join(desk.letter_of(answered).text.split())


def test_done_leaves_it_aside(desk: Desk) -> None:
    stored = set_aside(desk)

    assert_confirmed(desk, desk.answers(last_letter(desk), "done"), "is done; I leave it as it is")

    assert desk.decides_what_waits() == []
    assert arrival(desk, stored.id).state is ArrivalState.SET_ASIDE


def test_a_mail_that_is_too_big_is_done_when_somebody_says_so(desk: Desk) -> None:
    stored = set_aside(desk, too_big=True)
    assert "48 MB" in last_letter(desk).text

    assert_confirmed(desk, desk.answers(last_letter(desk), "done"), "is done; I leave it as it is")

    assert (arrival(desk, stored.id).state, open_questions(desk)) == (ArrivalState.TOO_BIG, [])


@pytest.mark.parametrize("too_big", [False, True])
def test_a_desk_that_watches_names_such_a_mail_and_leaves_it(new_desk: Desk, *, too_big: bool) -> None:
    stored = set_aside(new_desk, too_big=too_big)

    assert stored.folder_wanted == ""
    assert "where it arrived" in last_letter(new_desk).text


# --- letters in trouble ---


def in_trouble(desk: Desk, state: LetterState) -> tuple[Decision, LetterRow]:
    opened = desk.says("open Kestrel")
    desk.sends(state)
    incidents(desk).name_letters()
    return opened, last_letter(desk)


def test_sent_settles_a_letter_of_which_nobody_knew(desk: Desk) -> None:
    opened, alarm = in_trouble(desk, LetterState.UNSURE)
    assert (alarm.purpose, alarm.object) == ("alarm-letter", opened.ref)

    assert_confirmed(desk, desk.answers(alarm, "sent"), f"{opened.ref} counts as sent")

    assert desk.letter_of(opened).state is LetterState.SENT


@pytest.mark.parametrize("state", [LetterState.UNSURE, LetterState.REFUSED])
def test_again_lets_a_letter_go_once_more(desk: Desk, state: LetterState) -> None:
    opened, alarm = in_trouble(desk, state)

    assert_confirmed(desk, desk.answers(alarm, "NOCHMAL"), f"I try {opened.ref} once more")

    assert desk.letter_of(opened).state is LetterState.WAITING


def test_done_leaves_a_refused_letter_refused(desk: Desk) -> None:
    opened, alarm = in_trouble(desk, LetterState.REFUSED)

    assert_confirmed(desk, desk.answers(alarm, "done"), f"{opened.ref} is done")

    assert desk.letter_of(opened).state is LetterState.REFUSED


@pytest.mark.parametrize("words", ["sent", "again"])
def test_a_letter_that_was_proven_meanwhile_is_not_sent_again(desk: Desk, words: str) -> None:
    opened, alarm = in_trouble(desk, LetterState.UNSURE)
    with desk.database.writing() as session:
        assert outbox.prove_sent(session, [opened.ref], desk.now) == (opened.ref,)

    assert open_questions(desk) == []

    answered = desk.answers(alarm, words)

    assert desk.letter_of(opened).state is LetterState.SENT
    assert f"{opened.ref} was settled meanwhile" in desk.letter_of(answered).text


def test_an_again_that_went_out_cannot_be_taken_back_to_unsure(desk: Desk) -> None:
    opened, alarm = in_trouble(desk, LetterState.UNSURE)
    answered = desk.answers(alarm, "again")
    desk.sends()

    undone = desk.says(f"undo {answered.ref}", MARA)

    assert desk.letter_of(opened).state is LetterState.SENT
    assert "cannot be unsent" in desk.letter_of(undone).text


def test_an_again_that_has_not_gone_out_can_be_taken_back(desk: Desk) -> None:
    opened, alarm = in_trouble(desk, LetterState.UNSURE)
    answered = desk.answers(alarm, "again")

    desk.says(f"undo {answered.ref}", MARA)

    assert desk.letter_of(opened).state is LetterState.UNSURE


# --- sending that was stopped ---


def is_stopped(desk: Desk) -> bool:
    with desk.database.reading() as session:
        return outbox_status.is_stopped(session, desk.now + timedelta(seconds=1))


def test_resume_lets_the_outbox_go_on_and_its_undo_stops_it_again(desk: Desk) -> None:
    desk.card = card(desk=Level.WATCH, clerk=Level.WATCH)
    incidents(desk).stop_sending(301, 300)
    assert is_stopped(desk)
    alarm = last_letter(desk)
    assert "reply RESUME" in alarm.text

    resumed = desk.answers(alarm, "Resume")
    assert_confirmed(desk, resumed, "Letters go out again")
    assert not is_stopped(desk)

    desk.says(f"undo {resumed.ref}", MARA)
    assert is_stopped(desk)


def test_another_word_does_not_resume(desk: Desk) -> None:
    incidents(desk).stop_sending(301, 300)

    desk.answers(last_letter(desk), "do not resume")

    assert is_stopped(desk)


def test_what_is_asked_is_told_in_words(desk: Desk) -> None:
    set_aside(desk)
    with desk.database.writing() as session:
        session.execute(update(Arrival).values(trouble=None))
        words = session.scalars(select(QuestionRow.words)).all()

    assert words == ["it was tried 0 times; the last time: nobody knows why"]
