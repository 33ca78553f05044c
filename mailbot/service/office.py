"""What every part of the service works with."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailbot.clock import Clock
from mailbot.deciding.orders import StandingOrders
from mailbot.duties.duty import Duty
from mailbot.duties.hints import hints_of
from mailbot.records.known import DeskCard
from mailbot.records.session import Database
from mailbot.service.checkpoints import Checkpoint, unwatched
from mailbot.service.enclosed import files_read_of
from mailbot.service.road import Road


@dataclass(frozen=True, slots=True)
class Office:
    """One desk at work: its records, its standing orders, its clock, and the name this process works under."""

    database: Database
    orders: StandingOrders
    duties: tuple[Duty, ...]
    desk: DeskCard
    secret: bytes = field(repr=False)
    clock: Clock
    worker: str
    checkpoint: Checkpoint = unwatched

    def road(self) -> Road:
        """The pure road of this desk."""
        return Road(
            self.orders,
            hints_of(self.duties, self.desk),
            tuple((duty.name, duty.read) for duty in self.duties),
            files_read_of(self.duties),
        )
