"""Amounts that are spoken: "twelve thousand five hundred dollars", "dreitausendfünfhundert Euro".

Programs that write down speech leave such words. They are read as money only where a currency stands behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from mailbot.money.currencies import MARKS, UNKNOWN
from mailbot.money.figure import LARGEST, Figure

_ENGLISH: Final[Mapping[str, int]] = {
    **{word: at for at, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"), start=1)},
    **{word: 10 * at for at, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2)},
}  # fmt: skip
_ENGLISH_SCALES: Final[Mapping[str, int]] = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "million": 1_000_000}
_GERMAN_ONES: Final[Mapping[str, int]] = {
    "ein": 1, "eine": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "fuenf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "zwoelf": 12, "dreizehn": 13, "vierzehn": 14,
    "fünfzehn": 15, "fuenfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_GERMAN_TENS: Final[Mapping[str, int]] = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "fuenfzig": 50, "sechzig": 60,
    "siebzig": 70, "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_CURRENCIES: Final = "|".join(
    re.escape(mark) for mark in sorted(MARKS, key=len, reverse=True) if mark.isalpha() and MARKS[mark] != UNKNOWN
)
_WORDS: Final = "|".join(sorted((*_ENGLISH, *_ENGLISH_SCALES), key=len, reverse=True))
_MOST_WORDS: Final = 14
_SPOKEN: Final = re.compile(
    rf"\b(?P<said>(?:(?:{_WORDS})(?:[ -]and)?[ -]){{1,{_MOST_WORDS}}})(?P<mark>{_CURRENCIES})\b", re.IGNORECASE
)
_LONGEST_WORD: Final = 70  # letters: "siebenhundertsiebenundfuenfzigtausendsiebenhundertsiebenundfuenfzig" has 66
_IN_ONE_WORD: Final = re.compile(
    rf"\b(?P<said>[a-zäöüß]{{3,{_LONGEST_WORD}}}) (?P<mark>{_CURRENCIES})\b", re.IGNORECASE
)


def spoken(line: str) -> Iterator[Figure]:
    """The amounts of a line that are written in words."""
    for match in _SPOKEN.finditer(line):
        words = [word for word in re.split(r"[ -]", match["said"].casefold()) if word and word != "and"]
        yield from _figure(match, _of_english(words))
    for match in _IN_ONE_WORD.finditer(line):
        yield from _figure(match, _of_german(match["said"].casefold()))


def _figure(match: re.Match[str], amount: int | None) -> Iterator[Figure]:
    if amount is not None and 0 < amount < LARGEST:
        currency = MARKS[match["mark"].casefold()]
        yield Figure(match.start(), match.end(), Decimal(amount), currency=currency, is_marked=True)


def _of_english(words: list[str]) -> int | None:
    """The number that some words say; None where they are none in a row: "two five", "hundred twenty twelve"."""
    whole = group = 0
    smallest = LARGEST  # the last scale above hundred: those behind it are smaller
    room = 1_000  # below it the next word has to be
    for word in words:
        if word == "hundred":
            if not 0 < group < 10:
                return None
            group, room = group * 100, 100
        elif word in _ENGLISH_SCALES:
            scale = _ENGLISH_SCALES[word]
            if not group or scale >= smallest:
                return None
            whole, group, room, smallest = whole + group * scale, 0, 1_000, Decimal(scale)
        else:
            value = _ENGLISH[word]
            if value >= room:
                return None
            group, room = group + value, 10 if value >= 20 else 1
    return whole + group


def _of_german(word: str) -> int | None:
    """The number that one German word says: "zwölftausend", "dreitausendfünfhundert", "zweihundertvierzig"."""
    thousands, has_thousands, rest = word.rpartition("tausend")
    if not has_thousands:
        return _below_thousand(word)
    many = _below_thousand(thousands) if thousands else 1
    few = _below_thousand(rest.removeprefix("und")) if rest else 0
    return None if many is None or few is None else many * 1_000 + few


def _below_thousand(word: str) -> int | None:
    hundreds, has_hundreds, rest = word.rpartition("hundert")
    if has_hundreds:
        many = _GERMAN_ONES.get(hundreds) if hundreds else 1
        few = _below_hundred(rest.removeprefix("und")) if rest else 0
        return None if many is None or few is None or many > 19 else many * 100 + few
    return _below_hundred(word)


def _below_hundred(word: str) -> int | None:
    if word in _GERMAN_ONES:
        return _GERMAN_ONES[word]
    ones, joined, tens = word.rpartition("und")
    if tens in _GERMAN_TENS:
        if not joined:
            return _GERMAN_TENS[tens]
        one = _GERMAN_ONES.get(ones)
        return None if one is None or one > 9 else _GERMAN_TENS[tens] + one
    return None
