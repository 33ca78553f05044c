"""The day by which somebody here promises to have it done: "I'll have it fixed by Thursday", "bis 20.11. behoben".

Pure. A question, a condition or a "not" in the same sentence promises nothing, and neither do two days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from mailbot.letters.model import Language
from mailbot.message.model import Evidence, Words
from mailbot.sorting.days import mentions

_LONGEST_TEXT: Final = 4_000
_SENTENCE = re.compile(r"(?:[^.!?\n]|(?<=\d)\.){1,400}[.!?]?")  # "1. Dezember" does not end one
_BY: Final = re.compile(r"(?<!\w)(?:by|until|till|before|no later than|bis|spätestens|am|on|zum)(?!\w)", re.IGNORECASE)
_PROMISES: Final = re.compile(
    r"(?<!\w)(?:i'll|i’ll|i will|we'll|we’ll|we will|will be|is going to be|i promise|fixed by|done by|ready by|live by"
    r"|fixed on|done on|ready on|you(?:'ll|’ll| will) have|they(?:'ll|’ll| will) have"
    r"|erledigt|behoben|fertig|gelöst|repariert|korrigiert|ausgetauscht|wieder online|zugesagt"
    r"|mache ich|machen wir|schaffe ich|schaffen wir|kümmere ich mich|kümmern wir uns)(?!\w)",
    re.IGNORECASE,
)
_TAKES_BACK: Final = re.compile(
    r"(?<!\w)(?:not|no|never|can't|can’t|cannot|won't|won’t|unless|if|whether|maybe|perhaps|hopefully|might|try"
    r"|nicht|kein|keine|nie|falls|wenn|ob|vielleicht|hoffentlich|versuche|eventuell)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PromisedDay:
    """A day by which something is promised, and the words that promise it."""

    day: date
    evidence: Evidence


def promised_in(words: Words, language: Language, today: date) -> PromisedDay | None:
    """The one day, not before today, that the new words of a mail promise; None where they promise none, or two."""
    found: dict[date, Evidence] = {}
    for sentence in _SENTENCE.finditer(words.text[:_LONGEST_TEXT]):
        said = sentence[0]
        if said.rstrip().endswith("?") or not _PROMISES.search(said) or _TAKES_BACK.search(said):
            continue
        for mention in mentions(said, language, today):
            day = mention.coming(today).last
            if day < today or mention.is_loose or not _BY.search(said[max(0, mention.start - 24) : mention.end]):
                continue
            start = sentence.start() + len(said) - len(said.lstrip())
            found.setdefault(day, words.evidence(start, sentence.end()))
    if len(found) != 1:
        return None
    ((day, evidence),) = found.items()
    return PromisedDay(day, evidence)
