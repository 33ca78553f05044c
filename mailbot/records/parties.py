"""Who is who: the staff, the clients and their contacts, as cards.

The queries stand ready-made: they are asked for every group of mails, and building them anew would cost more than
asking them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from mailbot.letters.model import Language
from mailbot.message.skeletons import skeletons_within
from mailbot.records.known import ClientCard, ContactCard, Party, PersonCard
from mailbot.records.tables import Address, Client, Contact, Person

_MANY: BindParameter[Any] = bindparam("wanted", expanding=True)

_STAFF = (
    select(
        Person.id,
        Person.name,
        Address.key,
        Address.written,
        Person.role,
        Person.language,
        Person.locale,
        Person.currency,
        Person.holidays,
    )
    .join(Address, Address.person_id == Person.id)
    .where(Person.active, Person.undone_by.is_(None), Address.undone_by.is_(None))
    .order_by(Person.id, Address.id)
)

_CONTACT = (
    Contact.id.label("contact_id"),
    Contact.client_id,
    Contact.name,
    Contact.rank,
    Contact.language,
    Address.id.label("address_id"),
    Address.written,
    Address.status,
    Address.last_ok,
)

_CONTACTS = (
    select(*_CONTACT)
    .join(Address, Address.contact_id == Contact.id)
    .where(Contact.client_id.in_(_MANY), Contact.undone_by.is_(None), Address.undone_by.is_(None))
    .order_by(Contact.rank, Contact.id, Address.id)
)

_CLIENTS = select(Client.id, Client.name, Client.owner_id, Client.language, Client.paused_because).where(
    Client.id.in_(_MANY), Client.undone_by.is_(None)
)

_PARTIES = (
    select(Address.key, Address.person_id, *_CONTACT)
    .join(Contact, Address.contact_id == Contact.id, isouter=True)
    .where(Address.key.in_(_MANY), Address.undone_by.is_(None))
)


def people(session: Session) -> dict[int, PersonCard]:
    """The active staff, each at the address that was registered first, with the keys of all that are theirs."""
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in session.connection().execute(_STAFF):
        rows[row.id].append(row)
    return {
        person_id: PersonCard(
            id=person_id,
            name=first.name,
            address=first.written,
            role=first.role,
            language=_language(first.language),
            locale=first.locale,
            currency=first.currency,
            holidays=first.holidays,
            keys=tuple(row.key for row in (first, *others)),
        )
        for person_id, (first, *others) in rows.items()
    }


def clients_by_id(
    session: Session, ids: Iterable[int], staff: Mapping[int, PersonCard] | None = None
) -> dict[int, ClientCard]:
    """Clients with their owners and their contacts, the main contact first."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    owners = people(session) if staff is None else staff
    contacts: dict[int, list[ContactCard]] = defaultdict(list)
    for row in session.connection().execute(_CONTACTS, {"wanted": wanted}):
        contacts[row.client_id].append(_contact_card(row))
    return {
        row.id: ClientCard(
            id=row.id,
            name=row.name,
            owner=owners.get(row.owner_id or 0),
            language=_language(row.language),
            paused_because=row.paused_because,
            contacts=tuple(contacts[row.id]),
        )
        for row in session.connection().execute(_CLIENTS, {"wanted": wanted})
    }


def parties_by_key(session: Session, keys: Iterable[str], staff: Mapping[int, PersonCard]) -> dict[str, Party]:
    """Whom these addresses belong to: staff, or contacts with their clients. Unknown ones are left out."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    rows = session.connection().execute(_PARTIES, {"wanted": wanted}).all()
    clients = clients_by_id(session, {row.client_id for row in rows if row.client_id is not None}, staff)
    return {
        row.key: Party(
            key=row.key,
            address_id=row.address_id,
            status=row.status,
            person=_writing_from(row, staff.get(row.person_id or 0)),
            contact=_contact_card(row) if row.contact_id is not None else None,
            client=clients.get(row.client_id) if row.contact_id is not None else None,
        )
        for row in rows
    }


_LOOKING_LIKE = (
    select(Address.key, Address.looks)
    .where(Address.looks.in_(_MANY), Address.contact_id.is_not(None), Address.undone_by.is_(None))
    .order_by(Address.id)
)


def domains_like(session: Session, domains: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each of these domains, those of contacts that it may be mistaken for; domains without any are left out."""
    seen = {domain: frozenset(skeletons_within(domain)) for domain in domains}
    wanted = sorted(frozenset().union(*seen.values()))
    if not wanted:
        return {}
    rows = session.connection().execute(_LOOKING_LIKE, {"wanted": wanted}).all()
    found = {
        domain: tuple(dict.fromkeys(row.key.rpartition("@")[2] for row in rows if row.looks in skeletons))
        for domain, skeletons in seen.items()
    }
    return {domain: like for domain, like in found.items() if like}


def _writing_from(row: Any, person: PersonCard | None) -> PersonCard | None:
    """The person at this one of their addresses: who cannot read mail at the registered one writes from another, and
    an answer to that mail goes where it can be read."""
    return person if person is None or row.key in person.keys[:1] else replace(person, address=row.written)


def _contact_card(row: Any) -> ContactCard:
    return ContactCard(
        id=row.contact_id,
        name=row.name,
        address=row.written,
        address_id=row.address_id,
        address_status=row.status,
        language=_language(row.language) if row.language else None,
        last_ok=row.last_ok,
    )


def _language(kept: str) -> Language:
    return "de" if kept == "de" else "en"
