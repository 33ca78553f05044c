"""S20: a client writes for the third time, nobody has answered, and the contract is at stake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.told import Told
from mailbot.duties.issues.tables import Issue, IssueMessage, IssueState, Severity, Voice
from mailbot.duties.sales.tables import SalesEntry, SalesPending
from mailbot.records.tables import Client
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, PlayedDesk

PETE, TOM, PRIYA, MARA = (
    "pete@globex.example", "tom@harbourpine.example", "priya@harbourpine.example", "mara@harbourpine.example"
)  # fmt: skip
OCTOBER_9 = datetime(2025, 10, 9, 14, 2, tzinfo=UTC)
OCTOBER_22 = datetime(2025, 10, 22, 8, 30, tzinfo=UTC)
TUESDAY_THREE = datetime(2025, 11, 4, 20, 5, tzinfo=UTC)  # 15:05 in Boston


def from_pete(words: str, at: datetime, subject: str = "wrong phone number") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Pete Grundy <{PETE}>", DESK, subject
    mail["Date"], mail["Message-ID"] = format_datetime(at), f"<pg-{at:%m%d}@globex.example>"
    mail["Authentication-Results"] = "mx.harbourpine.example; dmarc=pass header.from=globex.example"
    mail.set_content(words)
    return mail.as_bytes()


@dataclass(frozen=True)
class Angry:
    """Pete's third mail has come in, after two that nobody answered."""

    desk: PlayedDesk
    told: Told


def angry(desk: PlayedDesk) -> Angry:
    desk.receives(from_pete("The phone number in our October ad is wrong.", OCTOBER_9))
    desk.receives(from_pete("The phone number is still wrong, what about our ad?", OCTOBER_22, "again"))
    return Angry(desk, desk.receives("S20-in-1.eml"))


@pytest.fixture(scope="module")
def third_time(open_desk: Opener) -> Angry:
    """Only looked at."""
    return angry(open_desk())


@pytest.fixture
def angry_desk(desk: PlayedDesk) -> PlayedDesk:
    return angry(desk).desk


def newest(desk: PlayedDesk, address: str) -> Received:
    return desk.letters_to(address)[-1]


def reminders(desk: PlayedDesk, address: str) -> int:
    """How often somebody was reminded that a call is owed."""
    return sum("nobody has called" in letter.subject for letter in desk.letters_to(address))


def globex(desk: PlayedDesk) -> Client:
    return next(client for client in desk.all_of(Client) if client.name == "Globex Tools")


def the_issue(desk: PlayedDesk) -> Issue:
    return next(issue for issue in desk.all_of(Issue) if issue.severity is Severity.HIGH)


# --- the mail itself ---


def test_it_is_a_pressing_issue_with_its_signs_and_its_deadline(third_time: Angry) -> None:
    issue = the_issue(third_time.desk)
    assert (issue.severity, issue.state, issue.deadline) == (Severity.HIGH, IssueState.OPEN, date(2025, 11, 5))
    for sign in ("repeated", "deadline", "refund", "cancel"):
        assert sign in issue.severity_because


def test_owner_and_manager_are_told_at_once_with_the_two_mails_that_nobody_answered(third_time: Angry) -> None:
    for address in (TOM, PRIYA):
        letter = newest(third_time.desk, address)
        assert letter.subject.startswith(f"{the_issue(third_time.desk).ref}: angry mail from Globex Tools")
        assert "- 9 Oct: wrong phone number" in letter.text
        assert "- 22 Oct: again" in letter.text
        assert "They want it done by 5 Nov, and may leave us over it." in letter.text
    assert "only the manager may offer that" in newest(third_time.desk, TOM).text


def test_everything_automatic_to_the_client_stops_and_no_number_is_booked(third_time: Angry) -> None:
    desk = third_time.desk
    assert globex(desk).paused_because is not None
    assert desk.all_of(SalesEntry) == []
    assert desk.all_of(SalesPending) == []
    assert {letter.recipient for letter in third_time.told.letters} == {TOM, PRIYA, MARA}


