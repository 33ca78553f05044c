"""What is promised, clause by clause: "6 full pages (every odd issue)", "20% off a booth at BuildExpo (list 3,500)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from mailbot.duties.contracts.facts import Promise
from mailbot.duties.contracts.intake.months import Months, range_in
from mailbot.duties.contracts.intake.values import list_price_in
from mailbot.duties.contracts.settings import Kind
from mailbot.money.numerals import Habit

DISCOUNT: Final = "discount"  # the kind of whatever is promised in percent
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PERCENT = re.compile(
    r"(?<![\w.,])(?P<number>[0-9]{1,3}(?:[.,][0-9]{1,2})?)\s?(?:%|percent\b|prozent\b)", re.IGNORECASE
)
_FREE = re.compile(r"\b(?:free|gratis|kostenlos\w*|kostenfrei\w*|complimentary|included|inklusive)\b", re.IGNORECASE)
COUNT_WORDS: Final = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?|einen?|eine[rs]?"
    "|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
)
_COUNT = re.compile(
    rf"(?:.{{0,40}}?\b(?:for|für)\s|\W*)(?P<number>[0-9]{{1,3}}(?![/.,%0-9])|{COUNT_WORDS})\s?(?:x|×|mal\b)?\s",
    re.IGNORECASE,
)
_COUNTED: Final = {
    **{word: number for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )},
    **{word: number for number, word in enumerate(
        ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"), start=1
    )},
    **dict.fromkeys(("a", "an", "eine", "einen", "einer", "eines"), 1),
}  # fmt: skip


def promise_in(clause: str, kinds: Sequence[Kind], months: Months, habit: Habit) -> Promise | None:
    """What a clause promises, None where it names nothing that is configured."""
    percent = _PERCENT.search(clause)
    kind = _kind(clause, kinds, is_in_percent=percent is not None)
    if kind is None:
        return None
    count = _COUNT.match(clause) if percent is None else None
    own = None if kind.in_issues else range_in(clause, months.first)
    starts_on, ends_on = own or _of_contract(kind, months)
    return Promise(
        kind=kind.name,
        quantity=counted(count["number"]) if count else 1,
        words=" ".join(clause.split()),
        issues=months.issues_in(clause) if kind.in_issues else (),
        starts_on=starts_on,
        ends_on=ends_on,
        percent=Decimal(percent["number"].replace(",", ".")) if percent else None,
        list_price=list_price_in(clause, habit)[0],
        is_free=bool(_FREE.search(clause)),
    )


def counts_in(clause: str) -> tuple[tuple[int, int], ...]:
    """Where a clause says how many, or how many percent: digits that are no price."""
    count, percent = _COUNT.match(clause), _PERCENT.search(clause)
    return tuple(found.span("number") for found in (count, percent) if found)


def _kind(clause: str, kinds: Sequence[Kind], *, is_in_percent: bool) -> Kind | None:
    """The kind whose word comes first; of what is promised in percent, the discount."""
    if is_in_percent:
        return next((kind for kind in kinds if kind.name == DISCOUNT), None)
    for word in _WORD.findall(clause.casefold()):
        for kind in kinds:
            if kind.name != DISCOUNT and _is_one_of(word, kind.words):
                return kind
    return next((kind for kind in kinds if kind.name == DISCOUNT and _says(clause, kind)), None)


def _says(clause: str, kind: Kind) -> bool:
    return any(word in kind.words and word != "off" for word in _WORD.findall(clause.casefold()))


def _is_one_of(word: str, words: frozenset[str]) -> bool:
    """As it is written, or as the last part of a compound with a hyphen: "web-banner"."""
    return word in words or word.rpartition("-")[2] in words


def _of_contract(kind: Kind, months: Months) -> tuple[date | None, date | None]:
    return (None, None) if kind.in_issues or months.last == date.max else (months.first, months.last)


def counted(number: str) -> int:
    """How many a word or digits say."""
    return max(int(number), 1) if number.isdigit() else _COUNTED[number.casefold()]
