"""What is written of contacts who are away or have left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from mailbot.duties.bounces.tables import Gone, Whereabouts
from mailbot.records.codec import kept_text
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import Contact

_LONGEST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class KeepWhereabouts(Action):
    """What was said of a contact who is away or has left is kept, with who stands in."""

    name: ClassVar[str] = "bounces.keep_whereabouts"
    contact_id: int
    contact: str
    kind: Gone
    since: date | None
    until: date | None
    stand_in: str
    stand_in_address: str
    stand_in_phone: str
    words: str

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            Whereabouts(
                contact_id=self.contact_id,
                kind=self.kind,
                since=self.since,
                until=self.until,
                stand_in=self.stand_in,
                stand_in_address=self.stand_in_address,
                stand_in_phone=self.stand_in_phone,
                words=kept_text(self.words, _LONGEST_WORDS),
                said_at=pen.now,
            )
        )

    def __str__(self) -> str:
        instead = f"; instead: {self.stand_in} <{self.stand_in_address}>" if self.stand_in_address else ""
        return f"{self.contact} {'is away' if self.kind is Gone.AWAY else 'has left'}{instead}"


@dataclass(frozen=True, slots=True)
class WaitUntilBack(Action):
    """Letters to somebody who is away wait, those that are written meanwhile too."""

    name: ClassVar[str] = "bounces.wait_until_back"
    contact_id: int
    contact: str
    address_key: str
    away_from: datetime
    until: datetime

    def carry_out(self, pen: Pen) -> None:
        pen.update(pen.get(Contact, self.contact_id), away_from=self.away_from, away_until=self.until)
        for letter in pen.letters_waiting_for(self.address_key):
            if self.away_from <= letter.try_after < self.until and not letter.acknowledgement:
                pen.update(letter, try_after=self.until)

    def __str__(self) -> str:
        return f"letters to {self.contact} wait until {self.until:%d %b %Y}"
