"""How twelve mail programs answer a letter: where the new words stand, how they quote, and which traces they keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from enum import Flag, auto

from mailbot.cli.demo.mails import Received

DESK = "desk@harbourpine.example"


class Keeps(Flag):
    """What is left of a letter in the answer to it, by which its thread can be found."""

    ADDRESS = auto()  # it goes to the Reply-To, with its signed reference
    IN_REPLY_TO = auto()
    REFERENCES = auto()
    SUBJECT = auto()
    ALL = ADDRESS | IN_REPLY_TO | REFERENCES | SUBJECT


@dataclass(frozen=True, slots=True)
class Program:
    """One mail program: `body` puts the new words and the letter together."""

    name: str
    body: Callable[[str, Received, datetime], str]
    prefix: str = "Re: "
    keeps: Keeps = Keeps.ALL

    def answers(self, letter: Received, words: str, by: str, at: datetime, keeps: Keeps | None = None) -> bytes:
        """The answer, as it comes over the wire."""
        left = self.keeps if keeps is None else keeps
        mail = EmailMessage()
        domain = by.rpartition("@")[2].rstrip(">")
        mail["Authentication-Results"] = f"mx.harbourpine.example; dmarc=pass header.from={domain}"
        mail["From"], mail["To"] = by, letter.reply_to if Keeps.ADDRESS in left else DESK
        mail["Subject"] = f"{self.prefix}{letter.subject}" if Keeps.SUBJECT in left else "Re:"
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{at:%H%M%S}.{abs(hash((self.name, words))) % 10**9}@{domain}>"
        if Keeps.IN_REPLY_TO in left:
            mail["In-Reply-To"] = letter.message_id
        if Keeps.REFERENCES in left:
            mail["References"] = letter.message_id
        mail.set_content(self.body(words, letter, at))
        return mail.as_bytes()


def _quoted(letter: Received) -> str:
    return "\n".join(f"> {line}".rstrip() for line in letter.text.splitlines())


def _head(letter: Received, sent: str, *names: str) -> str:
    who, when, to, subject = names
    return f"{who} Sales Desk <{DESK}>\n{when} {sent}\n{to} {letter.recipient}\n{subject} {letter.subject}"


def _gmail(words: str, letter: Received, at: datetime) -> str:
    return f"{words}\n\nOn {at:%a, %b %d, %Y} at {at:%I:%M %p} Sales Desk <{DESK}> wrote:\n\n{_quoted(letter)}\n"


def _outlook(words: str, letter: Received, at: datetime) -> str:
    head = _head(letter, f"{at:%A, %B %d, %Y %I:%M %p}", "From:", "Sent:", "To:", "Subject:")
    return f"{words}\n\nKind regards,\nthe sender\n\n{head}\n\n{letter.text}"


def _outlook_web(words: str, letter: Received, at: datetime) -> str:
    head = _head(letter, f"{at:%A, %B %d, %Y %I:%M %p}", "From:", "Sent:", "To:", "Subject:")
    return f"{words}\n\n________________________________\n{head}\n\n{letter.text}"


def _outlook_mobile(words: str, letter: Received, at: datetime) -> str:
    head = _head(letter, f"{at:%A, %B %d, %Y %I:%M:%S %p}", "From:", "Sent:", "To:", "Subject:")
    return f"{words}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n{head}\n\n{letter.text}"


def _apple_mail(words: str, letter: Received, at: datetime) -> str:
    return f"{words}\n\n> On {at:%d %b %Y}, at {at:%H:%M}, Sales Desk <{DESK}> wrote:\n> \n{_quoted(letter)}\n"


def _iphone(words: str, letter: Received, at: datetime) -> str:
    said = f"> On {at:%b %d, %Y}, at {at:%I:%M %p}, Sales Desk <{DESK}> wrote:"
    return f"{words}\n\nSent from my iPhone\n\n{said}\n> \n{_quoted(letter)}\n"


def _android(words: str, letter: Received, at: datetime) -> str:
    head = f"From: Sales Desk <{DESK}>\nDate: {at:%m/%d/%y %H:%M} (GMT-05:00)\nTo: {letter.recipient}"
    return (
        f"{words}\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\n{head}\n"
        f"Subject: {letter.subject}\n\n{letter.text}"
    )


def _thunderbird(words: str, letter: Received, at: datetime) -> str:
    return f"Am {at:%d.%m.%y} um {at:%H:%M} schrieb Sales Desk:\n{_quoted(letter)}\n\n{words}\n"


def _yahoo(words: str, letter: Received, at: datetime) -> str:
    said = f"    On {at:%A, %B %d, %Y at %I:%M:%S %p} EST, Sales Desk <{DESK}> wrote:  \n \n"
    return f" {words}\n{said} {letter.text}"


def _gmx(words: str, letter: Received, at: datetime) -> str:
    head = _head(letter, f"{at:%d.%m.%Y} um {at:%H:%M} Uhr", "Von:", "Gesendet:", "An:", "Betreff:")
    return f"{words}\n\n{head}\n\n{letter.text}"


def _notes(words: str, letter: Received, at: datetime) -> str:
    head = (
        f"Von:\tSales Desk <{DESK}>\nAn:\t{letter.recipient}\nDatum:\t{at:%d.%m.%Y %H:%M}\nBetreff:\t{letter.subject}"
    )
    return f"{words}\n\n\n\n{head}\n\n\n\n{letter.text}"


def _k9(words: str, letter: Received, at: datetime) -> str:
    said = f"On {at:%B %d, %Y %I:%M:%S %p} EST, Sales Desk <{DESK}> wrote:"
    signature = "-- \nSent from my Android device with K-9 Mail. Please excuse my brevity."
    return f"{words}\n{signature}\n\n{said}\n{_quoted(letter)}\n"


PROGRAMS = (
    Program("Gmail", _gmail),
    Program("Outlook", _outlook, prefix="RE: "),
    Program("Outlook on the web", _outlook_web),
    Program("Outlook for iOS", _outlook_mobile),
    Program("Apple Mail", _apple_mail),
    Program("iPhone Mail", _iphone),
    Program("Samsung Email", _android, keeps=Keeps.ADDRESS | Keeps.IN_REPLY_TO | Keeps.SUBJECT),
    Program("Thunderbird", _thunderbird, prefix="Aw: "),
    Program("Yahoo", _yahoo),
    Program("GMX", _gmx, prefix="Aw: ", keeps=Keeps.ADDRESS | Keeps.REFERENCES | Keeps.SUBJECT),
    Program("Notes", _notes, prefix="Antwort: ", keeps=Keeps.IN_REPLY_TO | Keeps.SUBJECT),
    Program("K-9 Mail", _k9),
)
