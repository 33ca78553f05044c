"""The currency and the scale that a header names beside what its column holds: "Net (k)", "Umsatz Tsd. EUR", "$000"."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.sales.numbers.phrases import words_of
from mailbot.money.currencies import CODES, MARKS, SCALED_MARKS, SCALES, UNKNOWN
from mailbot.money.figure import Unit

_PIECE: Final = re.compile(r"[^\s()\[\]/,;:]+")
_KNOWN: Final = {mark: mark for mark in MARKS if MARKS[mark] != UNKNOWN}
_THOUSANDS: Final = frozenset(
    ("k", "tsd", "tsd.", "thousand", "thousands", "tausend", "tausende", "tausenden", "thsd", "thsd.")
)
_MILLIONS: Final = frozenset(("mm",))
# Three noughts as bookkeepers write them over a column: 000s, '000, $000, €'000s, 000 USD.
_NOUGHTS: Final = re.compile(r"(?P<mark>[^0-9'\u2019\u2018`]*)['\u2019\u2018`]?000['\u2019\u2018`]?s?")
_WHOLE: Final = frozenset(("1000", "1.000", "1000s", "1'000"))  # in 1000, x 1.000
_TIMES: Final = frozenset(("x", "\u00d7", "*"))
_SCALE_BEHIND: Final = re.compile(r"(?P<mark>[^0-9]+?)(?P<scale>k|m|mm|mio\.?|mn)", re.IGNORECASE)
_SIGNS: Final = frozenset(mark for mark in _KNOWN if not mark.isalpha())


def without_mark(text: str) -> tuple[str, tuple[str, ...]]:
    """The currency and scale of a header, as they would stand beside an amount, and its other words."""
    marks: list[str] = []
    scales: list[str] = []
    words: list[str] = []
    before = ""
    for piece in _PIECE.findall(text):
        folded = piece.casefold()
        if (joined := _joined(folded, before)) is not None:
            scale, mark = joined
            words = words[:-1] if before in _TIMES else words
            scales.append(scale)
            marks.extend([mark] if mark else [])
        elif folded in _KNOWN or folded in SCALED_MARKS or piece in CODES:
            marks.append(piece)
        elif (folded in SCALES and len(folded) > 1) or piece in {"k", "K"}:
            scales.append("k" if folded in _THOUSANDS else piece)
        else:
            words.extend(words_of(piece))
        before = folded
    return " ".join((*scales[:1], *marks[:1])), tuple(words)


def _joined(folded: str, before: str) -> tuple[str, str] | None:
    """The scale of a piece that SCALES does not know, and the currency that stands in one word with it; None of a piece
    that is none."""
    if folded in _THOUSANDS - SCALES.keys():
        return "k", ""
    if folded.lstrip("x\u00d7*") in _WHOLE and (before == "in" or before in _TIMES or folded not in _WHOLE):
        return "k", ""
    if folded in _MILLIONS:
        return "m", ""
    if (noughts := _NOUGHTS.fullmatch(folded)) and (not noughts["mark"] or noughts["mark"] in _KNOWN):
        return "k", noughts["mark"]
    if (behind := _SCALE_BEHIND.fullmatch(folded)) and (behind["mark"] in _SIGNS or behind["mark"].upper() in CODES):
        return ("k" if behind["scale"] == "k" else "m"), behind["mark"]
    return None


def mark_of(unit: Unit | None) -> str:
    """The currency and the scale of a unit as a header would name them: "USD", "kUSD", "k"; "" for none."""
    if unit is None or unit.currency == UNKNOWN:
        return ""
    if unit.currency is None:
        return {1_000: "k", 1_000_000: "m"}.get(unit.factor, "")
    scaled = {1: unit.currency or "", 1_000: f"k{unit.currency}", 1_000_000: f"m{unit.currency}"}.get(unit.factor, "")
    return scaled if unit.factor == 1 or scaled.casefold() in SCALED_MARKS else ""


_SAID: Final = re.compile(
    r"(?:\bin|[(\[])\s?(?:(?P<k>thousands?|tausend|tsd\b\.?|k|['\u2019]?000s?|1[.,']?000)|millions?|millionen|mio\b\.?)(?!\w)",
    re.IGNORECASE,
)


def scale_said(text: str) -> str:
    """The scale without a currency that stands over a table: "all amounts in thousands"; "" for none."""
    found = _SAID.search(text)
    return "" if found is None else "k" if found["k"] else "m"


def under(said: str, mark: str) -> str:
    """What a header names, below what is said of the whole table: each of them may name the scale or the currency."""
    if not mark or not said:
        return mark or said
    if any(piece.casefold() in SCALES or piece.casefold() in SCALED_MARKS for piece in mark.split()):
        return mark
    scale = next((piece for piece in said.split() if piece.casefold() in SCALES), "")
    if said.casefold() in SCALED_MARKS:
        scale = scale_of(said)
    return f"{scale} {mark}".strip()


def scale_of(scaled_mark: str) -> str:
    """The scale of a mark that holds a currency as well: "k" of "TEUR"."""
    return "k" if SCALED_MARKS[scaled_mark.casefold()][0] == SCALES["k"] else "m"
