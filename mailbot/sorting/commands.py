"""WHY, UNDO and DONE, which every letter of the desk takes, whichever duty wrote it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mailbot.sorting.one_word import Chosen, Option, choice

Order = Literal["why", "undo", "done"]

_ORDERS: Final[tuple[Order, ...]] = ("why", "undo", "done")
_OPTIONS: Final = tuple(Option(order, numbered=False) for order in _ORDERS)
_LONGEST: Final = 200  # characters; whoever writes more than a command gives a person something to read
_MOST_BESIDES: Final = 4  # words beside DONE, a name most of the time: what was found out on the way is not thrown away
_REF = re.compile(r"\b([a-z]{1,3}-\d{3,18})(?:\.\d{1,4})?(?:-[0-9a-z]{10})?\b", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Commanded:
    """The order with the decision it names, if it names one, and where both stand in the text."""

    does: Order
    written: str  # the word as it was written
    ref: str | None  # as letters write it: "N-0412"
    start: int
    end: int

    @property
    def is_to_the_desk(self) -> bool:
        """Whether it is an order whatever letter it answers; a bare DONE may be what that letter asks for."""
        return self.does != "done" or self.ref is not None


def commanded(text: str) -> Commanded | None:
    """WHY, UNDO or DONE, where the new words are that, at most one reference, and politeness, and nothing else."""
    if len(text) > _LONGEST:
        return None
    refs = list(_REF.finditer(text))
    said = choice(_without(refs, text), _OPTIONS)
    if not isinstance(said, Chosen) or len(refs) > 1:
        return None
    does = next(order for order in _ORDERS if order == said.key)
    if does == "done" and _says_more(said, text):
        return None
    spans = [(said.start, said.end), *(found.span() for found in refs)]
    return Commanded(
        does=does,
        written=text[said.start : said.end],
        ref=refs[0][1].upper() if refs else None,
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
    )


def _says_more(said: Chosen, text: str) -> bool:
    """Whether DONE comes with something that a person has to read: an address, a question, a sentence."""
    return len(said.besides.split()) > _MOST_BESIDES or "@" in text or "?" in text


def _without(refs: Sequence[re.Match[str]], text: str) -> str:
    """The text as long as before, with blanks for references, and for the "?" that is part of asking why."""
    for found in refs:
        text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    return text.replace("?", ".")
