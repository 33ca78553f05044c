"""Bounces in plain words, and ordinary mail that only sounds like one."""

from __future__ import annotations

from mailbot.duties.bounces.reports.detectors import failures_in
from mailbot.duties.bounces.reports.detectors.angle_brackets import NAME as ANGLED
from mailbot.duties.bounces.reports.detectors.delivery_report import IN_TEXT
from mailbot.duties.bounces.reports.detectors.elsewhere import IN_A_HEADER
from mailbot.duties.bounces.reports.detectors.listed import NAME as LISTED
from mailbot.duties.bounces.reports.detectors.sentences import ALONE, BESIDE_A_CODE, IN_A_SENTENCE
from mailbot.duties.bounces.reports.failure import Outcome, Reason
from tests.duties.bounces.sample_reports import GIL, KAREN, in_words, message

QMAIL = f"""\
Hi. This is the qmail-send program at mx.southstar.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{KAREN}>:
203.0.113.9 does not like recipient.
Remote host said: 550 5.1.1 User unknown
Giving up on 203.0.113.9.

--- Below this line is a copy of the message.

Return-Path: <desk@harbourpine.example>
Subject: ask {GIL} about 550 no such user
"""
POSTFIX = f"""\
This is the mail system at host mx.harbourpine.example.

<{KAREN}>: host mx.southstar.example[203.0.113.9] said: 552 5.2.2
    Mailbox full (in reply to RCPT TO command)

<gil.fox@southstar.example> (expanded from <{GIL}>): unknown user: "gil.fox"
"""
EXIM = f"""\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {KAREN}
    SMTP error from remote mail server after RCPT TO:<{KAREN}>:
    host mx.southstar.example [203.0.113.9]: 550 no such user here

------ This is a copy of the message, including all the headers. ------

From: desk@harbourpine.example
"""
PLAIN = f"""\
Your message could not be delivered.
The server of {KAREN} answered: 550 5.7.1 Relaying denied
"""


def test_qmail_names_the_address_in_angle_brackets_and_the_returned_letter_is_not_read() -> None:
    (failure,) = failures_in(message(in_words(QMAIL)))
    assert (failure.address, failure.detector, failure.status) == (KAREN, ANGLED, "5.1.1")
    assert failure.is_dead
    assert failure.evidence[0].words.startswith(f"<{KAREN}>:")
    assert QMAIL[failure.evidence[0].place.start :].startswith(f"<{KAREN}>:")


def test_postfix_without_a_report_gives_every_recipient_its_own_words() -> None:
    full, gone = failures_in(message(in_words(POSTFIX)))
    assert (full.address, full.reason, full.is_dead) == (KAREN, Reason.MAILBOX_FULL, False)
    assert (gone.address, gone.final, gone.reason) == (GIL, "gil.fox@southstar.example", Reason.NO_SUCH_MAILBOX)


def test_exim_writes_the_address_on_a_line_of_its_own() -> None:
    (failure,) = failures_in(message(in_words(EXIM)))
    assert (failure.address, failure.detector, failure.reason) == (KAREN, LISTED, Reason.NO_SUCH_MAILBOX)


def test_an_unknown_mail_system_is_read_where_one_address_stands_beside_a_reply() -> None:
    (failure,) = failures_in(message(in_words(PLAIN)))
    assert (failure.address, failure.detector, failure.reason) == (KAREN, IN_A_SENTENCE, Reason.BLOCKED)
    two = PLAIN.replace("The server", f"{GIL} was asked. The server")
    assert failures_in(message(in_words(two))) == ()


def test_a_header_names_the_recipient_where_the_words_do_not() -> None:
    text = "A message could not be delivered:\n\n  save to inbox\n    mailbox is full: retry timeout exceeded\n"
    raw = in_words(text, headers=(f"X-Failed-Recipients: {KAREN}",))
    (failure,) = failures_in(message(raw))
    assert (failure.address, failure.detector, failure.reason) == (KAREN, IN_A_HEADER, Reason.MAILBOX_FULL)
    assert failures_in(message(in_words(text))) == ()


def test_the_only_address_of_a_report_is_the_one_it_is_about() -> None:
    text = f"The server was asked about <{KAREN}>.\n\nIt answered:\n550 5.1.1 gone\n"
    (failure,) = failures_in(message(in_words(text)))
    assert (failure.address, failure.detector, failure.status) == (KAREN, ALONE, "5.1.1")
    assert failures_in(message(in_words(f"{text}\nAsk {GIL}, who knows more.\n"))) == ()


def test_the_sentence_that_says_it_failed_names_the_recipient_and_what_follows_says_why() -> None:
    text = (
        f"There was an error delivering to <{KAREN}>.\n\nmx.southstar.example did not like RCPT TO:\n550 5.1.1 gone\n"
        f"\nAsk {GIL}, who knows more.\n"
    )
    (failure,) = failures_in(message(in_words(text)))
    assert (failure.address, failure.detector, failure.status) == (KAREN, IN_A_SENTENCE, "5.1.1")


def test_a_code_beside_an_address_counts_where_no_sentence_says_that_it_failed() -> None:
    text = f"The server of {KAREN} answered: 550 5.1.1 gone\n\nAsk {GIL}, who knows more.\n"
    (failure,) = failures_in(message(in_words(text)))
    assert (failure.address, failure.detector, failure.status) == (KAREN, BESIDE_A_CODE, "5.1.1")


def test_the_fields_of_a_report_that_a_gateway_took_apart_are_still_read() -> None:
    text = f"""\
The original message could not be delivered.

Reporting-MTA: dns; mx.southstar.example

Final-Recipient: RFC822; {KAREN}
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2
 mailbox is full
"""
    (failure,) = failures_in(message(in_words(text)))
    assert (failure.address, failure.detector, failure.reason) == (KAREN, IN_TEXT, Reason.MAILBOX_FULL)
    assert failures_in(message(in_words(text, sender="tom@harbourpine.example", headers=()))) == ()


def test_a_warning_that_it_still_tries_is_a_delay() -> None:
    warning = f"""\
This is a warning message only; you do not need to resend your message.

  {KAREN}
    host mx.southstar.example [203.0.113.9]: 451 try again later
"""
    (failure,) = failures_in(message(in_words(warning, subject="Warning: message delayed 24 hours")))
    assert (failure.outcome, failure.reason, failure.is_dead) == (Outcome.DELAYED, Reason.TEMPORARY, False)


def test_the_same_words_from_a_person_are_no_bounce() -> None:
    for text in (QMAIL, POSTFIX, EXIM, PLAIN):
        raw = in_words(text, sender="Tom Okafor <tom@harbourpine.example>", headers=())
        assert failures_in(message(raw)) == ()


def test_a_note_of_absence_with_the_null_sender_is_no_bounce() -> None:
    text = f"I am out of the office until 14 November.\n\n<{GIL}>: please write to Gil, extension 4501.\n"
    assert failures_in(message(in_words(text, sender=KAREN, subject="Automatic reply"))) == ()


def test_an_address_that_sounds_like_a_reason_gives_none() -> None:
    text = "<mailboxfull@southstar.example>: 550 5.0.0 sorry\n"
    (failure,) = failures_in(message(in_words(text)))
    assert failure.reason is Reason.UNKNOWN
    assert not failure.is_dead
