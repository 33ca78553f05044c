"""The clients that a text may mean, looked up in the index of all names. Linear in the text, and capped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mailbot.duties.sales.naming.clients import JOINING
from mailbot.duties.sales.naming.names_in import phrases_in
from mailbot.records.name_index.names import Names
from mailbot.records.names import LEGAL_FORMS, name_words

_MOST_WORDS: Final = 400
_MOST_ALIKE: Final = 6  # clients for one phrase
_ALIKE: Final = 70.0  # of 100
_ALIKE_ALONE: Final = 55.0  # for a single word
_MOST_COMPARED: Final = 20_000  # clients with the rarest word of a phrase
_CROWD: Final = 40  # a word of more clients than these tells none of them apart


@dataclass(frozen=True, slots=True)
class Naming:
    """What of a text may name clients: its words, each once, as names are compared; and phrases that may be names."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def looked_up(self) -> tuple[str, ...]:
        """The words of which clients with the same ones are looked up."""
        return self.words[:_MOST_WORDS]


NOBODY_NAMED: Final = Naming()


def naming_in(text: str) -> Naming:
    """What of a text may name clients. Pure."""
    return Naming(tuple(dict.fromkeys(name_words(text))), phrases_in(text))


def with_word(word: str, names: Names) -> tuple[int, ...]:
    """The clients whose names have the word, unless it is one of a crowd."""
    return names.with_word(word) if names.count(word) <= _CROWD else ()


def like_phrase(phrase: str, names: Names) -> tuple[int, ...]:
    """The clients whose names are like a phrase, or have all of its words."""
    hits = (hit.client_id for hit in names.search(phrase, _MOST_ALIKE) if hit.likeness >= _alike(phrase))
    return tuple(dict.fromkeys((*hits, *_with_all_words(phrase, names))))


def _alike(phrase: str) -> float:
    """How like a name has to be to be looked at: a short word with a slip is less like the whole name it stands for."""
    return _ALIKE if " " in phrase.strip() else _ALIKE_ALONE


def _with_all_words(phrase: str, names: Names) -> tuple[int, ...]:
    """The clients with all words of a phrase in their names, where those are no crowd."""
    words = [word for word in name_words(phrase) if word not in LEGAL_FORMS | JOINING]
    if not words or min(map(names.count, words)) > _MOST_COMPARED:
        return ()
    both = names.with_all(words)
    return both if len(both) <= _CROWD else ()


def crowded(words: Iterable[str], names: Names) -> tuple[str, ...]:
    """Those of the words that so many clients have in their names that they tell none apart."""
    return tuple(sorted(word for word in set(words) if names.count(word) > _CROWD))
