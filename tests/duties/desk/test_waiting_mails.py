"""A mail waits for a person until somebody says that it is done; then it waits no longer, wherever it lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from mailbot.deciding.by_person import decide_by_person
from mailbot.records import writing
from mailbot.records.decision import Action, Decision, Folder
from mailbot.records.numbers import reserve
from mailbot.records.questions import CloseTask, NoteDone
from mailbot.records.recall import known_by_the_clock
from mailbot.records.session import Database
from mailbot.records.tables import Arrival, DecisionRow, LetterRow, TaskRow
from mailbot.records.waiting_mails import never_read, waiting_mail, waiting_mails
from tests.clerk import DANA, JONAS, MARA, SECRET, Desk, mail, open_desk
from tests.duties.desk.test_answers import set_aside


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    """On each kind of database, a desk whose clerk acts."""
    return open_desk(database, tmp_path)


def waiting(desk: Desk) -> list[str]:
    """The decisions of the mails that wait, the newest first."""
    with desk.database.reading() as session:
        return [each.decision for each in waiting_mails(session, 50)]


def counted(desk: Desk) -> int:
    with desk.database.reading() as session:
        return never_read(session, desk.now)


def last_ref(desk: Desk) -> str:
    return desk.all_of(LetterRow)[-1].ref.partition(".")[0]


def orders(desk: Desk, *actions: Action) -> str:
    """A person does this by hand; the reference of the decision."""
    with desk.database.writing() as session:
        number = reserve(session, 1)[0]
        decision = decide_by_person("done", "done", "mara", actions, "desk", f"D-{number:04d}", desk.now)
        writing.write(session, decision, known_by_the_clock(session, desk.card, SECRET, number))
    return decision.ref


def test_a_held_mail_waits_until_its_task_is_done_and_again_when_that_is_taken_back(desk: Desk) -> None:
    held, other = desk.says("what is this about, please"), desk.says("and what is that about, please")
    desk.says("open Kestrel")
    assert waiting(desk) == [other.ref, held.ref]
    assert set(desk.files()) >= {(1, "Held"), (2, "Held")}

    done = desk.says(f"done {held.ref}", MARA)
    assert waiting(desk) == [other.ref]

    desk.says(f"undo {done.ref}", MARA)
    assert waiting(desk) == [other.ref, held.ref]


@pytest.mark.parametrize("too_big", [False, True])
def test_done_settles_a_mail_that_was_never_read(desk: Desk, *, too_big: bool) -> None:
    set_aside(desk, too_big=too_big)
    ref = last_ref(desk)
    assert (waiting(desk), counted(desk)) == ([ref], 1)

    desk.answers(desk.all_of(LetterRow)[-1], "done")
    assert (waiting(desk), counted(desk)) == ([], 0)


def test_another_answer_to_it_leaves_it_waiting(desk: Desk) -> None:
    set_aside(desk, too_big=True)
    ref = last_ref(desk)
    desk.answers(desk.all_of(LetterRow)[-1], "not done yet")

    assert waiting(desk)[-1] == ref
    assert counted(desk) == 1


def test_a_mail_that_is_decided_again_waits_no_longer_although_it_lies_where_it_lay(desk: Desk) -> None:
    stored = set_aside(desk)
    alarm = desk.all_of(LetterRow)[-1]
    with desk.database.writing() as session:
        session.execute(update(Arrival).where(Arrival.id == stored.id).values(filed_at=desk.now))
    desk.answers(alarm, "again")
    (decided,) = desk.decides_what_waits()

    assert desk.arrival_of(decided).folder_wanted == Folder.HELD.value
    assert (waiting(desk), counted(desk)) == ([], 0)


def test_a_copy_of_a_held_mail_waits_for_nobody(desk: Desk) -> None:
    raw = mail("what is this about, please", message_id="once@harbourpine.example")
    held, copy = desk.arrives(raw), desk.arrives(raw)
    assert (copy.kind, copy.folder) == ("duplicate", Folder.HELD)
    assert waiting(desk) == [held.ref]

    desk.says(f"done {held.ref}", MARA)
    assert waiting(desk) == []


def in_quarantine(desk: Desk) -> Decision:
    """Somebody pretends to be the coordinator: no task, and nothing is asked."""
    forged = desk.arrives(mail("undo C-0101", MARA, dmarc="fail"))
    assert (forged.folder, desk.all_of(TaskRow)) == (Folder.QUARANTINE, [])
    return forged


def test_a_mail_that_left_no_task_is_settled_by_hand_and_that_is_taken_back_like_everything(desk: Desk) -> None:
    forged, held = in_quarantine(desk), desk.says("what is this about, please", JONAS)
    assert waiting(desk) == [held.ref, forged.ref]
    with desk.database.reading() as session:
        arrival = waiting_mail(session, forged.ref)
    assert arrival is not None

    noted = orders(desk, NoteDone(arrival, forged.ref))
    assert waiting(desk) == [held.ref]
    with desk.database.reading() as session:
        assert waiting_mail(session, forged.ref) is None

    desk.says(f"undo {noted}", MARA)
    assert waiting(desk) == [held.ref, forged.ref]


def test_what_was_decided_about_a_mail_after_its_task_was_done_waits_anew(desk: Desk) -> None:
    held = desk.says("what is this about, please", DANA)
    (task,) = desk.all_of(TaskRow)
    orders(desk, CloseTask(task.id))
    assert waiting(desk) == []

    arrival = desk.arrival_of(held)
    with desk.database.writing() as session:
        number = reserve(session, 1)[0]
        decision = decide_by_person("held", "held once more", "mara", (), "desk", f"D-{number:04d}", desk.now)
        writing.write(session, decision, known_by_the_clock(session, desk.card, SECRET, number), arrival.id)
        session.execute(
            update(DecisionRow).where(DecisionRow.id == number).values(folder=Folder.HELD.value, arrival_id=arrival.id)
        )
    assert waiting(desk) == [decision.ref]
