"""What is read in a mail about benefits and satisfaction, frozen; and what the records say about its client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from mailbot.duties.reminders.tables import Said
from mailbot.message.model import Evidence
from mailbot.records.contracts.cards import ContractCard, DeliverableCard
from mailbot.records.contracts.tables import ContractState
from mailbot.records.known import QuestionCard

CHECK_IN = "check-in"  # the kinds of the questions of this duty, beside that for the use of a benefit
SLOT = "meeting-slot"


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A talk of a rep that has its time, or waits for one."""

    uid: str
    rep_id: int
    contact_id: int
    client_id: int
    starts_at: datetime | None
    ends_at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class RemindersKnown:
    """The contracts of the client that a mail is from or about, and the talks of its rep; `tasks` are the open calls
    that the answered letter has left."""

    contracts: tuple[ContractCard, ...] = ()
    meetings: tuple[MeetingCard, ...] = ()
    tasks: tuple[int, ...] = ()

    @property
    def running(self) -> tuple[ContractCard, ...]:
        """The contracts that run; all of them, where none does."""
        return tuple(each for each in self.contracts if each.state is ContractState.RUNNING) or self.contracts

    def deliverable(self, key: int) -> DeliverableCard | None:
        """One thing that a contract promises."""
        return next((each for contract in self.contracts for each in contract.deliverables if each.id == key), None)

    def contract_of(self, deliverable: DeliverableCard) -> ContractCard | None:
        """The contract that promises it."""
        return next((each for each in self.contracts if each.id == deliverable.contract_id), None)

    def contract(self, key: object) -> ContractCard | None:
        """A contract by its key."""
        return next((each for each in self.contracts if each.id == key), None)


@dataclass(frozen=True, slots=True)
class BenefitSaid:
    """What was said about one benefit."""

    benefit: DeliverableCard
    contract: str
    said: Said


@dataclass(frozen=True, slots=True)
class MonthAsked:
    """The figures of a month that a client asks for; `views` and `clicks` are None where none are on file."""

    what: str
    month: date
    views: int | None = None
    clicks: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a reminder: what it says of each benefit, the figures it asks for, and what it says besides.

    `wrong`: it says, besides, that something is not right; `asks`: it asks something that the figures do not answer.
    """

    asked: tuple[int, ...]  # the benefits that the letter asked about
    said: tuple[BenefitSaid, ...]
    figures: tuple[MonthAsked, ...]
    words: Evidence
    remark: str = ""
    wrong: bool = False
    asks: bool = False

    @property
    def is_for_a_person(self) -> bool:
        """Whether there is more in it than the answer: then this duty does not write to the client."""
        return self.wrong or self.asks


@dataclass(frozen=True, slots=True)
class TalkWish:
    """A client wants to talk: on these days, between these hours; `words` are the sentence."""

    words: str
    days: tuple[date, ...]
    earliest: time | None = None
    latest: time | None = None


@dataclass(frozen=True, slots=True)
class HowItGoes:
    """The answer to the question how satisfied a client is. `score` is None where it gives none; `sentence` is the one
    with the score, or all of it. `price` are the sentences that ask about prices and terms."""

    contract: ContractCard
    number: int
    score: int | None
    sentence: str
    price: tuple[str, ...]
    talk: TalkWish | None
    words: Evidence
    wrong: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Praise:
    """A client praises something, or wants it to go on, and asks for nothing."""

    words: Evidence
    contract_id: int | None
    contract: str


@dataclass(frozen=True, slots=True)
class CallResult:
    """What came of a call; `used`: the client uses what it was about."""

    benefits: tuple[DeliverableCard, ...]
    client_id: int
    contract_id: int | None
    used: bool
    tasks: tuple[int, ...]
    question: QuestionCard
    words: Evidence


@dataclass(frozen=True, slots=True)
class SlotChosen:
    """The time that a rep has chosen for a talk; None: none of them."""

    question: QuestionCard
    meeting: MeetingCard
    starts_at: datetime | None
    words: Evidence
