"""What a contract is worth after a change: so much more or less, so much in all, or both readings. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mailbot.duties.contracts.changes.facts import NewValue
from mailbot.duties.contracts.changes.said import NUMBER, kind_in
from mailbot.duties.contracts.intake.page import Page
from mailbot.duties.contracts.intake.reading import Reader
from mailbot.money.amounts import figures
from mailbot.money.figure import Figure
from mailbot.records.contracts.cards import ContractCard
from mailbot.sorting.days import mentions

_UP = re.compile(
    r"\b(?:more|extra|additional(?:ly)?|on top|plus|mehr|zusätzlich|dazu|aufpreis|teurer)\b|\+", re.IGNORECASE
)
_DOWN = re.compile(
    r"\b(?:less|fewer|cheaper|minus|reduction|weniger|günstiger|nachlass|abzug)\b|(?<!\d)-\s?\d", re.IGNORECASE
)
_IN_ALL = re.compile(
    r"\b(?:total|overall|altogether|in all|new value|now worth|gesamt\w*|insgesamt"
    r"|neuer wert|neuer vertragswert|summe)\b",
    re.IGNORECASE,
)
_SMALLEST: Final = 100  # a bare number below it is a count, not a price
_LOOK_BACK: Final = 24  # characters before an amount that say of it
_MOST_CLAUSES: Final = 60


def value_in(clause: str, contract: ContractCard, reader: Reader) -> NewValue | None:
    """What a clause says of the money: so much more or less, so much in all; both readings where it says neither."""
    amounts = figures_in(clause, reader)
    if not amounts:
        return None
    first, words = amounts[0], " ".join(clause.split())
    if len(amounts) > 1 or first.amount is None:
        return NewValue(
            words, readings=tuple(each for one in amounts for each in (one.readings or (one.amount,)) if each)
        )
    amount = abs(first.amount)
    if _IN_ALL.search(clause):
        return NewValue(words, amount=amount)
    if _DOWN.search(clause):
        return NewValue(words, by=-amount)
    if _UP.search(clause[first.start - _LOOK_BACK if first.start > _LOOK_BACK else 0 :]) and not _names(clause, reader):
        return NewValue(words, by=amount)
    if contract.value is None:
        return NewValue(words, readings=(amount,))
    return NewValue(words, readings=(contract.value + amount, amount))


def figures_in(words: str, reader: Reader) -> tuple[Figure, ...]:
    """The figures that are money: those that bear a sign of it, and bare ones that are no count."""
    masked = NUMBER.sub(lambda found: " " * len(found[0]), words)
    days = [(each.start, each.end) for each in mentions(masked, reader.language, reader.signed_on)]
    return tuple(
        each
        for each in figures(masked, reader.habit, days)
        if each.readings or (each.amount is not None and (each.is_marked or abs(each.amount) >= _SMALLEST))
    )


def values_in(words: str, contract: ContractCard, reader: Reader) -> NewValue | None:
    """What all the clauses of some words say of the money."""
    page = Page(words)
    clauses = list(page.clauses())[:_MOST_CLAUSES]
    found = (value_in(page.text[start:end], contract, reader) for start, end in clauses)
    return one_of([each for each in found if each is not None], contract)


def one_of(values: Sequence[NewValue], contract: ContractCard) -> NewValue | None:
    """The one that is said; all are readings where they come to different amounts."""
    if not values:
        return None
    after = tuple(dict.fromkeys(each.after(contract.value) for each in values if not each.readings))
    if len(values) == 1 or (len(after) == 1 and not any(each.readings for each in values)):
        return values[0]
    readings = [*after, *(amount for each in values for amount in each.readings)]
    words = " / ".join(each.words for each in values)
    return NewValue(words, readings=tuple(dict.fromkeys(amount for amount in readings if amount is not None)))


def _names(clause: str, reader: Reader) -> bool:
    return kind_in(clause, reader.arrangements.kinds) is not None
