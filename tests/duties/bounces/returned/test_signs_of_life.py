"""A mail from an address that was given up heals it."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from mailbot.records.decision import Decision
from mailbot.records.tables import Address, AddressStatus, LetterState, QuestionState
from tests.duties.bounces.road import BOUNCED_AT, Road
from tests.duties.bounces.sample_reports import KAREN, REMINDER, Sent, report

TOM = "tom@harbourpine.example"
WAITING = Sent(241, subject="BuildExpo: 15% booth discount")


def writes(road: Road, *, proven: bool = True, headers: str = "") -> Decision:
    """Karen writes to the desk."""
    verdict = "pass" if proven else "fail"
    raw = f"""\
Authentication-Results: mx.harbourpine.example; dmarc={verdict} header.from=southstar.example
From: Karen Holt <{KAREN}>
To: desk@harbourpine.example
Subject: back
Date: Wed, 5 Nov 2025 10:00:07 -0500
Message-ID: <back-{proven}-{len(headers)}@southstar.example>
{headers}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Our mail server was down, all is well again.
"""
    return road.arrives(raw.encode(), BOUNCED_AT.replace(day=5))


@pytest.fixture
def given_up(road: Road) -> Road:
    road.has_written(REMINDER)
    road.has_written(WAITING, state=LetterState.WAITING)
    road.arrives(report())
    assert road.addresses_that_are_not_ok() == {KAREN: "undeliverable"}
    return road


def test_a_mail_from_there_heals_the_address_closes_the_question_and_tells_the_owner(given_up: Road) -> None:
    decision = writes(given_up)

    assert given_up.addresses_that_are_not_ok() == {}
    assert [question.state for question in given_up.questions() if question.duty == "bounces"] == [
        QuestionState.ANSWERED
    ]
    text = given_up.written_by(decision)[TOM].text
    assert "So the address is in order again." in text
    assert WAITING.subject in text
    assert decision.summary.startswith(f"{KAREN} works again")


def test_an_automatic_reply_is_a_sign_of_life_too(given_up: Road) -> None:
    writes(given_up, headers="Auto-Submitted: auto-replied\n")

    assert given_up.addresses_that_are_not_ok() == {}


def test_a_mail_that_is_not_proven_heals_nothing(given_up: Road) -> None:
    writes(given_up, proven=False)

    assert given_up.addresses_that_are_not_ok() == {KAREN: "undeliverable"}


@pytest.mark.parametrize(
    ("status", "headers", "after"),
    [
        (AddressStatus.LEFT, "", {}),
        (AddressStatus.LEFT, "Auto-Submitted: auto-replied\n", {KAREN: "left"}),
        (AddressStatus.STOPPED, "", {KAREN: "stopped"}),
    ],
)
def test_who_left_is_back_by_a_mail_of_their_own_and_who_said_stop_stays_stopped(
    road: Road, status: AddressStatus, headers: str, after: dict[str, str]
) -> None:
    with road.database.writing() as session:
        session.execute(update(Address).where(Address.key == KAREN).values(status=status))
    writes(road, headers=headers)

    assert road.addresses_that_are_not_ok() == after


def test_undo_gives_the_address_up_again(given_up: Road) -> None:
    given_up.take_back(writes(given_up))

    assert given_up.addresses_that_are_not_ok() == {KAREN: "undeliverable"}
    assert given_up.states(WAITING) == ["on hold"]


def test_a_mail_from_an_address_in_order_changes_nothing_of_it(road: Road) -> None:
    decision = writes(road)

    assert not any(action.name.startswith("bounces.") for action in decision.actions)
