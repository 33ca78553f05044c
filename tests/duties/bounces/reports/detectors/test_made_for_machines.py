"""Complaints, notifications of Amazon SES, and reports inside other mails; and what looks like them."""

from __future__ import annotations

import json

import pytest

from mailbot.duties.bounces.reports.detectors import amazon_ses, attached_report, failures_in, feedback_report
from mailbot.duties.bounces.reports.failure import Outcome, Reason
from tests.duties.bounces.sample_reports import DESK, GIL, KAREN, REMINDER, About, in_words, message, report


def _multipart(kind: str, machine_readable: str, returned: str = REMINDER.headers()) -> bytes:
    return f"""\
From: feedback@provider.example
To: {DESK}
Subject: complaint about a message
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="b13"

--b13
Content-Type: text/plain

This is a report about a message that you sent. It could not be delivered to <{GIL}>.

--b13
Content-Type: message/{kind}

{machine_readable}
--b13
Content-Type: message/rfc822

{returned}
--b13--
""".encode()


def test_a_complaint_is_one_result_for_the_one_who_complained_and_no_failure() -> None:
    fields = f"Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\nOriginal-Rcpt-To: <{KAREN}>\n"
    (complaint,) = failures_in(message(_multipart("feedback-report", fields)))
    assert (complaint.address, complaint.outcome, complaint.reason) == (KAREN, Outcome.DELIVERED, Reason.COMPLAINT)
    assert (complaint.detector, complaint.diagnostic) == (feedback_report.NAME, "abuse")
    assert not complaint.is_dead


@pytest.mark.parametrize("field", ["Removal-Recipient", "Original-Recipient"])
def test_a_complaint_may_name_its_writer_in_other_fields(field: str) -> None:
    (complaint,) = failures_in(message(_multipart("feedback-report", f"Feedback-Type: opt-out\n{field}: {KAREN}\n")))
    assert complaint.address == KAREN


def test_a_complaint_that_names_nobody_is_of_the_one_to_whom_the_letter_went() -> None:
    (complaint,) = failures_in(message(_multipart("feedback-report", "Feedback-Type: abuse\n")))
    assert complaint.address == KAREN
    secret = _multipart("feedback-report", "Feedback-Type: abuse\n", "From: x@y.example\nTo: undisclosed\n")
    assert failures_in(message(secret)) == ()


def test_a_receipt_is_no_bounce() -> None:
    fields = f"Final-Recipient: rfc822; {KAREN}\nDisposition: manual-action/MDN-sent-manually; deleted\n"
    assert failures_in(message(_multipart("disposition-notification", fields))) == ()


def _notification(kind: str, *, wrapped: bool = True) -> str:
    recipient = {
        "emailAddress": KAREN,
        "action": "failed",
        "status": "5.1.1",
        "diagnosticCode": "smtp; 550 5.1.1 user unknown",
    }
    told = {
        "notificationType": kind,
        "bounce": {"bounceType": "Permanent", "bouncedRecipients": [recipient]},
        "complaint": {"complainedRecipients": [{"emailAddress": GIL}]},
        "mail": {"destination": [KAREN]},
    }
    return json.dumps({"Type": "Notification", "Message": json.dumps(told)}) if wrapped else json.dumps(told)


def _mailed(text: str) -> bytes:
    return in_words(text, sender="no-reply@sns.amazonaws.example", subject="AWS Notification Message", headers=())


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_notification_of_amazon_names_who_bounced_and_why(wrapped: bool) -> None:
    text = f"{_notification('Bounce', wrapped=wrapped)}\n\n--\nTo stop these mails, visit the link.\n"
    (failure,) = failures_in(message(_mailed(text)))
    assert (failure.address, failure.reason, failure.detector) == (KAREN, Reason.NO_SUCH_MAILBOX, amazon_ses.NAME)
    assert (failure.status, failure.reply_code, failure.is_dead) == ("5.1.1", "550", True)
    assert failure.evidence[0].words == KAREN


def test_a_notification_that_a_server_folded_is_read_as_well() -> None:
    text = _notification("Bounce")
    folded = f"{text[:200]}!\n {text[200:]}"
    (failure,) = failures_in(message(_mailed(folded)))
    assert failure.address == KAREN


def test_a_notification_of_a_complaint_or_of_a_delivery_is_no_bounce() -> None:
    (complaint,) = failures_in(message(_mailed(_notification("Complaint"))))
    assert (complaint.address, complaint.reason, complaint.outcome) == (GIL, Reason.COMPLAINT, Outcome.DELIVERED)
    assert failures_in(message(_mailed(_notification("Delivery")))) == ()


@pytest.mark.parametrize("text", ["{", '{"Message": 3}', '{"Message": "[[["}', '{"notificationType": ' + "[" * 5_000])
def test_what_is_no_notification_is_passed_over(text: str) -> None:
    assert amazon_ses.read_amazon_ses(message(_mailed(text))) == ()


def _around(inner: bytes, sender: str) -> bytes:
    head = f"From: {sender}\nTo: {DESK}\nSubject: Delivery Status Notification (Failure)\nMIME-Version: 1.0\n"
    middle = 'Content-Type: multipart/mixed; boundary="outer"\n\n--outer\nContent-Type: text/plain\n\nScanned.\n\n'
    return f"{head}{middle}--outer\nContent-Type: message/rfc822\n\n".encode() + inner + b"\n--outer--\n"


def test_a_report_that_a_gateway_put_into_a_mail_of_its_own_is_read() -> None:
    inner = report(About(), returned=None)
    (failure,) = attached_report.read_attached_report(message(_around(inner, "postmaster@southstar.example")))
    assert (failure.address, failure.reason) == (KAREN, Reason.NO_SUCH_MAILBOX)
    assert attached_report.read_attached_report(message(_around(inner, "tom@harbourpine.example"))) == ()
