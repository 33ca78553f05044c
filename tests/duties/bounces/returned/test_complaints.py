"""A letter of ours was called spam: nothing automatic goes there any more, at once."""

from __future__ import annotations

import pytest

from mailbot.records.decision import Decision
from mailbot.records.tables import LetterState
from tests.duties.bounces.road import BOUNCED_AT, Road
from tests.duties.bounces.sample_reports import GIL, KAREN, REMINDER, Sent

TOM = "tom@harbourpine.example"
WAITING = Sent(241)
ANSWER = Sent(242)


def complains(road: Road, *, feedback: str = "abuse", returned: str = REMINDER.headers(), number: int = 1) -> Decision:
    """A feedback report as a mailbox provider sends it (RFC 5965 appendix B)."""
    letter = f"--fb\nContent-Type: message/rfc822\n\n{returned}" if returned else ""
    raw = f"""\
Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=provider.example
From: Feedback <feedback@provider.example>
To: desk@harbourpine.example
Subject: complaint about a message
Date: Tue, 4 Nov 2025 09:00:07 -0500
Message-ID: <fbl-{number}@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="fb"

--fb
Content-Type: text/plain; charset=utf-8

This is an email abuse report.

--fb
Content-Type: message/feedback-report

Feedback-Type: {feedback}
User-Agent: SomeProvider/1.0
Version: 1
Original-Rcpt-To: <{KAREN}>

{letter}
--fb--
"""
    return road.arrives(raw.encode(), BOUNCED_AT)


@pytest.fixture
def desk(road: Road) -> Road:
    road.has_written(REMINDER)
    road.has_written(WAITING, state=LetterState.WAITING)
    return road


def test_a_complaint_stops_the_letters_at_once_and_tells_the_owner(desk: Road) -> None:
    decision = complains(desk)

    assert decision.rule == "bounces.complaint"
    assert desk.addresses_that_are_not_ok() == {KAREN: "stopped"}
    assert desk.states(WAITING) == ["on hold"]
    assert set(desk.written_by(decision)) == {TOM}
    assert "marked our letter" in desk.written_by(decision)[TOM].text


def test_what_answers_a_mail_of_theirs_still_goes(desk: Road) -> None:
    desk.has_written(ANSWER, state=LetterState.WAITING, acknowledgement=True)
    complains(desk)

    assert desk.states(WAITING, ANSWER) == ["on hold", "waiting"]


def test_undo_lets_the_letters_go_again(desk: Road) -> None:
    desk.take_back(complains(desk))

    assert desk.addresses_that_are_not_ok() == {}
    assert desk.states(WAITING) == ["waiting"]


def test_a_second_complaint_changes_nothing(desk: Road) -> None:
    complains(desk)
    again = complains(desk, number=2)

    assert (again.actions, desk.addresses_that_are_not_ok()) == ((), {KAREN: "stopped"})


@pytest.mark.parametrize(
    ("feedback", "returned"),
    [
        ("not-spam", REMINDER.headers()),
        ("abuse", ""),
        ("abuse", REMINDER.headers().replace(REMINDER.message_id, "r-0231-aaaaaaaaaa@harbourpine.example")),
        ("abuse", Sent(231, recipient=GIL).headers()),
    ],
    ids=["praise", "without the letter", "a signature that is made up", "the signature of somebody else's letter"],
)
def test_what_is_no_complaint_or_proves_no_letter_stops_nobody(desk: Road, feedback: str, returned: str) -> None:
    complains(desk, feedback=feedback, returned=returned)

    assert desk.addresses_that_are_not_ok() == {}
    assert desk.states(WAITING) == ["waiting"]
