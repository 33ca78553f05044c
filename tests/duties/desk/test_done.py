"""DONE, with a number or in reply to the letter that gave the task: closed and confirmed, or told why not."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from mailbot.config import Level
from mailbot.deciding.by_person import decide_by_person
from mailbot.records import writing
from mailbot.records.decision import Decision, Folder
from mailbot.records.numbers import reserve
from mailbot.records.questions import OpenTask
from mailbot.records.recall import known_by_the_clock
from mailbot.records.tables import Change, DecisionRow, Person, QuestionRow, QuestionState, TaskRow, TaskState
from tests.clerk import DANA, JONAS, MARA, SECRET, VIKTOR, Desk, card, mail


def leaves(desk: Desk, *tasks: tuple[str, str]) -> str:
    """A decision that leaves these tasks: (name, words), "" for nobody by name. Gives its reference."""
    with desk.database.writing() as session:
        number = reserve(session, 1)[0]
        ids = {person.name: person.id for person in session.scalars(select(Person))}
        actions = [OpenTask("clerk", "call", words, ids.get(name)) for name, words in tasks]
        decision = decide_by_person("call", "calls", "mara", actions, "clerk", f"C-{number:04d}", desk.now)
        known = known_by_the_clock(session, desk.card, SECRET, number)
        writing.write(session, decision, known)
    return decision.ref


def states(desk: Desk) -> list[TaskState]:
    return [task.state for task in desk.all_of(TaskRow)]


def said(desk: Desk, decision: Decision) -> str:
    """The one letter of a decision, on one line."""
    return " ".join(desk.letter_of(decision).text.split())


def changed_tables(desk: Desk, decision: Decision) -> list[str]:
    with desk.database.reading() as session:
        of_it = select(Change.table_name).join(DecisionRow, DecisionRow.id == Change.decision_id)
        return sorted(session.scalars(of_it.where(DecisionRow.ref == decision.ref)))


@pytest.mark.parametrize("words", ["done {}", "{} erledigt, danke", "Fertig: {}.2-9kq2x7m3ab", "Done {}.\nDana"])
def test_who_has_the_task_says_done_with_its_number(desk: Desk, words: str) -> None:
    ref = leaves(desk, ("Dana Reyes", "Call Ed at Kestrel."))
    other = leaves(desk, ("Dana Reyes", "Call Ann at Osprey."))

    done = desk.says(words.format(ref), DANA)

    assert states(desk) == [TaskState.DONE, TaskState.OPEN]
    assert (done.kind, desk.letter_of(done).recipient) == ("done", DANA)
    assert "- Call Ed at Kestrel." in said(desk, done)
    assert "Osprey" not in said(desk, done)
    assert changed_tables(desk, done) == ["letters", "tasks"]
    assert other in said(desk, desk.says(f"why {other}", MARA))


def test_it_is_taken_back_like_everything_else(desk: Desk) -> None:
    ref = leaves(desk, ("Dana Reyes", "Call Ed at Kestrel."))
    done = desk.says(f"done {ref}", DANA)
    desk.sends()

    desk.answers(desk.letter_of(done), "undo")

    assert states(desk) == [TaskState.OPEN]


def test_on_the_first_day_too_it_is_done(desk: Desk) -> None:
    desk.card = card(desk=Level.WATCH, clerk=Level.WATCH)
    ref = leaves(desk, ("Dana Reyes", "Call Ed at Kestrel."))

    done = desk.says(f"done {ref}", DANA)

    assert (states(desk), done.level) == ([TaskState.DONE], "act")


def test_the_task_of_somebody_else_stays_open_and_is_named(desk: Desk) -> None:
    ref = leaves(desk, ("Jonas Weber", "Call Ed at Kestrel."))

    refused = desk.says(f"done {ref}", DANA)

    assert states(desk) == [TaskState.OPEN]
    assert desk.letter_of(refused).recipient == DANA
    assert "it is with Jonas Weber" in said(desk, refused)
    assert changed_tables(desk, refused) == ["letters"]


def test_of_several_tasks_only_ones_own_are_closed_and_a_coordinator_closes_the_rest(desk: Desk) -> None:
    ref = leaves(desk, ("Jonas Weber", "Call Ed."), ("Dana Reyes", "Call Ann."), ("", "Look at it."))

    desk.says(f"fertig {ref}", JONAS)
    assert states(desk) == [TaskState.DONE, TaskState.OPEN, TaskState.OPEN]

    desk.says(f"done {ref}", MARA)
    assert states(desk) == [TaskState.DONE] * 3


def test_several_numbers_are_closed_by_one_mail_and_each_is_confirmed(desk: Desk) -> None:
    first = leaves(desk, ("Dana Reyes", "Call Ed at Kestrel."))
    second = leaves(desk, ("Dana Reyes", "Call Ann at Osprey."))
    third = leaves(desk, ("Dana Reyes", "Call Liz at Plover."))

    done = desk.says(f"done {first}, {second}", DANA)

    assert states(desk) == [TaskState.DONE, TaskState.DONE, TaskState.OPEN]
    assert f"- {first}: Call Ed at Kestrel. - {second}: Call Ann at Osprey." in said(desk, done)
    assert third not in said(desk, done)
    desk.sends()
    desk.answers(desk.letter_of(done), "undo")
    assert states(desk) == [TaskState.OPEN] * 3


def test_of_several_numbers_those_that_stay_open_are_told_with_the_reason(desk: Desk) -> None:
    own = leaves(desk, ("Dana Reyes", "Call Ed at Kestrel."))
    anothers = leaves(desk, ("Jonas Weber", "Call Ann at Osprey."))
    closed = leaves(desk, ("Dana Reyes", "Call Liz at Plover."))
    desk.says(f"done {closed}", DANA)

    done = desk.says(f"done {own}, {anothers} and {closed} and X-9999", DANA)

    assert states(desk) == [TaskState.DONE, TaskState.OPEN, TaskState.DONE]
    told = said(desk, done)
    assert f"- {own}: Call Ed at Kestrel." in told
    assert f"- {anothers}: not yours to close; it is with Jonas Weber - {closed}: done already (Dana Reyes," in told
    assert "- X-9999: I find no open task of that number" in told


def test_where_none_of_several_numbers_can_be_closed_nothing_is_and_all_are_told(desk: Desk) -> None:
    ref = leaves(desk, ("Jonas Weber", "Call Ann at Osprey."))

    done = desk.says(f"done {ref} and X-9999", DANA)

    assert states(desk) == [TaskState.OPEN]
    assert changed_tables(desk, done) == ["letters"]
    assert "Dana, all of it stays as it was:" in said(desk, done)


def test_what_is_done_already_is_told_with_who_and_when(desk: Desk) -> None:
    ref = leaves(desk, ("Dana Reyes", "Call Ed at Kestrel."))
    first = desk.says(f"done {ref}", MARA)

    again = desk.says(f"done {ref}", DANA)

    assert f"{ref} is done already (Mara Lindqvist, 3 Nov)" in said(desk, again)
    assert f'"undo {first.ref}"' in said(desk, again)
    assert changed_tables(desk, again) == ["letters"]


@pytest.mark.parametrize("ref", ["N-0999", "C-9999"])
def test_a_number_that_is_no_task_is_told_with_what_to_write(desk: Desk, ref: str) -> None:
    unknown = desk.says(f"done {ref}", DANA)

    assert f"I find no open task {ref}" in said(desk, unknown)
    assert 'Reply "done" with the number' in said(desk, unknown)
    assert unknown.folder is Folder.DONE
    assert desk.all_of(TaskRow) == []


def test_a_bare_done_about_nothing_is_told_with_what_to_write(desk: Desk) -> None:
    unknown = desk.says("Done!", JONAS)

    assert "eine offene Aufgabe finde ich nicht" in said(desk, unknown)
    assert desk.all_of(TaskRow) == []


def test_a_held_mail_is_done_by_its_number_as_by_the_answer_to_its_letter(desk: Desk) -> None:
    held = desk.says("what is this about, please", "ellen@northstar.example")
    assert states(desk) == []  # a stranger's
    held = desk.says("what is this about, please", JONAS)

    done = desk.says(f"done {held.ref}", VIKTOR)

    assert states(desk) == [TaskState.DONE]
    assert [question.state for question in desk.all_of(QuestionRow)] == [QuestionState.ANSWERED]
    assert desk.letter_of(done).recipient == VIKTOR


def test_a_question_of_another_duty_is_not_closed_by_its_number(desk: Desk) -> None:
    asked = desk.says("open Kestrel?", DANA)

    refused = desk.says(f"done {asked.ref}", MARA)

    assert f"closed by the answer to its own letter ({asked.ref})" in said(desk, refused)
    assert [question.state for question in desk.all_of(QuestionRow)] == [QuestionState.OPEN]


@pytest.mark.parametrize("dmarc", ["fail", "none"])
def test_an_unproven_mail_closes_nothing_and_is_not_answered(desk: Desk, dmarc: str) -> None:
    ref = leaves(desk, ("Dana Reyes", "Call Ed at Kestrel."))

    forged = desk.arrives(mail(f"done {ref}", DANA, dmarc=dmarc))

    assert states(desk) == [TaskState.OPEN]
    assert DANA not in {letter.recipient for letter in desk.letters_of(forged)}


def test_a_stranger_closes_nothing(desk: Desk) -> None:
    ref = leaves(desk, ("Dana Reyes", "Call Ed at Kestrel."))

    stranger = desk.says(f"done {ref}", "pete@blueridge.example")

    assert (states(desk), desk.letters_of(stranger)) == ([TaskState.OPEN], [])
