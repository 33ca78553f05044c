"""What this duty does to the records. A contact is never deleted, and no letter is lost: only addresses and letters
change their state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Select, select

from mailbot.duties.bounces.reports.failure import Failure
from mailbot.duties.bounces.tables import Bounce
from mailbot.errors import TryAgain
from mailbot.records.codec import kept_text
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import (
    Address,
    AddressStatus,
    LetterRow,
    LetterState,
)

_LONGEST_DIAGNOSTIC = 2_000


@dataclass(frozen=True, slots=True)
class RecordBounce(Action):
    """What a mail system told about one letter and one address; the same is not counted a second time."""

    name: ClassVar[str] = "bounces.record"
    letter_ref: str
    address_key: str
    address_id: int | None
    failure: Failure

    def carry_out(self, pen: Pen) -> None:
        failure = self.failure
        letter = pen.session.scalar(select(LetterRow).where(LetterRow.ref == self.letter_ref))
        hand_over = letter.tries if letter else 0
        if pen.session.scalar(self._same(hand_over)) is not None:
            raise TryAgain(f"the bounce of letter {self.letter_ref} was counted meanwhile")
        pen.insert(
            Bounce(
                letter_ref=self.letter_ref,
                address_key=self.address_key,
                address_id=self.address_id,
                outcome=failure.outcome,
                reason=failure.reason,
                is_dead=failure.is_dead,
                status_code=failure.status[:16],
                reply_code=failure.reply_code[:3],
                diagnostic=kept_text(failure.diagnostic, _LONGEST_DIAGNOSTIC),
                detector=failure.detector,
                seen_at=pen.now,
                hand_over=hand_over,
            )
        )

    def _same(self, hand_over: int) -> Select[int]:
        """What no two bounces have in common."""
        return select(Bounce.id).where(
            Bounce.letter_ref == self.letter_ref,
            Bounce.address_key == self.address_key,
            Bounce.outcome == self.failure.outcome,
            Bounce.is_dead == self.failure.is_dead,
            Bounce.hand_over == hand_over,
        )

    def __str__(self) -> str:
        failure = self.failure
        code = failure.status or failure.reply_code
        said = f"{failure.reason}, {code}" if code else failure.reason
        return f"record: letter {self.letter_ref} to {self.address_key} {failure.outcome} ({said})"


@dataclass(frozen=True, slots=True)
class MarkAddress(Action):
    """No letter goes to this address any more. Its contact stays as it is; a stop is never overwritten."""

    name: ClassVar[str] = "bounces.mark_address"
    address_id: int
    address: str
    because: str

    def carry_out(self, pen: Pen) -> None:
        address = pen.get(Address, self.address_id)
        if address.status is not AddressStatus.OK:
            raise TryAgain(f"{self.address} is {address.status} meanwhile; the bounce will be decided anew")
        pen.update(address, status=AddressStatus.UNDELIVERABLE, status_since=pen.now, status_because=self.because)

    def __str__(self) -> str:
        return f"mark {self.address} as undeliverable: {self.because}"


@dataclass(frozen=True, slots=True)
class MarkLeft(Action):
    """Whoever had this address has left: no letter goes there any more. The contact stays on file."""

    name: ClassVar[str] = "bounces.mark_left"
    address_id: int
    address: str
    because: str

    def carry_out(self, pen: Pen) -> None:
        address = pen.get(Address, self.address_id)
        if address.status in (AddressStatus.STOPPED, AddressStatus.LEFT):
            raise TryAgain(f"{self.address} is {address.status} meanwhile; the mail will be decided anew")
        pen.update(address, status=AddressStatus.LEFT, status_since=pen.now, status_because=self.because)

    def __str__(self) -> str:
        return f"nothing is sent to {self.address} any more: {self.because}"


@dataclass(frozen=True, slots=True)
class HealAddress(Action):
    """An address that was given up works again; what waits for it goes out. What was counted before is forgotten."""

    name: ClassVar[str] = "bounces.heal_address"
    address_id: int
    address: str
    because: str

    def carry_out(self, pen: Pen) -> None:
        address = pen.get(Address, self.address_id)
        if address.status not in (AddressStatus.UNDELIVERABLE, AddressStatus.LEFT):
            raise TryAgain(f"{self.address} is {address.status} meanwhile; the mail will be decided anew")
        pen.update(address, status=AddressStatus.OK, status_since=pen.now, status_because=self.because)

    def __str__(self) -> str:
        return f"{self.address} is in order again: {self.because}"


@dataclass(frozen=True, slots=True)
class HoldLetters(Action):
    """Letters that wait for a dead address are put on hold, those written a moment ago included."""

    name: ClassVar[str] = "bounces.hold_letters"
    recipient_key: str

    def carry_out(self, pen: Pen) -> None:
        for letter in pen.letters_waiting_for(self.recipient_key):
            pen.update(letter, state=LetterState.ON_HOLD)

    def __str__(self) -> str:
        return f"put the letters that wait for {self.recipient_key} on hold"


@dataclass(frozen=True, slots=True)
class SendAgain(Action):
    """Letters that were sent and came back go out once more; those to an address that is dead meanwhile are held."""

    name: ClassVar[str] = "bounces.send_again"
    refs: tuple[str, ...]

    def carry_out(self, pen: Pen) -> None:
        letters = (
            select(LetterRow, Address.status)
            .join(Address, Address.key == LetterRow.recipient_key, isouter=True)
            .where(LetterRow.ref.in_(self.refs), LetterRow.state == LetterState.SENT)
            .order_by(LetterRow.id)
            .with_for_update(of=LetterRow)
        )
        for letter, status in pen.session.execute(letters).all():
            may_go = status in (None, AddressStatus.OK)
            pen.update(letter, state=LetterState.WAITING if may_go else LetterState.ON_HOLD, try_after=pen.now)

    def __str__(self) -> str:
        return f"send once more what came back: {', '.join(self.refs)}"


@dataclass(frozen=True, slots=True)
class WithdrawLetters(Action):
    """Letters that are on hold for a dead address are taken back; they stay readable and are never sent."""

    name: ClassVar[str] = "bounces.withdraw_letters"
    letters: tuple[int, ...]
    refs: tuple[str, ...]

    def carry_out(self, pen: Pen) -> None:
        for key in self.letters:
            letter = pen.get(LetterRow, key)
            if letter.state not in (LetterState.ON_HOLD, LetterState.WAITING):
                raise TryAgain(f"letter {letter.ref} is {letter.state} meanwhile; the answer will be decided anew")
            pen.update(letter, state=LetterState.WITHDRAWN)

    def __str__(self) -> str:
        return f"take back the letters that wait: {', '.join(self.refs)}"
