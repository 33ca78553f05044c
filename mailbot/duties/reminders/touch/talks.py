"""The times that a rep was offered, and the one that is chosen by its digit. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot.records.known import QuestionCard
from mailbot.sorting.one_word import Chosen, Option, choice

SLOTS: Final = "slots"  # in the context of the question: the moments, in the order of their digits


@dataclass(frozen=True, slots=True)
class Slot:
    """The time that was chosen, None for NO; and the characters that say so."""

    starts_at: datetime | None
    start: int
    end: int


def slots_of(question: QuestionCard) -> tuple[datetime, ...]:
    """The times that a question offers."""
    slots = question.context.get(SLOTS)
    return tuple(datetime.fromisoformat(str(each)) for each in slots) if isinstance(slots, Sequence) else ()


def chosen_slot(text: str, question: QuestionCard) -> Slot | None:
    """Which time a rep chooses; None where the words choose none, or more than one."""
    offered = slots_of(question)
    options = [Option(f"slot {number}") for number in range(1, len(offered) + 1)]
    said = choice(text, (*options, Option("no", numbered=False)))
    if not isinstance(said, Chosen):
        return None
    starts_at = None if said.key == "no" else offered[int(said.key.split()[1]) - 1]
    return Slot(starts_at, said.start, said.end)
