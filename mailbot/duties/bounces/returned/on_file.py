"""Addresses that are on file, whose they are, and the letters that wait for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mailbot.records.contact_points import dead_numbers, phone_key
from mailbot.records.known import ClientCard, ContactCard
from mailbot.records.parties import clients_by_id
from mailbot.records.tables import Address, AddressStatus, Contact, LetterRow, LetterState
from mailbot.records.together import contacts_address, first_of_each, found_for

_MOST_LETTERS = 1_000


@dataclass(frozen=True, slots=True)
class OnFile:
    """An address that is on file, and whose it is: a contact's of a client, or a member of the staff's.

    `phone` is the contact's number; None where there is none, or it reaches nobody.
    """

    key: str
    written: str
    address_id: int
    status: AddressStatus
    person_id: int | None
    contact: ContactCard | None
    phone: str | None
    client: ClientCard | None


@dataclass(frozen=True, slots=True)
class Unsent:
    """A letter in the outbox to such an address that was not sent: it waits, or it is on hold."""

    id: int
    ref: str
    recipient_key: str
    subject: str
    on_hold: bool


# The queries stand ready-made: to build them anew for every mail would cost more than to ask them.
_ON_FILE = (
    select(
        Address.id, Address.key, Address.written, Address.status, Address.person_id, Contact.client_id, Contact.phone
    )
    .join(Contact, Address.contact_id == Contact.id, isouter=True)
    .where(Address.key.in_(bindparam("keys", expanding=True)), Address.undone_by.is_(None))
    .order_by(Address.id)
)
_UNSENT = first_of_each(
    select(LetterRow.id, LetterRow.ref, LetterRow.recipient_key, LetterRow.subject, LetterRow.state).where(
        LetterRow.recipient_key.in_(bindparam("keys", expanding=True)),
        LetterRow.state.in_((LetterState.WAITING, LetterState.ON_HOLD)),
        LetterRow.undone_by.is_(None),
    ),
    LetterRow.recipient_key,
    LetterRow.id.asc(),
    _MOST_LETTERS,
)


def on_file(session: Session, keys: set[str]) -> tuple[OnFile, ...]:
    """These addresses, as far as they are on file."""
    found = [found_for(session, _on_file, key, contacts_address) for key in sorted(keys)]
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.address_id))


def _on_file(session: Session, keys: Sequence[str]) -> dict[str, OnFile]:
    rows = session.connection().execute(_ON_FILE, {"keys": keys}).all()
    clients = clients_by_id(session, (row.client_id for row in rows if row.client_id is not None))
    dead = dead_numbers(session, {row.client_id for row in rows if row.phone})
    return {
        row.key: OnFile(
            key=row.key,
            written=row.written,
            address_id=row.id,
            status=row.status,
            person_id=row.person_id,
            contact=_card(clients.get(row.client_id), row.id),
            phone=row.phone if row.phone and (row.client_id, phone_key(row.phone)) not in dead else None,
            client=clients.get(row.client_id),
        )
        for row in rows
    }


def _card(client: ClientCard | None, address_id: int) -> ContactCard | None:
    contacts = client.contacts if client else ()
    return next((contact for contact in contacts if contact.address_id == address_id), None)


def unsent(session: Session, keys: set[str]) -> tuple[Unsent, ...]:
    """The letters to these addresses that were not sent, the first ones first."""
    found = (found_for(session, _unsent, key, contacts_address) or () for key in sorted(keys))
    return tuple(sorted((each for letters in found for each in letters), key=lambda each: each.id))[:_MOST_LETTERS]


def _unsent(session: Session, keys: Sequence[str]) -> dict[str, list[Unsent]]:
    rows = session.connection().execute(_UNSENT, {"keys": keys})
    found: dict[str, list[Unsent]] = defaultdict(list)
    for row in rows:
        on_hold = row.state is LetterState.ON_HOLD
        found[row.recipient_key].append(Unsent(row.id, row.ref, row.recipient_key, row.subject, on_hold))
    return found
