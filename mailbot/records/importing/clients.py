"""Rows become clients and their contacts, in one decision that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.importing.register import Register
from mailbot.records.importing.rows import BadRowError, ClientRow, ContactPart, Mail
from mailbot.records.names import index_words
from mailbot.records.pen import Pen
from mailbot.records.tables import Address, Client, Contact


@dataclass(frozen=True, slots=True)
class ImportClients(Action):
    """Writes clients that a file names: new ones are added, known ones brought up to date, none twice."""

    name: ClassVar[str] = "desk.import_clients"
    file: str
    rows: tuple[ClientRow, ...]

    def carry_out(self, pen: Pen) -> None:
        register = Register.load(pen.session)
        for row in self.rows:
            try:
                _write(pen, register, row)
            except BadRowError as moved_on:
                raise TryAgain(
                    f"{self.file}, line {row.line}: {moved_on} now: somebody changed it meanwhile"
                ) from moved_on

    def __str__(self) -> str:
        return f"import {len(self.rows)} lines of clients from {self.file}"


def refuse_client(register: Register, row: ClientRow) -> bool:
    """Whether this client is known already. BadRowError where the row cannot be taken."""
    client = register.client(row)
    if row.owner:
        register.owner(row.owner)
    if row.contact:
        register.contact(client, row.contact)
    return client is not None


def _write(pen: Pen, register: Register, row: ClientRow) -> None:
    client = register.client(row)
    said = _given(
        code=row.code,
        name=row.name,
        name_key=row.key,
        owner_id=register.owner(row.owner).id if row.owner else None,
        language=row.language,
    )
    if client is None:
        client = pen.insert(Client(**said))
        register.add_client(client)
        index_words(pen.session, client)
    else:
        renamed = client.name != row.name
        pen.update(client, **said, undone_by=None)
        if renamed:
            index_words(pen.session, client)
    if row.contact:
        _write_contact(pen, register, client, row.contact)


def _write_contact(pen: Pen, register: Register, client: Client, part: ContactPart) -> None:
    contact = register.contact(client, part)
    said = _given(name=part.name, role=part.role, phone=part.phone, rank=part.rank)
    if contact is None:
        others = [each.rank for each in register.contacts_of[client.id] if each.undone_by is None]
        contact = pen.insert(Contact(client_id=client.id, **{"rank": max(others, default=0) + 1, **said}))
        register.add_contact(contact)
    else:
        pen.update(contact, **said, undone_by=None)
    for mail in part.mails:
        _write_address(pen, register, contact, mail)


def _write_address(pen: Pen, register: Register, contact: Contact, mail: Mail) -> None:
    known = register.addresses.get(mail.key)
    if known is None:
        register.addresses[mail.key] = pen.insert(Address(key=mail.key, written=mail.written, contact_id=contact.id))
    else:
        pen.update(known, written=mail.written, undone_by=None)  # its status stays: stopped is stopped


def _given(**values: Any) -> dict[str, Any]:
    """What the file says; where it says nothing, what is known stays."""
    return {name: value for name, value in values.items() if value is not None}
