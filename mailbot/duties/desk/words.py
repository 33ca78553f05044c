"""The words that are said to the desk itself: WHY, UNDO and DONE, and the answers to its own questions. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mailbot.deciding.to_a_person import DESK
from mailbot.letters.refs import decision_of
from mailbot.message.model import Evidence, Message
from mailbot.records.known import Known, QuestionCard
from mailbot.sorting.commands import Commanded, Order, commanded
from mailbot.sorting.one_word import Choice, Chosen, Option, choice

NAME: Final = DESK

# What the desk's own questions offer, by their kind; their letters say it in words.
ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "approve": ("yes", "no"),
    "needs-person": ("done", "stop"),
    "set-aside": ("done", "again"),
    "too-big": ("done",),
    "unsure-letter": ("sent", "again"),
    "refused-letter": ("done", "again"),
    "resume": ("resume",),
    "follow-up": ("yes", "no"),
}
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "again": ("nochmal", "nochmals", "erneut", "wiederholen"),
    "sent": ("gesendet", "verschickt", "angekommen"),
    "resume": ("weiter", "fortsetzen"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """WHY, UNDO or DONE, and what it is about: what was named, or the decision of the letter it answers.

    Only DONE is about more than one.
    """

    does: Order
    written: str  # the word as it was written
    refs: tuple[str, ...]
    words: Evidence

    @property
    def ref(self) -> str | None:
        """What it is about, or the first of that."""
        return self.refs[0] if self.refs else None


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The answer to a question that the desk itself asked; `key` is one of ANSWERS."""

    question: QuestionCard
    key: str
    words: Evidence


def command_in(message: Message, known: Known) -> Command | None:
    """WHY, UNDO or DONE, where the new words are that, references, and politeness, and nothing else.

    DONE to a letter that asks something is an answer, and none of the orders.
    """
    said = commanded(message.body.for_people.text)
    return command_of(said, message, known) if said else None


def command_of(said: Commanded, message: Message, known: Known) -> Command | None:
    """What was said, with what it is about; None where it is the answer to a question."""
    refs = refs_of(said, known)
    if refs is None:
        return None
    return Command(
        does=said.does,
        written=said.written,
        refs=refs,
        words=message.body.for_people.evidence(said.start, said.end),
    )


def refs_of(said: Commanded, known: Known) -> tuple[str, ...] | None:
    """What the order is about; None where it is the answer to a question, and no order."""
    if said.does == "done" and _answers_a_question(said, known):
        return None
    return tuple(dict.fromkeys(map(decision_of, said.refs))) or _ref_of_letter(known)


def own_questions(known: Known) -> tuple[QuestionCard, ...]:
    """The open questions of the desk itself that the mail may answer."""
    return tuple(each for each in known.questions if each.duty == NAME and each.kind in ANSWERS)


def answer_in(message: Message, kind: str) -> Choice:
    """Which of the answers to a question of this kind the new words of a mail give."""
    options = [Option(key, _WORDS.get(key, ()), numbered=False) for key in ANSWERS[kind]]
    return choice(message.body.for_people.text, options)


def answers_one_of(message: Message, kinds: Iterable[str]) -> bool:
    """Whether the new words answer a question of one of these kinds."""
    return any(isinstance(answer_in(message, kind), Chosen) for kind in set(kinds) & ANSWERS.keys())


def _answers_a_question(said: Commanded, known: Known) -> bool:
    """Whether the letter that is answered, if any is, asks something itself and may take the word for its answer."""
    about = {decision_of(ref) for ref in said.refs}
    if not known.letters:
        return not about and bool(known.questions)
    first = known.letters[0]
    return about <= {first.decision_ref} and any(each.letter_ref == first.ref for each in known.questions)


def _ref_of_letter(known: Known) -> tuple[str, ...]:
    return (known.letters[0].decision_ref,) if known.letters else ()
