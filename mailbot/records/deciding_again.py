"""A stored mail is decided once more, because a person said something about it that was not known before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import Arrival, ArrivalState


@dataclass(frozen=True, slots=True)
class DecideAgain(Action):
    """Puts a mail back to be decided once more.

    `approved`: a person said yes to what was proposed for it. `vouched_for`: the colleague who said that the mail is
    theirs, though its address is on nobody's file; it is then read as if it came from the colleague's own.
    """

    name: ClassVar[str] = "desk.decide_again"
    arrival_id: int
    approved: bool = False
    vouched_for: int | None = None

    def carry_out(self, pen: Pen) -> None:
        arrival = pen.session.get_one(Arrival, self.arrival_id, with_for_update=True)
        if arrival.state is ArrivalState.ACCEPTED:
            raise TryAgain(f"mail {self.arrival_id} is being decided at this moment")
        arrival.state = ArrivalState.ACCEPTED
        arrival.tries = 0
        arrival.try_after = None
        arrival.again_by = pen.decision_id
        arrival.approved = self.approved
        arrival.vouched_for = self.vouched_for
        pen.session.flush()

    def __str__(self) -> str:
        if self.vouched_for is not None:
            return f"read mail {self.arrival_id} once more, as the sender's own"
        return f"decide mail {self.arrival_id} once more" + (", now that it is approved" if self.approved else "")
