"""The pure road of a desk, in two stretches: bytes to clues, and, with what the records know, on to the decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.duties.hints import Hints, clues_for
from mailbot.message import Limits, read
from mailbot.message.model import Clues, Message
from mailbot.message.sealing import SealedMail, seal, unseal
from mailbot.records.decision import Decision
from mailbot.records.known import Known, PersonCard
from mailbot.service.enclosed import with_believed_files, with_shut_files
from mailbot.sorting.model import Reader, Trust
from mailbot.sorting.seen import Seen
from mailbot.sorting.sort import sort

Read = tuple[SealedMail, Clues]


@dataclass(frozen=True, slots=True)
class Judged:
    """A mail with what is known about it, on its way to a decision."""

    sealed: SealedMail
    known: Known
    seen: Seen | None = None  # what was seen in it when it was read


@dataclass(frozen=True, slots=True)
class Road:
    """What takes mails from bytes to decisions: the standing orders, and how each duty looks at a mail and reads it.

    `files_of` is how far a sender has to be believed for his files to be opened; None where nobody's are.
    """

    orders: StandingOrders
    hints: Hints
    readers: tuple[tuple[str, Reader], ...]
    files_of: Trust | None

    def among(self, staff: tuple[PersonCard, ...]) -> Road:
        """The same road, where these people are on the staff."""
        return replace(self, hints=self.hints.among(staff))

    def read(self, raw: bytes, limits: Limits) -> Read:
        """A mail, its files shut, and what it mentions."""
        return self._sealed(with_shut_files(read(raw, limits)))

    def open(self, mail: SealedMail, known: Known) -> Read:
        """The mail with its files opened, where its sender is believed, and what it mentions with them."""
        return self._sealed(with_believed_files(unseal(mail), known, self.files_of))

    def listen(self, mail: SealedMail) -> Clues:
        """What the mail mentions."""
        return clues_for(unseal(mail), self.hints)

    def judge(self, mail: Judged, now: datetime) -> Decision:
        """What is to be done about a mail."""
        message = unseal(mail.sealed)
        reading = sort(message, mail.known, self.readers, mail.seen)
        return decide(message, mail.known, reading, self.orders, now)

    def _sealed(self, message: Message) -> Read:
        return seal(message), clues_for(message, self.hints)
