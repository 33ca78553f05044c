"""The words that are said to the desk itself: WHY and UNDO, and the answers to its own questions. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mailbot.deciding.to_a_person import DESK
from mailbot.letters.refs import decision_of
from mailbot.message.model import Evidence, Message
from mailbot.records.known import Known
from mailbot.sorting.one_word import Choice, Chosen, Option, choice

NAME: Final = DESK

# What the desk's own questions offer, by their kind; their letters say it in words.
ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "approve": ("yes", "no"),
    "needs-person": ("done",),
    "set-aside": ("done", "again"),
    "too-big": ("done",),
    "unsure-letter": ("sent", "again"),
    "refused-letter": ("done", "again"),
    "resume": ("resume",),
}
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "again": ("nochmal", "nochmals", "erneut", "wiederholen"),
    "sent": ("gesendet", "verschickt", "angekommen"),
    "resume": ("weiter", "fortsetzen"),
}

_COMMANDS = (Option("why", numbered=False), Option("undo", numbered=False))
_LONGEST_COMMAND = 200  # characters; whoever writes more than a command gives a person something to read
_REF = re.compile(r"\b([a-z]{1,3}-\d{3,18})(?:\.\d{1,4})?(?:-[0-9a-z]{10})?\b", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Command:
    """WHY or UNDO, and what it is about: the reference that was named, or that of the letter it answers."""

    does: Literal["why", "undo"]
    written: str  # the word as it was written
    ref: str | None
    words: Evidence


def command_in(message: Message, known: Known) -> Command | None:
    """WHY or UNDO, where the new words are that, a reference, and politeness, and nothing else."""
    body = message.body.for_people
    if not body.text or len(body.text) > _LONGEST_COMMAND:
        return None
    refs = list(_REF.finditer(body.text))
    said = choice(_without(refs, body.text), _COMMANDS)
    if not isinstance(said, Chosen) or len(refs) > 1:
        return None
    spans = [(said.start, said.end), *((found.start(), found.end()) for found in refs)]
    return Command(
        does="why" if said.key == "why" else "undo",
        written=body.text[said.start : said.end],
        ref=decision_of(refs[0][1].upper()) if refs else _ref_of_letter(known),
        words=body.evidence(min(start for start, _ in spans), max(end for _, end in spans)),
    )


def answer_in(message: Message, kind: str) -> Choice:
    """Which of the answers to a question of this kind the new words of a mail give."""
    options = [Option(key, _WORDS.get(key, ()), numbered=False) for key in ANSWERS[kind]]
    return choice(message.body.for_people.text, options)


def _without(refs: Sequence[re.Match[str]], text: str) -> str:
    """The text as long as before, with blanks for references, and for the "?" that is part of asking why."""
    for found in refs:
        text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    return text.replace("?", ".")


def _ref_of_letter(known: Known) -> str | None:
    return known.letters[0].decision_ref if known.letters else None
