"""What a department has to deliver, and what it says of that, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from mailbot.message.model import Evidence
from mailbot.records.contracts.tables import DeliverableState

NAME: Final = "departments"
# The kinds of mails that this duty reads.
ANSWER: Final = "answer"
UNCLEAR: Final = "unclear"
SEEN_BY_A_PERSON: Final = "seen-by-a-person"
HEARD: Final = "heard"  # of a change
ON_A_CHANGE: Final = "on-a-change"
KINDS: Final = (ANSWER, UNCLEAR, SEEN_BY_A_PERSON, HEARD, ON_A_CHANGE)
# The kinds of questions that it asks.
IS_IT_DONE: Final = "is-it-done"
IS_IT_THERE: Final = "is-it-there"
# In the context of its questions: what the link was probably to lead to.
MEANT: Final = "meant"


class Says(StrEnum):
    """What a department says of one thing."""

    DONE = "done"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a department has to deliver, with as much of its contract as is that department's business."""

    id: int
    contract: str  # "K-2231"
    client_id: int
    client: str
    rep_id: int | None
    department_id: int | None
    kind: str
    words: str
    issue: str | None
    percent: Decimal | None
    list_price: Decimal | None
    currency: str
    starts_on: date | None
    due_on: date | None
    state: DeliverableState
    proof: str | None
    link: str | None
    target: str | None
    is_benefit: bool
    contact_id: int | None  # whom the department may ask, and who hears that it is there; None: the main contact
    contact: str | None  # by name and address, where the contract names one for this

    def is_on_the_web(self, seen_kinds: frozenset[str]) -> bool:
        """Whether it counts only when it was seen: it is of one of these kinds, or somebody gave a link."""
        return self.kind in seen_kinds or self.link is not None

    @property
    def net(self) -> Decimal | None:
        """What is left of the list price after a discount."""
        if self.percent is None or self.list_price is None:
            return None
        return (self.list_price * (100 - self.percent) / 100).quantize(Decimal("0.01"))

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.state in (DeliverableState.DELIVERED, DeliverableState.DROPPED)


@dataclass(frozen=True, slots=True)
class Order:
    """What a letter of ours asked about: its things in the order of their numbers.

    `meant` is the address that a wrong link was probably to lead to; `question_id` is that of the open question;
    `ordered_by` is who ordered the change that it tells of.
    """

    letter_ref: str
    kind: str
    question_id: int | None
    items: tuple[Item, ...]
    meant: str | None = None
    ordered_by: int | None = None


@dataclass(frozen=True, slots=True)
class DepartmentsKnown:
    """What the letters that a mail names have asked about."""

    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one thing: the words, and what they prove. `page` is the number of a printed page."""

    item: Item
    says: Says
    words: str
    link: str | None = None
    target: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class DepartmentAnswer:
    """What a department answers to a letter about its part."""

    order: Order
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class OnAChange:
    """What a department says to a change of its part: that it has heard of it, or anything else."""

    order: Order
    words: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class UnclearAnswer:
    """An answer that says of nothing clearly whether it is done."""

    order: Order
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class SeenByAPerson:
    """Whether a person found the page that the desk may not look at."""

    order: Order
    is_there: bool
    evidence: Evidence
