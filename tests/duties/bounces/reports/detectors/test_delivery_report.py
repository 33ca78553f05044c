"""Delivery reports (RFC 3464), recipient by recipient."""

from __future__ import annotations

import pytest

from mailbot.duties.bounces.reports.detectors.delivery_report import NAME, read_delivery_report, recipient_in
from mailbot.duties.bounces.reports.failure import Outcome, Reason
from tests.duties.bounces.sample_reports import GIL, KAREN, About, message, report


def test_a_failed_recipient_is_read_with_its_codes_its_words_and_the_fields_they_stand_in() -> None:
    (failure,) = read_delivery_report(message(report()))
    assert (failure.address, failure.final, failure.detector) == (KAREN, None, NAME)
    assert (failure.outcome, failure.reason) == (Outcome.FAILED, Reason.NO_SUCH_MAILBOX)
    assert (failure.status, failure.reply_code) == ("5.1.1", "550")
    assert failure.diagnostic == "550 5.1.1 User unknown in local recipient table"
    assert failure.is_dead
    assert {evidence.place.part for evidence in failure.evidence} >= {"report final-recipient", "report status"}


def test_the_address_we_sent_to_comes_before_the_one_where_it_ended() -> None:
    about = About(original=f"rfc822;{KAREN}", final="RFC822; <k.holt@mail7.southstar.example>")
    (failure,) = read_delivery_report(message(report(about)))
    assert (failure.address, failure.final) == (KAREN, "k.holt@mail7.southstar.example")
    assert failure.keys == {KAREN, "k.holt@mail7.southstar.example"}


def test_every_recipient_has_an_outcome_of_its_own() -> None:
    full = About(final=f"rfc822;{GIL}", status="5.2.2", diagnostic="smtp; 552 5.2.2 Mailbox full")
    gone, alive = read_delivery_report(message(report(About(), full)))
    assert (gone.address, gone.is_dead) == (KAREN, True)
    assert (alive.address, alive.reason, alive.is_dead) == (GIL, Reason.MAILBOX_FULL, False)


@pytest.mark.parametrize(
    ("action", "status", "outcome"),
    [
        ("failed", "5.1.1", Outcome.FAILED),
        ("FAILED (bounced)", "5.1.1", Outcome.FAILED),
        ("delayed", "4.4.1", Outcome.DELAYED),
        ("delivered", "2.0.0", Outcome.DELIVERED),
        ("relayed", "2.0.0", Outcome.DELIVERED),
        ("expanded", "2.0.0", Outcome.DELIVERED),
        ("", "4.4.1", Outcome.DELAYED),
        ("", "2.0.0", Outcome.DELIVERED),
        ("", "", Outcome.FAILED),
        ("nonsense", "5.1.1", Outcome.FAILED),
    ],
)
def test_the_action_says_how_it_ended_and_the_status_only_where_it_is_silent(
    action: str, status: str, outcome: Outcome
) -> None:
    (failure,) = read_delivery_report(message(report(About(action=action, status=status))))
    assert failure.outcome is outcome


def test_a_delay_is_never_a_death_whatever_its_code_says() -> None:
    (failure,) = read_delivery_report(message(report(About(action="delayed", status="4.1.1", diagnostic=""))))
    assert not failure.is_dead
    (failure,) = read_delivery_report(message(report(About(action="failed", status="4.1.1", diagnostic=""))))
    assert not failure.is_dead


def test_without_a_diagnostic_code_the_words_about_the_address_are_asked() -> None:
    about = About(status="5.0.0", diagnostic="")
    words = f"<{GIL}>: mailbox full\n\n<{KAREN}>: unknown user"
    (failure,) = read_delivery_report(message(report(about, words=words)))
    assert (failure.reason, failure.diagnostic) == (Reason.NO_SUCH_MAILBOX, f"<{KAREN}>: unknown user")


def test_what_the_server_said_is_taken_whole_from_the_entry_of_the_recipient_where_the_field_is_cut_off() -> None:
    about = About(status="5.7.26", diagnostic="smtp; 550-5.7.26 This mail has been blocked")
    entry = f"Your letter to {KAREN} was refused: 550-5.7.26 This mail has been blocked.\nSPF did not pass"
    (failure,) = read_delivery_report(message(report(about, words=f"{entry}\n\n>>> RCPT To:<{KAREN}>\n<<< 250 ok")))
    assert failure.diagnostic == "550-5.7.26 This mail has been blocked. SPF did not pass"

    (failure,) = read_delivery_report(message(report(about, words=entry.replace(KAREN, GIL))))
    assert failure.diagnostic == "550-5.7.26 This mail has been blocked"


