"""The people, clients and addresses that are known already, so that a file that comes again doubles nothing.

Rows that were taken back are known too: what is imported again comes into force again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.message.addresses import address_key
from mailbot.records.importing.cells import BadRowError
from mailbot.records.importing.rows import ClientRow, ContactPart, PersonRow
from mailbot.records.names import name_words
from mailbot.records.tables import Address, Client, Contact, ContactPoint, Person, PointKind, PointStatus, Suppression
from mailbot.suggestions import nearest

Found = TypeVar("Found", Person, Client, Contact)


@dataclass(slots=True)
class Register:
    """All of them, by what they are recognised by."""

    people: dict[int, Person] = field(default_factory=dict)
    people_by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    clients: dict[int, Client] = field(default_factory=dict)
    clients_by_code: dict[str, Client] = field(default_factory=dict)
    clients_by_name: dict[str, list[Client]] = field(default_factory=lambda: defaultdict(list))
    contacts: dict[int, Contact] = field(default_factory=dict)
    contacts_of: dict[int, list[Contact]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, Address] = field(default_factory=dict)
    posts: dict[int, ContactPoint] = field(default_factory=dict)  # postal addresses, by their client
    dead_numbers: Mapping[tuple[int, str], ContactPoint] = field(default_factory=dict)  # by client, and as compared
    suppressed: frozenset[str] = frozenset()  # fingerprints

    @classmethod
    def load(cls, session: Session) -> Self:
        """Everything that is known at this moment."""
        register = cls()
        for person in session.scalars(select(Person).order_by(Person.id)):
            register.add_person(person)
        for client in session.scalars(select(Client).order_by(Client.id)):
            register.add_client(client)
        for contact in session.scalars(select(Contact).order_by(Contact.id)):
            register.add_contact(contact)
        for address in session.scalars(select(Address).order_by(Address.id)):
            register.addresses[address.key] = address
        points = session.scalars(select(ContactPoint).order_by(ContactPoint.id)).all()
        register.posts = {point.client_id: point for point in points if point.kind is PointKind.POST}
        register.dead_numbers = {
            (point.client_id, point.key): point
            for point in points
            if point.kind is PointKind.PHONE and point.status is PointStatus.DEAD and point.undone_by is None
        }
        register.suppressed = frozenset(session.scalars(select(Suppression.digest)))
        return register

    def add_person(self, person: Person) -> None:
        self.people[person.id] = person
        self.people_by_name[_folded(person.name)].append(person)

    def add_client(self, client: Client) -> None:
        self.clients[client.id] = client
        if client.code:
            self.clients_by_code[client.code] = client
        self.clients_by_name[client.name_key].append(client)

    def add_contact(self, contact: Contact) -> None:
        self.contacts[contact.id] = contact
        self.contacts_of[contact.client_id].append(contact)

    def person(self, row: PersonRow) -> Person | None:
        """The person a row is about: by an address, else by the whole name. BadRowError where it may be two."""
        owners = {
            address.person_id: self.addresses[mail.key].written
            for mail in row.mails
            if (address := self.addresses.get(mail.key)) is not None
        }
        if None in owners:
            raise BadRowError(f"{owners[None]} belongs to a contact of a client, not to one of us")
        if len(owners) > 1:
            raise BadRowError(f"{' and '.join(owners.values())} belong to different people")
        if owners:
            return self.people[next(iter(key for key in owners if key is not None))]
        return _only(self.people_by_name.get(_folded(row.name), []), f"the name {row.name!r} fits several people")

    def client(self, row: ClientRow) -> Client | None:
        """The client a row is about: by its code, else by its name. BadRowError where it may be two."""
        if row.code and row.code in self.clients_by_code:
            return self.merged(self.clients_by_code[row.code])
        named = [
            self.merged(client)
            for client in self.clients_by_name.get(row.key, [])
            if not (row.code and client.code)  # two codes are two clients, whatever their names
        ]
        return _only(
            list(dict.fromkeys(named)),
            f"the name {row.name!r} fits several clients: give the code of the one that is meant",
        )

    def merged(self, client: Client) -> Client:
        """The client that this one is."""
        while client.merged_into_id is not None:
            client = self.clients[client.merged_into_id]
        return client

    def contact(self, client: Client | None, part: ContactPart) -> Contact | None:
        """The contact a row is about: by an address, else, here, by name. BadRowError where it belongs elsewhere."""
        for mail in part.mails:
            address = self.addresses.get(mail.key)
            if address is None:
                continue
            if address.contact_id is None:
                raise BadRowError(f"{mail.written} belongs to one of us, not to a client")
            contact = self.contacts[address.contact_id]
            if client is None or contact.client_id != client.id:
                raise BadRowError(f"{mail.written} belongs to {contact.name}, a contact of another client")
            return contact
        if client is None:
            return None
        same = [each for each in self.contacts_of[client.id] if _folded(each.name) == _folded(part.name)]
        return _only(same, f"the contact {part.name!r} is there several times: give the e-mail address")

    def owner(self, written: str, what: str = "owner") -> Person:
        """One of us (the owner of a client), by address, by name, or by a first name that only one has. BadRowError
        otherwise."""
        address = self.addresses.get(address_key(written))
        if address is not None and address.person_id is not None:
            return self.people[address.person_id]
        name = _folded(written)
        named = self.people_by_name.get(name, []) or [
            person for person in self.people.values() if name and _folded(person.name).split()[:1] == [name]
        ]
        found = _only(named, f"the {what} {written!r} may be several people: write the e-mail address")
        if found is None:
            meant = nearest(written, [person.name for person in self.people.values()])
            hint = f"did you mean {meant!r}?" if meant else "import the people first"
            raise BadRowError(f"the {what} {written!r} is not among the people: {hint}")
        return found


def _folded(name: str) -> str:
    return " ".join(name_words(name))


def _only(found: list[Found], doubt: str) -> Found | None:
    if len(found) > 1:
        raise BadRowError(doubt)
    return found[0] if found else None
