"""Once a week: to each owner who of the own clients is not reached, and what waits for that. Nothing where all are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.bounces.figures import WORKS
from mailbot.duties.bounces.recalling import NAME
from mailbot.duties.bounces.tables import Gone, Whereabouts
from mailbot.duties.duty import Upkeep
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.numbers import is_first_run
from mailbot.records.tables import (
    Address,
    AddressStatus,
    Client,
    Contact,
    LetterRow,
    LetterState,
    QuestionRow,
    QuestionState,
)

_AT: Final = time(8, 0)
_JOB: Final = "week"
_PURPOSE: Final = "week"
_SHOWN: Final = 6  # people of each kind


@dataclass(frozen=True, slots=True)
class Unreached:
    """A contact who is away until `back`, or whose address went off since the week before; `back` is None then.

    `stand_in` is whom the note of somebody who is away names; `waiting` counts the letters that wait.
    """

    owner_id: int
    contact: str
    client: str
    address: str
    left: bool
    back: datetime | None
    stand_in: str
    stand_in_address: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Week:
    """The week that begins; who is not reached, and how many questions of this duty wait, by the one who was asked."""

    monday: date
    unreached: tuple[Unreached, ...]
    asked: tuple[tuple[str, int], ...]


def load(session: Session, known: Known, now: datetime) -> Week | None:
    """What there is to tell, on the first working day of the week on which the desk is at work."""
    today = local_date(now, known.desk.zone)
    monday = today - timedelta(days=today.weekday())
    if not is_first_run(session, f"{NAME}.{_JOB}", known.desk, monday, today):
        return None
    since = datetime.combine(monday - timedelta(days=7), _AT, known.desk.zone)
    found = (*_away(session, now), *_off(session, since))
    waiting = _waiting(session, [address.key for address, _, _ in found])
    notes = _notes(session, [contact.id for _, contact, _ in found])
    unreached = (_unreached(each, notes, waiting) for each in found)
    return Week(monday, tuple(each for each in unreached if each is not None), _asked(session))


_Found = tuple[Address, Contact, Client]


def _away(session: Session, now: datetime) -> Iterable[_Found]:
    return _contacts(session, Contact.away_until > now, Contact.away_from <= now, WORKS)


def _off(session: Session, since: datetime) -> Iterable[_Found]:
    off = (AddressStatus.UNDELIVERABLE, AddressStatus.LEFT)
    return _contacts(session, Address.status.in_(off), Address.status_since >= since)


def _contacts(session: Session, *conditions: ColumnElement[bool]) -> tuple[_Found, ...]:
    rows = session.execute(
        select(Address, Contact, Client)
        .join(Contact, Contact.id == Address.contact_id)
        .join(Client, Client.id == Contact.client_id)
        .where(
            *conditions,
            Address.undone_by.is_(None),
            Contact.undone_by.is_(None),
            Client.undone_by.is_(None),
            Client.owner_id.is_not(None),
        )
        .order_by(Client.name, Contact.rank, Address.id)
    )
    return tuple((row[0], row[1], row[2]) for row in rows)


def _notes(session: Session, contacts: list[int]) -> Mapping[int, Whereabouts]:
    """The last note of each contact."""
    rows = session.scalars(
        select(Whereabouts)
        .where(Whereabouts.contact_id.in_(contacts), Whereabouts.kind == Gone.AWAY, Whereabouts.undone_by.is_(None))
        .order_by(Whereabouts.id)
    )
    return {row.contact_id: row for row in rows}


def _waiting(session: Session, keys: list[str]) -> Mapping[str, int]:
    rows = session.execute(
        select(LetterRow.recipient_key, func.count())
        .where(
            LetterRow.recipient_key.in_(keys),
            LetterRow.state.in_((LetterState.WAITING, LetterState.ON_HOLD)),
            LetterRow.undone_by.is_(None),
        )
        .group_by(LetterRow.recipient_key)
    )
    return {row.recipient_key: row[1] for row in rows}


def _asked(session: Session) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        select(QuestionRow.asked_key, func.count())
        .where(
            QuestionRow.duty == NAME,
            QuestionRow.state == QuestionState.OPEN,
            QuestionRow.undone_by.is_(None),
        )
        .group_by(QuestionRow.asked_key)
        .order_by(QuestionRow.asked_key)
    )
    return tuple((key, count) for key, count in rows)


def _unreached(found: _Found, notes: Mapping[int, Whereabouts], waiting: Mapping[str, int]) -> Unreached | None:
    address, contact, client = found
    if client.owner_id is None:
        return None
    is_away = address.status is AddressStatus.OK
    note = notes.get(contact.id) if is_away else None
    return Unreached(
        owner_id=client.owner_id,
        contact=contact.name,
        client=client.name,
        address=address.written,
        left=address.status is AddressStatus.LEFT,
        back=contact.away_until if is_away else None,
        stand_in=note.stand_in if note else "",
        stand_in_address=note.stand_in_address if note else "",
        waiting=waiting.get(address.key, 0),
    )


def due(week: object, known: Known, _: datetime) -> tuple[Due, ...]:
    """One decision with a letter to each owner who has somebody to hear of."""
    if not isinstance(week, Week):
        return ()
    sends = tuple(_letters(week, known))
    if not sends:
        return ()
    return (Due(_PURPOSE, "who is not reached", Plan(f"Told who is not reached in {_period(week)}.", sends)),)


def _letters(week: Week, known: Known) -> Iterator[Send]:
    for owner in known.staff:
        own = [each for each in week.unreached if each.owner_id == owner.id]
        if own:
            facts = _facts(week, owner, own)
            yield Send(Draft(owner.recipient, f"{NAME}/week", facts, _PURPOSE, f"{owner.id}", _period(week)))


def _facts(week: Week, owner: PersonCard, own: list[Unreached]) -> dict[str, Plain]:
    away = [each for each in own if each.back is not None]
    off = [each for each in own if each.back is None]
    return {
        "monday": week.monday,
        "away": tuple(_row(each) for each in away[:_SHOWN]),
        "more_away": max(len(away) - _SHOWN, 0),
        "off": tuple(_row(each) for each in off[:_SHOWN]),
        "more_off": max(len(off) - _SHOWN, 0),
        "questions": sum(count for key, count in week.asked if owner.has(key)),
    }


def _row(each: Unreached) -> Plain:
    return {
        "contact": each.contact,
        "client": each.client,
        "address": each.address,
        "left": each.left,
        "back": each.back,
        "stand_in": each.stand_in or None,
        "stand_in_address": each.stand_in_address or None,
        "waiting": each.waiting,
    }


def _period(week: Week) -> str:
    year, number, _ = week.monday.isocalendar()
    return f"{year}-W{number:02d}"


WEEK: Final = Upkeep(job=_JOB, at=_AT, recall=load, due=due)
