"""What is counted of contracts each month: how much of what was due was delivered, and in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.letters.workbooks import Cell
from mailbot.records.contracts.tables import Contract, Deliverable, DeliverableState
from mailbot.records.in_words import Words
from mailbot.records.known import DeskCard
from mailbot.records.month_figures import Counted, Figure, Month, Unit, share
from mailbot.records.tables import Change, Client, DecisionRow, Person

_HEADS: Final = (
    Words("contract", "Vertrag"),
    Words("client", "Kunde"),
    Words("what", "was"),
    Words("department", "Abteilung"),
    Words("due", "fällig"),
    Words("delivered", "erbracht"),
    Words("in time", "pünktlich"),
)
_COUNTED: Final = tuple(state for state in DeliverableState if state is not DeliverableState.DROPPED)
_MANY: Final = 500  # keys in one question to the database


def count(session: Session, _desk: DeskCard, month: Month) -> tuple[Counted, ...]:
    """What was due in the month; what was dropped was not. Delivered counts only from the day on which it was proven.

    What was delivered before the desk knew of it, and has no day, counts as in time.
    """
    rows = _due(session, month)
    days = _delivered(session, [row.id for row in rows], month)
    delivered = [row for row in rows if row.state is DeliverableState.DELIVERED]
    in_time = [row for row in delivered if _is_in_time(row, days)]
    figures = (
        Figure(Words("due to be delivered", "zu erbringen"), len(rows)),
        Figure(Words("delivered", "erbracht"), len(delivered)),
        Figure(Words("delivered in time", "pünktlich erbracht"), share(len(in_time), len(rows)), Unit.PERCENT),
    )
    listed = tuple(_told(row, days) for row in rows)
    return (Counted(Words("Deliveries", "Lieferungen"), figures, _HEADS, listed),)


def _due(session: Session, month: Month) -> Sequence[Any]:
    query = (
        select(
            Deliverable.id,
            Contract.ref,
            Client.name.label("client"),
            Deliverable.words,
            Person.name.label("department"),
            Deliverable.due_on,
            Deliverable.state,
        )
        .join(Contract, Contract.id == Deliverable.contract_id)
        .join(Client, Client.id == Contract.client_id)
        .join(Person, Person.id == Deliverable.department_id, isouter=True)
        .where(
            Deliverable.due_on.between(month.first, month.last),
            Deliverable.state.in_(_COUNTED),
            Deliverable.undone_by.is_(None),
            Contract.undone_by.is_(None),
        )
        .order_by(Deliverable.due_on, Deliverable.id)
    )
    return session.execute(query).all()


def _delivered(session: Session, ids: Sequence[int], month: Month) -> Mapping[int, date]:
    """The day on which each became delivered. One that was taken back, or had a problem, became so again later; one
    that was only claimed, and looked at, once more has been delivered all the while."""
    days: dict[int, date] = {}
    for start in range(0, len(ids), _MANY):
        changes = session.execute(
            select(Change.row_id, Change.after, DecisionRow.decided_at)
            .join(DecisionRow, DecisionRow.id == Change.decision_id)
            .where(
                Change.table_name == Deliverable.__tablename__,
                Change.row_id.in_(ids[start : start + _MANY]),
                DecisionRow.undone_by.is_(None),
            )
            .order_by(Change.id)
        )
        for row_id, after, decided_at in changes:
            state = after.get("state")
            if state == DeliverableState.DELIVERED:
                days.setdefault(row_id, month.day(decided_at))
            elif state is not None and state != DeliverableState.CLAIMED:
                days.pop(row_id, None)
    return days


def _is_in_time(row: Any, days: Mapping[int, date]) -> bool:
    day = days.get(row.id)
    return row.state is DeliverableState.DELIVERED and (day is None or day <= row.due_on)


def _told(row: Any, days: Mapping[int, date]) -> tuple[Cell, ...]:
    day = days.get(row.id) if row.state is DeliverableState.DELIVERED else None
    return (
        row.ref,
        row.client,
        row.words,
        row.department or "",
        row.due_on,
        day,
        1 if _is_in_time(row, days) else None,
    )
