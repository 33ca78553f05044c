"""The pure road of a desk, in two stretches: bytes to clues, and, with what the records know, on to the decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.duties.hints import Hints, clues_for
from mailbot.message import Limits, read
from mailbot.message.model import Clues, Message
from mailbot.records.decision import Decision
from mailbot.records.known import Known, PersonCard
from mailbot.service.enclosed import with_files, with_shut_files
from mailbot.sorting.automatic import MachineSigns
from mailbot.sorting.model import Reader
from mailbot.sorting.sort import sort

Read = tuple[Message, Clues]


@dataclass(frozen=True, slots=True)
class Judged:
    """A mail with what is known about it, on its way to a decision."""

    message: Message
    known: Known
    signs: MachineSigns | None = None  # of a machine, as they were seen when it was read


@dataclass(frozen=True, slots=True)
class Road:
    """What takes mails from bytes to decisions: the standing orders, and how each duty looks at a mail and reads it."""

    orders: StandingOrders
    hints: Hints
    readers: tuple[tuple[str, Reader], ...]

    def among(self, staff: tuple[PersonCard, ...]) -> Road:
        """The same road, where these people are on the staff."""
        return replace(self, hints=self.hints.among(staff))

    def read(self, raw: bytes, limits: Limits) -> Read:
        """A mail, its files shut, and what it mentions."""
        return self.listen(with_shut_files(read(raw, limits)))

    def open(self, message: Message) -> Read:
        """The mail with its files opened, and what it mentions with them: for senders who are believed."""
        return self.listen(with_files(message))

    def listen(self, message: Message) -> Read:
        """The mail, and what it mentions."""
        return message, clues_for(message, self.hints)

    def judge(self, mail: Judged, now: datetime) -> Decision:
        """What is to be done about a mail."""
        reading = sort(mail.message, mail.known, self.readers, mail.signs)
        return decide(mail.message, mail.known, reading, self.orders, now)
