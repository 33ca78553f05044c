"""Which client a rep means by the words before an amount.

A name is recognised where its words are those of exactly one client that the records know, or where the rep has said
before what the words mean. A slip of the keyboard is forgiven only in the name of one of the rep's own clients, with a
word that few clients share and none that comes near. Any other likeness only puts the choices of a question in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from mailbot.duties.sales.naming.aliases import alias_key
from mailbot.duties.sales.naming.likeness import fit, may_be_meant, spelt
from mailbot.records.names import LEGAL_FORMS, name_words, words_of_name

JOINING: Final = frozenset(("and", "und", "the"))
_WEIGHTLESS: Final = JOINING | LEGAL_FORMS
_SAME_FORM: Final = {"incorporated": "inc", "limited": "ltd", "corporation": "corp"}
_MOST_CHOICES: Final = 5
_LIKE_ENOUGH_TO_ASK: Final = 86.0  # of 100, to be one of the choices of a question
_LIKE_ENOUGH_TO_DECIDE: Final = 0.6  # of 1; a part of a name is enough, where it is a telling one
_MARGIN: Final = 0.08  # of 1, to the next client
_SHORTEST_TELLING: Final = 4  # letters
_FEW: Final = 2  # other clients that may share a telling word


@dataclass(frozen=True, slots=True)
class NamedClient:
    """A client that a mail may mean, and whose it is; `last` is the day of the rep's last sale to it, where known."""

    id: int
    name: str
    owner_id: int | None
    owner_name: str | None
    last: date | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its name, in the form in which names are compared."""
        return _words_of_client(self.name)


@dataclass(frozen=True, slots=True)
class Alias:
    """What the rep calls a client, and has said so: the words in the form in which names are compared."""

    key: str
    client_id: int


@dataclass(frozen=True, slots=True)
class Book:
    """The clients that a mail may mean, for one rep.

    `crowded` are words that so many clients share that not all of those were looked up: such words alone are no name.
    `aliases` are what this rep calls some of the clients.
    """

    rep_id: int
    clients: tuple[NamedClient, ...]
    crowded: frozenset[str] = frozenset()
    aliases: tuple[Alias, ...] = ()

    def called(self, words: str) -> NamedClient | None:
        """The client that the rep has said these words mean."""
        key = alias_key(words)
        client_id = next((alias.client_id for alias in self.aliases if alias.key == key), None)
        return next((client for client in self.clients if client.id == client_id), None)


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


def meaning_of(words: str, book: Book, beside: str = "") -> Meaning:
    """Which client the words mean. All of the words have to fit; none may be left over.

    The first that gives an answer decides: the whole name; what the rep calls a client; the whole name but for the
    order and the legal form; a part of the name that only one client has; a name with a slip, where nothing is near.
    `beside` is what the mail says around the words: where it holds a word of another client that they fit as well,
    what the rep calls a client does not decide.
    """
    written = without_joining(name_words(words))
    if not written:
        return Unknown(())
    same = [client for client in book.clients if _is_same(client.words, written)]
    if same:
        return _one_of(same, book)
    fitting = [client for client in book.clients if set(written) <= set(client.words)]
    called = book.called(words)
    if called is not None and not _says_more(beside, called, fitting, written):
        return _one_of([called], book)
    whole = _whole(words, book)
    if whole and all(client in whole for client in fitting):
        return _one_of(whole, book)
    if fitting and _is_telling(written, book):
        return _one_of(fitting, book)
    return _with_a_slip(words, book) or _unknown_or_alike(written, book)


def _says_more(beside: str, called: NamedClient, fitting: Sequence[NamedClient], written: tuple[str, ...]) -> bool:
    """Whether a word of another client that fits stands beside: "Acme (the Corp in Boston)"."""
    around = set(name_words(beside)) - set(written) - set(called.words)
    return any(around & set(other.words) for other in fitting if other.id != called.id)


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


def _whole(words: str, book: Book) -> list[NamedClient]:
    """The clients whose whole name the words are, in any order, and but for the legal form; another one is another
    client."""
    written = tuple(word for word in spelt(words) if word[0] not in JOINING)
    form = {_SAME_FORM.get(word[0], word[0]) for word in written if word[0] in LEGAL_FORMS}
    core = tuple(word for word in written if word[0] not in LEGAL_FORMS)
    fits = ((fit(core, spelt(client.name), _WEIGHTLESS), client) for client in book.clients) if core else ()
    same = [client for found, client in fits if found is not None and found.is_whole]
    of_it = {client.id: {_SAME_FORM.get(word, word) for word in client.words} & LEGAL_FORMS for client in same}
    return [client for client in same if not (form and of_it[client.id]) or form & of_it[client.id]]


def _with_a_slip(words: str, book: Book) -> Meant | None:
    """The rep's own client whose name was written with a slip or shortened: one that a telling word points to, and
    that no other comes near."""
    written = tuple(word for word in spelt(words) if word[0] not in JOINING)
    fits = [(found, client) for client in book.clients if (found := fit(written, spelt(client.name), _WEIGHTLESS))]
    fits.sort(key=lambda each: -each[0].score)
    if not fits:
        return None
    best, client = fits[0]
    second = fits[1][0].score if len(fits) > 1 else 0.0
    if client.owner_id != book.rep_id or best.score < _LIKE_ENOUGH_TO_DECIDE or best.score - second < _MARGIN:
        return None
    return Meant(client) if any(_tells_apart(word, client, book) for word in best.same) else None


def _tells_apart(word: str, client: NamedClient, book: Book) -> bool:
    """Whether few other clients have the word in their names."""
    if len(word) < _SHORTEST_TELLING or word in LEGAL_FORMS or word in book.crowded:
        return False
    return sum(word in other.words for other in book.clients if other.id != client.id) <= _FEW


def _unknown_or_alike(written: tuple[str, ...], book: Book) -> Unknown:
    said = " ".join(written)
    likeness = {client.id: fuzz.WRatio(said, " ".join(client.words)) for client in book.clients}
    telling = {word for word in written if len(word) >= _SHORTEST_TELLING} - book.crowded - LEGAL_FORMS
    alike = [
        client
        for client in book.clients
        if likeness[client.id] >= _LIKE_ENOUGH_TO_ASK
        or not telling.isdisjoint(client.words)
        or any(may_be_meant(word, each) for word in telling for each in client.words if each not in LEGAL_FORMS)
    ]
    alike.sort(
        key=lambda client: (client.owner_id != book.rep_id, -likeness[client.id], client.name.casefold(), client.id)
    )
    return Unknown(tuple(alike[:_MOST_CHOICES]))
