"""S28: a ticket system answers our answers, from another address, without saying that it is a machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.duties.issues.tables import Issue, IssueMessage, IssueState, Voice
from mailbot.duties.sales.tables import SalesEntry, SalesPending
from mailbot.records.tables import LetterRow, LetterState, TaskRow
from tests.schemas import migrated_file
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, MAILS, PlayedDesk, played_desk

KAREN = "karen.holt@southstar.example"
TOM = "tom@harbourpine.example"
DANA = "dana@harbourpine.example"
MARA = "mara@harbourpine.example"
ROBOT = "support@southstar-help.example"
MONDAY = datetime(2025, 11, 3, 14, 20, tzinfo=UTC)


def ticket(letter: Received, number: int = 55812) -> bytes:
    """What their system sends for each mail that it gets: always a new number."""
    words = (MAILS / "S28-in-1.eml").read_text(encoding="utf-8")
    assert "Auto-Submitted" not in words
    words = words.replace("<i-0088@desk.harbourpine.example>", letter.message_id)
    return words.replace("55812", str(number)).encode()


@pytest.fixture(scope="module")
def answered(open_desk: Opener) -> PlayedDesk:
    """Karen's mail was answered, and forty seconds later her ticket system answers back. Only looked at."""
    desk = open_desk()
    desk.receives("issue-in-1.eml")
    (letter,) = desk.letters_to(KAREN)
    told = desk.receives(ticket(letter))
    assert (told.story.kind, told.story.rule) == ("robot", "issues.a-robot-replies")
    assert (told.letters, told.story.folder) == ((), "Done")
    return desk


def test_their_number_is_kept_with_the_issue(answered: PlayedDesk) -> None:
    (issue,) = answered.all_of(Issue)
    assert (issue.their_number, issue.state) == ("55812", IssueState.OPEN)
    assert [(each.voice, each.sender) for each in answered.all_of(IssueMessage)] == [
        (Voice.CLIENT, KAREN),
        (Voice.ROBOT, ROBOT),
    ]


def test_nobody_is_written_to_because_of_it(answered: PlayedDesk) -> None:
    assert answered.letters() == {KAREN: 1, TOM: 1}
    assert answered.all_of(TaskRow) == []


def test_it_is_not_answered_however_often_it_writes(desk: PlayedDesk) -> None:
    desk.receives("issue-in-1.eml")
    (letter,) = desk.letters_to(KAREN)
    for turn in range(5):
        desk.receives(ticket(letter, 55812 + turn), at=MONDAY + timedelta(seconds=40 * (turn + 1)))

    assert [issue.their_number for issue in desk.all_of(Issue)] == ["55812"]
    assert len(desk.all_of(IssueMessage)) == 6
    assert desk.letters() == {KAREN: 1, TOM: 1}


def test_one_that_names_no_letter_of_ours_gets_no_hold_of_the_issue_and_no_answer(desk: PlayedDesk) -> None:
    desk.receives("issue-in-1.eml")
    told = desk.receives("S28-in-1.eml")

    assert (told.story.kind, told.letters, told.records) == ("nothing", (), {})
    assert [issue.their_number for issue in desk.all_of(Issue)] == [None]
    assert desk.folder("INBOX") == 1


def test_a_client_with_six_troubles_in_a_day_is_acknowledged_once_and_the_owner_hears_of_each(
    desk: PlayedDesk,
) -> None:
    for number in range(6):
        at = MONDAY + timedelta(minutes=20 * number)
        words = f"The link of banner {number} is broken."
        desk.receives(mails.written(words, f"banner {number}", f"Karen Holt <{KAREN}>", DESK, at), at=at)
    assert len(desk.all_of(Issue)) == 6
    assert desk.letters() == {KAREN: 1, TOM: 6}

    at = MONDAY + timedelta(hours=25)
    desk.receives(mails.written("Banner 7 is broken.", "banner 7", f"Karen Holt <{KAREN}>", DESK, at), at=at)
    assert len(desk.letters_to(KAREN)) == 2


def sale(number: int, at: datetime) -> bytes:
    """A mail with one line; the clients are Dana's in turn, so that every fifth is about the first one again."""
    client = ("acme corp", "beta freight", "north star", "delphi windows")[number % 4]
    return mails.written(f"{client} {1000 + number}.50", f"sale {number}", f"Dana Reyes <{DANA}>", DESK, at)


def test_a_rep_with_25_different_mails_in_an_hour_is_not_cut_off(desk: PlayedDesk) -> None:
    for number in range(25):
        at = MONDAY + timedelta(minutes=2 * number)
        told = desk.receives(sale(number, at), at=at)
        assert (told.story.kind, [letter.recipient for letter in told.letters]) == ("numbers", [DANA])

    booked = [entry.amount for entry in desk.all_of(SalesEntry)]
    waiting = [line.amount for line in desk.all_of(SalesPending)]
    assert booked + waiting == [Decimal(f"{1000 + number}.50") for number in range(25)]
    assert desk.letters() == {DANA: 25}


def test_the_breaker_stops_all_letters_tells_mara_once_and_loses_none(tmp_path: Path) -> None:
    url = migrated_file(tmp_path / "desk.sqlite")
    with played_desk(tmp_path, url, letters_per_hour=2) as desk:
        for number in range(4):
            at = MONDAY + timedelta(minutes=number)
            desk.receives(sale(number, at), at=at)

        assert len(desk.all_of(SalesEntry)) == 4
        assert desk.letters() == {DANA: 2, MARA: 1}
        (alarm,) = desk.letters_to(MARA)
        assert "Sending has stopped" in alarm.subject
        waiting = [letter for letter in desk.all_of(LetterRow) if letter.state is LetterState.WAITING]
        assert [letter.recipient for letter in waiting] == [DANA] * 2

        desk.is_answered(alarm, "RESUME", by=f"Mara Lindqvist <{MARA}>", after=timedelta(hours=1))
        assert len(desk.letters_to(DANA)) == 4
