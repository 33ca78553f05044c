"""The contracts that are known already, with all they promise, so that a file that comes again doubles nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.message.addresses import address_key
from mailbot.records.contracts.tables import Contract, Deliverable, Traffic
from mailbot.records.importing.cells import BadRowError
from mailbot.records.importing.register import Register
from mailbot.records.names import name_key, name_words
from mailbot.records.tables import Client, Contact
from mailbot.suggestions import nearest

Place = tuple[int, int, int]  # contract, position, part


@dataclass(slots=True)
class ContractRegister:
    """All of them, by what they are recognised by; rows that were taken back are known too."""

    parties: Register
    contracts: dict[str, Contract] = field(default_factory=dict)
    deliverables: dict[Place, Deliverable] = field(default_factory=dict)
    lines_of: dict[int, list[Deliverable]] = field(default_factory=lambda: defaultdict(list))
    traffic: dict[tuple[int, date], Traffic] = field(default_factory=dict)

    @classmethod
    def load(cls, session: Session) -> Self:
        """Everything that is known at this moment."""
        register = cls(Register.load(session))
        for contract in session.scalars(select(Contract).order_by(Contract.id)):
            register.contracts[contract.ref] = contract
        for deliverable in session.scalars(select(Deliverable).order_by(Deliverable.id)):
            register.add(deliverable)
        for month in session.scalars(select(Traffic).order_by(Traffic.id)):
            register.traffic[month.deliverable_id, month.month] = month
        return register

    def add(self, deliverable: Deliverable) -> None:
        place = (deliverable.contract_id, deliverable.position, deliverable.part)
        self.deliverables[place] = deliverable
        self.lines_of[deliverable.contract_id].append(deliverable)

    def contract(self, ref: str) -> Contract:
        """The contract with this number. BadRowError where it is not there."""
        found = self.contracts.get(ref)
        if found is None or found.undone_by is not None:
            raise BadRowError(f"there is no contract {ref}{_meant(ref, self.contracts)}")
        return found

    def client(self, written: str) -> Client:
        """The client with this code, or this name. BadRowError where it is none, or may be two."""
        by_code = self.parties.clients_by_code.get(written)
        found = [by_code] if by_code else self.parties.clients_by_name.get(name_key(written), [])
        clients = list(dict.fromkeys(self.parties.merged(client) for client in found))
        in_force = [client for client in clients if client.undone_by is None]
        if len(in_force) > 1:
            raise BadRowError(f"the name {written!r} fits several clients: give the code of the one that is meant")
        if not in_force:
            names = [client.name for client in self.parties.clients.values()]
            raise BadRowError(f"{written!r} is not among the clients{_meant(written, names)}")
        return in_force[0]

    def contact(self, client: Client, written: str) -> Contact:
        """A contact of this client, by address or by name. BadRowError where there is none."""
        address = self.parties.addresses.get(address_key(written))
        theirs = [each for each in self.parties.contacts_of[client.id] if each.undone_by is None]
        named = " ".join(name_words(written))
        found = [
            each
            for each in theirs
            if (address is not None and address.contact_id == each.id) or " ".join(name_words(each.name)) == named
        ]
        if len(found) != 1:
            what = "is not a contact" if not found else "may be several contacts"
            raise BadRowError(f"{written!r} {what} of {client.name}: import the contacts first, or write the address")
        return found[0]

    def seen_on(self, contract: Contract, position: int | None, part: int) -> Deliverable:
        """The deliverable that figures are of: the one named, or the only one of the contract that has a place on the
        web. BadRowError where that is none, or may be two."""
        theirs = [each for each in self.lines_of[contract.id] if each.undone_by is None]
        if position is not None:
            found = [each for each in theirs if (each.position, each.part) == (position, part)]
        else:
            found = [each for each in theirs if each.link or each.target or each.kind in ("banner", "link")]
        if len(found) != 1:
            what = "has no such line" if not found else "has several lines with figures: name one, from 1 on"
            raise BadRowError(f"{contract.ref} {what}")
        return found[0]


def _meant(written: str, known: object) -> str:
    meant = nearest(written, known) if isinstance(known, dict | list) else None
    return f": did you mean {meant!r}?" if meant else ""
