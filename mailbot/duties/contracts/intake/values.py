"""What a contract is worth: the one amount that its words give as the total, or the one amount they give at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from mailbot.duties.contracts.facts import Value
from mailbot.money.amounts import figures
from mailbot.money.currencies import code_of
from mailbot.money.figure import Figure, Trouble
from mailbot.money.numerals import Habit

_TOTAL = re.compile(
    r"\b(?:total|totals|totalling|overall|altogether|value|worth|volume|gesamt\w*|insgesamt|summe|auftragswert|vertragswert|volumen|zusammen)\b",
    re.IGNORECASE,
)
_OF_THE_LIST = re.compile(
    r"\b(?:list(?:\sprice)?|listenpreis|liste|regular(?:ly)?|normal(?:ly|erweise)?|instead of|statt|worth|im wert von)"
    r"\b[\s:]*(?:of|at|von|bei|is)?\s*[€$£]?\s*$",
    re.IGNORECASE,
)
_LOOK_BACK: Final = 24
_SMALLEST: Final = 100  # a bare number below it is a count, not a price


@dataclass(frozen=True, slots=True)
class Priced:
    """An amount of a clause: what it may be, and whether the clause calls it the total."""

    value: Value
    is_total: bool


def list_price_in(clause: str, habit: Habit) -> tuple[Decimal | None, tuple[int, int] | None]:
    """The list price that a clause names, and where its figure stands."""
    for figure in figures(clause, habit):
        if _OF_THE_LIST.search(clause, max(figure.start - _LOOK_BACK, 0), figure.start):
            return figure.amount, (figure.start, figure.end)
    return None, None


def amounts_in(
    clause: str, habit: Habit, own: str, taken: tuple[tuple[int, int], ...] = (), *, alone: bool = True
) -> tuple[Priced, ...]:
    """The amounts of a clause that may be what the contract is worth.

    `alone`: nothing else stands in it, and a bare number of three digits is an amount too. `own` is the currency that
    a bare one is in.
    """
    is_total = bool(_TOTAL.search(clause))
    found = (each for each in figures(clause, habit, taken) if _is_money(each, alone=alone or is_total))
    return tuple(
        Priced(_value(each, own, clause), is_total)
        for each in found
        if not _OF_THE_LIST.search(clause, max(each.start - _LOOK_BACK, 0), each.start)
    )


def value_of(found: tuple[Priced, ...]) -> Value | None:
    """The one that is called the total, else the one there is; with several of them, all are readings of one."""
    totals = tuple(each for each in found if each.is_total)
    those = totals or found
    if not those:
        return None
    first = those[0].value
    same = {(each.value.amount, each.value.currency, each.value.readings) for each in those}
    if len(same) == 1:
        return first
    amounts = [
        amount for each in those for amount in (each.value.readings or (each.value.amount,)) if amount is not None
    ]
    words = " / ".join(dict.fromkeys(each.value.words for each in those))
    return Value(None, first.currency, words, tuple(dict.fromkeys(amounts)))


def _is_money(figure: Figure, *, alone: bool) -> bool:
    if figure.trouble in (Trouble.TWO_READINGS, Trouble.RANGE):
        return True
    if figure.trouble is not None or figure.amount is None or figure.amount <= 0:
        return False
    return figure.is_marked or (alone and figure.amount >= _SMALLEST)


def _value(figure: Figure, own: str, clause: str) -> Value:
    currency = code_of(figure.currency, own) or own
    words = " ".join(clause.split()).replace("\0", "").strip(" ,;:.")
    return Value(figure.amount, currency, words, figure.readings)
