"""Which client a rep means by the words before an amount.

A name is recognised where its words are those of exactly one client that the records know, and that client is the
rep's own. A likeness of letters only puts the choices of a question in order; it never decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from mailbot.records.names import LEGAL_FORMS, name_words, words_of_name

JOINING: Final = frozenset(("and", "und", "the"))
_MOST_CHOICES: Final = 5
_LIKE_ENOUGH: Final = 86.0  # of 100, to be one of the choices of a question


@dataclass(frozen=True, slots=True)
class NamedClient:
    """A client that a mail may mean, and whose it is."""

    id: int
    name: str
    owner_id: int | None
    owner_name: str | None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its name, in the form in which names are compared."""
        return _words_of_client(self.name)


@dataclass(frozen=True, slots=True)
class Book:
    """The clients that a mail may mean, for one rep.

    `crowded` are words that so many clients share that not all of those were looked up: such words alone are no name.
    """

    rep_id: int
    clients: tuple[NamedClient, ...]
    crowded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Meant:
    """Exactly one client, and it is the rep's own."""

    client: NamedClient


@dataclass(frozen=True, slots=True)
class AnothersClient:
    """Exactly one client, but not the rep's own."""

    client: NamedClient


@dataclass(frozen=True, slots=True)
class Several:
    """More than one client fits, the rep's own first."""

    choices: tuple[NamedClient, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No client fits; those whose names look like it, the likest first."""

    alike: tuple[NamedClient, ...]


Meaning = Meant | AnothersClient | Several | Unknown


def meaning_of(words: str, book: Book) -> Meaning:
    """Which client the words mean. All of the words have to fit; none may be left over."""
    written = without_joining(name_words(words))
    if not written:
        return Unknown(())
    same = [client for client in book.clients if _is_same(client.words, written)]
    if same:
        return _one_of(same, book)
    if not _is_telling(written, book):
        return _unknown_or_alike(written, book)
    fitting = [client for client in book.clients if set(written) <= set(client.words)]
    return _one_of(fitting, book) if fitting else _unknown_or_alike(written, book)


def without_joining(words: Sequence[str]) -> tuple[str, ...]:
    """The words without "and", "und", "the"; all of them where there is nothing else."""
    return tuple(word for word in words if word not in JOINING) or tuple(words)


@lru_cache(maxsize=20_000)  # every amount of every mail is compared with the same names
def _words_of_client(name: str) -> tuple[str, ...]:
    return without_joining(words_of_name(name))


def _is_same(name: tuple[str, ...], written: tuple[str, ...]) -> bool:
    return name == written or "".join(name) == "".join(written)


def _is_telling(written: tuple[str, ...], book: Book) -> bool:
    """Whether one of the words, at least, tells clients apart."""
    return any(len(word) > 1 and word not in LEGAL_FORMS and word not in book.crowded for word in written)


def _one_of(found: Sequence[NamedClient], book: Book) -> Meaning:
    if len(found) > 1:
        ranked = sorted(found, key=lambda client: (client.owner_id != book.rep_id, client.name.casefold(), client.id))
        return Several(tuple(ranked[:_MOST_CHOICES]))
    return Meant(found[0]) if found[0].owner_id == book.rep_id else AnothersClient(found[0])


def _unknown_or_alike(written: tuple[str, ...], book: Book) -> Unknown:
    said = " ".join(written)
    likeness = {client.id: fuzz.WRatio(said, " ".join(client.words)) for client in book.clients}
    alike = [client for client in book.clients if likeness[client.id] >= _LIKE_ENOUGH]
    alike.sort(
        key=lambda client: (-likeness[client.id], client.owner_id != book.rep_id, client.name.casefold(), client.id)
    )
    return Unknown(tuple(alike[:_MOST_CHOICES]))
