"""What the answer about a total does to the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from mailbot.duties.sales.actions import still_waiting
from mailbot.duties.sales.tables import PendingState
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import QuestionRow

ANSWERS_BEFORE: Final = "answers_before"  # in the context of a question about a total


@dataclass(frozen=True, slots=True)
class AddToTotal(Action):
    """A mail brought some of the rows that were missing in a total: those of the next mail are added to them."""

    name: ClassVar[str] = "sales.add_to_total"
    question_id: int
    ref: str  # of the decision that booked them

    def carry_out(self, pen: Pen) -> None:
        question = pen.get(QuestionRow, self.question_id)
        before = question.context.get(ANSWERS_BEFORE, [])
        pen.update(question, context={**question.context, ANSWERS_BEFORE: [*before, self.ref]})

    def __str__(self) -> str:
        return "count the new lines among the rows of the total that was asked about"

    def in_german(self) -> str:
        return "die neuen Zeilen zu denen der erfragten Summe zählen"


@dataclass(frozen=True, slots=True)
class SettleTotal(Action):
    """A total that waited because its rows add up to something else waits no more: it was wrong, or `agrees` now."""

    name: ClassVar[str] = "sales.settle_total"
    pending_id: int
    agrees: bool = False

    def carry_out(self, pen: Pen) -> None:
        waiting = still_waiting(pen, self.pending_id)
        pen.update(waiting, state=PendingState.TOTAL_AGREES if self.agrees else PendingState.TOTAL_WRONG)

    def __str__(self) -> str:
        return "the rows add up to the total now" if self.agrees else "the total was wrong, and its rows are right"

    def in_german(self) -> str:
        return "die Zeilen ergeben jetzt die Summe" if self.agrees else "die Summe war falsch, die Zeilen gelten"
