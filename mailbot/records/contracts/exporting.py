"""Contracts as rows of plain values, for other programs: as `mailbot import` reads them, and as billing needs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.records.codec import plain
from mailbot.records.contracts.tables import Contract, ContractEvent, Deliverable, Use
from mailbot.records.tables import Address, Client

Row = Mapping[str, object]


def contract_rows(session: Session) -> Iterator[Row]:
    """One row for each thing that a contract promises, and one for a contract that promises nothing."""
    names = _Names(session)
    lines: dict[int, list[Deliverable | None]] = defaultdict(list)
    in_force = select(Deliverable).where(Deliverable.undone_by.is_(None))
    for line in session.scalars(in_force.order_by(Deliverable.position, Deliverable.part)):
        lines[line.contract_id].append(line)
    refs = {row.id: row.ref for row in session.execute(select(Contract.id, Contract.ref))}
    for contract in session.scalars(select(Contract).where(Contract.undone_by.is_(None)).order_by(Contract.id)):
        for each in lines[contract.id] or [None]:
            yield {**_of_contract(contract, names, refs), **_of_line(each, names)}


def billing_rows(session: Session) -> Iterator[Row]:
    """One row for each step of each contract's history that has an amount, the oldest first."""
    names = _Names(session)
    refs = {row.id: row.ref for row in session.execute(select(Contract.id, Contract.ref))}
    steps = (
        select(ContractEvent, Contract)
        .join(Contract, Contract.id == ContractEvent.contract_id)
        .where(ContractEvent.undone_by.is_(None), Contract.undone_by.is_(None), ContractEvent.amount.is_not(None))
        .order_by(ContractEvent.id)
    )
    for event, contract in session.execute(steps):
        client = names.clients.get(contract.client_id)
        yield {
            "contract": contract.ref,
            "client_code": client.code if client else None,
            "client": client.name if client else None,
            "rep": names.of_person(contract.rep_id),
            "kind": event.kind.value,
            "since": plain(event.since),
            "starts": plain(contract.starts_on),
            "ends": plain(contract.ends_on),
            "amount": plain(event.amount),
            "currency": event.currency,
            "words": event.words,
            "at": plain(event.at),
            "follows": refs.get(contract.follows_id or 0),
        }


class _Names:
    """How people, contacts and clients are written: by their address, and by their code or name."""

    def __init__(self, session: Session) -> None:
        self.clients = {client.id: client for client in session.scalars(select(Client))}
        self._people: dict[int, str] = {}
        self._contacts: dict[int, str] = {}
        for address in session.scalars(select(Address).where(Address.undone_by.is_(None)).order_by(Address.id.desc())):
            if address.person_id is not None:
                self._people[address.person_id] = address.written
            if address.contact_id is not None:
                self._contacts[address.contact_id] = address.written

    def of_client(self, client_id: int) -> str | None:
        client = self.clients.get(client_id)
        return (client.code or client.name) if client else None

    def of_person(self, person_id: int | None) -> str | None:
        return self._people.get(person_id or 0)

    def of_contact(self, contact_id: int | None) -> str | None:
        return self._contacts.get(contact_id or 0)


def _of_contract(contract: Contract, names: _Names, refs: Mapping[int, str]) -> Row:
    return {
        "contract": contract.ref,
        "client": names.of_client(contract.client_id),
        "rep": names.of_person(contract.rep_id),
        "contact": names.of_contact(contract.contact_id),
        "signed": plain(contract.signed_on),
        "starts": plain(contract.starts_on),
        "ends": plain(contract.ends_on),
        "value": plain(contract.value),
        "currency": contract.currency,
        "renews": _yes(contract.renews),
        "notice_days": contract.notice_days,
        "state": contract.state.value,
        "follows": refs.get(contract.follows_id or 0),
    }


def _of_line(line: Deliverable | None, names: _Names) -> Row:
    return {
        "line": line.position if line else None,
        "part": line.part if line else None,
        "kind": line.kind if line else None,
        "words": line.words if line else None,
        "issue": line.issue if line else None,
        "quantity": line.quantity if line else None,
        "percent": plain(line.percent) if line else None,
        "list_price": plain(line.list_price) if line else None,
        "worth": plain(line.worth) if line else None,
        "department": names.of_person(line.department_id) if line else None,
        "asked": names.of_contact(line.contact_id) if line else None,
        "runs_from": _day(line.starts_on) if line else None,
        "due": _day(line.due_on) if line else None,
        "runs_until": _day(line.ends_on) if line else None,
        "done": line.state.value if line else None,
        "link": line.link if line else None,
        "target": line.target if line else None,
        "proof": line.proof if line else None,
        "benefit": _yes(line.is_benefit) if line else None,
        "used": _used(line) if line else None,
    }


def _used(line: Deliverable) -> str:
    if line.use is not Use.USED:
        return "no"
    return line.used_at.date().isoformat() if line.used_at else "yes"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _yes(said: bool) -> str:
    return "yes" if said else "no"
