"""The records as rows of plain values, for other programs. What goes into CSV cannot become a formula there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import LargeBinary, inspect, select
from sqlalchemy.orm import Session

from mailbot.errors import Never
from mailbot.records.base import Base
from mailbot.records.codec import plain
from mailbot.records.contracts.exporting import billing_rows, contract_rows
from mailbot.records.tables import Address, Client, Contact, ContactPoint, DecisionRow, Person, PointKind
from mailbot.suggestions import unknown

Exported = Mapping[str, object]

# Tables that hold nothing but how the program works.
_INNER: Final = frozenset({"alembic_version", "name_changes", "numbers", "raw_mails", "runs", "watermarks"})


def names() -> tuple[str, ...]:
    """What can be exported: people and clients as they are imported, how clients are reached, and every table of the
    records."""
    tables = {mapper.local_table.name for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
    return tuple(sorted((tables - _INNER) | _OWN.keys()))


def export(session: Session, name: str) -> Iterator[Exported]:
    """The rows of one export. Never where there is none of this name."""
    if name not in names():
        raise Never(unknown("export", name, names()))
    own = _OWN.get(name)
    return own(session) if own else _table(session, name)


def _people(session: Session) -> Iterator[Exported]:
    """One row for each person, its addresses in one cell: what `mailbot import` reads again."""
    mails = _addresses(session)
    for person in session.scalars(select(Person).where(Person.undone_by.is_(None)).order_by(Person.id)):
        yield {
            "name": person.name,
            "email": "; ".join(each.written for each in mails[person.id, None]),
            "role": person.role.value,
            "language": person.language,
            "locale": person.locale,
            "currency": person.currency,
            "active": "yes" if person.active else "no",
        }


def _clients(session: Session) -> Iterator[Exported]:
    """One row for each contact of a client, and one for a client without any: what `mailbot import` reads again."""
    mails = _addresses(session)
    known_posts = select(ContactPoint).where(ContactPoint.kind == PointKind.POST, ContactPoint.undone_by.is_(None))
    posts = {point.client_id: point.written or None for point in session.scalars(known_posts)}
    contacts: dict[int, list[Contact | None]] = defaultdict(list)
    for contact in session.scalars(select(Contact).where(Contact.undone_by.is_(None)).order_by(Contact.rank)):
        contacts[contact.client_id].append(contact)
    for client in session.scalars(select(Client).where(Client.undone_by.is_(None)).order_by(Client.id)):
        owner = mails[client.owner_id, None]
        for each in contacts[client.id] or [None]:
            known = mails[None, each.id] if each else []
            yield {
                "code": client.code,
                "name": client.name,
                "owner": owner[0].written if owner else None,
                "language": client.language,
                "contact": each.name if each else None,
                "email": "; ".join(address.written for address in known),
                "contact_role": each.role if each else None,
                "phone": each.phone if each else None,
                "rank": each.rank if each else None,
                "post": posts.get(client.id),
                "email_status": "; ".join(address.status.value for address in known),
            }


def _reach(session: Session) -> Iterator[Exported]:
    """One row for each e-mail address, number and postal address of a client: whether it works, since when, and why."""
    owners = {person.id: person.name for person in session.scalars(select(Person))}
    for address, contact, client, made_at in session.execute(_REACHED_BY_MAIL):
        yield {**_of_client(client, owners, contact), **_way_of_mail(address, made_at)}
    for point, holder, client in session.execute(_REACHED_OTHERWISE):
        yield {**_of_client(client, owners, holder), **_other_way(point)}


_REACHED_BY_MAIL: Final = (
    select(Address, Contact, Client, DecisionRow.decided_at)
    .join(Contact, Contact.id == Address.contact_id)
    .join(Client, Client.id == Contact.client_id)
    .join(DecisionRow, DecisionRow.id == Address.made_by, isouter=True)
    .where(Address.undone_by.is_(None), Contact.undone_by.is_(None), Client.undone_by.is_(None))
    .order_by(Client.id, Contact.rank, Address.id)
)
_REACHED_OTHERWISE: Final = (
    select(ContactPoint, Contact, Client)
    .join(Client, Client.id == ContactPoint.client_id)
    .join(Contact, Contact.id == ContactPoint.contact_id, isouter=True)
    .where(ContactPoint.undone_by.is_(None), Client.undone_by.is_(None))
    .order_by(Client.id, ContactPoint.id)
)


def _way_of_mail(address: Address, made_at: datetime | None) -> Exported:
    seen = [each for each in (address.status_since, address.last_ok) if each]
    return {
        "kind": "e-mail",
        "written": address.written,
        "status": address.status.value,
        "since": plain(address.status_since),
        "first_seen": plain(made_at),
        "last_seen": plain(max(seen, default=None)),
        "last_ok": plain(address.last_ok),
        "because": address.status_because,
    }


def _other_way(point: ContactPoint) -> Exported:
    return {
        "kind": point.kind.value,
        "written": point.written,
        "status": point.status.value,
        "since": plain(point.first_seen),
        "first_seen": plain(point.first_seen),
        "last_seen": plain(point.last_seen),
        "last_ok": plain(point.last_ok),
        "because": point.status_because,
    }


def _of_client(client: Client, owners: Mapping[int, str], contact: Contact | None) -> Exported:
    return {
        "code": client.code,
        "client": client.name,
        "owner": owners.get(client.owner_id or 0),
        "contact": contact.name if contact else None,
    }


def _addresses(session: Session) -> Mapping[tuple[int | None, int | None], list[Address]]:
    """Every address, by the person or the contact it belongs to, the first one first."""
    found: dict[tuple[int | None, int | None], list[Address]] = defaultdict(list)
    for address in session.scalars(select(Address).where(Address.undone_by.is_(None)).order_by(Address.id)):
        found[address.person_id, address.contact_id].append(address)
    return found


def _table(session: Session, name: str) -> Iterator[Exported]:
    mapped = _mapped(name)
    told = [each for each in inspect(mapped).column_attrs if not isinstance(each.columns[0].type, LargeBinary)]
    query = select(*(getattr(mapped, each.key) for each in told)).order_by(*inspect(mapped).primary_key)
    for row in session.execute(query.execution_options(yield_per=500)):
        yield {each.key: plain(value) for each, value in zip(told, row, strict=True)}


def _mapped(name: str) -> type[Base]:
    return next(
        mapper.class_
        for mapper in Base.registry.mappers
        if mapper.local_table.name == name  # type: ignore[attr-defined]
    )


_OWN: Final[Mapping[str, Callable[[Session], Iterator[Exported]]]] = {
    "people": _people,
    "clients": _clients,
    "reach": _reach,
    "contracts": contract_rows,
    "billing": billing_rows,
}
