"""What a mail says about earlier ones: corrections, and answers to questions of this duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailbot.duties.sales.facts.cards import AskedMail, EntryCard, PendingCard
from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.naming.clients import NamedClient
from mailbot.duties.sales.numbers.periods import Period
from mailbot.message.model import Evidence
from mailbot.records.known import PersonCard
from mailbot.records.tables import Role


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a rep wants of line `line` of our letter: another amount, another client, another period; or it
    is dropped (`price` None). `day` is the day of that period that was named, where one was.
    """

    line: int
    entry: EntryCard
    price: Price | None
    evidence: Evidence
    client: NamedClient | None = None
    period: Period | None = None
    day: date | None = None

    @property
    def is_dropped(self) -> bool:
        return self.price is None


@dataclass(frozen=True, slots=True)
class Corrections:
    """A reply to one of our confirmations: the changes it asks for, and the lines that were not understood."""

    changes: tuple[Change, ...]
    unclear: tuple[Evidence, ...]
    agrees: bool


@dataclass(frozen=True, slots=True)
class ClientAnswer:
    """The answer to "which client?", or to "is it yours?". `chosen` is None where it is no, or could not be read: `why`
    says so in words.

    `is_own`: the chosen client is the rep's own, so that the line may be booked on this word. `can_be_asked`: it is a
    colleague's who can be asked. Of "is it yours?", `client` is the one it is about, `sent_by` the rep who sent the
    line, and `is_refused` says that the answer is no. `learned` are the words that mean the chosen client from now on.
    """

    question_id: int
    pending: PendingCard
    chosen: NamedClient | None
    is_own: bool
    evidence: Evidence
    why: str
    can_be_asked: bool = False
    client: NamedClient | None = None
    sent_by: int | None = None
    is_refused: bool = False
    learned: str = ""


@dataclass(frozen=True, slots=True)
class NewClient:
    """The answer that a line is for a client whom the records do not know. `name` is "" where it has to be asked."""

    question_id: int
    pending: PendingCard
    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Half:
    """A part of a line: for which client, whose ledger it goes into, and how much of it."""

    client: NamedClient
    owner: PersonCard
    price: Price


@dataclass(frozen=True, slots=True)
class InHalves:
    """The answer that a line is for two clients, half each. `agrees`: these halves were shown before, and are right."""

    question_id: int
    pending: PendingCard
    halves: tuple[Half, ...]
    agrees: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ResendAnswer:
    """The answer to "which of the two amounts?": `said` is new, old or both, and "" where it is none of them.

    `earlier` is the entry with the earlier amount as it stands now, None where it counts no longer.
    """

    question_id: int
    pending: PendingCard
    client: NamedClient
    earlier: EntryCard | None
    said: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Claim:
    """The colleagues whose name a mail bears that came from an address on nobody's file, by number.

    `asked_on` is the last day on which the one of them was asked about this address, "" for never (ISO 8601);
    `is_denied`: and has said before that a mail from it was not theirs.
    """

    fits: tuple[int, ...]
    asked_on: str = ""
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class ClaimedNumbers:
    """Numbers from an address on nobody's file, read as if the colleague had sent them whose name the mail bears.

    `quoted` are the lines they were read from, without anything that could be followed.
    """

    claim: Claim
    colleagues: tuple[PersonCard, ...]
    numbers: Numbers
    quoted: tuple[str, ...]

    @property
    def rep(self) -> PersonCard | None:
        """The one rep whom it can be; None where several fit, or nobody, or one who sells nothing."""
        only = self.colleagues[0] if len(self.colleagues) == 1 else None
        return only if only is not None and only.role is Role.REP else None


@dataclass(frozen=True, slots=True)
class WasItYou:
    """The answer to "was that you?": `said` is yes, add or no, and "" where it is none of them."""

    question_id: int
    letter_ref: str
    address: str
    asked: AskedMail
    said: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TotalAnswer:
    """The rep says that the total of a table is wrong, and that its rows are right."""

    question_id: int
    pending: PendingCard
    evidence: Evidence
