"""What the answers to the desk's own questions do to the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import LetterRow, LetterState


@dataclass(frozen=True, slots=True)
class SettleLetter(Action):
    """A person says what became of a letter: it was sent, or it shall be sent (once more)."""

    name: ClassVar[str] = "desk.settle_letter"
    ref: str
    was_sent: bool

    def carry_out(self, pen: Pen) -> None:
        letter = _letter_in_question(pen, self.ref)
        if self.was_sent and letter.state is LetterState.ON_HOLD:
            raise TryAgain(f"the letter {self.ref} is on hold and was never handed over")
        if self.was_sent:
            pen.update(letter, state=LetterState.SENT, sent_at=pen.now)
        else:
            pen.update(letter, state=LetterState.WAITING, try_after=pen.now, first_tried_at=None)

    def __str__(self) -> str:
        return f"the letter {self.ref} " + ("was sent" if self.was_sent else "is sent once more")


@dataclass(frozen=True, slots=True)
class DropLetter(Action):
    """A person says that a letter is not needed any more."""

    name: ClassVar[str] = "desk.drop_letter"
    ref: str

    def carry_out(self, pen: Pen) -> None:
        pen.update(_letter_in_question(pen, self.ref), state=LetterState.WITHDRAWN)

    def __str__(self) -> str:
        return f"the letter {self.ref} is dropped"


def _letter_in_question(pen: Pen, ref: str) -> LetterRow:
    """A letter that waits for a person's word."""
    letter = pen.session.scalar(select(LetterRow).where(LetterRow.ref == ref).with_for_update())
    if letter is None or letter.state not in (LetterState.UNSURE, LetterState.REFUSED, LetterState.ON_HOLD):
        raise TryAgain(f"the letter {ref} is settled already")
    return letter
