"""What is kept of one person outside the company: all of it on one page, and erased when they ask for that.

A table says by itself which of its columns are a person's (`Kept.personal`). Erasing writes over them, in the rows, in
what was kept of their changes and in the decisions about them; it keeps no copy, and so cannot be taken back. What the
law wants kept stays: amounts of sales, that a letter was sent and a decision was made, and when. Of the address itself
a fingerprint stays, so that it is not written to when it comes again in an import.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, LargeBinary, delete, inspect, or_, select
from sqlalchemy.orm import Session

from mailbot.errors import Never
from mailbot.message.addresses import address_key
from mailbot.records.base import Base, Kept, Personal
from mailbot.records.codec import plain
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.rows import table_of
from mailbot.records.suppression import fingerprint, is_suppressed
from mailbot.records.sweeping import ERASED, sweep
from mailbot.records.tables import (
    Address,
    AddressStatus,
    Arrival,
    Change,
    Contact,
    DecisionRow,
    LetterRow,
    LetterState,
    RawMail,
    Suppression,
)

_NO_TRACE: Final = {"trust": "", "sorted_by": [], "rules": [], "notes": []}
_UNSENT: Final = (LetterState.WAITING, LetterState.ON_HOLD)


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the records know them: every address key, the contact if there is one, and the mails from them."""

    name: str
    keys: frozenset[str]
    contact_id: int | None
    arrivals: frozenset[int]


def find(session: Session, address: str) -> Person:
    """The person with this address. Never where nothing is kept, or it is one of the staff."""
    key = address_key(address)
    known = session.scalar(select(Address).where(Address.key == key))
    if known is not None and known.person_id is not None:
        raise Never(f"{address} belongs to one of us: a member of the staff is taken off by importing active = no")
    contact = session.get(Contact, known.contact_id) if known and known.contact_id else None
    keys = {key}
    if contact is not None:
        keys |= set(session.scalars(select(Address.key).where(Address.contact_id == contact.id)))
    arrivals = frozenset(session.scalars(select(Arrival.id).where(Arrival.sender_key.in_(keys))))
    person = Person(contact.name if contact else address, frozenset(keys), contact.id if contact else None, arrivals)
    if contact is None and not arrivals and not any(True for _ in _rows(session, person)):
        raise Never(f"nothing is kept of {address}")
    return person


def page_of(session: Session, person: Person) -> dict[str, list[Mapping[str, object]]]:
    """Everything that is kept of a person, by table, as plain values; the mails with their text."""
    page: dict[str, list[Mapping[str, object]]] = {}
    for row in _rows(session, person):
        page.setdefault(table_of(type(row)).name, []).append(_told(row))
    mails = (
        select(Arrival, RawMail.content)
        .join(RawMail, RawMail.arrival_id == Arrival.id, isouter=True)
        .where(Arrival.id.in_(person.arrivals))
        .order_by(Arrival.id)
    )
    page["mails"] = [
        {
            "arrived_at": plain(arrival.arrived_at),
            "subject": arrival.subject,
            "mail": plain(bytes(raw).decode("utf-8", "replace")) if raw is not None else None,
        }
        for arrival, raw in session.execute(mails)
    ]
    return page


@dataclass(frozen=True, slots=True)
class ErasePerson(Action):
    """Writes over all that is a person's. It says nothing of whom, for that would be kept."""

    name: ClassVar[str] = "desk.erase_person"
    address: str

    def carry_out(self, pen: Pen) -> None:
        session = pen.session
        person = find(session, self.address)
        words = _told_by(person)
        erased = [(row, row.personal) for row in _rows(session, person)]
        decisions = _decisions(session, person, [(table_of(type(row)).name, row.id) for row, _ in erased])
        for row, personal in erased:
            _write_over(row, personal)
        for key in person.keys:
            if not is_suppressed(session, key):
                session.add(Suppression(digest=fingerprint(key), since=pen.now))
        _write_over_changes(session, erased)
        _write_over_decisions(decisions)
        _write_over_mails(session, person, decisions)
        session.flush()
        sweep(session, words)
        session.flush()

    def __str__(self) -> str:
        return "erase what is kept of a person who asked for that"


