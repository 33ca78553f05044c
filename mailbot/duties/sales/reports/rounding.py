"""Exact sums become cents, each once, so that what is shown adds up to the total that is shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Final

CENT: Final = Decimal("0.01")
_DIGITS: Final = 60  # a sum of money times a rate is exact in far fewer


def exact() -> Context:
    """The arithmetic of figures: nothing is rounded on the way."""
    return Context(prec=_DIGITS, rounding=ROUND_HALF_UP)


def in_cents(amount: Decimal) -> Decimal:
    """The amount in whole cents, halves away from zero."""
    with localcontext(exact()):
        return amount.quantize(CENT, ROUND_HALF_UP)


def as_money(amount: Decimal) -> Decimal:
    """The amount with the two places of money, where it has no others: the records keep four."""
    return round(amount, 2) if amount == round(amount, 2) else amount


def shares(amounts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The amounts in whole cents, which add up to their own sum in whole cents.

    Each is rounded to the cent below or above, and those that lie nearest to the cent above go up (the method of the
    largest remainder), so that the total of a report is the same whatever its rows stand for.
    """
    with localcontext(exact()):
        below = [amount.quantize(CENT, ROUND_FLOOR) for amount in amounts]
        missing = int((in_cents(sum(amounts, Decimal(0))) - sum(below, Decimal(0))) / CENT)
        nearest = sorted(range(len(amounts)), key=lambda place: (below[place] - amounts[place], place))[:missing]
        return tuple(amount + CENT if place in nearest else amount for place, amount in enumerate(below))
