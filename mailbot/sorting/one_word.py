"""The answer to a question of ours: one digit or one word, among thanks, greetings and punctuation.

Only the new words of a mail are handed in here; the quoted question with its options is never among them. An answer
that can be read in two ways is not read at all: it becomes a question to a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import zip_longest

from mailbot.sorting.answer_words import COUNTED, COURTESY, DOUBTS, GREETINGS, NUMBER_MARKS, SYNONYMS
from mailbot.sorting.cited import uncited

_READ = 2_000  # characters
_STRAY_WORDS = 4  # words beside the answer that may be a name, a place, a politeness we do not know
_GREETING_WORDS = 5

# An address, a number with all that hangs on it ("1", "#2", "14.11", "12,50", "3k", "2nd"), a word, a question mark.
_TOKEN = re.compile(
    r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}|\d+(?:[.,:/]\d+)*(?:[^\W\d_]+| ?[%€$£])?|[^\W\d_]+(?:['’][^\W\d_]+)*|\?"
)
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th|te|ter|tes|er)?")
_BREAK = re.compile(r"[,;:!?.()\n–—]| - ")  # what parts an answer from the words beside it


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers that a question offers.

    `key` is what the duty calls it. `words` are what people may call it besides: a name ("Acme Medical GmbH") is
    recognised by any of its words that no other option has. `numbered` options are counted 1, 2, 3 in their order.
    Keys such as "yes", "no", "stop" and "new" bring the words that people say for them in English and German.
    """

    key: str
    words: tuple[str, ...] = ()
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """One answer, the characters it was read from, and what was said besides it ("" for thanks and greetings)."""

    key: str
    start: int
    end: int
    besides: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """More than one answer, in the order in which they were named."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """Something of an answer, but not one to act on; why, and the options it mentions."""

    why: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing in it that is one of the answers."""


Choice = Chosen | Several | Unsure | NoAnswer


