"""What a mail says of a contract that runs already: that it changes, goes on or ends, or that money goes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from mailbot.duties.contracts.facts import ContractReading, Doubt, KeptFile, NamedClient, Promise
from mailbot.message.model import Evidence
from mailbot.records.contracts.cards import ContractCard
from mailbot.records.contracts.tables import EventKind

# The kinds of mails: what is said of a contract, and of the answers.
CHANGE, RENEWAL, NO_CONTRACT = "change", "renewal", "no-contract"
WHICH, CHANGE_RIGHT, CHANGE_CORRECTED, CHANGE_NOT_RIGHT = (
    "which",
    "change-right",
    "change-corrected",
    "change-not-right",
)
# The kinds of the questions that are asked.
WHICH_CONTRACT: Final = "which-contract"
IS_CHANGE_RIGHT: Final = "is-change-right"
MAY_REFUND: Final = "may-refund"
QUESTIONS: Final = (WHICH_CONTRACT, IS_CHANGE_RIGHT, MAY_REFUND)


class Deed(StrEnum):
    """What becomes of one line of a contract. The templates have words for each of them."""

    ADD = "add"
    MOVE = "move"  # it runs until another day
    DROP = "drop"
    FEWER = "fewer"


@dataclass(frozen=True, slots=True)
class Said:
    """What a mail says of a contract, before it is known of which: the kind, the words, and the line that says it.

    `numbers` are the contracts that it names by their number.
    """

    kind: EventKind
    words: str
    line: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """What a mail says, and the running contracts that it may be about, with their clients. `named`: the numbers or the
    clients that it names, for people. `tells_of_others`: another of its lines has figures of another client."""

    said: Said
    contracts: tuple[ContractCard, ...]
    clients: tuple[NamedClient, ...]
    named: str
    tells_of_others: bool


@dataclass(frozen=True, slots=True)
class NewValue:
    """What a contract is worth afterwards: `amount` in all, or so much more or less than now, `by`. Neither where it
    can be read in several ways: `readings`, each in all. Of a refund, `amount` is what is paid back."""

    words: str
    amount: Decimal | None = None
    by: Decimal | None = None
    readings: tuple[Decimal, ...] = ()

    def after(self, before: Decimal | None) -> Decimal | None:
        """What a contract that was worth `before` is worth then; None where nobody can tell."""
        if self.by is not None:
            return None if before is None else before + self.by
        return self.amount


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changes in a contract. `rows` are the keys of the deliverables it is about.

    ADD: `promise`. MOVE: runs until `ends_on`. DROP: falls away. FEWER: `count` are left of `count_was`; `rows` fall
    away, and of `shrunk`, a row of several, `left` stay.
    """

    deed: Deed
    words: str  # those of the mail
    what: str  # the thing, in the words of the contract
    rows: tuple[int, ...] = ()
    promise: Promise | None = None
    ends_on: date | None = None
    count_was: int | None = None
    count: int | None = None
    shrunk: int | None = None
    left: int | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class ChangeReading:
    """All that was read of a change, against the contract as it is.

    `ends_on` is the last day of the contract afterwards; None where it stays as it is, or, of a cancellation, as long
    as nobody has said which of `late_ends` holds: notice came too late, and it may end by courtesy, or by its terms.
    `unread` are the words that nothing was made of.
    """

    kind: EventKind
    value: NewValue | None = None
    ends_on: date | None = None
    end_words: str = ""
    late_ends: tuple[date, ...] = ()
    lines: tuple[Line, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """A change that was read and waits for a word.

    `contracts` are those it may be about, with their clients. `words` and `file_text` are kept so that they can be read
    against the one that is chosen; until then there is no `reading`. Of a contract that goes on, `renewal` is the one
    that follows. `in_file` and `renewal_in_file` are what the file says.
    """

    id: int
    ref: str
    kind: EventKind
    contracts: tuple[ContractCard, ...]
    clients: tuple[NamedClient, ...]
    said_on: date
    words: str
    file_text: str = ""
    reading: ChangeReading | None = None
    in_file: ChangeReading | None = None
    renewal: ContractReading | None = None
    renewal_in_file: ContractReading | None = None
    sent_by_id: int = 0

    @property
    def contract(self) -> ContractCard | None:
        """The one it is about; None as long as that is asked."""
        return self.contracts[0] if len(self.contracts) == 1 else None

    def client_of(self, contract: ContractCard) -> NamedClient:
        """With whom a contract is."""
        return next(each for each in self.clients if each.id == contract.client_id)


@dataclass(frozen=True, slots=True)
class ChangeMail:
    """A colleague says that something becomes of a contract. `question_id` is that of the question it answers."""

    card: ChangeCard
    files: tuple[KeptFile, ...]
    evidence: tuple[Evidence, ...]
    question_id: int | None = None


@dataclass(frozen=True, slots=True)
class UnknownContract:
    """A colleague says that something becomes of a contract, and no running one is known that may be meant."""

    kind: EventKind
    named: str


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """The answer to a question about a change. `card` is the change as it would be; `changed` are the lines that were
    understood, `unclear` those that were not."""

    question_id: int
    card: ChangeCard
    evidence: Evidence
    changed: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
