"""What was seen at the two doors of the desk, in its order: letters that went out, mails that came in, where they went.

Nothing in it comes from the records of the program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from enum import Enum
from typing import Final

from mailbot.cli.demo.mails import Received
from tests.year.company import ZONE

_SIGN: Final = re.compile(r"\b[QW]x[a-z]{4}\b")
_THING: Final = re.compile(r"\bZ[a-z]{3}[1-9]\b")  # the last word of everything that was promised to somebody
_ISSUE: Final = re.compile(r"\bI-\d{4,}\b")


class Means(Enum):
    """What a mail truly is: only who wrote it knows."""

    PROBLEM = "problem"
    QUESTION = "question"
    ANGER = "anger"
    MORE = "more"  # about an issue that there is already, and something has to be done
    THANKS = "thanks"
    GOOD = "good"  # yes, it is good now
    YES = "yes"
    NO = "no"
    HELP = "help"
    STOP = "stop"
    SCORE = "score"
    NUMBERS = "numbers"
    AWAY_UNTIL = "away until"  # a rep, instead of numbers
    STANDING = "standing"  # of a contract that comes to its end
    ANSWER = "answer"  # of a colleague, to a client
    DONE = "done"
    CALLED = "called"
    CHOICE = "choice"  # a digit or a word, to one of the desk's other questions
    DELIVERED = "delivered"
    HINDERED = "hindered"
    FORGED = "forged"
    STRANGE = "strange"  # somebody whom nobody knows
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    LIST = "list"

    @property
    def is_a_machines(self) -> bool:
        return self in (Means.AUTOMATIC, Means.BOUNCE, Means.LIST)

    @property
    def wants_something(self) -> bool:
        """Whether a person who wrote it waits for something."""
        return self in (Means.PROBLEM, Means.QUESTION, Means.ANGER, Means.MORE, Means.HELP)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the desk, as it left."""

    at: datetime
    recipient: str
    received: Received
    in_reply_to: str
    is_answer: bool  # to a mail that just came in: Auto-Submitted is auto-replied (RFC 3834)
    files: tuple[tuple[str, bytes], ...]

    @classmethod
    def of(cls, content: bytes, recipient: str, envelope_sender: str, at: datetime) -> Letter:
        mail = message_from_bytes(content)
        return cls(
            at=at,
            recipient=recipient,
            received=_received(mail, envelope_sender),
            in_reply_to=_header(mail, "In-Reply-To"),
            is_answer=_header(mail, "Auto-Submitted") == "auto-replied",
            files=tuple((name, _content(part)) for part in mail.walk() if (name := part.get_filename())),
        )

    @property
    def day(self) -> date:
        return self.at.astimezone(ZONE).date()

    @property
    def subject(self) -> str:
        return self.received.subject

    @property
    def said(self) -> str:
        """Its words on one line."""
        return " ".join(self.received.text.split())

    @property
    def signs(self) -> frozenset[str]:
        """The signs of the mails whose words it repeats."""
        return frozenset(_SIGN.findall(f"{self.subject} {self.received.text}"))

    @property
    def things(self) -> list[str]:
        """What it speaks of that contracts promise, each once, in its order, by the last word of its name."""
        return list(dict.fromkeys(_THING.findall(self.received.text)))

    @property
    def issue(self) -> str:
        """The number of the issue that it is about, as its reader sees it; "" where there is none."""
        found = _ISSUE.search(self.subject)
        return found[0] if found else ""

    def __str__(self) -> str:
        return f"{self.at:%a %d %b %Y %H:%M} to {self.recipient}: {self.subject!r}"


def _received(mail: Message, envelope_sender: str) -> Received:
    """As `Received.parse` reads a letter, in a tenth of the time: a year has many of them."""
    plain = next((part for part in mail.walk() if part.get_content_type() == "text/plain"), None)
    return Received(
        sender=_header(mail, "From"),
        recipient=parseaddr(_header(mail, "To"))[1],
        reply_to=parseaddr(_header(mail, "Reply-To") or _header(mail, "From"))[1],
        envelope_sender=envelope_sender,
        subject=_header(mail, "Subject"),
        message_id=_header(mail, "Message-ID"),
        references=_header(mail, "References"),
        date=_header(mail, "Date"),
        text=_content(plain).decode(plain.get_content_charset("us-ascii")).replace("\r\n", "\n") if plain else "",
    )


def _header(mail: Message, name: str) -> str:
    folded = mail[name] or ""
    return str(make_header(decode_header(folded.replace("\r\n", "").replace("\n", "")))) if folded else ""


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


@dataclass(slots=True)
class Mail:
    """A mail to the desk. `sign` is a word that stands in no other mail; `taken_at` is when the desk had it."""

    by: str
    means: Means
    words: str
    subject: str
    message_id: str
    written_at: datetime
    sign: str = ""
    answers: Letter | None = None
    is_copy: bool = False
    taken_at: datetime | None = None
    folder: str = ""  # where the desk filed it; "" where it still lies in the inbox

    @property
    def taken(self) -> datetime:
        assert self.taken_at is not None, f"the desk never had it: {self}"
        return self.taken_at

    def __str__(self) -> str:
        return f"{self.written_at:%a %d %b %Y %H:%M} from {self.by} ({self.means.value}): {self.words!r}"


@dataclass(slots=True)
class Diary:
    """Everything that was seen."""

    letters: list[Letter] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)  # that the desk had, in the order in which it had them

    def by(self, *means: Means) -> list[Mail]:
        return [mail for mail in self.mails if mail.means in means]

    def letters_to(self, address: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.recipient == address]
