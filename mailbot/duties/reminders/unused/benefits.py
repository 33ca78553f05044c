"""The benefits that may be due for a reminder, as frozen cards: what they are worth, whom to write to, and what stands
in the way of a letter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mailbot.duties.reminders.readers import ClientSide, Hindrance, Reader
from mailbot.duties.reminders.unused.ladder import Climbed


@dataclass(frozen=True, slots=True)
class OpenBenefit:
    """A benefit that is not used yet: what of it was said, until when it can be used, how far its ladder was climbed.

    `ends_letters`: the client has answered, and no further letter is wanted. `reader` is None where nobody is on file.
    """

    id: int
    contract: str
    kind: str
    words: str
    worth: Decimal | None
    currency: str
    lapses_on: date
    client: ClientSide
    reader: Reader | None
    climbed: Climbed = field(default_factory=Climbed)
    ends_letters: bool = False
    contract_runs: bool = True

    @property
    def hindrance(self) -> Hindrance | None:
        """What stands in the way of a letter today."""
        if self.client.hindrance is not None:
            return self.client.hindrance
        return Hindrance.UNREACHABLE if self.reader is None else self.reader.hindrance


@dataclass(frozen=True, slots=True)
class Unused:
    """All benefits that may be due today, and those whose time is over."""

    open: tuple[OpenBenefit, ...] = ()
    lapsed: tuple[OpenBenefit, ...] = ()
