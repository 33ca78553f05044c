"""What a line says of money and matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from mailbot.duties.sales.numbers.periods import Period


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in a currency; `quantity` × `unit` where it was written so."""

    amount: Decimal
    currency: str
    quantity: Decimal | None = None
    unit: Decimal | None = None


class Stage(StrEnum):
    """The pipeline stage of a deal."""

    WON = "won"
    INVOICED = "invoiced"
    OPEN = "open"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a mail says of a deal beside its client and its price; "" and None where it says nothing.

    `quantity` are pieces sold where the amount is that of all of them. `day` is the day on which it was signed or
    ordered, of an open deal the day on which it is to close.
    """

    product: str = ""
    quantity: Decimal | None = None
    stage: Stage | None = None
    day: date | None = None
    period: Period | None = None


NOTHING_MORE: Final = Particulars()


def sums(prices: Iterable[Price]) -> tuple[Price, ...]:
    """The prices added up, one sum for each currency, in the order in which the currencies came."""
    added: dict[str, Decimal] = {}
    for price in prices:
        added[price.currency] = added.get(price.currency, Decimal(0)) + price.amount
    return tuple(Price(amount, currency) for currency, amount in added.items())
