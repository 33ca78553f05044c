"""How the words that somebody wrote stand beside a client's name: the same, shortened, or with a slip of the keyboard.

A slip is only what fingers do: two letters changed places, or one letter too many, too few or wrong in a word that is
long enough to be itself all the same. "Schmidt" and "Schmitt", "Kröger" and "Krüger" are two names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from mailbot.records.names import name_words

# How much a written word says for a word of a name.
SAME: Final = 1.0
SHORT: Final = 0.9
SLIP: Final = 0.85

_SHORTEST_ASKED: Final = 4  # letters of a word with a slip, of which it is asked whether it is one
_SHORTEST_SWAP: Final = 5  # letters of a word in which two neighbours changed places
_SHORTEST_EXTRA: Final = 8  # in which one is missing or too many
_SHORTEST_WRONG: Final = 9  # in which one is another
_SHORTEST_SCRAMBLED: Final = 7  # in which the letters are the same, in another order
_PLURALS: Final = ("s", "n", "en", "es")
_SHORT_FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "assoc": ("associates", "association"),
    "bros": ("brothers",),
    "cons": ("consulting",),
    "constr": ("construction",),
    "dt": ("deutsche",),
    "elec": ("electronics", "electric"),
    "elektro": ("elektrotechnik",),
    "eng": ("engineering",),
    "gebr": ("gebrueder",),
    "grp": ("group",),
    "hldgs": ("holdings",),
    "immo": ("immobilien",),
    "ind": ("industries", "industrie", "industrial"),
    "ing": ("ingenieurbuero", "ingenieure"),
    "ins": ("insurance",),
    "int": ("international",),
    "intl": ("international",),
    "labs": ("laboratories",),
    "log": ("logistik", "logistics"),
    "masch": ("maschinenbau", "maschinen"),
    "mfg": ("manufacturing",),
    "mktg": ("marketing",),
    "pharma": ("pharmaceuticals", "pharmazie"),
    "ptnrs": ("partners",),
    "sol": ("solutions",),
    "svcs": ("services",),
    "sys": ("systems", "systeme"),
    "tech": ("technologies", "technology", "technik"),
    "transp": ("transporte", "transport"),
    "vers": ("versicherungen", "versicherung"),
    "verw": ("verwaltung",),
}


@dataclass(frozen=True, slots=True)
class Fit:
    """All written words found in a name. `score` is 1 where nothing is missing and nothing is different; `same` are
    the words of the name that were written out, a slip included."""

    score: float
    same: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Every word is the same, and none is left out."""
        return self.score == 1.0


Spellings = tuple[str, ...]  # a word with its umlauts spelt out, and, where that differs, without their dots


@lru_cache(maxsize=50_000)  # every amount of every mail is compared with the same names
def spelt(text: str) -> tuple[Spellings, ...]:
    """The words of a name, each in the ways in which it is written without umlauts: Mueller and Muller."""
    spelt_out, without_dots = name_words(text), name_words(_without_dots(text))
    if len(spelt_out) != len(without_dots):
        return tuple((word,) for word in spelt_out)
    return tuple((one,) if one == other else (one, other) for one, other in zip(spelt_out, without_dots, strict=True))


def fit(written: Sequence[Spellings], name: Sequence[Spellings], weightless: frozenset[str]) -> Fit | None:
    """How the written words fit a name; None where one of them is not in it. `weightless` words of the name may be left
    out at no cost: legal forms, and "and"."""
    free = list(range(len(name)))
    gained = 0.0
    same: list[str] = []
    for word in written:
        value, place = max(((_likeness(word, name[each]), -each) for each in free), default=(0.0, 0))
        if value == 0.0:
            return None
        free.remove(-place)
        gained += value * _weight(word)
        if value != SHORT:
            same.append(name[-place][0])
    whole = sum(_weight(word) for word in written)
    left_out = sum(_weight(name[each]) for each in free if name[each][0] not in weightless)
    if gained == whole and not left_out:
        return Fit(1.0, tuple(same))
    return Fit(gained / whole * (1 - _COST_OF_LEAVING_OUT * left_out / (whole + left_out)), tuple(same))


_COST_OF_LEAVING_OUT: Final = 0.3


def _weight(word: Spellings) -> int:
    return len(word[0])


@lru_cache(maxsize=50_000)  # every line of every mail is compared with the same names
def _likeness(word: Spellings, of_name: Spellings) -> float:
    if not set(word).isdisjoint(of_name):
        return SAME
    if any(_is_short_for(one, other) for one in word for other in of_name):
        return SHORT
    return SLIP if any(_is_slip(one, other) for one in word for other in of_name) else 0.0


def _is_short_for(word: str, whole: str) -> bool:
    """ "immo" for Immobilien, "trader" for Traders, and the reverse of the latter."""
    if whole in _SHORT_FORMS.get(word, ()):
        return True
    shorter, longer = sorted((word, whole), key=len)
    return len(shorter) >= 4 and longer.startswith(shorter) and longer[len(shorter) :] in _PLURALS


def _is_slip(word: str, meant: str) -> bool:
    """Whether a word is another one with a slip of the keyboard. The first letter is never a slip, but for a swap."""
    shortest, longest = sorted((len(word), len(meant)))
    if shortest < _SHORTEST_SWAP or longest - shortest > 1 or any(map(str.isdigit, word + meant)):
        return False
    edits = OSA.distance(word, meant, score_cutoff=2)
    if edits > 2:
        return False
    if sorted(word) == sorted(meant):
        ends = (word[0], word[-1]) == (meant[0], meant[-1])
        return edits == 1 or (ends and shortest >= _SHORTEST_SCRAMBLED)
    long_enough = _SHORTEST_EXTRA if longest > shortest else _SHORTEST_WRONG
    return edits == 1 and word[0] == meant[0] and shortest >= long_enough


def may_be_meant(word: str, of_name: str) -> bool:
    """Whether a word is near enough to one of a name to ask whether that is meant: "globx" and Globex, "delfi" and
    Delphi. Nothing is decided by it: "bata" and Beta may be two names."""
    one, other = word.replace("ph", "f"), of_name.replace("ph", "f")
    if min(len(one), len(other)) < _SHORTEST_ASKED or any(map(str.isdigit, word + of_name)):
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _without_dots(text: str) -> str:
    if text.isascii():
        return text
    plain = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("æ", "ae").replace("å", "a")
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
