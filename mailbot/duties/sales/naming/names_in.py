"""The ways to cut a client's name out of the words before an amount. Which of them is a client's, the records say."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import Final

from mailbot.duties.sales.numbers.phrases import (
    BESIDE_A_NAME,
    PRICED_AT,
    WHAT_WAS_SOLD,
    first_word_of,
    spans_of_words,
    words_of,
)

_NAME_ENDS = re.compile(r":|\s[-\u2013\u2014]\s|\(|\||=|\t|\s{2,}")
_CLAUSE_ENDS = re.compile(r"[,.;!?]\s+|\s[-\u2013\u2014]\s")
# Pronouns and the verbs of everyday, which stand in sentences and in no name of a company.
_IN_SENTENCES: Final = frozenset(
    (
        *("i", "i'm", "i've", "my", "we", "it", "it's", "is", "am", "are", "was", "were", "has", "have", "had", "been"),
        *("ich", "mein", "meine", "wir", "es", "ist", "bin", "sind", "war", "waren", "hab", "habe", "hat", "haben"),
    )
)
MOST_PHRASES: Final = 60
_MOST_WORDS: Final = 8  # more are a sentence
_MOST_LINES: Final = 300
_LONGEST_LINE: Final = 300
_FIGURE: Final = re.compile(r"[0-9]")
_FIGURES: Final = re.compile(r"[0-9][0-9.,'\u2019/ ]*|[|;\t]")
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_AROUND_A_NAME: Final = " \t-\u2013\u2014:=|(,.*\u2022+"


def names_in(text: str) -> tuple[str, ...]:
    """The ways to cut a client's name out of some words, the longest first.

    All of the words; without those that stand beside names; up to a colon or a dash, or a word for what was sold;
    behind a remark about something else; without the sign of a genitive; behind the words that lead to it.
    """
    full = _without_price_word(text.strip(_AROUND_A_NAME))
    short = _NAME_ENDS.split(full, maxsplit=1)[0]
    ended = dict.fromkeys((full, short))  # mostly one
    bare = tuple(map(_bare, ended))
    cuts = (
        *(full if bare[0] else "", *bare, *(_bare(_up_to_goods(each)) for each in ended)),
        *(_bare(_behind_a_remark(full)), _without_genitive(bare[-1]), _bare(_behind_a_lead(full))),
    )
    return tuple(dict.fromkeys(filter(None, cuts)))


def phrases_in(text: str) -> tuple[str, ...]:
    """The words of a text that may name a client, as far as they are looked up: those beside figures first, then short
    lines of their own. At most MOST_PHRASES; linear in the length of the text."""
    lines = [line[:_LONGEST_LINE] for line in text.split("\n")[:_MOST_LINES] if line.strip()]
    beside = (cut for line in lines if _FIGURE.search(line) for piece in _FIGURES.split(line) for cut in _ends(piece))
    alone = (cut for line in lines if not _FIGURE.search(line) for cut in _ends(line))
    named = (cut for cut in chain(beside, alone) if len(cut.split()) <= _MOST_WORDS and _LETTERS.search(cut))
    return tuple(islice(dict.fromkeys(named), MOST_PHRASES))


def _ends(piece: str) -> tuple[str, ...]:
    """The shortest and the longest way to cut a name out of some words."""
    cuts = names_in(piece)
    return (cuts[-1], cuts[0]) if cuts else ()


def _behind_a_remark(text: str) -> str:
    """ "my work mail is down, beta freight": the words behind the last comma or full stop, where those before it are a
    sentence of their own and no part of a name: "Smith, Jones" stays whole. "" where there is no such remark."""
    before, behind = "", text
    while found := _CLAUSE_ENDS.search(behind):
        before, behind = f"{before} {behind[: found.start()]}", behind[found.end() :]
    return behind if any(word in _IN_SENTENCES for word in words_of(before)) else ""


_GENITIVE: Final = re.compile(r"['\u2019]s$")


def _without_genitive(text: str) -> str:
    cut = _GENITIVE.sub("", text)
    return cut if cut == text or _bare(cut) else ""


def _behind_a_lead(text: str) -> str:
    """ "Only one change from me: Wayne Foods": the words behind the last colon, where several stand before it."""
    lead, _, behind = text.rpartition(":")
    return behind if len(words_of(lead)) > 1 else ""


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
    return all(each in BESIDE_A_NAME for *_, each in spans_of_words(word))


def _up_to_goods(text: str) -> str:
    if WHAT_WAS_SOLD.isdisjoint(words_of(text)):  # as in most texts
        return text
    words = text.split()
    for place, word in enumerate(words):
        if place and first_word_of(word) in WHAT_WAS_SOLD:
            return " ".join(words[:place])
    return text