def test_the_contract_that_ends_in_41_days_is_at_risk_and_those_who_must_know_read_it(third_time: Angry) -> None:
    for address in (TOM, PRIYA):
        said = " ".join(newest(third_time.desk, address).text.split())
        assert "Their contract K-2188 ends on 14 Dec, in 41 days: its renewal is at risk." in said
    assert the_issue(third_time.desk).contract_id is not None


def test_the_coordinator_sees_the_answer_before_the_client_does(third_time: Angry) -> None:
    letter = newest(third_time.desk, MARA)
    assert "your mails of 9 Oct, 22 Oct and 3 Nov are here, and you are right to be angry" in letter.text
    assert "value your feedback" not in letter.text
    assert "refund" not in letter.text


# --- the answer to the client ---


def test_with_one_word_the_answer_goes_out_as_it_was_shown(angry_desk: PlayedDesk) -> None:
    shown = newest(angry_desk, MARA).text
    before = len(angry_desk.letters_to(PETE))
    told = angry_desk.is_answered(newest(angry_desk, MARA), "yes", by=f"Mara Lindqvist <{MARA}>")

    assert told.story.kind == "may-be-sent"
    assert [letter.recipient for letter in told.letters] == [PETE]
    letter = newest(angry_desk, PETE)
    assert len(angry_desk.letters_to(PETE)) == before + 1
    promised = [line.removeprefix("> ") for line in shown.splitlines() if line.startswith("> ")]
    assert promised
    words = " ".join(letter.text.split())
    for line in promised:
        assert " ".join(line.split()) in words
    assert the_issue(angry_desk).ref in letter.subject


def test_with_no_it_stays_here(angry_desk: PlayedDesk) -> None:
    before = len(angry_desk.letters_to(PETE))
    told = angry_desk.is_answered(newest(angry_desk, MARA), "no, I call him", by=f"Mara Lindqvist <{MARA}>")
    assert len(angry_desk.letters_to(PETE)) == before
    assert told.letters == ()


def test_the_answer_cannot_be_let_go_by_anybody_else(angry_desk: PlayedDesk) -> None:
    before = len(angry_desk.letters_to(PETE))
    angry_desk.is_answered(newest(angry_desk, MARA), "yes", by=f"Pete Grundy <{PETE}>")
    assert len(angry_desk.letters_to(PETE)) == before


# --- the call ---


def test_without_a_call_owner_and_manager_are_reminded_the_working_day_before(angry_desk: PlayedDesk) -> None:
    to_pete = len(angry_desk.letters_to(PETE))
    angry_desk.waits(TUESDAY_THREE - angry_desk.clock.now())

    assert [reminders(angry_desk, address) for address in (TOM, PRIYA)] == [1, 1]
    assert len(angry_desk.letters_to(PETE)) == to_pete
    assert "Please call today" in newest(angry_desk, TOM).text
    assert "Tom Okafor is asked to call today" in newest(angry_desk, PRIYA).text


def test_the_reminder_comes_once(angry_desk: PlayedDesk) -> None:
    angry_desk.waits(TUESDAY_THREE - angry_desk.clock.now())
    angry_desk.waits(timedelta(days=1))
    assert reminders(angry_desk, TOM) == 1


def test_a_call_is_kept_and_ends_the_reminder(angry_desk: PlayedDesk) -> None:
    told = angry_desk.is_answered(
        newest(angry_desk, TOM), "called: he takes a free ad in the December issue", by=f"Tom Okafor <{TOM}>"
    )
    assert told.story.kind == "called"
    issue = the_issue(angry_desk)
    assert issue.called_at is not None
    assert issue.state is IssueState.OPEN
    (note,) = (message for message in angry_desk.all_of(IssueMessage) if message.voice is Voice.STAFF)
    assert "free ad in the December issue" in note.words
    angry_desk.waits(TUESDAY_THREE - angry_desk.clock.now())
    assert reminders(angry_desk, TOM) == 0


def test_a_call_is_no_done_and_the_client_hears_nothing_of_it(angry_desk: PlayedDesk) -> None:
    before = len(angry_desk.letters_to(PETE))
    angry_desk.is_answered(newest(angry_desk, TOM), "called, no answer", by=f"Tom Okafor <{TOM}>")
    assert the_issue(angry_desk).state is IssueState.OPEN
    assert globex(angry_desk).paused_because is not None
    assert len(angry_desk.letters_to(PETE)) == before
