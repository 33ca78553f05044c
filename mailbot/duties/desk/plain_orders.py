"""WHY and UNDO in sentences, about a client by name: "why was acme corp 12,500?", "undo the Kestrel thing". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from mailbot.message.model import Evidence, Words
from mailbot.records.names import name_words
from mailbot.sorting.cited import uncited

_LONGEST: Final = 2_000  # characters; whoever writes more gives a person something to read
_MOST_ORDERS: Final = 4
_CUT = re.compile(
    r"[.!;](?:\s+|$)|\?|\n+|(?:,\s*)?\b(?:and|und)\s+(?=(?:also\s+|auch\s+)?(?:please\s+|bitte\s+)?"
    r"(?:why|undo|warum|wieso|weshalb|revert|reverse|take back|nimm|mach)\b)",
    re.IGNORECASE,
)
_LEAD: Final = (
    r"(?:(?:hi|hey|hello|hallo|moin|please|bitte|also|auch|and|und|so|ok|okay|sorry|btw|desk|tell me|can you|could you"
    r"|sag mir|kannst du)\b,?\s+){0,4}"
)
_ASKS_WHY = re.compile(_LEAD + r"(?:why|how come|warum|wieso|weshalb)\b", re.IGNORECASE)
_ORDERS_UNDO = re.compile(
    _LEAD + r"(?:(?:undo|revert|reverse|roll back|take back)\b|take\s.{1,80}\sback\b"
    r"|(?:nimm|mach|mache|nehmt)\b.{1,80}\b(?:zurück|rückgängig)\b)",
    re.IGNORECASE,
)
_ORDER_WORDS: Final = (
    "why", "how come", "warum", "wieso", "weshalb", "undo", "revert", "reverse", "roll back", "take", "nimm", "mach",
    "nehmt",
)  # fmt: skip
_UNTIL = re.compile(r"\b(?:until|till|before|because|since|so|bis|bevor|weil|damit|solange)\b", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|don't|do not|never|nicht|kein|keine|niemals)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d(?:[\d.,' ]*\d)?")


@dataclass(frozen=True, slots=True)
class PlainOrder:
    """What a sentence asks or orders: the words in which a client may be named, and the figures in it, digits alone."""

    does: Literal["why", "undo"]
    words: tuple[str, ...]
    figures: tuple[str, ...]
    evidence: Evidence


def plain_orders(words: Words) -> tuple[PlainOrder, ...]:
    """Every WHY and UNDO that is said in a sentence; none where another sentence of the mail holds a figure, which
    would be somebody else's to read."""
    if len(words.text) > _LONGEST or not _may_order(words.text):
        return ()
    text = uncited(words.text)
    found: list[PlainOrder] = []
    for start, end in _sentences(text):
        sentence = text[start:end]
        order = _order(sentence, words.evidence(start, end))
        if order is not None:
            found.append(order)
        elif any(map(str.isdigit, sentence)):
            return ()
    return tuple(found[:_MOST_ORDERS])


def figure_key(written: str) -> str:
    """A figure by its digits: "12,500", "12.500,00" and "12500" are one."""
    bare = written.strip().rstrip(".,")
    cents = re.search(r"[.,](\d{2})$", bare)
    whole = bare[: cents.start()] if cents else bare
    tail = cents[1] if cents and cents[1] != "00" else ""
    return "".join(filter(str.isdigit, whole)) + (f".{tail}" if tail else "")


def figures_in(text: str) -> frozenset[str]:
    """All figures of a text, by their digits."""
    return frozenset(figure_key(each) for each in _FIGURE.findall(text))


def _may_order(text: str) -> bool:
    """A quick look at all of it: most mails have none of these words."""
    return any(map(text.casefold().__contains__, _ORDER_WORDS))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CUT.finditer(text):
        yield from _trimmed(text, start, cut.start())
        start = cut.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    bare = text[start:end].strip()
    if bare:
        first = start + text[start:end].index(bare)
        yield first, first + len(bare)


def _order(sentence: str, evidence: Evidence) -> PlainOrder | None:
    if _ASKS_WHY.match(sentence):
        return PlainOrder("why", _telling(sentence), tuple(map(figure_key, _FIGURE.findall(sentence))), evidence)
    if _ORDERS_UNDO.match(sentence) and not _DENIES.search(sentence):
        about = _UNTIL.split(sentence, maxsplit=1)[0]
        return PlainOrder("undo", _telling(about), tuple(map(figure_key, _FIGURE.findall(about))), evidence)
    return None


def _telling(sentence: str) -> tuple[str, ...]:
    """The words of a sentence that a client's name may have."""
    return tuple(word for word in name_words(sentence) if not word.isdigit())
