"""A number from 0 to 10 in the words of a client, and the sentence that it stands in. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 2_000  # characters
_OF_TEN = re.compile(r"(?<![\w.,])(10|[0-9])\s?(?:/|out of|of|von)\s?(?:10|ten|zehn)(?![\w]|[.,][0-9])", re.IGNORECASE)
_ALONE = re.compile(
    r"^[ \t]*(?:a |an |eine |score[: ]*)?(10|[0-9])[ \t]*(?=$|[.,;:!\n–-](?![0-9]))", re.IGNORECASE | re.MULTILINE
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Score:
    """A score from 0 to 10, the sentence it stands in, and what is said besides that sentence."""

    score: int
    sentence: str
    rest: str


def score_in(text: str) -> Score | None:
    """The one score that is given; None where there is none, or two that differ.

    "9 out of 10", "8/10", "9 von 10", or a number that stands alone on its line: "12 months" and "2 pm" are none.
    """
    text = text[:_LONGEST]
    found = list(_OF_TEN.finditer(text)) or list(_ALONE.finditer(text))
    if not found or len({match[1] for match in found}) > 1:
        return None
    start = max((end.end() for end in _SENTENCE_END.finditer(text, 0, found[0].start())), default=0)
    closing = _SENTENCE_END.search(text, found[0].end())
    stop = closing.end() if closing else len(text)
    sentence = " ".join(text[start:stop].split())
    return Score(int(found[0][1]), sentence, (text[:start] + " " + text[stop:]).strip())
