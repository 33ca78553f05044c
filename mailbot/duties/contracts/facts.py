"""What a mail says of a contract: a frozen reading, each point with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from mailbot.message.model import Evidence

NAME: Final = "contracts"
# The kinds of mails that this duty reads, and of the question that it asks.
SIGNED, RIGHT, CHANGED, NOT_RIGHT = "signed", "right", "changed", "not-right"
IS_IT_RIGHT: Final = "is-it-right"


class Doubt(StrEnum):
    """What keeps a point from being sure. The templates have words for each of them."""

    MISSING = "missing"
    SEVERAL = "several"  # it can be read in more than one way
    COUNT = "count"  # the issues are another number than was sold
    DEADLINE = "deadline"  # no copy deadline is configured for one of the issues
    OVER = "over"  # it ends before it begins


@dataclass(frozen=True, slots=True)
class Term:
    """The time of a contract, its first and its last day."""

    starts_on: date
    ends_on: date
    words: str


@dataclass(frozen=True, slots=True)
class Value:
    """What a contract is worth. `amount` is None where it can be read in several ways: `readings`."""

    amount: Decimal | None
    currency: str
    words: str
    readings: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of the magazine, by its month, and its copy deadline where that is configured."""

    month: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of what is promised.

    `issues` are those it stands in; there may be more or fewer than `quantity`, which is then asked about.
    """

    kind: str
    quantity: int
    words: str
    issues: tuple[Issue, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    percent: Decimal | None = None
    list_price: Decimal | None = None
    is_free: bool = False

    @property
    def net(self) -> Decimal | None:
        """What is left of the list price after a discount."""
        if self.percent is None or self.list_price is None:
            return None
        return (self.list_price * (100 - self.percent) / 100).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Renewal:
    """Whether it renews by itself, and how long before its end notice is to be given: so many days, or months."""

    renews: bool | None
    days: int | None
    months: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Artwork:
    """Who sends the artwork."""

    name: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class ContractReading:
    """All that was read of a contract. `unread` are the words that nothing was made of."""

    term: Term | None
    value: Value | None
    promises: tuple[Promise, ...]
    renewal: Renewal | None
    artwork: Artwork | None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedClient:
    """A client that a mail names."""

    id: int
    name: str
    owner_id: int | None
    currency: str | None = None  # in which its owner books


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that came with the mail; `sha256` of its bytes, in hexadecimal."""

    filename: str
    media_type: str
    sha256: str
    content: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True)
class SignedMail:
    """A colleague says that a contract was signed. `clients` are those it may be with; the one it is, where it is one.

    `in_file` is what the enclosed file says, None where there is none that could be read; `unopened` are the names of
    the files that could not.
    """

    clients: tuple[NamedClient, ...]
    client_words: str
    signed_on: date
    in_mail: ContractReading
    in_file: ContractReading | None
    files: tuple[KeptFile, ...]
    unopened: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A contract that was read and waits for a colleague's OK.

    `reading` is what would hold; `in_file` what the file says, as long as the two may differ. `follows` is the number
    of the contract that it renews.
    """

    id: int
    ref: str
    client: NamedClient | None
    asked_id: int
    sent_by_id: int
    signed_on: date
    reading: ContractReading
    in_file: ContractReading | None
    choices: tuple[NamedClient, ...] = ()
    follows_id: int | None = None
    follows: str | None = None
    follows_ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """The answer to "is it right?". Of CHANGED, `draft` is the contract as it would be, and `changed` the numbers of
    the points that were changed; `unclear` are the lines that were not understood."""

    question_id: int
    draft: DraftCard
    evidence: Evidence
    changed: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """The words of a mail that may name the client of a contract: those of its subject, and those of its text."""

    subject: tuple[str, ...]
    text: tuple[str, ...]
