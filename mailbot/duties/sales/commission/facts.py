"""What is asked about a commission, and the lines that it is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from mailbot.duties.sales.numbers.periods import Period
from mailbot.message.model import Evidence

COMMISSION: Final = "commission"  # the kind of a mail that asks about the sender's own


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of the ledger that counts; `entry_id` is its number there."""

    rep: str
    client: str
    product: str
    amount: Decimal
    currency: str
    day: date
    ref: str
    entry_id: int = 0


@dataclass(frozen=True, slots=True)
class CommissionQuestion:
    """What a rep wants to know of the own commission, and the lines of the ledger of that month.

    `figures` are the amounts of the question, as they are written: what it is, what it should be. `lines` are the
    rep's own, and of others those of which a split gives the rep a share. `says_more`: the mail says more that a person
    has to read.
    """

    month: Period
    figures: tuple[Decimal, ...]
    evidence: Evidence
    lines: tuple[SoldLine, ...] = ()
    says_more: bool = False
