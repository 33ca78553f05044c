"""What digits in a line come to: one amount, or why they are none that could be booked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

LARGEST: Final = Decimal(1_000_000_000_000)  # beyond it, it is a slip of the keyboard


class Trouble(StrEnum):
    """Why digits that may be money cannot be booked."""

    TWO_READINGS = "two readings"
    RANGE = "a range"
    PERCENTAGE = "a percentage"
    NOT_MONEY = "not readable as money"
    UNKNOWN_CURRENCY = "unknown currency"


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount in a line, and where it stands, with its sign, its currency and its scale.

    `currency` is an ISO 4217 code, "$" for a dollar of a country that was not written, or None where nothing was.
    `amount` is that of all that was sold; `quantity` is how many that were, where it was written, and `unit` the price
    of one, where that was. With `trouble`, `amount` is None and `readings` are what it may mean. `is_marked`: a
    currency, a scale or decimals show that money is meant.
    """

    start: int
    end: int
    amount: Decimal | None
    currency: str | None = None
    quantity: Decimal | None = None
    unit: Decimal | None = None
    trouble: Trouble | None = None
    readings: tuple[Decimal, ...] = ()
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """The currency, and how many of it, that a heading gives to the bare numbers below it: "in TEUR", "(k$)"."""

    currency: str | None = None
    factor: int = 1


IN_ONES: Final = Unit()
