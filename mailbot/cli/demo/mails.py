"""What comes back to a letter of the desk: a reply, as a mail program writes it, or a report of a mail server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr


@dataclass(frozen=True, slots=True)
class Received:
    """A letter of the desk, as it lies in the mailbox of whoever it went to."""

    sender: str
    recipient: str
    reply_to: str
    envelope_sender: str
    subject: str
    message_id: str  # with its angle brackets
    references: str
    date: str
    text: str

    @classmethod
    def parse(cls, raw: bytes) -> Received:
        """Takes the bytes of a mailbox apart."""
        mail = message_from_bytes(raw, policy=SMTP)
        plain = mail.get_body(("plain",)) if isinstance(mail, EmailMessage) else None
        return cls(
            sender=str(mail["From"]),
            recipient=parseaddr(str(mail["To"]))[1],
            reply_to=parseaddr(str(mail["Reply-To"] or mail["From"]))[1],
            envelope_sender=parseaddr(str(mail["Return-Path"]))[1],
            subject=str(mail["Subject"]),
            message_id=str(mail["Message-ID"]),
            references=str(mail["References"] or ""),
            date=str(mail["Date"]),
            text=plain.get_content().replace("\r\n", "\n") if plain else "",
        )


def answer(letter: Received, words: str, by: str, at: datetime) -> bytes:
    """A reply to a letter: the new words, and below them the letter, quoted whole. `by` may carry a name."""
    mail = EmailMessage()
    mail["From"] = by
    mail["To"] = letter.reply_to
    mail["Subject"] = letter.subject if letter.subject.lower().startswith("re:") else f"Re: {letter.subject}"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = _message_id("re", by, at)
    mail["In-Reply-To"] = letter.message_id
    mail["References"] = f"{letter.references} {letter.message_id}".strip()
    quoted = "".join(f"> {line}".rstrip() + "\n" for line in letter.text.splitlines())
    mail.set_content(f"{words}\n\nOn {letter.date}, {letter.sender} wrote:\n{quoted}", charset="utf-8", cte="8bit")
    return mail.as_bytes(policy=SMTP)


def written(words: str, subject: str, by: str, to: str, at: datetime) -> bytes:
    """A new mail of a few words."""
    mail = EmailMessage()
    mail["From"] = by
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = _message_id("new", by, at)
    mail.set_content(f"{words}\n", charset="utf-8", cte="8bit")
    return mail.as_bytes(policy=SMTP)


def not_delivered(letter: Received, at: datetime) -> bytes:
    """The report of a mail server that knows no such mailbox (RFC 3464), with the headers of the letter."""
    domain = letter.recipient.rpartition("@")[2]
    host = f"mx.{domain}"
    return _REPORT.format(
        host=host,
        to=letter.envelope_sender,
        date=format_datetime(at),
        message_id=_message_id("dsn", f"mailer-daemon@{host}", at),
        recipient=letter.recipient,
        desk=letter.sender,
        subject=letter.subject,
        original=letter.message_id,
    ).encode()


def _message_id(what: str, by: str, at: datetime) -> str:
    local_part, _, domain = parseaddr(by)[1].rpartition("@")
    return f"<{what}.{at:%Y%m%d%H%M%S}.{local_part.lower()}@{domain}>"


_REPORT = """\
From: MAILER-DAEMON@{host} (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: {message_id}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="report"

--report
Content-Type: text/plain; charset=us-ascii

This is the mail system at host {host}.
Your message could not be delivered to one or more recipients.

<{recipient}>: host {host} said:
    550 5.1.1 <{recipient}>: Recipient address rejected:
    User unknown in local recipient table

--report
Content-Type: message/delivery-status

Reporting-MTA: dns; {host}
Arrival-Date: {date}

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown in local recipient table

--report
Content-Type: text/rfc822-headers

From: {desk}
To: {recipient}
Subject: {subject}
Message-ID: {original}

--report--
"""
