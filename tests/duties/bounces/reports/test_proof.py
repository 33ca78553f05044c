"""Only a bounce that proves a letter of ours to that very address changes anything: the forged and the strange ones."""

from __future__ import annotations

import pytest

from mailbot.records.decision import Decision, Folder
from mailbot.records.tables import LetterState
from tests.duties.bounces.road import Road
from tests.duties.bounces.sample_reports import DESK, GIL, KAREN, REMINDER, About, Sent, in_words, report

TO_GIL = Sent(232, recipient=GIL)
WAITING = Sent(241)
TO_GIL_WAITING = Sent(242, recipient=GIL)


@pytest.fixture
def desk(road: Road) -> Road:
    """Letters to Karen and to Gil were sent, and one more waits for each."""
    road.has_written(REMINDER, TO_GIL)
    road.has_written(WAITING, TO_GIL_WAITING, state=LetterState.WAITING)
    return road


def assert_nothing_changed(road: Road) -> None:
    assert road.addresses_that_are_not_ok() == {}
    assert road.states(WAITING, TO_GIL_WAITING) == ["waiting", "waiting"]
    assert road.bounces() == []
    assert [question.kind for question in road.questions() if question.duty == "bounces"] == []


def assert_nobody_outside_was_written_to(road: Road, decision: Decision) -> None:
    assert all(address.endswith("@harbourpine.example") for address in road.written_by(decision))


def test_the_reference_in_the_envelope_address_alone_is_proof(desk: Road) -> None:
    decision = desk.arrives(report(returned=None))
    assert decision.kind == "bounce"
    assert desk.addresses_that_are_not_ok() == {KAREN: "undeliverable"}


def test_the_message_id_of_the_returned_letter_alone_is_proof(desk: Road) -> None:
    decision = desk.arrives(report(to=DESK))
    assert decision.kind == "bounce"
    assert desk.addresses_that_are_not_ok() == {KAREN: "undeliverable"}


def test_a_bounce_in_words_is_proven_by_the_letter_it_quotes(desk: Road) -> None:
    text = (
        f"<{KAREN}>:\n550 5.1.1 User unknown\n\n--- Below this line is a copy of the message.\n\n{REMINDER.headers()}"
    )
    decision = desk.arrives(in_words(text, to=DESK))
    assert decision.kind == "bounce"
    assert desk.addresses_that_are_not_ok() == {KAREN: "undeliverable"}


def test_a_forged_report_without_any_letter_of_ours_is_held_because_it_names_a_contact(desk: Road) -> None:
    decision = desk.arrives(report(to=DESK, returned=None))
    assert (decision.rule, decision.folder) == ("bounces.unproven-about-somebody-on-file", Folder.HELD)
    assert_nothing_changed(desk)
    assert set(desk.written_by(decision)) == {"mara@harbourpine.example"}


def test_a_number_without_its_signature_proves_nothing(desk: Road) -> None:
    forged = report(
        to="desk+r-0231-0000000000@harbourpine.example",
        returned=f"To: {KAREN}\nMessage-ID: <r-0231-0000000000@harbourpine.example>\n\nHello\n",
    )
    decision = desk.arrives(forged)
    assert decision.kind == "unplaced"
    assert_nothing_changed(desk)


def test_backscatter_about_strangers_is_noted_and_nobody_is_written_to(desk: Road) -> None:
    about = About(final="rfc822; somebody@elsewhere.example")
    decision = desk.arrives(
        report(about, to=DESK, returned="To: somebody@elsewhere.example\nMessage-ID: <1@spam.example>\n")
    )
    assert (decision.rule, decision.folder, decision.actions) == ("bounces.unproven", Folder.DONE, ())
    assert_nothing_changed(desk)
    assert desk.written_by(decision) == {}


def test_the_token_of_one_letter_does_not_kill_another_recipient(desk: Road) -> None:
    decision = desk.arrives(report(About(final=f"rfc822; {GIL}")))
    assert (decision.rule, decision.folder) == ("bounces.contradicts-itself", Folder.HELD)
    assert_nothing_changed(desk)
    assert_nobody_outside_was_written_to(desk, decision)


def test_an_envelope_and_a_returned_letter_that_disagree_are_held(desk: Road) -> None:
    decision = desk.arrives(report(About(), About(final=f"rfc822; {GIL}"), returned=TO_GIL.headers()))
    assert (decision.rule, decision.folder) == ("bounces.contradicts-itself", Folder.HELD)
    assert_nothing_changed(desk)


def test_of_a_thousand_recipients_only_the_proven_one_counts(desk: Road) -> None:
    others = [About(final=f"rfc822; c{number}@client{number}.example") for number in range(997)]
    decision = desk.arrives(report(*others, About(final=f"rfc822; {GIL}"), About()))
    assert decision.kind == "bounce"
    assert desk.addresses_that_are_not_ok() == {KAREN: "undeliverable"}
    assert [bounce.address_key for bounce in desk.bounces()] == [KAREN]
    assert desk.states(WAITING, TO_GIL_WAITING) == ["on hold", "waiting"]


def test_another_address_in_the_words_of_the_report_is_not_marked(desk: Road) -> None:
    words = f"<{GIL}>: 550 5.1.1 User unknown\n\nThe postmaster is viktor@harbourpine.example"
    desk.arrives(report(words=words))
    assert desk.addresses_that_are_not_ok() == {KAREN: "undeliverable"}


def test_a_letter_that_is_known_to_nobody_on_file_is_counted_and_that_is_all(desk: Road) -> None:
    stranger = Sent(260, recipient="old.list@elsewhere.example")
    desk.has_written(stranger)
    about = About(final="rfc822; old.list@elsewhere.example")
    decision = desk.arrives(report(about, to=stranger.reply_address, returned=stranger.headers()))
    assert decision.rule == "bounces.dead-and-nobodys"
    assert [(bounce.letter_ref, bounce.address_id) for bounce in desk.bounces()] == [(stranger.ref, None)]
    assert desk.written_by(decision) == {}


def test_a_report_that_the_letter_was_delivered_is_no_bounce(desk: Road) -> None:
    success = About(action="delivered", status="2.0.0", diagnostic="smtp; 550 5.1.1 user unknown")
    decision = desk.arrives(report(success))
    assert decision.duty != "bounces"
    assert_nothing_changed(desk)


@pytest.mark.parametrize("kind", ["disposition-notification", "feedback-report"])
def test_receipts_and_forged_complaints_change_nothing(desk: Road, kind: str) -> None:
    raw = f"""\
Return-Path: <>
From: fbl@attacker.example
To: {REMINDER.reply_address}
Subject: FW: complaint
Message-ID: <m40@attacker.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary=FF

--FF
Content-Type: message/{kind}

Feedback-Type: abuse
Final-Recipient: rfc822;{KAREN}
Original-Rcpt-To: <{KAREN}>
Disposition: manual-action/MDN-sent-manually; displayed
--FF--
""".encode()
    decision = desk.arrives(raw)
    assert decision.duty != "bounces"
    assert_nothing_changed(desk)
