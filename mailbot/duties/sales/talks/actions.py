"""What becomes of a line that waits, where no word books it: it waits for somebody else, or it waits no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mailbot.duties.sales.actions import check_owner, still_waiting
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.tables import PendingState
from mailbot.records.decision import Action
from mailbot.records.pen import Pen


@dataclass(frozen=True, slots=True)
class HandOn(Action):
    """A waiting line waits for the owner of the client from now on; it counts for nobody until the owner says yes."""

    name: ClassVar[str] = "sales.hand_on"
    pending_id: int
    client_id: int
    client_name: str
    owner_id: int
    owner_name: str

    def carry_out(self, pen: Pen) -> None:
        waiting = still_waiting(pen, self.pending_id)
        check_owner(pen, self.client_id, self.owner_id)
        pen.update(waiting, rep_id=self.owner_id, client_id=self.client_id, doubt=Doubt.ANOTHERS_CLIENT.value)

    def __str__(self) -> str:
        return f"hand the waiting line on to {self.owner_name}, whose client {self.client_name} is"


@dataclass(frozen=True, slots=True)
class SettleClaim(Action):
    """A line that waited because of the address it came from waits no more: it was the rep's, or it was not."""

    name: ClassVar[str] = "sales.settle_claim"
    pending_id: int
    was_the_reps: bool

    def carry_out(self, pen: Pen) -> None:
        waiting = still_waiting(pen, self.pending_id)
        pen.update(waiting, state=PendingState.CONFIRMED if self.was_the_reps else PendingState.DROPPED)

    def __str__(self) -> str:
        return "the waiting line was the rep's" if self.was_the_reps else "drop the waiting line: it was not the rep's"


@dataclass(frozen=True, slots=True)
class SettleResend(Action):
    """A line that disagreed with an earlier one waits no more: it took that one's place, or the earlier one holds."""

    name: ClassVar[str] = "sales.settle_resend"
    pending_id: int
    is_booked: bool

    def carry_out(self, pen: Pen) -> None:
        waiting = still_waiting(pen, self.pending_id)
        pen.update(waiting, state=PendingState.BOOKED if self.is_booked else PendingState.REPEATED)

    def __str__(self) -> str:
        return "the waiting line replaces the earlier one" if self.is_booked else "the earlier line holds"
