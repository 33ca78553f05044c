"""WHY, UNDO and DONE, which every letter of the desk takes, whichever duty wrote it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from mailbot.sorting.answer_words import DOUBTS
from mailbot.sorting.one_word import Chosen, Option, choice, words_for

Order = Literal["why", "undo", "done"]

_ORDERS: Final[tuple[Order, ...]] = ("why", "undo", "done")
_OPTIONS: Final = tuple(Option(order, numbered=False) for order in _ORDERS)
_WORDS: Final = words_for(_OPTIONS)
_LONGEST: Final = 200  # characters; whoever writes more than a command gives a person something to read
_MOST_BESIDES: Final = 4  # words beside DONE, a name most of the time: what was found out on the way is not thrown away
_MOST_OF_A_NAME: Final = 3  # words beside UNDO
_SLIPS: Final = frozenset(
    ["typo", "mistake", "error", "oops", "sorry", "ups", "tippfehler", "fehler", "versehen", "irrtum"]
)
_TAKES_BACK: Final = frozenset(
    [
        "wait",
        "leave",
        "keep",
        "hold",
        "stop",
        "actually",
        "only",
        "just",
        "warte",
        "halt",
        "lass",
        "lasst",
        "lassen",
        "behalte",
        "behalten",
        "stopp",
        "nur",
        "doch",
    ]
)
_MOST_NAMES: Final = 2
# What may stand by itself below an order and is nobody's name.
_NO_NAMES: Final = (
    DOUBTS
    | _TAKES_BACK
    | frozenset(_WORDS)
    | frozenset(
        (
            *("later", "tomorrow", "nevermind", "never", "mind", "forget", "it", "not", "kidding", "joking", "joke"),
            *("then", "test", "ignore", "this", "that", "again", "first", "drop", "später", "morgen", "vergiss", "es"),
            *("nicht", "erst", "scherz", "spaß", "egal", "das", "noch", "dann"),
        )
    )
)
_JOINED: Final = frozenset({"", "and", "und", "&", "+", "/"})  # between the references of one DONE
_REF = re.compile(r"\b([a-z]{1,3}-\d{3,18})(?:\.\d{1,4})?(?:-[0-9a-z]{10})?\b", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Commanded:
    """The order with the decisions it names, if it names any, and where all of it stands in the text.

    Only DONE names more than one.
    """

    does: Order
    written: str  # the word as it was written
    refs: tuple[str, ...]  # as letters write them, "N-0412", each once
    start: int
    end: int

    @property
    def ref(self) -> str | None:
        """The decision that it names first, if it names one."""
        return self.refs[0] if self.refs else None

    @property
    def is_to_the_desk(self) -> bool:
        """Whether it is an order whatever letter it answers; a bare DONE may be what that letter asks for."""
        return self.does != "done" or bool(self.refs)


def commanded(text: str) -> Commanded | None:
    """WHY, UNDO or DONE, where the new words are that, a reference, and politeness, and nothing else.

    DONE takes several references, one behind the other.
    """
    if len(text) > _LONGEST or not any(map(text.casefold().__contains__, _WORDS)):
        return None
    refs = list(_REF.finditer(text))
    said = choice(_without(refs, text), _OPTIONS)
    if not isinstance(said, Chosen):
        return None
    does = next(order for order in _ORDERS if order == said.key)
    if len(refs) > 1 and not (does == "done" and _are_joined(refs, text)):
        return None
    if (does == "done" and _says_more(said, text)) or (does == "undo" and _is_in_doubt(said, text)):
        return None
    spans = [(said.start, said.end), *(found.span() for found in refs)]
    return Commanded(
        does=does,
        written=text[said.start : said.end],
        refs=tuple(dict.fromkeys(found[1].upper() for found in refs)),
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
    )


def _says_more(said: Chosen, text: str) -> bool:
    """Whether DONE comes with something that a person has to read: an address, a question, a sentence."""
    return len(said.besides.split()) > _MOST_BESIDES or "@" in text or "?" in text


def _is_in_doubt(said: Chosen, text: str) -> bool:
    """Whether UNDO is asked more than said, or comes with more than a name: "or not?", "no wait", "2 is 1,500"."""
    words = said.besides.split()
    signed = _signed(text)
    unsigned = words[: -len(signed)] if signed and words[-len(signed) :] == signed else words
    return "?" in text or "@" in text or len(words) > _MOST_OF_A_NAME or not all(map(_is_harmless, unsigned))


def _signed(text: str) -> list[str]:
    """The name below an order as it is typed on a phone, in small letters and on a line of its own: "dana"."""
    above, _, last = text.strip().rpartition("\n")
    words = last.split()
    is_name = bool(above) and 0 < len(words) <= _MOST_NAMES and all(map(str.isalpha, words))
    return words if is_name and _NO_NAMES.isdisjoint(map(str.casefold, words)) else []


def _is_harmless(word: str) -> bool:
    """Whether a word beside UNDO is of the name below it, by its capital, or says that it was a slip."""
    bare = word.strip(".,;:!()\n")
    return bare.casefold() in _SLIPS or (bare[:1].isupper() and bare.casefold() not in DOUBTS | _TAKES_BACK)


def _without(refs: Sequence[re.Match[str]], text: str) -> str:
    """The text as long as before, with blanks for references, and for the "?" that is part of asking why."""
    for found in refs:
        text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    return text.replace("?", ".")


def _are_joined(refs: Sequence[re.Match[str]], text: str) -> bool:
    """Whether all references stand in one row: what is said between them may be about one of them alone."""
    between = (text[one.end() : following.start()] for one, following in pairwise(refs))
    return all(words.replace(",", " ").strip().casefold() in _JOINED for words in between)
