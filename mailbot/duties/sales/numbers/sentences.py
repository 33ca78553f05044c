"""A sentence that says a deal was won: "We closed Delphi Windows for $4,200", "Abschluss mit Hansen über 3.400 EUR".

Such a sentence is understood whole or not at all: it says that something was won, it holds the full name of one
client, and every other word of it is one of a short list. "We hope to close …" has a word that is not on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mailbot.duties.sales.naming.clients import JOINING, Book, Meaning, NamedClient, Unknown, meaning_of
from mailbot.duties.sales.numbers.lines import Statement
from mailbot.duties.sales.numbers.phrases import (
    BESIDE_A_NAME,
    BOUGHT,
    FOR_THE_AMOUNT_OF,
    OF_A_WIN,
    SOLD_TO,
    WHAT_WAS_SOLD,
    WON,
    spans_of_words,
)
from mailbot.records.names import LEGAL_FORMS, name_words

_MOST_WORDS: Final = 30  # a longer sentence says more than that something was won
_PLAIN: Final = (OF_A_WIN | WON | WHAT_WAS_SOLD | BESIDE_A_NAME) - {
    *("and", "und", "plus", "dazu", "to", "an", "bei"),
    *("credit", "refund", "gutschrift", "rückerstattung"),
}
_TO: Final = frozenset(("to", "an"))
_AMOUNT: Final = "|"  # stands in the rest of a statement where its amount stood


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a sentence: as the lists have it, and as names are compared."""

    start: int
    end: int
    plain: str
    key: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the words of a client's name stand."""

    first: int
    behind: int


def client_of_a_win(statement: Statement, book: Book) -> tuple[Meaning, str] | None:
    """The client with whom the sentence says that a deal was won, and its words; None where it does not say so."""
    before, bar, _ = statement.rest.partition(_AMOUNT)
    words = _words(statement.rest)
    if not bar or not 1 < len(words) <= _MOST_WORDS:
        return None
    place = _longest(words, book.clients)
    if place is None:
        return None
    amount = sum(word.end <= len(before) for word in words)
    if not (_is_plain(words, place, amount) and _says_won(words, place)):
        return None
    name = statement.rest[words[place.first].start : words[place.behind - 1].end]
    meaning = meaning_of(name, book)
    return None if isinstance(meaning, Unknown) or _AMOUNT in name else (meaning, name)


def _words(text: str) -> tuple[_Word, ...]:
    return tuple(_Word(start, end, word, "".join(name_words(word))) for start, end, word in spans_of_words(text))


# --- the name --------------------------------------------------------------------------------------------------------


def _longest(words: Sequence[_Word], clients: Iterable[NamedClient]) -> _Place | None:
    """Where the longest name of a client stands; a legal form may be left out, no other word may."""
    found = [place for client in clients for place in _places(words, client)]
    return max(found, key=lambda place: (place.behind - place.first, -place.first), default=None)


def _places(words: Sequence[_Word], client: NamedClient) -> Iterable[_Place]:
    told = tuple(word for word in client.words if word not in LEGAL_FORMS) or client.words
    for first, word in enumerate(words):
        if word.key == told[0] and (behind := _behind(words, first, told)):
            while behind < len(words) and words[behind].key in LEGAL_FORMS and words[behind].key in client.words:
                behind += 1
            yield _Place(first, behind)


def _behind(words: Sequence[_Word], first: int, told: Sequence[str]) -> int | None:
    """The place behind a name that begins here: its words in a row, "and" and "the" between them aside."""
    at = first
    for word in told:
        while first < at < len(words) and words[at].key in JOINING:
            at += 1
        if at >= len(words) or words[at].key != word:
            return None
        at += 1
    return at


# --- the other words -------------------------------------------------------------------------------------------------


def _is_plain(words: Sequence[_Word], name: _Place, amount: int) -> bool:
    """Whether all other words are those of a win. `amount` is the place of the first word behind the amount."""
    return all(
        _is_plain_here(words, place, name, amount)
        for place in range(len(words))
        if not name.first <= place < name.behind
    )


def _is_plain_here(words: Sequence[_Word], place: int, name: _Place, amount: int) -> bool:
    word = words[place].plain
    before = {each.plain for each in words[:place]}
    if word in _TO:
        return place + 1 == name.first and place > 0 and words[place - 1].plain in SOLD_TO
    if word == "at":
        return place + 1 == amount
    if word == "über":
        # "Abschluss über 3.400" is its amount; "hat über 3.400 gebucht" may be more than that.
        return place + 1 == amount and bool(before & FOR_THE_AMOUNT_OF) and not before & {"für", "hat", "haben"}
    if word in BOUGHT:
        return place >= name.behind  # who buys stands before it: "bought a stand from …" is no sale
    return word in _PLAIN


def _says_won(words: Sequence[_Word], name: _Place) -> bool:
    others = {word.plain for word in (*words[: name.first], *words[name.behind :])}
    return bool(others & WON) or any(word.plain in BOUGHT for word in words[name.behind :])
