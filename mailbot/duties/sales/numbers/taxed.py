"""Lines that say of the amounts around them that they are with tax: "(gross)", "Beträge inkl. 19 % MwSt."."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.sales.numbers.phrases import NET, WITH_TAX, phrases, said, words_of

_RATE: Final = re.compile(r"[0-9]{1,2}(?:[.,][0-9])? ?%")
_ALL: Final = phrases(
    """
    all, alles, alle, amounts, beträge, preise, prices, figures, zahlen, numbers, these, those, diese, values, werte,
    sums, summen, everything, sämtliche, both, beide, beides
    """
)
_BESIDE: Final = phrases(
    """
    are, is, sind, ist, the, note, please, bitte, beachten, hinweis, above, oben, below, unten, jeweils, each, of, in,
    as, als, und, and, of course, sales, umsätze, incl, inc, inkl, vat, tax, mwst, ust, mehrwertsteuer, umsatzsteuer,
    btw, sorry, übrigens
    """
)
_WORDS: Final = frozenset(word for phrase in WITH_TAX | _ALL | _BESIDE for word in words_of(phrase))


def says_tax(text: str) -> bool:
    """Whether some words say that an amount is with tax: "gross", "inkl. 19 % MwSt."."""
    bare = _RATE.sub(" ", text)
    return said(bare, WITH_TAX) is not None and not said(bare, NET)


_WITH_ITS_RATE: Final = re.compile(
    r"[\s,(]{0,3}(?:incl|inc|including|inkl|inklusive|einschl|einschließlich|mit|with)\b\.?\s?[0-9]{1,2}"
    r"(?:[.,][0-9])?\s?%\s?(?:vat|tax|sales tax|mwst|ust|mehrwertsteuer|umsatzsteuer)\b",
    re.IGNORECASE,
)


def names_its_rate(behind: str) -> bool:
    """Whether the words behind an amount say that it is with tax, and how much that is: "inkl. 19 % MwSt."."""
    return _WITH_ITS_RATE.match(behind) is not None


def is_of_tax(line: str) -> bool:
    """Whether a line says that amounts are with tax, and nothing else."""
    return says_tax(line) and _WORDS.issuperset(words_of(_RATE.sub(" ", line)))


def is_of_all(line: str) -> bool:
    """Whether it speaks of all amounts of a mail."""
    return said(line, _ALL) is not None
