"""What a mail says to the desk itself: a command, the answer to one of its own questions, or a forged name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from mailbot.letters.refs import decision_of
from mailbot.message.model import Evidence, Message, Place
from mailbot.records.known import Known, QuestionCard
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen, Option, choice

NAME: Final = "desk"

_LONGEST_COMMAND = 80
_COMMAND = re.compile(
    r"\s*(?P<word>why|warum|wieso|undo|rückgängig|zurücknehmen)\b[\s:]*(?P<ref>[a-z]{1,3}-\d{3,18}(?:\.\d+)?)?"
    r"(?:-[0-9a-z]{10})?\s*[.!?]?\s*",
    re.IGNORECASE,
)
_WHY = frozenset({"why", "warum", "wieso"})

# What the desk's own questions offer; their letters say it in words.
ANSWERS: Final = {
    "approve": ("yes", "no"),
    "needs-person": ("done",),
    "set-aside": ("done", "again"),
    "too-big": ("done",),
    "unsure-letter": ("sent", "again"),
    "refused-letter": ("done", "again"),
    "resume": ("resume",),
}
_WORDS = {
    "again": ("again", "nochmal", "erneut", "noch einmal", "wiederholen"),
    "sent": ("sent", "gesendet", "verschickt", "angekommen"),
    "resume": ("resume", "weiter", "fortsetzen"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """WHY or UNDO, and what it is about: the reference that was named, or that of the letter it answers."""

    does: Literal["why", "undo"]
    written: str  # the word as it was written
    ref: str | None
    words: Evidence


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The answer to a question that the desk itself asked; `key` is one of ANSWERS."""

    question: QuestionCard
    key: str
    words: Evidence


@dataclass(frozen=True, slots=True)
class Forged:
    """A mail in the name of somebody we know, which failed authentication."""

    claimed: str
    checks: str


def read(message: Message, known: Known, sorted_as: Sorted, /) -> Finding | NotMine:
    """Says whether a mail is for the desk itself."""
    if sorted_as.trust.forged:
        return _forged(message, sorted_as)
    if sorted_as.automatic:
        return NotMine("a machine wrote it, and the desk itself talks with people only")
    if sorted_as.trust.trust < Trust.T3:
        return NotMine("only colleagues give orders to the desk")
    command = command_in(message, known)
    if command is not None:
        return Finding(NAME, command.does, command, (command.words,), f'it says "{command.words.words}"')
    return _answer(message, sorted_as)


def command_in(message: Message, known: Known) -> Command | None:
    """WHY or UNDO, where the new words are that and nothing else."""
    text = message.body.for_people.text
    if not text or len(text) > _LONGEST_COMMAND:
        return None
    found = _COMMAND.fullmatch(text)
    if found is None:
        return None
    word = found["word"]
    return Command(
        does="why" if word.casefold() in _WHY else "undo",
        written=word,
        ref=decision_of(found["ref"].upper()) if found["ref"] else _ref_of_letter(known),
        words=message.body.for_people.evidence(found.start("word"), max(found.end("word"), found.end("ref"))),
    )


def _ref_of_letter(known: Known) -> str | None:
    return known.letters[0].decision_ref if known.letters else None


def _answer(message: Message, sorted_as: Sorted) -> Finding | NotMine:
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is None or question.duty != NAME or question.kind not in ANSWERS:
        return NotMine("it gives no order, and answers no question of the desk itself")
    words = message.body.for_people
    options = [Option(key, _WORDS.get(key, ()), numbered=False) for key in ANSWERS[question.kind]]
    said = choice(words.text, options)
    if not isinstance(said, Chosen):
        return Finding(NAME, "unclear", None, (), f"it answers {question.letter_ref}, but not with one of its words")
    evidence = words.evidence(said.start, said.end)
    return Finding(NAME, "answer", OwnAnswer(question, said.key, evidence), (evidence,), f'it says "{evidence.words}"')


def _forged(message: Message, sorted_as: Sorted) -> Finding:
    claimed = str(message.sender) if message.sender else message.value("From") or "nobody"
    evidence = Evidence(claimed, Place("header From", 0, len(claimed)))
    return Finding(NAME, "forged", Forged(claimed, sorted_as.trust.why), (evidence,), sorted_as.trust.why)
