"""Rows become contracts with what they promise, and the figures of months; each file in one decision that can be taken
back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from mailbot.errors import TryAgain
from mailbot.records.contracts.dates import notice_by
from mailbot.records.contracts.tables import Contract, ContractEvent, Deliverable, EventKind, Traffic, Use
from mailbot.records.decision import Action
from mailbot.records.importing.cells import BadRowError
from mailbot.records.importing.contract_register import ContractRegister
from mailbot.records.importing.contract_rows import ContractRow, DeliverablePart, TrafficRow
from mailbot.records.importing.rehearsing import Writer
from mailbot.records.pen import Pen
from mailbot.records.tables import Client


@dataclass(frozen=True, slots=True)
class ImportContracts(Action):
    """Writes contracts that a file names: new ones are added, known ones brought up to date, none twice."""

    name: ClassVar[str] = "desk.import_contracts"
    file: str
    rows: tuple[ContractRow, ...]

    def carry_out(self, pen: Pen) -> None:
        register = ContractRegister.load(pen.session)
        for row in self.rows:
            try:
                write_contract(pen, register, row)
            except BadRowError as moved_on:
                raise TryAgain(f"{self.file}, line {row.line}: {moved_on}; the records changed meanwhile") from moved_on

    def __str__(self) -> str:
        return f"import {len(self.rows)} lines of contracts from {self.file}"


@dataclass(frozen=True, slots=True)
class ImportTraffic(Action):
    """Writes the figures of months that a file names; a month that comes again has the new figures."""

    name: ClassVar[str] = "desk.import_traffic"
    file: str
    rows: tuple[TrafficRow, ...]

    def carry_out(self, pen: Pen) -> None:
        register = ContractRegister.load(pen.session)
        for row in self.rows:
            try:
                write_traffic(pen, register, row)
            except BadRowError as moved_on:
                raise TryAgain(f"{self.file}, line {row.line}: {moved_on}; the records changed meanwhile") from moved_on

    def __str__(self) -> str:
        return f"import the figures of {len(self.rows)} months from {self.file}"


def write_contract(pen: Writer, register: ContractRegister, row: ContractRow) -> None:
    """Writes one line of a contract.

    Raises BadRowError, before anything of it is written, where the row cannot be taken.
    """
    client, known = register.client(row.client), register.contracts.get(row.ref)
    if known is not None and known.client_id != client.id:
        raise BadRowError(f"{row.ref} is a contract of another client, not of {client.name}")
    said = _of_contract(register, row, client, known)
    part = row.deliverable
    promised = _of_deliverable(register, part, client) if part else {}
    is_new = known is None or known.undone_by is not None
    if known is None:
        known = pen.insert(Contract(ref=row.ref, client_id=client.id, **said))
        register.contracts[row.ref] = known
    else:
        pen.update(known, **said, undone_by=None)
    if is_new:
        pen.insert(_signed(known))
    if part is not None:
        _write_deliverable(pen, register, known, part, promised)


def write_traffic(pen: Writer, register: ContractRegister, row: TrafficRow) -> None:
    """Writes the figures of one month. Raises BadRowError, before anything is written, where it cannot be taken."""
    of = register.seen_on(register.contract(row.ref), row.position, row.part)
    known = register.traffic.get((of.id, row.month))
    if known is None:
        month = Traffic(deliverable_id=of.id, month=row.month, views=row.views, clicks=row.clicks)
        register.traffic[of.id, row.month] = pen.insert(month)
    else:
        pen.update(known, views=row.views, clicks=row.clicks, undone_by=None)


def _of_contract(
    register: ContractRegister, row: ContractRow, client: Client, known: Contract | None
) -> dict[str, Any]:
    """What the contract holds after this row; of a new one every day and its currency have to be known."""
    starts_on = row.starts_on or (known.starts_on if known else None)
    ends_on = row.ends_on or (known.ends_on if known else None)
    if starts_on is None or ends_on is None:
        raise BadRowError(f"{row.ref} is new: the days on which it starts and ends are wanted")
    if ends_on < starts_on:
        raise BadRowError(f"{row.ref} ends on {ends_on}, before it starts on {starts_on}")
    rep = register.parties.owner(row.rep, "rep") if row.rep else register.parties.people.get(client.owner_id or 0)
    currency = row.currency or (known.currency if known else None) or (rep.currency if rep else None)
    if currency is None:
        raise BadRowError(f"{row.ref} is new and has no currency, and its rep has none either: write USD, or EUR")
    renews = row.renews if row.renews is not None else (known.renews if known else False)
    days = row.notice_days if row.notice_days is not None else (known.notice_days if known else None)
    said: dict[str, Any] = {
        "signed_on": row.signed_on,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "value": row.value,
        "currency": currency,
        "renews": renews,
        "notice_days": days,
        "rep_id": rep.id if rep and (row.rep or known is None) else None,
        "contact_id": register.contact(client, row.contact).id if row.contact else None,
        "state": row.state,
        "follows_id": register.contract(row.follows).id if row.follows else None,
    }
    notice_on = notice_by(ends_on, days) if renews and days is not None else None
    return {name: value for name, value in said.items() if value is not None} | {"notice_on": notice_on}


def _of_deliverable(register: ContractRegister, part: DeliverablePart, client: Client) -> dict[str, Any]:
    said: dict[str, Any] = {
        "kind": part.kind,
        "words": part.words,
        "issue": part.issue,
        "quantity": part.quantity,
        "percent": part.percent,
        "list_price": part.list_price,
        "worth": part.worth,
        "department_id": register.parties.owner(part.department, "department").id if part.department else None,
        "contact_id": register.contact(client, part.asked).id if part.asked else None,
        "starts_on": part.starts_on,
        "due_on": part.due_on,
        "ends_on": part.ends_on,
        "state": part.state,
        "link": part.link,
        "target": part.target,
        "proof": part.proof,
        "is_benefit": part.is_benefit,
        "use": None if part.used is None else Use.USED if part.used else Use.UNUSED,
        "used_at": _noon(part.used_on) if part.used_on else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _signed(contract: Contract) -> ContractEvent:
    """The first step of its history, on the day on which it was signed, as far as the file says which that was."""
    return ContractEvent(
        contract_id=contract.id,
        kind=EventKind.SIGNED,
        since=contract.starts_on,
        amount=contract.value,
        currency=contract.currency,
        words="",
        at=_noon(contract.signed_on or contract.starts_on),
    )


def _noon(day: date) -> datetime:
    """The middle of a day, which is that day in nearly every zone."""
    return datetime.combine(day, time(12), UTC)


def _write_deliverable(
    pen: Writer, register: ContractRegister, contract: Contract, part: DeliverablePart, said: dict[str, Any]
) -> None:
    """`said` is what the row says of it, by column."""
    position = part.position or 1
    known = register.deliverables.get((contract.id, position, part.part))
    if known is not None:
        pen.update(known, **said, undone_by=None)
        return
    words, kind = part.words or part.kind or "", part.kind or "other"
    whole = {"words": words, "kind": kind, "currency": contract.currency} | said
    place = {"contract_id": contract.id, "client_id": contract.client_id, "position": position, "part": part.part}
    register.add(pen.insert(Deliverable(**place, **whole)))
