"""What a manager's mail says of targets: frozen facts, each with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mailbot.duties.sales.facts.cards import PlanCard
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.reports.spans import Span
from mailbot.message.model import Evidence

TARGETS: Final = "targets"  # the kind of a mail that sets them, and the purpose of the letter that answers it


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose target it is: a rep's, or the team's, where `rep_id` is None."""

    rep_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Target:
    """One target that is wanted; `before` is the one whose place it takes, None where there is none."""

    whose: Whose
    span: Span
    price: Price
    evidence: Evidence
    before: PlanCard | None = None
    product: str = ""  # "" for all products

    @property
    def is_news(self) -> bool:
        return self.before is None or self.before.price != self.price


class Open(StrEnum):
    """Why a line sets no target. The templates have words for each of them."""

    NOBODY = "nobody"  # it names none of the reps, and not the team
    SEVERAL = "several"  # the name is that of more than one rep
    NO_SPAN = "no span"
    TWO_YEARS = "two years"  # the time is over this year: it may mean the next
    NO_AMOUNT = "no amount"
    TWO_AMOUNTS = "two amounts"
    CURRENCY = "currency"
    TWICE = "twice"
    MORE = "more"  # it says something besides


@dataclass(frozen=True, slots=True)
class NotClear:
    """A line that sets no target, and why."""

    evidence: Evidence
    why: Open


@dataclass(frozen=True, slots=True)
class TargetOrder:
    """What a mail wants of targets. Nothing is set while a line of it is not clear."""

    targets: tuple[Target, ...]
    unclear: tuple[NotClear, ...]
