"""A client on one page: what everybody who looks after one wants to know before a call. Each duty tells its own part.

What every duty shares stands here: who there is and how each is reached, what waits for somebody, and what was last
written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.letters.cleaning import one_line
from mailbot.records.contact_points import dead_numbers, phone_key
from mailbot.records.in_words import Teller, Words
from mailbot.records.tables import (
    Address,
    AddressStatus,
    Arrival,
    Client,
    Contact,
    ContactPoint,
    DecisionRow,
    Person,
    PointKind,
    PointStatus,
    TaskRow,
    TaskState,
)

_MOST_CONTACTS: Final = 6
_MOST_TASKS: Final = 5
_MOST_MAILS: Final = 3
_LONGEST_WORDS: Final = 100
_HEALTH: Final = {
    AddressStatus.UNDELIVERABLE: Words("letters come back", "Mails kommen zurück"),
    AddressStatus.STOPPED: Words("wants no reminders", "möchte keine Erinnerungen"),
    AddressStatus.LEFT: Words("has left", "ist nicht mehr dort"),
}


@dataclass(frozen=True, slots=True)
class CardPart:
    """One part of a client's card: its heading and its lines, in the language of the reader."""

    heading: str
    lines: tuple[str, ...]


# What a duty tells of a client, by the client's key, at a moment; None where there is nothing to tell.
TellingOfClient = Callable[[Session, int, Teller, datetime], CardPart | None]


def card_of(
    session: Session, client_id: int, teller: Teller, now: datetime, duties: Iterable[TellingOfClient]
) -> tuple[CardPart, ...]:
    """The whole card: the client and its people, each duty's part in its order, what waits, what was last written."""
    parts = (_client, *duties, _tasks, _last_mails)
    told = (part(session, client_id, teller, now) for part in parts)
    return tuple(part for part in told if part is not None and part.lines)


def _client(session: Session, client_id: int, teller: Teller, now: datetime) -> CardPart | None:
    client = session.get(Client, client_id)
    if client is None:
        return None
    owner = teller.name_of(Person, client.owner_id) or teller.say("nobody", "niemandem")
    lines = [teller.say(f"looked after by {owner}", f"betreut von {owner}")]
    if client.paused_because:
        because = one_line(client.paused_because, _LONGEST_WORDS)
        lines.append(teller.say(f"automatic letters are paused: {because}", f"automatische Mails ruhen: {because}"))
    lines += [*_contacts(session, client_id, teller, now), *_post(session, client_id, teller)]
    return CardPart(teller.say("Contacts", "Ansprechpartner"), tuple(lines))


def _contacts(session: Session, client_id: int, teller: Teller, now: datetime) -> Iterator[str]:
    rows = session.execute(
        select(Contact, Address)
        .join(Address, Address.contact_id == Contact.id)
        .where(Contact.client_id == client_id, Contact.undone_by.is_(None), Address.undone_by.is_(None))
        .order_by(Contact.rank, Contact.id, Address.id)
        .limit(_MOST_CONTACTS)
    )
    dead = dead_numbers(session, (client_id,))
    for contact, address in rows:
        told = [
            f"{contact.name} <{address.written}>",
            contact.role,
            _number(contact, dead, teller),
            *_health(contact, address, teller, now),
        ]
        yield one_line(", ".join(filter(None, told)), 3 * _LONGEST_WORDS)


def _post(session: Session, client_id: int, teller: Teller) -> Iterator[str]:
    """The postal address, where letters come back from it."""
    came_back = select(ContactPoint).where(
        ContactPoint.client_id == client_id,
        ContactPoint.kind == PointKind.POST,
        ContactPoint.status == PointStatus.DEAD,
        ContactPoint.undone_by.is_(None),
    )
    for point in session.scalars(came_back.order_by(ContactPoint.id)):
        since = teller.wording.day(point.first_seen.astimezone(teller.zone), year=True)
        where = f" ({point.written})" if point.written else ""
        told = teller.say(f"post comes back since {since}{where}", f"Post kommt seit {since} zurück{where}")
        yield one_line(told, 3 * _LONGEST_WORDS)


def _number(contact: Contact, dead: Collection[tuple[int, str]], teller: Teller) -> str | None:
    if contact.phone and (contact.client_id, phone_key(contact.phone)) in dead:
        return teller.say(f"{contact.phone} (reaches nobody)", f"{contact.phone} (niemand zu erreichen)")
    return contact.phone


def _health(contact: Contact, address: Address, teller: Teller, now: datetime) -> Iterator[str]:
    """How a contact is reached: what is wrong with the address, and when it was last known to work."""
    day = teller.wording.day
    if trouble := _HEALTH.get(address.status):
        since = f" ({day(address.status_since.astimezone(teller.zone), year=True)})" if address.status_since else ""
        yield trouble.to(teller.language) + since
    if address.last_ok:
        heard = day(address.last_ok.astimezone(teller.zone), year=True)
        yield teller.say(f"last reached {heard}", f"zuletzt erreicht {heard}")
    if contact.away_until and contact.away_until > now:
        back = day(contact.away_until.astimezone(teller.zone))
        yield teller.say(f"away, back {back}", f"nicht da, zurück am {back}")


def _tasks(session: Session, client_id: int, teller: Teller, _now: datetime) -> CardPart | None:
    open_tasks = (
        select(TaskRow.words, Person.name)
        .join(Person, Person.id == TaskRow.person_id, isouter=True)
        .where(TaskRow.client_id == client_id, TaskRow.state == TaskState.OPEN, TaskRow.undone_by.is_(None))
        .order_by(TaskRow.id.desc())
        .limit(_MOST_TASKS)
    )
    rows = session.execute(open_tasks).all()
    lines = (f"{row.name}: {row.words}" if row.name else row.words for row in rows)
    return _part(teller.say("To be done", "Zu tun"), lines)


def _last_mails(session: Session, client_id: int, teller: Teller, _now: datetime) -> CardPart | None:
    """The mails of the client's people that were decided last, the newest first."""
    keys = (
        select(Address.key)
        .join(Contact, Contact.id == Address.contact_id)
        .where(Contact.client_id == client_id, Contact.undone_by.is_(None), Address.undone_by.is_(None))
    )
    mails = (
        select(Arrival.arrived_at, Arrival.sender_key, Arrival.subject, DecisionRow.ref)
        .join(DecisionRow, DecisionRow.arrival_id == Arrival.id)
        .where(Arrival.sender_key.in_(keys), DecisionRow.undone_by.is_(None))
        .order_by(Arrival.id.desc())
        .limit(_MOST_MAILS)
    )
    rows = session.execute(mails).all()
    moments = (teller.wording.moment(row.arrived_at.astimezone(teller.zone)) for row in rows)
    lines = (
        f"{moment} {row.sender_key}: {row.subject or '-'} ({row.ref})"
        for moment, row in zip(moments, rows, strict=True)
    )
    return _part(teller.say("Last mails", "Letzte Mails"), lines)


def _part(heading: str, lines: Iterable[str]) -> CardPart | None:
    told: Sequence[str] = tuple(one_line(line, 2 * _LONGEST_WORDS) for line in lines)
    return CardPart(heading, tuple(told)) if told else None
