"""What a mail is about, before anything is decided: how far it is believed, and what each duty read in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Protocol

from mailbot.letters.model import Language
from mailbot.message.model import Evidence, Message
from mailbot.records.decision import Asked
from mailbot.records.known import Known, LetterCard, QuestionCard


class Trust(IntEnum):
    """How far a mail is believed."""

    T0 = 0  # unauthenticated, or failing DMARC: no effect on any record
    T1 = 1  # an authenticated stranger: may open an issue or a lead
    T2 = 2  # a known contact: own benefits, issues, preferences
    T3 = 3  # a rep or a department: own numbers, own clients, own tasks
    T4 = 4  # coordinator, manager, admin: rules, other people's lines, undo


class OddityKind(StrEnum):
    """What may be odd about a sender who is proven; the templates have words for each of them."""

    LOOKS_LIKE = "looks like"  # its domain looks like that of a client
    MIXED_ALPHABETS = "mixed alphabets"  # in one name
    OTHER_ALPHABET = "other alphabet"  # whose letters pass for Latin ones
    NAMESAKE = "namesake"  # it bears the name of a colleague


@dataclass(frozen=True, slots=True)
class Oddity:
    """What a person should know about a sender who is proven, but may not be who he seems.

    `shown` is the address, also as people see it; `like` what it may be taken for: a domain, or a colleague with the
    address on file; "" where it is like nothing we know.
    """

    kind: OddityKind
    shown: str
    like: str = ""

    def __str__(self) -> str:
        match self.kind:
            case OddityKind.LOOKS_LIKE:
                return f"{self.shown} looks like {self.like}"
            case OddityKind.MIXED_ALPHABETS:
                return f"its address {self.shown} mixes alphabets"
            case OddityKind.OTHER_ALPHABET:
                return f"its address {self.shown} is in letters of another alphabet that look like {self.like}"
            case OddityKind.NAMESAKE:
                return f"it bears the name of {self.like}"


@dataclass(frozen=True, slots=True)
class TrustFound:
    """How far a mail is believed, and the words on which that stands.

    `proof` is what our mail server found out, where that is why it is believed: "dmarc=pass header.from=a.example".
    `oddities` are told to whoever looks at the mail; they take nothing from its trust.
    """

    trust: Trust
    why: str
    forged: bool = False  # claims to be somebody we know, and failed
    oddities: tuple[Oddity, ...] = ()
    proof: str = ""

    @property
    def is_disguised(self) -> bool:
        """Whether the sender's address may be mistaken for another: more than a name that somebody else has too."""
        return self.forged or any(oddity.kind is not OddityKind.NAMESAKE for oddity in self.oddities)


class AutomaticKind(StrEnum):
    """What kind of machine wrote a mail."""

    AUTO_REPLY = "auto-reply"
    LIST = "list"
    BOUNCE = "bounce"
    CHALLENGE = "challenge"
    RECEIPT = "receipt"
    FEEDBACK = "feedback report"
    OWN = "our own mail"
    MACHINE = "machine"


class Mark(StrEnum):
    """What programs and servers set on mail that a person wrote, too."""

    LIST = "list"  # it came by way of a list
    BULK = "bulk"  # Precedence
    NO_ANSWERS = "no answers"  # X-Auto-Response-Suppress


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that a mail names, and the words it was read from."""

    day: date
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class StandIn:
    """Whom a mail names in its sender's stead, as it is written: "" for what is not said, but never all of it.

    `only_urgent`: for what cannot wait, and for nothing else.
    """

    name: str
    address: str
    phone: str
    only_urgent: bool
    evidence: Evidence

    def __str__(self) -> str:
        said = ", ".join(part for part in (self.name, self.address, self.phone) if part)
        return f"{said} (urgent things only)" if self.only_urgent else said


@dataclass(frozen=True, slots=True)
class Absence:
    """The sender is away, and comes back. `evidence` are the words that say so; a day that is not named is None.

    `first` and `until` are the first and the last day away, `back_on` the day of return; any may lie in the past. Of
    several deputies, the first that is named.
    """

    evidence: Evidence
    first: NamedDay | None = None
    until: NamedDay | None = None
    back_on: NamedDay | None = None
    deputy: StandIn | None = None

    def __str__(self) -> str:
        days = (("from", self.first), ("until", self.until), ("back on", self.back_on))
        said = "".join(f" {word} {named.day:%d %b %Y}" for word, named in days if named)
        return f"away{said}{f'; deputy: {self.deputy}' if self.deputy else ''}: {self.evidence}"


@dataclass(frozen=True, slots=True)
class Departure:
    """The sender has left the company for good, or will on a day that is named. `evidence` are the words that say so.

    `since` is the day the mail names: the last one there, or the first one gone. Of several successors, the first.
    """

    evidence: Evidence
    since: NamedDay | None = None
    successor: StandIn | None = None

    def __str__(self) -> str:
        since = f" {self.since.day:%d %b %Y}" if self.since else ""
        return f"left{since}{f'; successor: {self.successor}' if self.successor else ''}: {self.evidence}"


@dataclass(frozen=True, slots=True)
class Automatic:
    """A mail that a machine wrote, which is never answered; and the words that give it away.

    What it says of its sender: `absence` and `departure`, None where it says nothing of the kind. `only_mark` is the
    one sign of a machine that people's own mail may carry too, where it shows no other: then a person may have written
    it all the same.
    """

    kind: AutomaticKind
    why: str
    absence: Absence | None = None
    departure: Departure | None = None
    only_mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """The letter, and the open question, that a mail answers; and how that was found."""

    letter: LetterCard
    question: QuestionCard | None
    how: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one duty read in a mail.

    `kind` is the word that rules ask for ("numbers"); `facts` are the duty's own frozen facts, each with the words
    it was read from; `evidence` are the words that made the duty say yes. `alone`: nothing else is done with the mail,
    whatever other duties found in it, because an answer of theirs would go to the wrong one. `yields`: it counts only
    where no other duty found anything.
    """

    duty: str
    kind: str
    facts: object
    evidence: tuple[Evidence, ...]
    why: str
    alone: bool = False
    yields: bool = False


@dataclass(frozen=True, slots=True)
class NotMine:
    """A duty says no, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """What every duty is told about a mail before it reads it: the judgements that are the same for all."""

    trust: TrustFound
    automatic: Automatic | None
    answers: Answers | None
    language: Language


@dataclass(frozen=True, slots=True)
class Trouble:
    """A duty that broke over a mail, which is a bug of ours, and how."""

    duty: str
    what: str

    def __str__(self) -> str:
        return f"{self.duty}: {self.what}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A mail, sorted: what is the same for all duties, what each of them found, and every yes and no.

    `trouble` names what broke while the mail was read: such a mail is held for a person, whatever other duties found.
    """

    sorted: Sorted
    findings: tuple[Finding, ...]
    asked: tuple[Asked, ...]
    trouble: tuple[Trouble, ...] = ()


class Reader(Protocol):
    """How a duty reads a mail. Pure; it never raises on any mail."""

    def __call__(self, message: Message, known: Known, sorted_as: Sorted, /) -> Finding | NotMine:
        """What the mail is to this duty."""
