"""Bounces that mark nobody: those that pass, those that are our own fault, and those that a person must look at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.records.decision import Folder
from mailbot.records.tables import LetterState
from tests.duties.bounces.road import Road
from tests.duties.bounces.sample_reports import GIL, KAREN, REMINDER, About, Sent, report

VIKTOR, MARA, TOM = (f"{each}@harbourpine.example" for each in ("viktor", "mara", "tom"))
WAITING = Sent(241)
SPF = "smtp; 550-5.7.26 This mail has been blocked because the sender is unauthenticated"
BLOCKED = About(status="5.7.26", diagnostic=SPF)


@pytest.fixture
def desk(road: Road) -> Road:
    road.has_written(REMINDER)
    road.has_written(WAITING, state=LetterState.WAITING)
    return road


def assert_nobody_is_marked(road: Road) -> None:
    assert road.addresses_that_are_not_ok() == {}
    assert road.states(WAITING) == ["waiting"]
    assert road.questions() == []


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        (About(status="4.2.2", diagnostic="smtp; 452 4.2.2 over quota"), "mailbox_full"),
        (About(status="5.2.2", diagnostic="smtp; 552 5.2.2 Mailbox full"), "mailbox_full"),
        (About(status="2.0.0", diagnostic="smtp; 452 4.2.2 over quota"), "mailbox_full"),
        (About(status="5.1.1", diagnostic="smtp; 550 5.1.1 mailbox full"), "mailbox_full"),
        (About(action="delayed", status="4.4.1", diagnostic="smtp; 451 try later"), "temporary"),
        (About(status="4.4.7", diagnostic="smtp; 451 delivery time expired"), "temporary"),
        (About(status="4.1.1", diagnostic="smtp; 450 4.1.1 User unknown"), "no_such_mailbox"),
    ],
)
def test_what_passes_is_counted_and_nobody_is_written_to(desk: Road, about: About, reason: str) -> None:
    decision = desk.arrives(report(about))
    rule = "bounces.delayed" if about.action == "delayed" else "bounces.passing-again"
    assert (decision.kind, decision.rule) == ("soft", rule)
    assert [(bounce.reason, bounce.is_dead) for bounce in desk.bounces()] == [(reason, False)]
    assert_nobody_is_marked(desk)
    assert desk.written_by(decision) == {}


def test_our_own_fault_marks_nobody_and_one_refusal_alone_pauses_nothing(desk: Road) -> None:
    decision = desk.arrives(report(BLOCKED))
    assert (decision.kind, decision.rule) == ("policy", "bounces.our-own-fault")
    assert [bounce.reason for bounce in desk.bounces()] == ["blocked"]
    assert_nobody_is_marked(desk)
    assert desk.written_by(decision) == {}


def test_a_link_of_a_block_list_is_never_a_link_in_our_letter(desk: Road) -> None:
    about = About(
        status="5.7.1", diagnostic="smtp; 554 5.7.1 blocked by RBL, see http://169.254.169.254/[x](http://e.example)"
    )
    to_gil = Sent(232, recipient=GIL)
    desk.has_written(to_gil)
    desk.arrives(report(about))
    about_gil = replace(about, final=f"rfc822; {GIL}")
    decision = desk.arrives(
        report(about_gil, to=to_gil.reply_address, returned=to_gil.headers(), message_id="2@mx.example")
    )
    letter = desk.written_by(decision)[VIKTOR]
    content = desk.bytes_of(letter)
    assert b"169.254.169.254" in content
    assert b"<a " not in content


@pytest.mark.parametrize(
    ("status", "diagnostic", "reason"),
    [
        ("5.3.4", "smtp; 552 5.3.4 Message size exceeds fixed limit", "content"),
        ("5.2.1", "smtp; 550 5.2.1 account is disabled", "disabled"),
        ("5.0.0", "smtp; 554 Transaction failed", "unknown"),
    ],
)
def test_a_letter_that_will_not_arrive_for_another_reason_goes_to_the_one_who_looks_after_the_client(
    desk: Road, status: str, diagnostic: str, reason: str
) -> None:
    decision = desk.arrives(report(About(status=status, diagnostic=diagnostic)))
    assert decision.rule == "bounces.not-delivered"
    assert set(desk.written_by(decision)) == {TOM}
    assert [(bounce.reason, bounce.is_dead) for bounce in desk.bounces()] == [(reason, False)]
    assert_nobody_is_marked(desk)


def test_a_colleagues_address_is_never_marked_and_the_admin_is_told(desk: Road) -> None:
    chase = Sent(270, recipient="dana@harbourpine.example", subject="Week 45: nothing from you yet")
    desk.has_written(chase)
    about = About(final="rfc822; dana@harbourpine.example")
    decision = desk.arrives(report(about, to=chase.reply_address, returned=chase.headers()))
    assert (decision.rule, decision.folder) == ("bounces.colleague", Folder.HELD)
    assert set(desk.written_by(decision)) == {VIKTOR}
    assert_nobody_is_marked(desk)


def test_the_admins_own_address_is_told_to_somebody_else(desk: Road) -> None:
    alarm = Sent(271, recipient=VIKTOR, subject="Alarm")
    desk.has_written(alarm)
    about = About(final=f"rfc822; {VIKTOR}")
    decision = desk.arrives(report(about, to=alarm.reply_address, returned=alarm.headers()))
    assert set(desk.written_by(decision)) == {MARA}
    assert KAREN not in desk.addresses_that_are_not_ok()
