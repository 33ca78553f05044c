"""What departments have to deliver, from the records: one query for any number of things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from mailbot.duties.departments.facts import MEANT, NAME, DepartmentsKnown, Item, Order
from mailbot.message.model import Clues
from mailbot.message.sealing import Cover
from mailbot.records.contracts.questions import ITEMS, ORDERED_BY, PART_CHANGED
from mailbot.records.contracts.tables import Contract, ContractState, Deliverable
from mailbot.records.known import Known
from mailbot.records.tables import Address, Client, Contact, QuestionRow, QuestionState

_Query = Select[*tuple[Any, ...]]

_ITEM = (
    select(
        Deliverable.id,
        Contract.ref.label("contract"),
        Deliverable.client_id,
        Client.name.label("client"),
        Contract.rep_id,
        Deliverable.department_id,
        Deliverable.kind,
        Deliverable.words,
        Deliverable.issue,
        Deliverable.percent,
        Deliverable.list_price,
        Deliverable.currency,
        Deliverable.starts_on,
        Deliverable.due_on,
        Deliverable.state,
        Deliverable.proof,
        Deliverable.link,
        Deliverable.target,
        Deliverable.is_benefit,
        Deliverable.contact_id.label("asked_contact_id"),
        Contract.contact_id,
        Contact.name.label("contact_name"),
    )
    .join(Contract, Contract.id == Deliverable.contract_id)
    .join(Client, Client.id == Deliverable.client_id)
    .join(Contact, Contact.id == Deliverable.contact_id, isouter=True)
    .where(Deliverable.undone_by.is_(None), Contract.undone_by.is_(None))
)
_IN_TURN = (Deliverable.due_on, Deliverable.id)
_BY_ID = _ITEM.where(Deliverable.id.in_(bindparam("wanted", expanding=True))).order_by(*_IN_TURN)
_IS_CANCELLED_LATER = and_(
    Contract.state == ContractState.CANCELLED, Contract.ends_on >= bindparam("today", type_=Date())
)
_IS_OWED = or_(Contract.state.in_((ContractState.RUNNING, ContractState.ENDED)), _IS_CANCELLED_LATER)


def load(session: Session, _cover: Cover, _clues: Clues, known: Known) -> DepartmentsKnown | None:
    """What the letters of this duty that a colleague's mail names have asked about; None for every other mail."""
    if known.sender is None or known.sender.person is None:
        return None
    refs = {letter.ref for letter in known.letters if letter.duty == NAME}
    refs |= {each.letter_ref for each in known.questions if each.duty == NAME or each.kind == PART_CHANGED}
    if not refs:
        return None
    rows = session.scalars(
        select(QuestionRow).where(
            QuestionRow.letter_ref.in_(refs),
            or_(QuestionRow.duty == NAME, QuestionRow.kind == PART_CHANGED),
            QuestionRow.undone_by.is_(None),
        )
    ).all()
    items = {item.id: item for item in items_by_id(session, {each for row in rows for each in _ids(row)})}
    orders = (_order(row, items) for row in rows)
    return DepartmentsKnown(tuple(order for order in orders if order.items))


def _order(row: QuestionRow, items: dict[int, Item]) -> Order:
    meant, ordered_by = row.context.get(MEANT), row.context.get(ORDERED_BY)
    return Order(
        letter_ref=row.letter_ref,
        kind=row.kind,
        question_id=row.id if row.state is QuestionState.OPEN else None,
        items=tuple(items[each] for each in _ids(row) if each in items),
        meant=str(meant) if meant else None,
        ordered_by=ordered_by if isinstance(ordered_by, int) else None,
    )


def _ids(row: QuestionRow) -> list[int]:
    found = row.context.get(ITEMS)
    return [int(each) for each in found] if isinstance(found, list) else []


def items_by_id(session: Session, ids: Iterable[int]) -> tuple[Item, ...]:
    """These things, whatever their state; those that are not there are left out."""
    wanted = sorted(set(ids))
    return _items(session, _BY_ID, {"wanted": wanted}) if wanted else ()


def items_where(
    session: Session, today: date, *conditions: ColumnElement[bool], most: int | None = None
) -> tuple[Item, ...]:
    """The things that are owed, of contracts that run or have run out, and of cancelled ones until their last day, that
    have a department and meet these conditions, the first due first: all of them, or so many at `most`."""
    return items_of(session, today, owed_where(*conditions).limit(most), {})


def owed_where(*conditions: ColumnElement[bool]) -> _Query:
    """The query of `items_where`, for who asks it so often that it is made once, with its values left open."""
    return _ITEM.where(_IS_OWED, Deliverable.department_id.is_not(None), *conditions).order_by(*_IN_TURN)


def items_of(session: Session, today: date, query: _Query, values: Mapping[str, object]) -> tuple[Item, ...]:
    """What such a query finds, with these values."""
    return _items(session, query, {"today": today, **values})


def _items(session: Session, query: _Query, values: Mapping[str, object]) -> tuple[Item, ...]:
    rows = session.connection().execute(query, values).all()
    addresses = _addresses(session, {row.asked_contact_id for row in rows if row.asked_contact_id})
    return tuple(_item(row, addresses) for row in rows)


def _addresses(session: Session, contacts: set[int]) -> dict[int, str]:
    """The address of each of these contacts."""
    if not contacts:
        return {}
    rows = session.execute(
        select(Address.contact_id, Address.written)
        .where(Address.contact_id.in_(contacts), Address.undone_by.is_(None))
        .order_by(Address.id.desc())
    )
    return {contact: written for contact, written in rows if contact is not None}


def _item(row: Any, addresses: dict[int, str]) -> Item:
    asked = row.asked_contact_id
    address = addresses.get(asked or 0)
    return Item(
        id=row.id,
        contract=row.contract,
        client_id=row.client_id,
        client=row.client,
        rep_id=row.rep_id,
        department_id=row.department_id,
        kind=row.kind,
        words=row.words,
        issue=row.issue,
        percent=row.percent,
        list_price=row.list_price,
        currency=row.currency,
        starts_on=row.starts_on,
        due_on=row.due_on,
        state=row.state,
        proof=row.proof,
        link=row.link,
        target=row.target,
        is_benefit=row.is_benefit,
        contact_id=asked or row.contact_id,
        contact=f"{row.contact_name}, {address}" if asked and address else row.contact_name,
    )
