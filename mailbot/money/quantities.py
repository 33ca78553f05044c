"""How many were sold, beside the amount: "3 ads 450", "GBP 6,000 for 2 audit days", "5 kits at £230.00 each".

A count and an amount make a product where the words say that the amount is that of one, and are the count and the sum
where they say that it is that of all. Where they say neither, there are two readings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from mailbot.money.figure import LARGEST, Figure, Trouble

_OF_ONE_BEFORE: Final = re.compile(
    r"@|à|\b(?:einzelpreis|stückpreis|stueckpreis|unit price|price per (?:unit|piece)|je|jeweils|zu je)\b",
    re.IGNORECASE,
)
_OF_ONE_BEHIND: Final = re.compile(
    r"\s?(?:/\s?(?:stück|stk|unit|pc|piece|seat|licen[cs]e|user|day|tag)\b|(?:each|apiece|je|pro stück|das stück)\b"
    r"|(?:per|pro|a|an) (?:unit|piece|seat|licen[cs]e|user|head|item|kit|day|copy|ad|stück|tag|lizenz|platz|nutzer)\b)",
    re.IGNORECASE,
)
_AT_A_PRICE: Final = re.compile(r"(?:^|\s)(?:at|zu)\s?$", re.IGNORECASE)  # directly before the amount
_OF_ALL: Final = re.compile(
    r"\b(?:for|für|fuer|over|across|über|ueber|in total|total|gesamt|insgesamt|zusammen|all in|laufzeit|term"
    r"|duration)\b",
    re.IGNORECASE,
)
_OF_ALL_BEHIND: Final = re.compile(
    r"\s?,?\s?(?:in total|total|in all|altogether|insgesamt|gesamt|zusammen)\b", re.IGNORECASE
)
_NOUN_BEHIND: Final = re.compile(
    r"[ \u00a0](?!(?:and|und|for|für|from|von|bei|mit|with|net|plus|per|pro|the)\b)[^\W\d_]{3,}"
)
_MOST_DIGITS: Final = 4  # of a count of things


@dataclass(frozen=True, slots=True)
class Count:
    """A count of things, and where it stands."""

    start: int
    end: int
    number: int


def with_counts(line: str, found: Sequence[Figure], counts: Sequence[Count]) -> tuple[Figure, ...]:
    """The figures, each with the counts that stand beside it, no other figure between."""
    counted = list(found)
    for count in counts:
        before = max((at for at, each in enumerate(found) if each.end <= count.start), default=None)
        behind = min((at for at, each in enumerate(found) if each.start >= count.end), default=None)
        for at in {before, behind} - {None}:
            counted[at] = _beside(line, counted[at], count)  # type: ignore[index]
    return tuple(counted)


def without_counts(line: str, found: Sequence[Figure]) -> tuple[Figure, ...]:
    """Of several figures, the one that is money, where each of the others is a bare number of things beside it."""
    money = [figure for figure in found if figure.is_marked]
    if len(money) != 1 or not all(_is_count(line, figure) for figure in found if figure is not money[0]):
        return tuple(found)
    counts = [Count(figure.start, figure.end, int(figure.amount or 0)) for figure in found if figure is not money[0]]
    return with_counts(line, money, [count for count in counts if count.number > 1])


def _is_count(line: str, figure: Figure) -> bool:
    written = line[figure.start : figure.end]
    return (
        written.isdecimal()
        and len(written) <= _MOST_DIGITS
        and figure.amount is not None
        and bool(_NOUN_BEHIND.match(line, figure.end))
    )


def _beside(line: str, figure: Figure, count: Count) -> Figure:
    if figure.amount is None or figure.unit is not None:
        return figure
    between = line[count.end : figure.start] if count.end <= figure.start else line[figure.end : count.start]
    is_of_one = count.end <= figure.start and (_OF_ONE_BEFORE.search(between) or _AT_A_PRICE.search(between))
    if _OF_ONE_BEHIND.match(line, figure.end) or is_of_one:
        return multiplied(figure, Decimal(count.number), figure.amount)
    if _OF_ALL.search(between) or between.strip() == "(" or _OF_ALL_BEHIND.match(line, figure.end):
        return replace(figure, quantity=Decimal(count.number))
    readings = (figure.amount, figure.amount * count.number)
    return replace(figure, amount=None, trouble=Trouble.TWO_READINGS, readings=readings)


def multiplied(figure: Figure, quantity: Decimal, unit: Decimal) -> Figure:
    """The figure as `quantity` × `unit`; no money where that has more than two places or is a slip of the keyboard."""
    amount = quantity * unit
    if amount != round(amount, 2) or abs(amount) >= LARGEST:
        return replace(figure, amount=None, trouble=Trouble.NOT_MONEY)
    return replace(figure, amount=round(amount, 2), quantity=quantity, unit=unit, readings=())
