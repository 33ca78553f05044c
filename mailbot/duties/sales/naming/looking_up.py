"""The clients that a text may mean, looked up in the index of all names. Linear in the text, and capped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mailbot.duties.sales.naming.names_in import phrases_in
from mailbot.records.name_index.names import Names
from mailbot.records.names import name_words

_MOST_WORDS: Final = 400
_MOST_ALIKE: Final = 6  # clients for one phrase
_ALIKE: Final = 70.0  # of 100
_CROWD: Final = 40  # a word of more clients than these tells none of them apart


def clients_in(text: str, names: Names) -> frozenset[int]:
    """The clients whose names share a word with the text, unless it is one of a crowd, or are like a phrase of it."""
    found: set[int] = set()
    for word in list(dict.fromkeys(name_words(text)))[:_MOST_WORDS]:
        having = names.with_word(word)
        if len(having) <= _CROWD:
            found.update(having)
    for phrase in phrases_in(text):
        found.update(hit.client_id for hit in names.search(phrase, _MOST_ALIKE) if hit.likeness >= _ALIKE)
    return frozenset(found)


def crowded(words: Iterable[str], names: Names) -> tuple[str, ...]:
    """Those of the words that so many clients have in their names that they tell none apart."""
    return tuple(sorted(word for word in set(words) if len(names.with_word(word)) > _CROWD))
