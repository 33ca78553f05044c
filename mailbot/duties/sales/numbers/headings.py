"""What headings say of the amounts below them: their currency, their scale; and what a line says before its first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mailbot.duties.sales.numbers.periods import Mention
from mailbot.duties.sales.numbers.phrases import ABOUT_NUMBERS, BESIDE_A_NAME, NO_SALE, OTHER_MONEY, said, words_of
from mailbot.duties.sales.numbers.stages import STAGE_WORDS
from mailbot.money.currencies import MARKS, SCALED_MARKS, SCALES, UNKNOWN
from mailbot.money.figure import Unit

_MARKS: Final = "|".join(re.escape(mark) for mark in sorted((*MARKS, *SCALED_MARKS), key=len, reverse=True))
_SCALES: Final = "|".join(re.escape(scale) for scale in sorted(SCALES, key=len, reverse=True) if len(scale) > 1)
# As in: all values in k USD; figures in $k; (TEUR); Week 46 / USD.
_UNIT: Final = re.compile(
    rf"(?:\b(?:in|all|alles|alle|values|figures|amounts|werte|beträge|zahlen)|[(\[/|]|\s[-\u2013\u2014])\s?"
    rf"(?:(?P<scale>{_SCALES}|k)\s?)?(?P<mark>{_MARKS})(?P<behind>k)?(?![^\W\d_])",
    re.IGNORECASE,
)
_LONGEST: Final = 120  # characters of a line that is a heading, or a remark about the others


def unit_in(line: str) -> Unit | None:
    """The unit of bare numbers that a line says: "Numbers (k$):", "alles in TEUR"; None where it says none, or two."""
    found = {_unit(match) for match in _UNIT.finditer(line[:_LONGEST])}
    return found.pop() if len(found) == 1 else None


def unit_of_all(lines: Sequence[str]) -> Unit | None:
    """The unit that a text says, above its amounts or below them; None where it says none, or several."""
    found = {unit for line in lines if not _DIGIT.search(line) and (unit := unit_in(line)) is not None}
    return found.pop() if len(found) == 1 else None


_DIGIT: Final = re.compile(r"[0-9]")


def _unit(match: re.Match[str]) -> Unit:
    mark = match["mark"].casefold()
    factor, currency = SCALED_MARKS.get(mark, (1, MARKS.get(mark, UNKNOWN)))
    for scale in (match["scale"], match["behind"]):
        factor *= SCALES[scale.casefold()] if scale else 1
    return Unit(currency, factor)


_IN_A_HEADING: Final = frozenset(
    word for phrase in ABOUT_NUMBERS | BESIDE_A_NAME | STAGE_WORDS for word in words_of(phrase)
)


def heading_in(line: str, begin: int, first: int, times: Sequence[Mention]) -> tuple[int, tuple[str, ...]]:
    """Where a line goes on behind a heading of its own, and that heading: "Expected next week: Acme 8k".

    A heading is made of words that speak of sales in general: "Acme Corp: 8k" begins with a name.
    """
    colon = line.find(":", begin, first)
    if colon < 0:
        return begin, ()
    heading = line[begin:colon]
    for time in times:
        if begin <= time.start and time.end <= colon:
            heading = heading.replace(line[time.start : time.end], " ", 1)
    if not all(word in _IN_A_HEADING for word in words_of(heading)):
        return begin, ()
    rest = line[colon + 1 : first]
    return colon + 1 + len(rest) - len(rest.lstrip()), (line[begin:colon],)


_MOST_WORDS: Final = 4  # of a heading without a colon


def names_a_stage(line: str) -> bool:
    """Whether a line of few words is a heading without a colon that says what is below: "Offene Angebote", "*Lost*"."""
    words = words_of(line)
    return len(words) <= _MOST_WORDS and said(line, STAGE_WORDS | OTHER_MONEY | NO_SALE) is not None
