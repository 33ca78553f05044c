"""Words as they are compared, and books of phrases that are looked up in them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import Generic, TypeVar

_APOSTROPHE = re.compile(r"['’´`](?=\w)")
_NO_WORD = re.compile(r"[\W_]+")
_WITHOUT_BLANKS = "\u2e80"  # from here on stand the scripts in which no blank parts the words

Meaning = TypeVar("Meaning", bound=Hashable)


def plain(words: str) -> str:
    """The words alone, with a blank between them and at both ends: "Couldn't  be\\ndelivered." is couldnt be delivered.

    Linear.
    """
    return f" {_NO_WORD.sub(' ', _APOSTROPHE.sub('', words.casefold())).strip()} "


class PhraseBook(Generic[Meaning]):
    """Phrases by what they mean; a text is asked once for all of them, in time linear in its length.

    A phrase is found as whole words; one in a script without blanks wherever it stands.
    """

    __slots__ = ("_by_first_word", "_within", "meanings", "phrases")

    def __init__(self, listed: Mapping[Meaning, str]) -> None:
        """`listed` has the phrases of each meaning, commas between them, as `plain` words."""
        self.meanings = tuple(listed)
        self.phrases = tuple(
            (plain(phrase).strip(), meaning) for meaning, phrases in listed.items() for phrase in phrases.split(",")
        )
        self._by_first_word: dict[str, list[tuple[str, Meaning]]] = {}
        self._within: list[tuple[str, Meaning]] = []
        for phrase, meaning in self.phrases:
            if phrase >= _WITHOUT_BLANKS:
                self._within.append((phrase, meaning))
            else:
                self._by_first_word.setdefault(phrase.partition(" ")[0], []).append((f"{phrase} ", meaning))

    def meanings_in(self, plain_words: str) -> tuple[Meaning, ...]:
        """What `plain` words mean, in the order of the book."""
        found = set(self._found(plain_words))
        return tuple(meaning for meaning in self.meanings if meaning in found)

    def _found(self, plain_words: str) -> Iterator[Meaning]:
        start = 1
        for word in plain_words.split():
            for phrase, meaning in self._by_first_word.get(word, ()):
                if plain_words.startswith(phrase, start):
                    yield meaning
            start += len(word) + 1
        if not plain_words.isascii():
            yield from (meaning for phrase, meaning in self._within if phrase in plain_words)