def _told(row: Kept) -> Mapping[str, object]:
    """A row as plain values, without bytes."""
    columns = inspect(type(row)).column_attrs
    told = [each.key for each in columns if not isinstance(each.columns[0].type, LargeBinary)]
    return {name: plain(getattr(row, name)) for name in told}


def _rows(session: Session, person: Person) -> Iterator[Kept]:
    """The rows of all tables that are this person's, in the order of the tables' names."""
    classes = (mapper.class_ for mapper in Base.registry.mappers)
    for table in sorted((each for each in classes if issubclass(each, Kept)), key=lambda each: each.__name__):
        personal = table.personal
        if personal is None:
            continue
        hangs = [getattr(table, column).in_(person.keys) for column in personal.by_key]
        if personal.by_contact and person.contact_id is not None:
            hangs.append(getattr(table, personal.by_contact) == person.contact_id)
        if personal.by_arrival and person.arrivals:
            hangs.append(getattr(table, personal.by_arrival).in_(person.arrivals))
        if hangs:
            yield from session.scalars(select(table).where(or_(*hangs)).order_by(table.id))


def _write_over(row: Kept, personal: Personal | None) -> None:
    columns = inspect(type(row)).columns
    for name in personal.erased if personal else ():
        setattr(row, name, _blank(columns[name], row.id))
    if isinstance(row, Address):
        row.status, row.status_because = AddressStatus.STOPPED, ERASED
    if isinstance(row, LetterRow) and row.state in _UNSENT:
        row.state = LetterState.WITHDRAWN


def _blank(column: Any, key: int) -> object:
    if column.nullable:
        return None
    if isinstance(column.type, LargeBinary):
        return b""
    return {} if isinstance(column.type, JSON) else f"{ERASED}-{key}"


def _decisions(session: Session, person: Person, touched: Collection[tuple[str, int]]) -> list[DecisionRow]:
    """The decisions about this person's mails, and those that wrote what is theirs."""
    ids = set(session.scalars(select(DecisionRow.id).where(DecisionRow.arrival_id.in_(person.arrivals))))
    for table, row_id in touched:
        changed = select(Change.decision_id).where(Change.table_name == table, Change.row_id == row_id)
        ids |= set(session.scalars(changed))
    return list(session.scalars(select(DecisionRow).where(DecisionRow.id.in_(ids), DecisionRow.kind != "import")))


def _write_over_changes(session: Session, erased: Collection[tuple[Kept, Personal | None]]) -> None:
    for row, personal in erased:
        theirs = set(personal.erased if personal else ())
        table = table_of(type(row)).name
        for change in session.scalars(select(Change).where(Change.table_name == table, Change.row_id == row.id)):
            change.after = _without(change.after, theirs)
            change.before = _without(change.before, theirs) if change.before is not None else None


def _without(values: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: ERASED if name in names and value is not None else value for name, value in values.items()}


def _write_over_decisions(decisions: Collection[DecisionRow]) -> None:
    for decision in decisions:
        decision.summary, decision.evidence, decision.trace, decision.known = ERASED, [], dict(_NO_TRACE), None
        decision.actions = [{"name": action["name"], "words": ERASED} for action in decision.actions]


def _write_over_mails(session: Session, person: Person, decisions: Collection[DecisionRow]) -> None:
    """Their own mails, and what machines wrote about them; a colleague's mail stays as long as every raw mail does."""
    staff = select(Address.key).where(Address.person_id.is_not(None))
    about = [decision.arrival_id for decision in decisions if decision.arrival_id is not None]
    machines = select(Arrival.id).where(Arrival.id.in_(about), Arrival.sender_key.notin_(staff))
    ids = person.arrivals | set(session.scalars(machines))
    session.execute(delete(RawMail).where(RawMail.arrival_id.in_(ids)))
    for arrival in session.scalars(select(Arrival).where(Arrival.id.in_(ids))):
        arrival.sender_key = arrival.subject = arrival.message_id = None


def _told_by(person: Person) -> frozenset[str]:
    """The words by which the person is told in the words about others: addresses, and the name of a contact."""
    return person.keys | ({person.name} if person.contact_id is not None and " " in person.name else set())
