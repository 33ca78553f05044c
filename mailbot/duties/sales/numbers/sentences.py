"""The client in a sentence: "We closed Delphi Windows for $4,200", "Schmidt Logistik hat 3.750 € bestellt".

What is left of a sentence without the words that such sentences are made of is a name. Such a sentence is booked only
where it is understood whole: it holds one name, every other word up to the amount is one of a short list, and it says
that something was won. "We hope to close …" has a word that is not on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mailbot.duties.sales.naming.clients import JOINING, Book, Meaning, NamedClient, Unknown, meaning_of
from mailbot.duties.sales.numbers.phrases import (
    BESIDE_A_NAME,
    BOUGHT,
    FOR_THE_AMOUNT_OF,
    OF_A_WIN,
    REMARKS,
    SOLD_TO,
    WHAT_WAS_SOLD,
    spans_of_words,
    words_of,
)
from mailbot.duties.sales.numbers.stages import INVOICED, STAGE_WORDS, WON
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.records.names import LEGAL_FORMS, name_words

_MOST_WORDS: Final = 40  # a longer sentence says more than that something was won
_SINGLE_WON: Final = frozenset(word for phrase in WON | INVOICED for word in words_of(phrase)) - {"to", "for", "wir"}
_OF_CREDITS: Final = frozenset(("credit", "credited", "note", "memo", "gutschrift", "gutgeschrieben"))
_PLAIN: Final = (OF_A_WIN | _SINGLE_WON | WHAT_WAS_SOLD | BESIDE_A_NAME) - {
    *("and", "und", "plus", "dazu", "to", "an", "bei"),
    *("credit", "credited", "refund", "gutschrift", "gutgeschrieben", "rückerstattung"),
}
_OF_SENTENCES: Final = (
    _PLAIN
    | frozenset(word for phrase in STAGE_WORDS | REMARKS for word in words_of(phrase))
    | frozenset(
        ("to", "an", "at", "bei", "über", "ueber", "and", "und", "plus", "dazu", "or", "oder", "as", "als", "by")
    )
    | frozenset(
        (
            *_OF_CREDITS,
            "refund",
            "rückerstattung",
            "their",
            "his",
            "her",
            "get",
            "getting",
            "ihr",
            "sein",
            "so",
            "are",
            "be",
        )
    )
)
_MOST_WORDS_OF_GOODS: Final = 3  # behind a count
_TO: Final = frozenset(("to", "an"))
_AMOUNT: Final = "|"  # stands in the rest of a statement where its amount stood


@dataclass(frozen=True, slots=True)
class Named:
    """The client of a sentence, and its words. `is_whole`: all other words up to the amount are those of a win."""

    meaning: Meaning
    name: str
    is_whole: bool


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


def client_in(statement: Statement, book: Book) -> Named | None:
    """The one client that a sentence names, the known one where it names several; None where it names none."""
    rest = _behind_a_lead(statement.rest)
    before, bar, _ = rest.partition(_AMOUNT)
    words = _words(rest)
    if not bar or not 0 < len(words) <= _MOST_WORDS:
        return None
    amount = sum(word.end <= len(before) for word in words)
    places = _places_of_names(rest, words, amount, book)
    places = [place for place in places if not _are_goods(words, place)] or places
    found = [(place, _between(rest, words, place)) for place in places]
    meant = [(place, name, meaning_of(name, book)) for place, name in found]
    if not any(not isinstance(meaning, Unknown) for _, _, meaning in meant):
        meant = [_without_verb(each, rest, words, book) for each in meant]
    known = [each for each in meant if not isinstance(each[2], Unknown)]
    if not meant or len(known) > 1 or (len(meant) > 1 and not known):
        return None
    place, name, meaning = (known or meant)[0]
    counted = "" if len(statement.figures) > 1 else str(statement.figures[0].quantity or "")
    is_whole = len(meant) == 1 and name == _between(rest, words, place) and _is_plain(words, place, amount, counted)
    return Named(meaning, name, is_whole)


def _behind_a_lead(rest: str) -> str:
    """ "A good week: Acme Corp ordered for | ": the words behind the colon, where several stand before it."""
    before, bar, behind = rest.partition(_AMOUNT)
    lead, _, told = before.rpartition(":")
    return f"{told}{bar}{behind}" if len(words_of(lead)) > 1 and words_of(told) else rest


def _without_verb(
    found: tuple[_Place, str, Meaning], text: str, words: Sequence[_Word], book: Book
) -> tuple[_Place, str, Meaning]:
    """The name without words of which only those of no name are written small: "Kraków Parts überlegt"."""
    place = found[0]
    last = next((at for at in range(place.first, place.behind) if text[words[at].start].islower()), place.behind)
    if not place.first < last < place.behind:
        return found
    shorter = _Place(place.first, last)
    meaning = meaning_of(_between(text, words, shorter), book)
    return found if isinstance(meaning, Unknown) else (place, _between(text, words, shorter), meaning)


def names_nobody(statement: Statement) -> bool:
    """Whether all words of a statement are those that sentences about sales are made of."""
    return all(word.plain in _OF_SENTENCES or word.plain.isdigit() for word in _words(statement.rest))


def names_anything(statement: Statement) -> bool:
    """Whether a statement holds a word that may be a name: none of those that sentences about sales are made of, and
    written large."""
    words = _words(statement.rest)
    return any(word.plain not in _OF_SENTENCES and statement.rest[word.start].isupper() for word in words)


def _words(text: str) -> tuple[_Word, ...]:
    return tuple(_Word(start, end, word, "".join(name_words(word))) for start, end, word in spans_of_words(text))


def _between(text: str, words: Sequence[_Word], place: _Place) -> str:
    return text[words[place.first].start : words[place.behind - 1].end]


# --- the name --------------------------------------------------------------------------------------------------------


def _places_of_names(text: str, words: Sequence[_Word], amount: int, book: Book) -> list[_Place]:
    """Where a name stands: the longest one of a client, else the words that are left before the amount, else behind."""
    longest = _longest(words, book.clients)
    if longest is not None and not longest.first < amount < longest.behind:
        return [longest]
    return _left(text, words, 0, amount) or _left(text, words, amount, len(words))[:1]


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


def _left(text: str, words: Sequence[_Word], start: int, stop: int) -> list[_Place]:
    """The runs of words that belong to no sentence about a sale."""
    places: list[_Place] = []
    for at in range(start, stop):
        if words[at].plain in _OF_SENTENCES or not words[at].key:
            continue
        if places and places[-1].behind == at and _is_close(text, words[at - 1], words[at]):
            places[-1] = _Place(places[-1].first, at + 1)
        elif not words[at].plain.isdigit():
            places.append(_Place(at, at + 1))
    return places


def _is_close(text: str, one: _Word, other: _Word) -> bool:
    """Whether nothing but signs that stand in names parts two words."""
    return not set(text[one.end : other.start]) & set(",;:()|?!\t")


# --- the other words -------------------------------------------------------------------------------------------------


def _is_plain(words: Sequence[_Word], name: _Place, amount: int, counted: str) -> bool:
    """Whether all other words up to the amount, and up to the name, are those of a win. `counted` is how many were
    sold, where the amount says that it is that of one, or of all."""
    last = max(amount, name.first)
    return all(
        _is_plain_here(words, place, name, amount) or (words[place].plain == counted and place == name.behind)
        for place in range(last)
        if not name.first <= place < name.behind
    )


def _are_goods(words: Sequence[_Word], place: _Place) -> bool:
    """Whether a run of words says what was sold: "3 units", "signed the framework", "hat den Rahmenvertrag …"."""
    if place.first == 0 or place.behind - place.first > _MOST_WORDS_OF_GOODS:
        return False
    lead = words[place.first - 1].plain
    return lead.isdigit() or (lead in _ARTICLES and _is_of_a_verb(words, place.first - 1))


def _is_of_a_verb(words: Sequence[_Word], article: int) -> bool:
    """Whether the verb of a win stands before an article, or an auxiliary does whose verb stands at the end."""
    before = {word.plain for word in words[:article]}
    return bool(before & _WIN_VERBS) or (
        bool(before & _AUXILIARIES) and any(word.plain in _WIN_VERBS for word in words[article:])
    )


_ARTICLES: Final = frozenset(
    (
        *("the", "a", "an", "our", "their", "its", "your", "another"),
        *("den", "die", "das", "der", "dem", "ein", "eine", "einen", "unseren", "unsere", "unser", "ihren", "ihre"),
    )
)
_WIN_VERBS: Final = frozenset(phrase for phrase in WON | INVOICED if " " not in phrase)
_AUXILIARIES: Final = frozenset(("has", "have", "hat", "haben"))
_TO_WHOM: Final = frozenset(("rechnung", "invoice", "gutschrift", "gutschriften", "credit", "note", "credited"))


def _is_in_goods(words: Sequence[_Word], place: int, name: _Place) -> bool:
    """Whether an article of a win stands up to three words before, and behind the name."""
    earliest = max(name.behind, place - _MOST_WORDS_OF_GOODS)
    return (
        any(words[at].plain in _ARTICLES and _is_of_a_verb(words, at) for at in range(earliest, place + 1))
        and words[place].plain not in _NEVER_GOODS
    )


_NEVER_GOODS: Final = frozenset(("to", "an", "at", "bei", "from", "von", "over", "über", "ueber", "or", "oder", "by"))


def _is_an_amount_over(words: Sequence[_Word], place: int) -> bool:
    """ "Abschluss über 3.400" is its amount; "hat über 3.400 gebucht" may be more than that."""
    before = {word.plain for word in words[:place]}
    beside = words[place - 1].plain if place else ""
    if beside in FOR_THE_AMOUNT_OF or beside.endswith(("vertrag", "auftrag")):
        return True
    return bool(before & FOR_THE_AMOUNT_OF) and not before & {"für", "hat", "haben"}


def _is_plain_here(words: Sequence[_Word], place: int, name: _Place, amount: int) -> bool:
    word = words[place].plain
    if _is_in_goods(words, place, name):
        return True
    if word.isdigit():
        return place > 0 and place != name.behind
    if word in _TO:
        return _is_to_the_client(words, place, name)
    if word in {"at", "über", "ueber"}:
        return place + 1 == amount and (word == "at" or _is_an_amount_over(words, place))
    if any(each.plain.isdigit() for each in words[max(name.behind, place - _MOST_WORDS_OF_GOODS) : place]):
        return word not in _OF_SENTENCES or word in _PLAIN  # "ordered 3 calibration kits"
    if word in _OF_CREDITS:
        return True  # its amount is negative then, however it is written
    if word in BOUGHT:
        return place >= name.behind  # who buys stands before it: "bought a stand from …" is no sale
    return word in _PLAIN


def _is_to_the_client(words: Sequence[_Word], place: int, name: _Place) -> bool:
    """ "sold to Acme", "Rechnung an Acme", "an Acme wurden … fakturiert": the client got it, and gave nothing."""
    if place + 1 != name.first:
        return False
    is_billed = place == 0 and any(each.plain in INVOICED for each in words[name.behind :])
    is_paper = any(each.plain in _TO_WHOM for each in words[:place])
    return is_billed or is_paper or (place > 0 and words[place - 1].plain in SOLD_TO)
