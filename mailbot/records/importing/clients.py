"""Rows become clients and their contacts, in one decision that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.importing.cells import BadRowError
from mailbot.records.importing.register import Register
from mailbot.records.importing.rehearsing import Writer
from mailbot.records.importing.rows import ClientRow, ContactPart, Mail
from mailbot.records.pen import Pen
from mailbot.records.suppression import fingerprint
from mailbot.records.tables import Address, Client, Contact, ContactPoint, PointKind, PointStatus


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
                write_client(pen, register, row)
            except BadRowError as moved_on:
                raise TryAgain(f"{self.file}, line {row.line}: {moved_on}; the records changed meanwhile") from moved_on

    def __str__(self) -> str:
        return f"import {len(self.rows)} lines of clients from {self.file}"


def write_client(pen: Writer, register: Register, row: ClientRow) -> None:
    """Writes one client.

    Raises BadRowError, before anything of it is written, where the row cannot be taken.
    """
    for mail in row.contact.mails if row.contact else ():
        if fingerprint(mail.key) in register.suppressed:
            raise BadRowError(f"whoever has {mail.written} asked to be forgotten: leave this contact out")
    client = register.client(row)
    owner = register.owner(row.owner) if row.owner else None
    contact = register.contact(client, row.contact) if row.contact else None
    said = _given(
        code=row.code,
        name=row.name,
        name_key=row.key,
        owner_id=owner.id if owner else None,
        language=row.language,
        holidays=row.holidays,
    )
    if client is None:
        client = pen.insert(Client(**said))
        register.add_client(client)
    elif _is_of(client, row):
        pen.update(client, **said, undone_by=None)
    if row.post:
        _write_post(pen, register, client, row.post)
    if row.contact:
        _write_contact(pen, register, client, contact, row.contact)


def _is_of(client: Client, row: ClientRow) -> bool:
    """Whether a row speaks of this client itself, and not of one that was merged into it and is called otherwise."""
    if row.code and client.code:
        return row.code == client.code
    return row.key == client.name_key


def _write_post(pen: Writer, register: Register, client: Client, written: str) -> None:
    """The postal address of a client. The one from which letters came back stays dead; another one is a new try."""
    known = register.posts.get(client.id)
    if known is None:
        point = ContactPoint(
            client_id=client.id,
            kind=PointKind.POST,
            written=written,
            status=PointStatus.OK,
            status_because="imported",
            first_seen=pen.now,
            last_seen=pen.now,
        )
        register.posts[client.id] = pen.insert(point)
    elif known.undone_by is not None or (known.written and known.written != written):
        pen.update(
            known,
            written=written,
            status=PointStatus.OK,
            status_because="imported",
            first_seen=pen.now,
            last_seen=pen.now,
            undone_by=None,
        )
    else:
        pen.update(known, written=written)


def _write_contact(pen: Writer, register: Register, client: Client, contact: Contact | None, part: ContactPart) -> None:
    said = _given(name=part.name, role=part.role, phone=part.phone, rank=part.rank)
    if contact is None:
        others = [each.rank for each in register.contacts_of[client.id] if each.undone_by is None]
        contact = pen.insert(Contact(client_id=client.id, **{"rank": max(others, default=0) + 1, **said}))
        register.add_contact(contact)
    else:
        pen.update(contact, **said, undone_by=None)
    for mail in part.mails:
        _write_address(pen, register, contact, mail)


def _write_address(pen: Writer, register: Register, contact: Contact, mail: Mail) -> None:
    known = register.addresses.get(mail.key)
    if known is None:
        register.addresses[mail.key] = pen.insert(Address(key=mail.key, written=mail.written, contact_id=contact.id))
    else:
        pen.update(known, written=mail.written, undone_by=None)  # its status stays: stopped is stopped


def _given(**values: Any) -> dict[str, Any]:
    """What the file says; where it says nothing, what is known stays."""
    return {name: value for name, value in values.items() if value is not None}
