"""The state of the addresses: for each owner of clients, what was found off, what is well again, and what waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from mailbot.duties.bounces.recalling import NAME
from mailbot.records.tables import Address, AddressStatus, Client, Contact, ContactPoint, DecisionRow, PointStatus

_OFF = (AddressStatus.UNDELIVERABLE, AddressStatus.LEFT)
# Said so that no database goes by its index of this column, which would find nearly all addresses there are.
WORKS: Final = Address.status.not_in([status for status in AddressStatus if status is not AddressStatus.OK])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A contact who cannot be reached by mail: no address of theirs works."""

    client: str
    contact: str
    address: str
    left: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Hygiene:
    """The addresses of one owner's clients. `cleaned` were found off in the month, `healed` are in order again or
    were replaced in it; `waiting` are off now, the oldest first. `owner_id` None: of clients that nobody looks after.

    `points` counts numbers and postal addresses that reach nobody.
    """

    owner_id: int | None
    cleaned: int
    healed: int
    waiting: tuple[Waiting, ...]
    points: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.cleaned or self.healed or self.waiting or self.points)


def hygiene(session: Session, start: datetime, end: datetime) -> tuple[Hygiene, ...]:
    """The state of all owners, for the time from `start` until `end`."""
    cleaned, healed = defaultdict[int | None, int](int), defaultdict[int | None, int](int)
    waiting = defaultdict[int | None, list[Waiting]](list)
    off = _addresses(session, Address.status.in_(_OFF))
    reached = _reached(session, {contact.id for _, contact, _ in off})
    for address, contact, client in off:
        cleaned[client.owner_id] += address.status_since is not None and start <= address.status_since < end
        if contact.id not in reached:
            waiting[client.owner_id].append(_waiting(client, contact, address))
    for client in _healed(session, start, end):
        healed[client.owner_id] += 1
    points = _dead_points(session)
    owners = sorted({*cleaned, *healed, *waiting, *points}, key=lambda owner: owner or 0)
    return tuple(
        Hygiene(
            owner,
            cleaned[owner],
            healed[owner],
            tuple(sorted(waiting[owner], key=lambda each: each.since)),
            points.get(owner, 0),
        )
        for owner in owners
    )


def _addresses(session: Session, *conditions: ColumnElement[bool]) -> Sequence[tuple[Address, Contact, Client]]:
    rows = session.execute(
        select(Address, Contact, Client)
        .join(Contact, Contact.id == Address.contact_id)
        .join(Client, Client.id == Contact.client_id)
        .where(*conditions, Address.undone_by.is_(None), Contact.undone_by.is_(None), Client.undone_by.is_(None))
        .order_by(Address.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _reached(session: Session, contacts: set[int]) -> frozenset[int]:
    """Those of the contacts of whom another address works."""
    theirs = select(Address.contact_id, Address.status).where(
        Address.contact_id.in_(sorted(contacts)), Address.undone_by.is_(None)
    )
    rows = session.execute(theirs)
    return frozenset(row.contact_id for row in rows if row.contact_id and row.status is AddressStatus.OK)


def _healed(session: Session, start: datetime, end: datetime) -> Iterable[Client]:
    """The client of each address that got well within the time, or was found in the place of another."""
    written = (
        select(Address.id)
        .join(DecisionRow, DecisionRow.id == Address.made_by)
        .where(DecisionRow.decided_at >= start, DecisionRow.decided_at < end, DecisionRow.duty == NAME)
    )
    got_well = (Address.status == AddressStatus.OK, Address.status_since >= start, Address.status_since < end)
    found = {address.id: client for address, _, client in _addresses(session, *got_well)}
    found |= {address.id: client for address, _, client in _addresses(session, WORKS, Address.id.in_(written))}
    return found.values()


def _waiting(client: Client, contact: Contact, address: Address) -> Waiting:
    left = address.status is AddressStatus.LEFT
    since = address.status_since or datetime.min.replace(tzinfo=UTC)  # imported so, longer ago than anything here
    return Waiting(client.name, contact.name, address.written, left, since)


def _dead_points(session: Session) -> dict[int | None, int]:
    rows = session.execute(
        select(Client.owner_id)
        .join(ContactPoint, ContactPoint.client_id == Client.id)
        .where(ContactPoint.status == PointStatus.DEAD, ContactPoint.undone_by.is_(None), Client.undone_by.is_(None))
    )
    counted: dict[int | None, int] = {}
    for row in rows:
        counted[row.owner_id] = counted.get(row.owner_id, 0) + 1
    return counted


def month_before(day: date) -> tuple[date, date]:
    """The first day of the month before the one of this day, and the first day of this one."""
    first = day.replace(day=1)
    before = first.replace(year=first.year - 1, month=12) if first.month == 1 else first.replace(month=first.month - 1)
    return before, first
