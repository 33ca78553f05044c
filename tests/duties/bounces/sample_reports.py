"""Bounces as mail systems write them, made around letters of the desk: honest ones, and forged ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.letters import decision_key, sign
from mailbot.message import Message, read

SECRET = b"a secret of these tests, long enough"
DESK = "desk@harbourpine.example"

KAREN = "karen.holt@southstar.example"
GIL = "gil@southstar.example"


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter of the desk, by its number: what of it can come back in a bounce."""

    number: int
    recipient: str = KAREN
    subject: str = "Your free banner on coastalbuilder.example"

    @property
    def ref(self) -> str:
        return f"R-{self.number:04d}"

    @property
    def signed(self) -> str:
        return sign(decision_key(SECRET, self.number), self.ref, self.recipient)

    @property
    def reply_address(self) -> str:
        return f"desk+{self.signed}@harbourpine.example"

    @property
    def message_id(self) -> str:
        return f"{self.signed}@harbourpine.example"

    def headers(self) -> str:
        """The headers of the letter as a mail system sends them back."""
        return (
            f"From: Sales Desk <{DESK}>\nTo: {self.recipient}\nSubject: {self.subject}\n"
            f"Message-ID: <{self.message_id}>\n\nHello Karen, ...\n"
        )


REMINDER = Sent(231)


@dataclass(frozen=True, slots=True)
class About:
    """The group of fields that a delivery report has for one recipient (RFC 3464 section 2.3)."""

    final: str = f"rfc822; {KAREN}"
    action: str = "failed"
    status: str = "5.1.1"
    diagnostic: str = "smtp; 550 5.1.1 User unknown in local recipient table"
    original: str = ""

    def __str__(self) -> str:
        fields = (
            ("Original-Recipient", self.original),
            ("Final-Recipient", self.final),
            ("Action", self.action),
            ("Status", self.status),
            ("Diagnostic-Code", self.diagnostic),
        )
        return "".join(f"{name}: {value}\n" for name, value in fields if value)


def report(
    *about: About,
    to: str = REMINDER.reply_address,
    returned: str | None = REMINDER.headers(),
    words: str = "This is the mail system. Your message could not be delivered.",
    message_id: str = "20251104140007.7F1@mx.southstar.example",
) -> bytes:
    """A delivery report as Postfix makes it; `returned` None leaves the letter out."""
    groups = "\n".join(str(each) for each in about or (About(),))
    letter = f"--b13\nContent-Type: message/rfc822\n\n{returned}" if returned is not None else ""
    return f"""\
Return-Path: <>
Authentication-Results: mx.harbourpine.example; dmarc=none
From: MAILER-DAEMON@mx.southstar.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: Tue, 4 Nov 2025 09:00:07 -0500
Message-ID: <{message_id}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b13"

--b13
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{words}

--b13
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.southstar.example
Arrival-Date: Tue, 4 Nov 2025 09:00:05 -0500

{groups}
{letter}
--b13--
""".encode()


def in_words(
    text: str,
    *,
    to: str = REMINDER.reply_address,
    sender: str = "MAILER-DAEMON@mx.southstar.example",
    subject: str = "failure notice",
    headers: Sequence[str] = ("Return-Path: <>",),
) -> bytes:
    """A bounce without a delivery report: words alone."""
    lines = "".join(f"{header}\n" for header in headers)
    return f"""\
{lines}From: {sender}
To: {to}
Subject: {subject}
Date: Tue, 4 Nov 2025 09:00:07 -0500
Message-ID: <20251104140007.7F2@mx.southstar.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{text}""".encode()


def message(raw: bytes) -> Message:
    """The bounce, read."""
    return read(raw)
