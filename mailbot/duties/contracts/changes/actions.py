"""What a change of a contract does to the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import func, select

from mailbot.duties.contracts.actions import deliverable
from mailbot.duties.contracts.changes.facts import ChangeReading
from mailbot.duties.contracts.facts import KeptFile
from mailbot.duties.contracts.planning import Planned
from mailbot.duties.contracts.tables import ContractChange, DraftState
from mailbot.errors import TryAgain
from mailbot.records.codec import kept_text, plain
from mailbot.records.contracts.actions import no_more_asked
from mailbot.records.contracts.tables import (
    Contract,
    ContractEvent,
    ContractFile,
    ContractState,
    Deliverable,
    DeliverableState,
    EventKind,
)
from mailbot.records.contracts.tables_in_words import EVENT
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.stored_files import store

_LONGEST_WORDS = 300
_LONGEST_KEPT = 4_000


@dataclass(frozen=True, slots=True)
class KeepChange(Action):
    """A change as it was read is kept, with its files, until somebody says that it is right."""

    name: ClassVar[str] = "contracts.keep_change"
    ref: str
    kind: EventKind
    about: str  # the contract, or the client, for people
    contract_id: int | None
    contract_ids: tuple[int, ...]
    sent_by_id: int
    said_on: date
    words: str
    file_text: str
    reading: ChangeReading | None
    in_file: ChangeReading | None
    files: tuple[KeptFile, ...]

    def carry_out(self, pen: Pen) -> None:
        files = [
            {"sha256": store(pen.session, file.content, file.media_type, pen.now), "filename": file.filename[:200]}
            for file in self.files
        ]
        pen.insert(
            ContractChange(
                ref=self.ref,
                kind=self.kind,
                contract_id=self.contract_id,
                contract_ids=list(self.contract_ids),
                sent_by_id=self.sent_by_id,
                said_on=self.said_on,
                words=kept_text(self.words, _LONGEST_KEPT),
                file_text=self.file_text,
                reading=plain(self.reading) if self.reading else None,
                in_file=plain(self.in_file) if self.in_file else None,
                files=files,
                arrival_id=pen.arrival_id,
            )
        )

    def __str__(self) -> str:
        return f"keep what was read of {self.about} ({EVENT['kind'].values[self.kind].en}) until it is confirmed"

    def in_german(self) -> str:
        return f"was zu {self.about} gelesen wurde ({EVENT['kind'].values[self.kind].de}) bis zur Bestätigung aufheben"


@dataclass(frozen=True, slots=True)
class CorrectChange(Action):
    """What was read of a change is put right, or read against the contract that was chosen."""

    name: ClassVar[str] = "contracts.correct_change"
    change_id: int
    ref: str
    contract_id: int
    reading: ChangeReading | None
    in_file: ChangeReading | None
    said: tuple[str, ...]

    def carry_out(self, pen: Pen) -> None:
        change = _waiting(pen, self.change_id)
        pen.update(
            change,
            contract_id=self.contract_id,
            reading=plain(self.reading) if self.reading else None,
            in_file=plain(self.in_file) if self.in_file else None,
        )

    def __str__(self) -> str:
        return f"change {self.ref} as it was read: {'; '.join(self.said)}"

    def in_german(self) -> str:
        return f"die gelesene Änderung {self.ref} berichtigen: {'; '.join(self.said)}"


@dataclass(frozen=True, slots=True)
class SettleChange(Action):
    """A change waits no longer: nothing comes of it, or a contract that follows is read instead."""

    name: ClassVar[str] = "contracts.settle_change"
    change_id: int
    ref: str
    state: DraftState

    def carry_out(self, pen: Pen) -> None:
        pen.update(_waiting(pen, self.change_id), state=self.state)

    def __str__(self) -> str:
        return f"the change {self.ref} waits no longer"

    def in_german(self) -> str:
        return f"die Änderung {self.ref} wartet nicht mehr"


@dataclass(frozen=True, slots=True)
class RowChange:
    """What becomes of one thing that a contract promises; None where it stays as it is."""

    id: int
    state: DeliverableState | None = None
    ends_on: date | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeContract(Action):
    """A change holds from now on: the contract, each thing that it promises, and the step of its history.

    `value` and `ends_on` are None where they stay. `amount` is that of the step: the new value, or what is paid back.
    """

    name: ClassVar[str] = "contracts.change"
    change_id: int
    contract_id: int
    contract: str  # its number
    client_id: int
    client: str  # for people
    rep_id: int | None
    kind: EventKind
    since: date
    starts_on: date
    last_day: date  # afterwards
    amount: Decimal | None
    currency: str
    value: Decimal | None
    ends_on: date | None
    notice_on: date | None
    rows: tuple[RowChange, ...]
    added: tuple[Planned, ...]
    words: str

    def carry_out(self, pen: Pen) -> None:
        change = _waiting(pen, self.change_id)
        contract = pen.get(Contract, self.contract_id)
        is_late = contract.state is ContractState.ENDED and self.kind is EventKind.REFUNDED
        if contract.state is not ContractState.RUNNING and not is_late:
            raise TryAgain(f"contract {contract.ref} is {contract.state.value} meanwhile; it will be decided anew")
        pen.update(contract, **self._columns())
        for row in self.rows:
            _change_row(pen, row)
        first = _first_position(pen, contract)
        for added in self.added:
            new = deliverable(contract, added, None)
            new.position = first + added.position - 1
            pen.insert(new)
        for file in change.files:
            pen.insert(ContractFile(contract_id=contract.id, sha256=file["sha256"], filename=file["filename"]))
        pen.insert(
            ContractEvent(
                contract_id=contract.id,
                kind=self.kind,
                since=self.since,
                amount=self.amount,
                currency=self.currency,
                words=kept_text(self.words, _LONGEST_WORDS),
                at=pen.now,
            )
        )
        pen.update(change, state=DraftState.CONFIRMED)
        if self.kind is EventKind.CANCELLED:
            no_more_asked(pen, self.contract)

    def _columns(self) -> Mapping[str, Any]:
        columns: dict[str, Any] = {}
        if self.value is not None:
            columns["value"] = self.value
        if self.ends_on is not None:
            columns |= {"ends_on": self.ends_on, "notice_on": self.notice_on}
        if self.kind is EventKind.CANCELLED:
            columns["state"] = ContractState.CANCELLED
        return columns

    def __str__(self) -> str:
        return f"{self.contract} with {self.client}: {EVENT['kind'].values[self.kind].en}"

    def in_german(self) -> str:
        return f"{self.contract} mit {self.client}: {EVENT['kind'].values[self.kind].de}"


def _change_row(pen: Pen, change: RowChange) -> None:
    """What was dropped meanwhile stays so, and what was delivered is not dropped."""
    row = pen.get(Deliverable, change.id)
    if row.state is DeliverableState.DROPPED:
        return
    if change.state is not None and row.state is not DeliverableState.DELIVERED:
        pen.update(row, state=change.state)
    if change.ends_on is not None:
        pen.update(row, ends_on=change.ends_on)
    if change.quantity is not None:
        pen.update(row, quantity=change.quantity)


def _first_position(pen: Pen, contract: Contract) -> int:
    """Behind all lines that the contract ever had, those that were taken back too: each number is given once."""
    last = pen.session.scalar(select(func.max(Deliverable.position)).where(Deliverable.contract_id == contract.id))
    return (last or 0) + 1


def _waiting(pen: Pen, change_id: int) -> ContractChange:
    change = pen.get(ContractChange, change_id)
    if change.state is not DraftState.WAITING:
        raise TryAgain(f"change {change.ref} was settled meanwhile; the mail will be decided anew")
    return change
