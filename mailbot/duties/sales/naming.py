"""The ways to cut a client's name out of the words before an amount. Which of them is a client's, the records say."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.sales.phrases import BESIDE_A_NAME, PRICED_AT, WHAT_WAS_SOLD, words_of

_NAME_ENDS = re.compile(r":|\s[-\u2013\u2014]\s|\(|\||=|\t|\s{2,}")
_AROUND_A_NAME: Final = " \t-\u2013\u2014:=|(,.*\u2022+"


def names_in(text: str) -> tuple[str, ...]:
    """The ways to cut a client's name out of some words, the longest first.

    All of the words; without those that stand beside names; up to a colon or a dash, or a word for what was sold.
    """
    full = _without_price_word(text.strip(_AROUND_A_NAME))
    short = _NAME_ENDS.split(full, maxsplit=1)[0]
    cuts = (full, _bare(full), _bare(short), _bare(_up_to_goods(full)), _bare(_up_to_goods(short)))
    return tuple(dict.fromkeys(cut for cut in cuts if cut and _bare(cut)))


def _without_price_word(text: str) -> str:
    """ "Delphi Windows at": the name that is priced."""
    words = text.split()
    if len(words) > 1 and words[-1].casefold() in PRICED_AT:
        return " ".join(words[:-1]).strip(_AROUND_A_NAME)
    return text


def _bare(text: str) -> str:
    words = text.split()
    while words and _is_beside(words[0]):
        words.pop(0)
    while words and _is_beside(words[-1]):
        words.pop()
    return " ".join(words)


def _is_beside(word: str) -> bool:
    plain = words_of(word)
    return not plain or all(each in BESIDE_A_NAME for each in plain)


def _up_to_goods(text: str) -> str:
    words = text.split()
    for place, word in enumerate(words):
        if place and any(each in WHAT_WAS_SOLD for each in words_of(word)[:1]):
            return " ".join(words[:place])
    return text
