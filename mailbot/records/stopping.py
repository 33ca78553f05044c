"""Stopping the letters to one address: whoever has it wants none of the desk's own accord, and nothing undoes that but
a person's word. What they ask us is still answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mailbot.errors import TryAgain
from mailbot.records import outbox
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import Address, AddressStatus, LetterState


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
        for letter in outbox.waiting_for(pen.session, address.key):
            if not letter.acknowledgement:
                pen.update(letter, state=LetterState.ON_HOLD)

    def __str__(self) -> str:
        return f"stop the automatic letters to {self.address}: {self.because}"
