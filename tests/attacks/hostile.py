"""Mails of people who mean harm, written byte by byte: what a library would not let out of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from mailbot.cli.demo.mails import Received

DESK = "desk@harbourpine.example"
DANA = "dana@harbourpine.example"
TOM = "tom@harbourpine.example"
MARA = "mara@harbourpine.example"
VIKTOR = "viktor@harbourpine.example"
KAREN = "karen.holt@southstar.example"  # Tom's client South Star Logistics
GIL = "gil@southstar.example"
PETE = "pete@globex.example"  # Tom's client Globex Tools
EVIL = "evil@attacker.example"

FRIDAY = datetime(2025, 10, 31, 20, 0, tzinfo=UTC)
SERVER = "Authentication-Results: mx.harbourpine.example; "
NUMBERS = "acme corp 12k\nBeta freight 3 x 450\n"
PROBLEM = "The link of our banner is broken, please fix it.\n"


def passed(domain: str) -> str:
    """What our server writes about a mail that really comes from this domain."""
    return f"{SERVER}dmarc=pass header.from={domain}"


def failed(domain: str) -> str:
    """What it writes about a forged one."""
    return f"{SERVER}dmarc=fail header.from={domain}"


def proven(sender: str) -> tuple[str, str]:
    """The fields of a mail that really comes from this address."""
    return passed(sender.rpartition("@")[2]), f"From: {sender}"


@dataclass(frozen=True, slots=True)
class Attack:
    """Header fields and a body. The fields that every mail has are added where none of their name is given."""

    name: str
    fields: tuple[str | bytes, ...]
    body: str | bytes = NUMBERS

    def raw(self, at: datetime, mark: str) -> bytes:
        """The mail, as it comes in over the wire; `mark` makes its Message-ID."""
        given = {_name_of(field) for field in self.fields}
        usual = {
            "To": DESK,
            "Subject": "numbers",
            "Date": format_datetime(at),
            "Message-ID": f"<{mark}@attacker.example>",
        }
        fields = [*self.fields, *(f"{name}: {value}" for name, value in usual.items() if name.lower() not in given)]
        return b"\r\n".join([*map(_bytes, fields), b"", _bytes(self.body).replace(b"\n", b"\r\n")])


def reply(letter: Received, sender: str, words: str, name: str = "") -> Attack:
    """An answer, with all the marks of the letter it answers, by whoever has got hold of it."""
    marks = (f"To: {letter.reply_to}", f"In-Reply-To: {letter.message_id}", f"Subject: Re: {letter.subject}")
    return Attack(name or f"{words.strip()} by {sender}", (*proven(sender), *marks), words)


def bounce(
    name: str,
    recipients: tuple[str, ...],
    *,
    to: str = DESK,
    original: str = "",
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "550 5.1.1 User unknown",
) -> Attack:
    """A delivery report (RFC 3464), true or not."""
    groups = "".join(
        f"Final-Recipient: rfc822; {each}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}\n\n"
        for each in recipients
    )
    returned = f"--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: {original}\n\n" if original else ""
    body = (
        "--r\nContent-Type: text/plain\n\nYour message could not be delivered.\n\n"
        f"--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.attacker.example\n\n{groups}"
        f"{returned}--r--\n"
    )
    kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="r"'
    sender = "MAILER-DAEMON@attacker.example"
    return Attack(name, (*proven(sender), f"To: {to}", "Subject: Undelivered", "MIME-Version: 1.0", kind), body)


def _name_of(field: str | bytes) -> str:
    return _bytes(field).partition(b":")[0].strip().lower().decode("ascii", "replace")


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