class _Kind(Enum):
    """What a word is to an answer."""

    NAMES = "names an option"
    COUNTS = "is the number word of an option"
    NUMBER = "is a number, but of no option"
    DOUBT = "turns the answer round, or leaves it open"
    NEUTRAL = "goes with any answer"
    STRAY = "is something else"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the mail; `segment` counts the runs of words that punctuation parts."""

    kind: _Kind
    written: str
    start: int
    end: int
    segment: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Offer:
    """The options as they are looked up: by the words that name one alone, and by number."""

    names: Mapping[str, str]
    shared: frozenset[str]
    numbered: tuple[str, ...]


def choice(text: str, options: Sequence[Option]) -> Choice:
    """Which of the options the new words of a mail choose. Linear in the length of the text.

    The answer has to stand by itself, parted by punctuation or a line break from anything else that is said: "stop"
    is an answer, "please stop sending two copies" is not.
    """
    text = uncited(text[:_READ])
    words = _classified(text, _offer(tuple(options)))
    keys = _keys(words)
    if len(keys) > 1:
        return Several(keys)
    if not keys:
        return _without_a_name(words)
    if _is_clear(words):
        return _chosen(words, _beside(words, text))
    return _on_a_line_of_its_own(text, words)


def words_for(options: Sequence[Option]) -> frozenset[str]:
    """The words that name one of the options, casefolded: where none is numbered, nothing else chooses one."""
    return frozenset(_offer(tuple(options)).names)


def _on_a_line_of_its_own(text: str, words: Sequence[_Word]) -> Choice:
    """The answer on the first line that says anything, and other things below it; else what stands in its way."""
    at = 0
    for line in text.splitlines(keepends=True):
        read = [word for word in words if at <= word.start < at + len(line)]
        if _is_clear(read):
            return _chosen(read, (text[:at] + text[at + len(line) :]).strip())
        if not _is_greeting(read) and any(word.kind is not _Kind.NEUTRAL for word in read):
            break
        at += len(line)
    against = [word.written for word in words if word.kind in (_Kind.DOUBT, _Kind.NUMBER)]
    why = f'beside it stands "{against[0]}"' if against else "it stands in the middle of other words"
    return Unsure(why, _keys(words))


def _without_a_name(words: Sequence[_Word]) -> Choice:
    if sum(word.kind is _Kind.STRAY for word in words) > _STRAY_WORDS:
        return NoAnswer()
    against = next((word for word in words if word.kind in (_Kind.NUMBER, _Kind.DOUBT)), None)
    if against is None:
        return NoAnswer()
    is_number = against.kind is _Kind.NUMBER
    return Unsure(f'"{against.written}" is none of the answers' if is_number else f'it says "{against.written}"')


def _is_clear(words: Sequence[_Word]) -> bool:
    """One option, nothing against it, nothing unknown in its own run of words, and little beside it."""
    if len(_keys(words)) != 1 or any(word.kind in (_Kind.NUMBER, _Kind.DOUBT) for word in words):
        return False
    strays = [word.segment for word in words if word.kind is _Kind.STRAY]
    return len(strays) <= _STRAY_WORDS and not {word.segment for word in _naming(words)} & set(strays)


def _is_greeting(words: Sequence[_Word]) -> bool:
    return bool(words) and words[0].written.casefold() in GREETINGS and len(words) <= _GREETING_WORDS


def _chosen(words: Sequence[_Word], besides: str) -> Chosen:
    first = _naming(words)[0]
    return Chosen(first.key, first.start, first.end, besides)


def _beside(words: Sequence[_Word], text: str) -> str:
    """The unknown words beside an answer, a name most of the time."""
    return " ".join(text[word.start : word.end] for word in words if word.kind is _Kind.STRAY)


def _keys(words: Sequence[_Word]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.key for word in _naming(words)))


def _naming(words: Sequence[_Word]) -> tuple[_Word, ...]:
    """The words that name an option; number words count only where nothing else does ("the medical one")."""
    named = tuple(word for word in words if word.kind is _Kind.NAMES)
    if named:
        return named
    counted = tuple(word for word in words if word.kind is _Kind.COUNTS)
    is_one_phrase = len(counted) == 2 and counted[0].end + 1 == counted[1].start  # "the second one"
    return counted[:1] if is_one_phrase else counted


def _classified(text: str, offer: _Offer) -> tuple[_Word, ...]:
    """Every word of the text, and what it is to the answer."""
    tokens = list(_TOKEN.finditer(text))
    found: list[_Word] = []
    segment, end = 0, 0
    for token, following in zip_longest(tokens, tokens[1:]):
        segment += bool(_BREAK.search(text, end, token.start()))
        end = token.end()
        kind, key = _meaning(_folded(token[0]), _folded(following[0]) if following else "", offer)
        found.append(_Word(kind, token[0], token.start(), end, segment, key))
    return tuple(found)


def _meaning(word: str, following: str, offer: _Offer) -> tuple[_Kind, str]:
    if word in NUMBER_MARKS and offer.numbered and _ORDINAL.fullmatch(following):
        return _Kind.NEUTRAL, ""
    if key := offer.names.get(word) or _by_number(word, offer):
        return _Kind.NAMES, key
    if word[0].isdigit():
        return _Kind.NUMBER, ""
    if word in DOUBTS:
        return _Kind.DOUBT, ""
    if COUNTED.get(word, len(offer.numbered) + 1) <= len(offer.numbered):
        return _Kind.COUNTS, offer.numbered[COUNTED[word] - 1]
    if word in COURTESY or word in GREETINGS or word in offer.shared:
        return _Kind.NEUTRAL, ""
    return _Kind.STRAY, ""


def _by_number(word: str, offer: _Offer) -> str | None:
    found = _ORDINAL.fullmatch(word)
    if found is None or not 1 <= int(found[1]) <= len(offer.numbered):
        return None
    return offer.numbered[int(found[1]) - 1]


@lru_cache(maxsize=64)  # the orders that every mail is asked for are the same each time
def _offer(options: tuple[Option, ...]) -> _Offer:
    """How the options may be named. A politeness inside a name ("Team Nord") names nobody."""
    owners: dict[str, set[str]] = {}
    for option in options:
        for word in SYNONYMS.get(option.key, ()):
            owners.setdefault(word, set()).add(option.key)
        for name in (option.key, *option.words):
            parts = [_folded(part) for part in _TOKEN.findall(name)]
            telling = [part for part in parts if not part[0].isdigit() and part not in COURTESY | GREETINGS | DOUBTS]
            for part in parts if len(parts) == 1 else telling:
                owners.setdefault(part, set()).add(option.key)
    names = {word: next(iter(keys)) for word, keys in owners.items() if len(keys) == 1}
    names |= {_folded(option.key): option.key for option in options}
    shared = frozenset(word for word, keys in owners.items() if len(keys) > 1 and word not in names)
    return _Offer(names, shared, tuple(option.key for option in options if option.numbered))


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")
