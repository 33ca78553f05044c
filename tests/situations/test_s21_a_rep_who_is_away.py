"""S21: Lena's program answers our letter. It is no answer of hers, it is not answered, and it does so for ever."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.clock import SetClock
from mailbot.duties.sales.tables import SalesEntry
from mailbot.duties.sales.weeks.tables import SalesWeek
from mailbot.message import read
from mailbot.records.tables import TaskRow
from tests.situations.desk import DESK, MAILS, PlayedDesk

LENA = "lena@harbourpine.example"
NOTE = (MAILS / "S21-in-2.eml").read_bytes()


@pytest.fixture
def letter(desk: PlayedDesk) -> Received:
    """The letter that confirms Lena's numbers to her."""
    sent = read(NOTE).date
    assert sent is not None
    at = sent - timedelta(hours=5)
    desk.receives(mails.written("Hansen 3.000 EUR", "KW 45", f"Lena Brandt <{LENA}>", DESK, at), at=at)
    (received,) = desk.letters_to(LENA)
    return received


def answering(letter: Received, number: int = 0) -> bytes:
    note = NOTE.replace(b"desk+c-045-lena@harbourpine.example", letter.reply_to.encode())
    return note.replace(b"<l-45@hp>", f"<l-{number}@hp>\nIn-Reply-To: {letter.message_id}".encode())


def test_the_note_is_not_answered_and_says_of_her_that_she_is_away(desk: PlayedDesk, letter: Received) -> None:
    (entry,) = desk.all_of(SalesEntry)
    told = desk.receives(answering(letter))

    assert (told.story.kind, told.story.rule, told.letters) == ("week", "sales.week-away-note", ())
    assert [each.id for each in desk.all_of(SalesEntry)] == [entry.id]
    assert [(each.said, f"{each.until}") for each in desk.all_of(SalesWeek)] == [("away", "2025-11-14")]
    assert desk.all_of(TaskRow) == []
    assert desk.letters() == {LENA: 1}


def test_however_often_it_comes_nobody_is_written_to(desk: PlayedDesk, letter: Received) -> None:
    clock: SetClock = desk.clock
    for number in range(5):
        desk.receives(answering(letter, number), at=clock.now() + timedelta(minutes=number + 1))
    assert desk.letters() == {LENA: 1}


def test_her_own_answer_to_the_same_letter_is_followed(desk: PlayedDesk, letter: Received) -> None:
    desk.receives(answering(letter))
    told = desk.is_answered(letter, "1 ist 2.500", by=f"Lena Brandt <{LENA}>")

    assert told.story.kind == "correction"
    assert [each.amount for each in desk.all_of(SalesEntry)] == [Decimal(3000), Decimal(2500)]
    assert [written.recipient for written in told.letters] == [LENA]
