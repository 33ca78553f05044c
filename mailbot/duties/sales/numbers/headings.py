"""What a line says before its first amount, and which lines are headings without a colon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mailbot.duties.sales.numbers.periods import Mention
from mailbot.duties.sales.numbers.phrases import ABOUT_NUMBERS, BESIDE_A_NAME, NO_SALE, OTHER_MONEY, said, words_of
from mailbot.duties.sales.numbers.stages import STAGE_WORDS

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
