"""When a contract was confirmed, each department hears of its own part, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.departments import letters
from mailbot.duties.departments.facts import Item
from mailbot.duties.departments.recalling import items_of, owed_where
from mailbot.duties.departments.settings import seen_kinds
from mailbot.duties.duty import Upkeep
from mailbot.records.base import UtcDateTime
from mailbot.records.contracts.actions import SetDeliverable
from mailbot.records.contracts.tables import ContractEvent, Deliverable, DeliverableState
from mailbot.records.known import Known, PersonCard

ORDER: Final = "order"
_LATELY: Final = timedelta(days=60)  # so that what was confirmed while the duty watched is told when it acts


_BY_MAIL: Final = (
    ContractEvent.at > bindparam("since", type_=UtcDateTime()),
    ContractEvent.words != "",
    ContractEvent.undone_by.is_(None),
)
_NOT_ORDERED: Final = owed_where(  # asked at every ring, and so built once
    Deliverable.contract_id.in_(select(ContractEvent.contract_id).where(*_BY_MAIL)),
    exists().where(
        ContractEvent.contract_id == Deliverable.contract_id,
        ContractEvent.made_by.is_not_distinct_from(Deliverable.made_by),
        *_BY_MAIL,
    ),
    Deliverable.state == DeliverableState.PLANNED,
)


def load(session: Session, known: Known, now: datetime) -> tuple[Item, ...]:
    """What a mail has brought and no department was told of: with a new contract, or with what was added to one. A
    contract that was imported, or added by hand, runs already, and its departments know of it."""
    return items_of(session, local_date(now, known.desk.zone), _NOT_ORDERED, {"since": now - _LATELY})


def due(planned: object, known: Known, _now: datetime) -> tuple[Due, ...]:
    """One decision for each department and contract."""
    items = planned if isinstance(planned, tuple) else ()
    parts: dict[tuple[str, int | None], list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda each: each.id):
        parts[item.contract, item.department_id].append(item)
    return tuple(_ordered(parts, known))


def _ordered(parts: dict[tuple[str, int | None], list[Item]], known: Known) -> Iterator[Due]:
    for (contract, department_id), items in parts.items():
        department = known.person(department_id)
        if department is not None:
            why = f"{department.name} delivers a part of {contract}"
            once = f"{contract} {department.id} {items[0].id}"
            yield Due(ORDER, why, _plan(items, department, seen_kinds(known.desk)), once)


def _plan(items: list[Item], department: PersonCard, seen: frozenset[str]) -> Plan:
    told = (
        SetDeliverable(item.id, letters.what(item), DeliverableState.PLANNED, DeliverableState.ORDERED)
        for item in items
    )
    first = items[0]
    things = letters.what(first) if len(items) == 1 else f"{len(items)} things"
    return Plan(
        f"{department.name} is told of {things} for {first.client}.", (*told, letters.order(items, department, seen))
    )


ORDERING: Final = Upkeep(job="ordering", at=None, recall=load, due=due)
