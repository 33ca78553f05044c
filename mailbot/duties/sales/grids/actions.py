"""What the answer about a total does to the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mailbot.duties.sales.actions import still_waiting
from mailbot.duties.sales.tables import PendingState
from mailbot.records.decision import Action
from mailbot.records.pen import Pen


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
