"""The unit of bare amounts that a line says for others: their currency, their scale, or both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from mailbot.money.currencies import DOLLAR, DOLLARS, MARKS, SCALED_MARKS, SCALES, UNKNOWN
from mailbot.money.currency_names import NAMES
from mailbot.money.figure import Unit


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_KNOWN: Final = {**NAMES, **MARKS}
_MARKS: Final = _either((*_KNOWN, *SCALED_MARKS))
_ZEROS: Final = r"['\u2019]?000(?:['\u2019]?s)?"
_SCALES: Final = f"{_either(scale for scale in SCALES if len(scale) > 1)}|k|{_ZEROS}"
_NO_LETTER: Final = r"(?![^\W\d_])"
_OPENS: Final = (
    r"(?:\b(?:in|all|alles|alle|values|figures|amounts|werte|beträge|zahlen|are|sind)|[(\[/|]|\s[-\u2013\u2014]\s)\s?"
)
_WITH_MARK: Final = (
    rf"(?:(?P<scale>{_SCALES})\s?(?:(?:of|an)\s)?)?(?P<mark>{_MARKS})"
    rf"(?:\s?\(?(?P<behind>{_SCALES}))?{_NO_LETTER}"
)
# As in: all values in k USD; figures in $k; (TEUR); Week 46 / USD; in thousands of dollars; EUR 000s.
_UNIT: Final = re.compile(_OPENS + _WITH_MARK, re.IGNORECASE)
# As in: all in thousands; (in k); figures in Tsd.
_SCALE_ALONE: Final = re.compile(rf"{_OPENS}(?P<scale>{_SCALES})(?=\s*(?:[)\]:.,;!]|$))", re.IGNORECASE)
# A whole line: EUR:; USD 000s; (thousands)
_WHOLE: Final = re.compile(
    rf"\s*[(\[*_]{{0,2}}(?:{_WITH_MARK}|(?P<alone>{_either(scale for scale in SCALES if len(scale) > 2)}|{_ZEROS}))"
    r"[)\]*_]{0,2}\s*:?[*_]{0,2}\s*$",
    re.IGNORECASE,
)
# Two in one line: in EUR and USD; EUR/USD
_PAIR: Final = re.compile(
    r"(?<![^\W\d_])(?=[^\s/&+,]{1,12}\s?(?:and|und|or|oder|[/&+,]))"  # few places are looked at closer
    rf"(?P<one>{_MARKS})\s?(?:and|und|or|oder|[/&+,])\s?(?:in\s)?(?P<other>{_MARKS}){_NO_LETTER}",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    rf"\b(?:not|no|nicht|keine?n?|statt|anstatt|instead of|rather than)\s(?:in\s)?(?:{_MARKS}){_NO_LETTER}",
    re.IGNORECASE,
)
# As in: amounts are not in dollars; das sind keine Euro.
_OF_ANOTHER: Final = re.compile(
    rf"\b(?:are|is|sind|ist)\s(?:not|no|nicht|keine?)\s(?:in\s)?(?:{_MARKS}){_NO_LETTER}", re.IGNORECASE
)
_LONGEST: Final = 120  # characters of a line that is a heading, or a remark about the others


def unit_in(line: str) -> Unit | None:
    """The unit of bare numbers that a line says: "Numbers (k$):", "alles in TEUR", "all in thousands"; None where it
    says none. Of two currencies, and of one that it only denies, nobody knows which is meant."""
    line = line[:_LONGEST]
    denied = [match.span() for match in _DENIED.finditer(line)]
    found = {unit for at, unit in _units(line) if not any(start <= at < end for start, end in denied)}
    if not found:
        return Unit(UNKNOWN) if _OF_ANOTHER.search(line) else None
    currencies = {unit.currency for unit in found} - {None}
    if DOLLAR in currencies and currencies & DOLLARS:
        currencies.discard(DOLLAR)
    factors = {unit.factor for unit in found} - {1}
    if len(currencies) > 1 or len(factors) > 1:
        return Unit(UNKNOWN)
    return Unit(next(iter(currencies), None), next(iter(factors), 1))


def unit_of_all(lines: Sequence[str]) -> Unit | None:
    """The unit that a text says, above its amounts or below them; None where it says none. Of several each is that of
    the lines below it, and what stands above the first is in nobody knows which."""
    found = {unit for line in lines if not _has_digits(line) and (unit := unit_in(line)) is not None}
    return next(iter(found)) if len(found) == 1 else Unit(UNKNOWN) if found else None


def is_a_unit(line: str) -> bool:
    """Whether a line says a unit and nothing else: "USD 000s"."""
    return _of_whole(line) is not None


def _has_digits(line: str) -> bool:
    return _DIGIT.search(line) is not None and not is_a_unit(line)


_DIGIT: Final = re.compile(r"[0-9]")


def _units(line: str) -> Iterator[tuple[int, Unit]]:
    """Every unit that a line says, and where the word for it stands."""
    if (whole := _of_whole(line)) is not None:
        yield 0, whole
        return
    for match in _UNIT.finditer(line):
        yield match.start("mark"), _unit(match["mark"], match["scale"], match["behind"])
    for match in _PAIR.finditer(line):
        yield match.start("one"), _unit(match["one"])
        yield match.start("other"), _unit(match["other"])
    for match in _SCALE_ALONE.finditer(line):
        yield match.start("scale"), Unit(None, _factor(match["scale"]))


def _of_whole(line: str) -> Unit | None:
    """The unit that is all of a line; "kr" and "try" alone are other words."""
    match = _WHOLE.match(line[:_LONGEST])
    if match is None:
        return None
    if match["alone"]:
        return Unit(None, _factor(match["alone"]))
    is_short = len(match["mark"]) < _SHORTEST_NAME and MARKS.get(match["mark"].casefold()) == UNKNOWN
    return None if is_short else _unit(match["mark"], match["scale"], match["behind"])


_SHORTEST_NAME: Final = 4  # of a currency that we do not keep


def _unit(mark: str, *scales: str | None) -> Unit:
    factor, currency = SCALED_MARKS.get(mark.casefold(), (1, _KNOWN.get(mark.casefold(), UNKNOWN)))
    for scale in scales:
        factor *= _factor(scale) if scale else 1
    return Unit(currency, factor)


def _factor(scale: str) -> int:
    return SCALES.get(scale.casefold(), 1_000)  # else some zeros
