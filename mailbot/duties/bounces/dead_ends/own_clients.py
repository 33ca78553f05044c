"""The clients of a colleague who says that somebody is no longer reached: names, numbers, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.bounces.heard import Heard
from mailbot.message.addresses import address_key
from mailbot.records.known import ClientCard, PersonCard
from mailbot.records.names import name_words
from mailbot.records.parties import clients_by_id
from mailbot.records.tables import Client, Contact, ContactPoint, PointKind, PointStatus, Role

_MOST_CLIENTS: Final = 500
_ALL: Final = frozenset({Role.COORDINATOR, Role.MANAGER})  # these may speak of every client


@dataclass(frozen=True, slots=True)
class Phone:
    """A number on file, and whose it is."""

    contact_id: int
    written: str


@dataclass(frozen=True, slots=True)
class DeadPoint:
    """A number, or the postal address, of a client that reaches nobody, as it was said before."""

    kind: PointKind
    key: str


@dataclass(frozen=True, slots=True)
class OwnClient:
    """A client of the colleague's, the numbers of its contacts, and what of it reaches nobody."""

    card: ClientCard
    phones: tuple[Phone, ...]
    dead: tuple[DeadPoint, ...]

    def has_dead(self, kind: PointKind, key: str = "") -> bool:
        return DeadPoint(kind, key) in self.dead


def own_clients(session: Session, person: PersonCard, staff: Sequence[PersonCard]) -> tuple[OwnClient, ...]:
    """The clients that this colleague may speak of: a rep's own."""
    query = select(Client.id).where(Client.undone_by.is_(None)).order_by(Client.id).limit(_MOST_CLIENTS)
    if person.role not in _ALL:
        query = query.where(Client.owner_id == person.id)
    cards = clients_by_id(session, session.scalars(query).all(), {each.id: each for each in staff})
    phones: dict[int, list[Phone]] = {}
    for contact in session.execute(
        select(Contact.id, Contact.client_id, Contact.phone).where(
            Contact.client_id.in_(cards), Contact.phone.is_not(None), Contact.undone_by.is_(None)
        )
    ):
        phones.setdefault(contact.client_id, []).append(Phone(contact.id, contact.phone))
    dead: dict[int, list[DeadPoint]] = {}
    for point in session.execute(
        select(ContactPoint.client_id, ContactPoint.kind, ContactPoint.key).where(
            ContactPoint.client_id.in_(cards),
            ContactPoint.status == PointStatus.DEAD,
            ContactPoint.undone_by.is_(None),
        )
    ):
        dead.setdefault(point.client_id, []).append(DeadPoint(point.kind, point.key))
    return tuple(
        OwnClient(card, tuple(phones.get(key, ())), tuple(dead.get(key, ()))) for key, card in sorted(cards.items())
    )


def spoken_of(heard: Heard, own: Sequence[OwnClient]) -> frozenset[str]:
    """The address keys of the contacts who may be meant: their address was said, or a word of their name."""
    words = frozenset(heard.words)
    everybody = (contact for client in own for contact in client.card.contacts)
    keys = ((address_key(each.address), each.name) for each in everybody)
    return frozenset(key for key, name in keys if key in heard.text or not words.isdisjoint(name_words(name)))