@pytest.mark.parametrize(
    ("command", "status", "is_dead"),
    [
        ("end of DATA", "5.0.0", False),
        ("end of DATA", "5.1.1", True),
        ("RCPT TO", "5.0.0", True),
    ],
)
def test_unknown_user_behind_the_whole_letter_is_a_filters_word_unless_the_code_says_so_too(
    command: str, status: str, is_dead: bool
) -> None:
    about = About(status=status, diagnostic="smtp; 550 Unknown user")
    words = f"<{KAREN}>: host mx.southstar.example said: 550 Unknown user (in reply to {command} command)"
    (failure,) = read_delivery_report(message(report(about, words=words)))
    assert (failure.is_dead, failure.reason is Reason.BLOCKED) == (is_dead, not is_dead)


def test_two_recipients_on_two_lines_of_one_paragraph_do_not_share_their_words() -> None:
    words = f"{KAREN}: 550 5.1.1 <{KAREN}>: User unknown\n{GIL}: 552 5.2.2 <{GIL}>:\n  Mailbox full"
    abouts = (About(status="5.0.0", diagnostic=""), About(final=f"rfc822; {GIL}", status="5.0.0", diagnostic=""))
    gone, full = read_delivery_report(message(report(*abouts, words=words)))
    assert (gone.reason, full.reason) == (Reason.NO_SUCH_MAILBOX, Reason.MAILBOX_FULL)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("rfc822;a@b.example", "a@b.example"),
        ("rfc822; <a@b.example>", "a@b.example"),
        ("rfc/822;a@b.example", "a@b.example"),
        ("a@b.example (the sales list)", "a@b.example"),
        ("utf-8; b\\x{FC}cher@b.example", "bücher@b.example"),
        ('rfc822; "a b"@b.example', '"a b"@b.example'),
        ("X400; /C=DE/O=B/", None),
        ("LOCAL; root", None),
        ("", None),
    ],
)
def test_the_forms_of_a_recipient_field(value: str, address: str | None) -> None:
    assert recipient_in(value) == address


def test_a_malformed_report_without_a_message_group_still_names_its_recipient() -> None:
    raw = b"""\
Return-Path: <>
From: MAILER-DAEMON@southstar.example
To: desk@harbourpine.example
Subject: failure notice
MIME-Version: 1.0
Content-Type: multipart/report; report-type="delivery-status"; boundary=ZZ

--ZZ
Content-Type: message/delivery-status

Final-Recipient: utf-8;b\xc3\xbccher@southstar.example
Action: FAILED
Status: 5.1.1 (bad)
"""
    (failure,) = read_delivery_report(message(raw))
    assert (failure.address, failure.status, failure.outcome) == ("bücher@southstar.example", "5.1.1", Outcome.FAILED)


def test_a_thousand_recipients_are_all_read_each_with_its_own_words() -> None:
    abouts = [About(final=f"rfc822; c{n}@client.example", status="5.0.0", diagnostic="") for n in range(1_000)]
    words = "\n\n".join(f"<c{n}@client.example>: {'mailbox full' if n % 2 else 'user unknown'}" for n in range(1_000))
    failures = read_delivery_report(message(report(*abouts, words=words)))
    assert len(failures) == 1_000
    assert {failure.is_dead for failure in failures[::2]} == {True}
    assert {failure.reason for failure in failures[1::2]} == {Reason.MAILBOX_FULL}


@pytest.mark.parametrize("kind", ["disposition-notification", "feedback-report"])
def test_receipts_and_complaints_are_no_delivery_reports(kind: str) -> None:
    raw = f"""\
From: {KAREN}
To: desk@harbourpine.example
Subject: read
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary=MM

--MM
Content-Type: message/{kind}

Final-Recipient: rfc822;{KAREN}
Original-Rcpt-To: <{KAREN}>
Disposition: manual-action/MDN-sent-manually; displayed
Feedback-Type: abuse

--MM--
""".encode()
    assert read_delivery_report(message(raw)) == ()
