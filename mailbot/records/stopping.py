"""Stopping the letters to one address: whoever has it wants none of the desk's own accord, and nothing undoes that but
a person's word. What they ask us is still answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from mailbot.errors import TryAgain
from mailbot.letters.cleaning import clean
from mailbot.letters.model import LetterKind
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.suppression import stopped_kinds
from mailbot.records.tables import Address, AddressStatus, LetterRow, LetterState, LetterStop

_LONGEST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class StopLetters(Action):
    """No letter goes to this address of the desk's own accord, whatever it was before; those that wait for it are put
    on hold. What is stopped already is not stopped twice: whoever finds it so is decided anew."""

    name: ClassVar[str] = "desk.stop_letters"
    address_id: int
    address: str
    because: str

    def carry_out(self, pen: Pen) -> None:
        address = pen.get(Address, self.address_id)
        if address.status is AddressStatus.STOPPED:
            raise TryAgain(f"letters to {self.address} were stopped meanwhile; the mail will be decided anew")
        pen.update(address, status=AddressStatus.STOPPED, status_since=pen.now, status_because=self.because)
        for letter in pen.letters_waiting_for(address.key):
            if not letter.acknowledgement and not (letter.kind and letter.kind.outlives_stop):
                pen.update(letter, state=LetterState.ON_HOLD)

    def __str__(self) -> str:
        return f"stop the automatic letters to {self.address}: {self.because}"


@dataclass(frozen=True, slots=True)
class StopKinds(Action):
    """No letter of these kinds goes to this contact any more, at whichever address; those that wait are withdrawn.
    Every other kind still comes."""

    name: ClassVar[str] = "desk.stop_kinds"
    contact_id: int
    contact: str
    address_key: str
    kinds: tuple[LetterKind, ...]
    words: str  # in which it was said

    def carry_out(self, pen: Pen) -> None:
        for kind in set(self.kinds) - stopped_kinds(pen.session, self.address_key):
            pen.insert(
                LetterStop(
                    address_key=self.address_key,
                    contact_id=self.contact_id,
                    kind=kind,
                    words=clean(self.words, _LONGEST_WORDS),
                    since=pen.now,
                )
            )
        theirs = select(Address.key).where(Address.contact_id == self.contact_id, Address.undone_by.is_(None))
        waiting = select(LetterRow).where(
            LetterRow.recipient_key.in_(theirs),
            LetterRow.kind.in_(self.kinds),
            LetterRow.state.in_((LetterState.WAITING, LetterState.ON_HOLD)),
            LetterRow.undone_by.is_(None),
        )
        for letter in pen.session.scalars(waiting.order_by(LetterRow.id).with_for_update()).all():
            pen.update(letter, state=LetterState.WITHDRAWN)

    def __str__(self) -> str:
        return f"no more {' and '.join(f'{kind.value}s' for kind in self.kinds)} to {self.contact}"

    def in_german(self) -> str:
        words = {LetterKind.REMINDER: "Erinnerungen", LetterKind.MAILING: "Rundschreiben"}
        return f"keine {' und '.join(words.get(kind, kind.value) for kind in self.kinds)} mehr an {self.contact}"
