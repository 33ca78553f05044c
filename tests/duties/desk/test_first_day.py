"""A new installation watches: mail stays exactly as it was, and the morning letter says what would have been done."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from mailbot.clock import SetClock
from mailbot.config import Level
from mailbot.records.decision import Decision, Folder
from mailbot.records.tables import Change, LetterRow, LetterState, Person, TaskRow, TaskState
from mailbot.service.office import Office
from mailbot.service.upkeep import Maintenance
from tests.clerk import DANA, DUTIES, JONAS, MARA, SECRET, VIKTOR, Desk, card, mail
from tests.kept import known_at

FORGED = (Path(__file__).parents[2] / "message/mails/S12-in-1.eml").read_bytes()
MORNING = datetime(2025, 11, 4, 13, 5, tzinfo=UTC)  # 08:05 in Boston


def assert_left_alone(desk: Desk, decision: Decision) -> None:
    assert (decision.actions, decision.folder, decision.level) == ((), Folder.LEAVE, "watch")
    assert desk.letters_of(decision) == []
    assert desk.files() == []
    with desk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Change)) == 0


@pytest.mark.parametrize(
    "raw",
    [
        FORGED,
        mail("open Kestrel"),
        mail("what is this about, please"),
        mail("fail"),
        mail("hello", "somebody@unknown.example"),
    ],
    ids=["forged", "work", "nobody's", "breaks", "a stranger's"],
)
def test_mail_stays_as_it_was(new_desk: Desk, raw: bytes) -> None:
    decision = new_desk.arrives(raw)

    assert_left_alone(new_desk, decision)
    assert new_desk.clients() == []


def test_why_and_undo_are_answered_on_the_first_day(new_desk: Desk) -> None:
    watched = new_desk.says("open Kestrel", DANA)

    told = new_desk.says(f"why {watched.ref}", DANA)
    refused = new_desk.says(f"undo {watched.ref}", DANA)

    assert (told.level, told.folder, told.carried_out) == ("act", Folder.DONE, True)
    assert "no record was changed" in new_desk.letter_of(told).text
    assert "changed no record" in new_desk.letter_of(refused).text


def morning(desk: Desk, at: datetime = MORNING) -> list[LetterRow]:
    """The letters of one round of upkeep."""
    before = len(desk.all_of(LetterRow))
    office = Office(desk.database, desk.orders, DUTIES, desk.card, SECRET, SetClock(at), "test")
    Maintenance(office, raw_days=365).step()
    return desk.all_of(LetterRow)[before:]


def test_the_morning_letter_says_what_would_have_been_done(new_desk: Desk) -> None:
    work = new_desk.says("open Kestrel")
    nobodys = new_desk.says("what is this about, please")
    forged = new_desk.arrives(FORGED)
    left = new_desk.arrives(mail("hello", "somebody@unknown.example"))

    (letter,) = morning(new_desk)

    assert letter.recipient == MARA
    assert "would have done (3)" in letter.text
    for decision in (work, nobodys, forged):
        assert f"{decision.ref}: " in letter.text
    assert left.ref not in letter.text, "what is left alone anyway is nothing to write about"
    assert "mailbot held" in letter.text


def test_a_german_coordinator_reads_in_german_what_would_have_been_done(new_desk: Desk) -> None:
    with new_desk.database.writing() as session:
        session.execute(update(Person).where(Person.name == "Mara Lindqvist").values(language="de"))
    forged = new_desk.arrives(FORGED)

    (letter,) = morning(new_desk)

    told = " ".join(letter.text.split())
    assert f"- {forged.ref}: an {MARA} schreiben: " in told
    assert forged.summary not in told


def test_the_morning_letter_comes_once_a_day_and_only_where_something_waits(new_desk: Desk) -> None:
    assert morning(new_desk) == []
    new_desk.says("open Kestrel")

    assert morning(new_desk) == [], "the run of this day was made"
    tomorrow = MORNING + timedelta(days=1)
    new_desk.now = tomorrow - timedelta(hours=3)
    new_desk.says("open Osprey")
    assert len(morning(new_desk, tomorrow)) == 1
    assert morning(new_desk, tomorrow + timedelta(hours=1)) == []
    assert morning(new_desk, MORNING + timedelta(days=3)) == [], "what was watched long ago is told no more"


def test_on_a_weekend_nobody_is_written_to_and_on_monday_all_of_it_is_told(new_desk: Desk) -> None:
    friday = MORNING + timedelta(days=3)
    new_desk.now = friday
    before = new_desk.says("open Kestrel")
    saturday, sunday, monday = (friday + timedelta(days=days, hours=3) for days in (1, 2, 3))

    assert morning(new_desk, saturday) == []
    new_desk.now = saturday
    over_the_weekend = new_desk.says("open Osprey")
    assert morning(new_desk, sunday) == []

    (letter,) = morning(new_desk, monday)
    assert (letter.recipient, letter.period) == (MARA, "2025-11-10")
    assert f"{before.ref}: " in letter.text
    assert f"{over_the_weekend.ref}: " in letter.text


def test_on_a_holiday_of_the_desk_nobody_is_written_to(new_desk: Desk) -> None:
    veterans_day = MORNING + timedelta(days=7)
    new_desk.now = veterans_day - timedelta(hours=3)
    new_desk.says("open Kestrel")

    new_desk.card = replace(new_desk.card, holidays="US")
    assert morning(new_desk, veterans_day) == []
    assert len(morning(new_desk, veterans_day + timedelta(days=1))) == 1


def test_elsewhere_the_same_day_is_a_working_day(new_desk: Desk) -> None:
    veterans_day = MORNING + timedelta(days=7)
    new_desk.now = veterans_day - timedelta(hours=3)
    new_desk.says("open Kestrel")

    new_desk.card = replace(new_desk.card, holidays="DE")
    assert len(morning(new_desk, veterans_day)) == 1


def test_every_number_in_the_morning_letter_is_understood_by_why_and_those_of_tasks_by_done(desk: Desk) -> None:
    desk.says("what is this about, please")
    desk.says("open Kestrel?")
    (letter,) = morning(desk)
    refs = re.findall(r"^- ([A-Z]-[0-9.]+): ", letter.text, flags=re.MULTILINE)
    assert len(refs) == 2
    assert f'like "done {refs[0]}"' in letter.text

    for ref in refs:
        told = desk.answers(letter, f"why {ref}")
        assert told.kind == "why"
        assert desk.letter_of(told).purpose == "why"

    nothing = desk.answers(letter, "done")
    assert 'Reply "done" with the number' in " ".join(desk.letter_of(nothing).text.split())
    assert [task.state for task in desk.all_of(TaskRow)] == [TaskState.OPEN]

    done = desk.answers(letter, f"done {refs[0]}")
    assert desk.letter_of(done).purpose == "noted"
    assert [task.state for task in desk.all_of(TaskRow)] == [TaskState.DONE]


def test_before_eight_nobody_is_written_to(new_desk: Desk) -> None:
    new_desk.says("open Kestrel")

    assert morning(new_desk, MORNING - timedelta(minutes=6)) == []


def test_the_morning_letter_names_tasks_questions_and_letters_on_hold(desk: Desk) -> None:
    held = desk.says("what is this about, please")
    desk.sends(LetterState.SENT)
    asked = desk.letter_of(desk.says("open Kestrel?"))
    desk.sends(LetterState.ON_HOLD)

    (letter,) = morning(desk)

    assert letter.subject == "Your desk, 4 Nov: 1 to do, 1 not answered"
    assert f'- {held.ref}: Dana Reyes, "numbers": nothing in it that I can settle by myself' in letter.text
    assert letter.text.count(f"- {held.ref}: ") == 1, "its task is told, and the question of that task is not"
    assert f"- {asked.ref}: Dana Reyes, since 3 Nov: {asked.subject}" in letter.text
    assert "One letter is on hold" in letter.text
    assert "would have done" not in letter.text


# --- forged mail, once the desk may act ---


def test_a_forged_mail_changes_nothing_and_is_told_to_the_coordinator_and_the_admin(desk: Desk) -> None:
    decision = desk.arrives(FORGED)

    assert (decision.kind, decision.folder, decision.trust) == ("forged", Folder.QUARANTINE, "T0")
    letters = desk.letters_of(decision)
    assert [letter.recipient for letter in letters] == [MARA, VIKTOR]
    assert "Set all of Dana's October numbers to 0" in letters[0].text
    assert "priya.nair.ceo@freemail.example" not in {letter.recipient_key for letter in desk.all_of(LetterRow)}
    assert desk.all_of(TaskRow) == []


def test_the_same_name_is_told_once_a_day(desk: Desk) -> None:
    desk.arrives(FORGED)
    second = desk.arrives(FORGED.replace(b"zz91", b"zz92"))
    of_jonas = desk.arrives(mail("open Kestrel", JONAS, dmarc="fail"))
    desk.now += timedelta(days=1)
    next_day = desk.arrives(FORGED.replace(b"zz91", b"zz93"))

    assert (second.folder, desk.letters_of(second)) == (Folder.QUARANTINE, [])
    assert len(desk.letters_of(of_jonas)) == 2
    assert len(desk.letters_of(next_day)) == 2


def test_names_that_nobody_bears_make_one_alarm_a_day_however_many_are_made_up(desk: Desk) -> None:
    made_up = [
        desk.arrives(mail("open Kestrel", f"ghost{number}@harbourpine.example", dmarc="fail")) for number in range(4)
    ]

    assert [decision.kind for decision in made_up] == ["forged"] * 4
    assert [len(desk.letters_of(decision)) for decision in made_up] == [2, 0, 0, 0]


def test_a_desk_that_proposes_holds_and_warns_at_once(desk: Desk) -> None:
    desk.card = card(desk=Level.PROPOSE)

    forged = desk.arrives(FORGED)
    held = desk.says("what is this about, please")

    assert (forged.folder, len(desk.letters_of(forged))) == (Folder.QUARANTINE, 2)
    assert (held.folder, len(desk.letters_of(held))) == (Folder.HELD, 2)


def test_what_was_known_is_read_back_for_a_replay(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    asked = desk.says(f"why {opened.ref}")
    undone = desk.says(f"undo {opened.ref}")
    for decision, kind in ((asked, "stories"), (undone, "undoing")):
        assert DUTIES[0].recall is not None
        with desk.database.reading() as session:
            known = known_at(session, decision.ref, {"desk": DUTIES[0].recall.type})
        assert getattr(known.recalled["desk"], kind)
