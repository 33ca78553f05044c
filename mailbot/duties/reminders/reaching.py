"""Who of some clients can be written to of our own accord today, from the records: five queries, however many they
are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.duties.reminders.readers import ClientSide, Hindrance, Reader
from mailbot.duties.reminders.settings import NAME
from mailbot.letters.model import Language, LetterKind, Recipient
from mailbot.records.concerns import clients_with_concerns
from mailbot.records.known import Known
from mailbot.records.tables import Address, AddressStatus, Client, Contact, LetterRow, LetterStop
from mailbot.working_days import is_working_day


def client_sides(session: Session, ids: Collection[int], known: Known, today: date) -> dict[int, ClientSide]:
    """Clients with what stands in the way of every letter to them today."""
    troubled = clients_with_concerns(session, ids)
    query = select(
        Client.id, Client.name, Client.language, Client.owner_id, Client.paused_because, Client.holidays
    ).where(Client.id.in_(ids), Client.undone_by.is_(None))
    sides = {}
    for row in session.execute(query):
        owner = known.person(row.owner_id)
        holidays = {each for each in (row.holidays, owner.holidays if owner else None) if each}
        hindrance = None
        if row.paused_because is not None:
            hindrance = Hindrance.PAUSED
        elif row.id in troubled:
            hindrance = Hindrance.OPEN_CONCERN
        elif not all(is_working_day(today, country) for country in holidays):
            hindrance = Hindrance.HOLIDAY
        sides[row.id] = ClientSide(row.id, row.name, language_of(row.language), row.owner_id, row.holidays, hindrance)
    return sides


def contact_sides(
    session: Session, clients: Mapping[int, ClientSide], known: Known, now: datetime
) -> dict[int, list[Reader]]:
    """The contacts of these clients, the first one first, each at the address that works."""
    query = (
        select(
            Contact.id,
            Contact.client_id,
            Contact.name,
            Contact.language,
            Contact.away_from,
            Contact.away_until,
            Address.key,
            Address.written,
            Address.status,
        )
        .join(Address, Address.contact_id == Contact.id)
        .where(Contact.client_id.in_(clients), Contact.undone_by.is_(None), Address.undone_by.is_(None))
        .order_by(Contact.rank, Contact.id, Address.id)
    )
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        rows[row.id].append(row)
    stopped = _stopped(session, rows)
    written = _written_today(session, {each.key for theirs in rows.values() for each in theirs}, known, now)
    found: dict[int, list[Reader]] = defaultdict(list)
    for contact_id, addresses in rows.items():
        best = next((each for each in addresses if each.status is AddressStatus.OK), addresses[0])
        client = clients[best.client_id]
        to = Recipient(best.written, best.name, language_of(best.language or client.language))
        hindrance = _hindrance(addresses, best, now, contact_id in stopped, written)
        found[best.client_id].append(Reader(contact_id, best.key, to, hindrance))
    return found


def _hindrance(
    addresses: Iterable[Any], best: Any, now: datetime, has_stopped: bool, written: Collection[str]
) -> Hindrance | None:
    """Who said STOP at one address is reminded at no other."""
    if has_stopped or any(each.status is AddressStatus.STOPPED for each in addresses):
        return Hindrance.STOPPED
    if best.status is not AddressStatus.OK:
        return Hindrance.UNREACHABLE
    if best.away_from is not None and best.away_from <= now < best.away_until:
        return Hindrance.AWAY
    return Hindrance.WRITTEN_TODAY if best.key in written else None


def _stopped(session: Session, contacts: Iterable[int]) -> frozenset[int]:
    query = select(LetterStop.contact_id).where(
        LetterStop.contact_id.in_(list(contacts)),
        LetterStop.kind == LetterKind.REMINDER,
        LetterStop.undone_by.is_(None),
    )
    return frozenset(session.scalars(query))


def _written_today(session: Session, keys: Collection[str], known: Known, now: datetime) -> frozenset[str]:
    """Those of these address keys that a letter of our own accord was written to today."""
    midnight = datetime.combine(local_date(now, known.desk.zone), time(), known.desk.zone)
    query = select(LetterRow.recipient_key).where(
        LetterRow.recipient_key.in_(keys),
        LetterRow.duty == NAME,
        LetterRow.kind == LetterKind.REMINDER,
        LetterRow.created_at >= midnight,
        LetterRow.undone_by.is_(None),
    )
    return frozenset(session.scalars(query))


def reader_of(wanted: int | None, theirs: Iterable[Reader]) -> Reader | None:
    """The contact that is wanted, else the first of the client: nobody else in the place of one who is named."""
    if wanted is None:
        return next(iter(theirs), None)
    return next((each for each in theirs if each.contact_id == wanted), None)


def language_of(written: str | None) -> Language:
    """A language of the desk, as the records name it."""
    return "de" if written == "de" else "en"
