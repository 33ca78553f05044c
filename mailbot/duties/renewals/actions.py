"""What this duty does to the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from mailbot.duties.renewals.facts import Standing
from mailbot.duties.renewals.tables import RenewalWord
from mailbot.duties.renewals.tables_in_words import WORD
from mailbot.records.codec import kept_text
from mailbot.records.decision import Action
from mailbot.records.pen import Pen

_LONGEST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class NoteStanding(Action):
    """How it stands with a contract is noted; the word before it stays in the records."""

    name: ClassVar[str] = "renewals.note"
    contract_id: int
    ref: str
    person_id: int
    decide_by: date
    said: Standing
    said_on: date
    because: str = ""

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            RenewalWord(
                contract_id=self.contract_id,
                person_id=self.person_id,
                decide_by=self.decide_by,
                said=self.said,
                said_on=self.said_on,
                because=kept_text(self.because, _LONGEST_WORDS),
            )
        )

    def __str__(self) -> str:
        return f"{self.ref}: {WORD['said'].values[self.said].en}"

    def in_german(self) -> str:
        return f"{self.ref}: {WORD['said'].values[self.said].de}"
