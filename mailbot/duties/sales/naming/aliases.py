"""What a rep calls a client, once the rep has said so: words that fit several clients by themselves, or none. Pure."""

from __future__ import annotations

from typing import Final

from mailbot.records.names import name_words

LONGEST_NAME: Final = 200  # characters of the name of a client that an answer creates
LONGEST_ALIAS: Final = 300
_MOST_WORDS: Final = 6  # more are a sentence, and no name


def alias_key(words: str) -> str:
    """The words in the form in which aliases are compared: all of them, in their order, as names are."""
    return " ".join(name_words(words))[:LONGEST_ALIAS]


def can_be_learned(words: str) -> bool:
    """Whether the words that were taken for a client can mean it from now on."""
    return (
        any(len(word) > 1 and not word.isdigit() for word in name_words(words))
        and len(name_words(words)) <= _MOST_WORDS
    )
