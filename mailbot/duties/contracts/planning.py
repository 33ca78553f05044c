"""What was read becomes what has to be delivered: one row for each thing with a due date of its own. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from mailbot.duties.contracts.facts import ContractReading, Promise
from mailbot.duties.contracts.settings import Arrangements, Kind
from mailbot.message.addresses import address_key
from mailbot.records.known import PersonCard


@dataclass(frozen=True, slots=True)
class Planned:
    """One row to be: see `mailbot.records.contracts.tables.Deliverable`. `asks_artwork`: the client's artwork contact
    is asked for it."""

    position: int
    part: int
    kind: str
    words: str
    issue: str | None
    quantity: int
    percent: Decimal | None
    list_price: Decimal | None
    worth: Decimal | None
    department_id: int | None
    starts_on: date | None
    due_on: date | None
    ends_on: date | None
    is_benefit: bool
    asks_artwork: bool


def planned(reading: ContractReading, arrangements: Arrangements, staff: Sequence[PersonCard]) -> tuple[Planned, ...]:
    """The rows of all that is promised, in its order."""
    kinds = {kind.name: kind for kind in arrangements.kinds}
    return tuple(
        row
        for position, promise in enumerate(reading.promises, start=1)
        for row in _rows(position, promise, kinds.get(promise.kind), staff)
    )


def _rows(position: int, promise: Promise, kind: Kind | None, staff: Sequence[PersonCard]) -> Iterator[Planned]:
    """One for each issue; where no issue is known, one for all of them, and one for those that are left."""
    department = _department(kind, staff)
    whole = Planned(
        position=position,
        part=1,
        kind=promise.kind,
        words=promise.words,
        issue=None,
        quantity=promise.quantity,
        percent=promise.percent,
        list_price=promise.list_price,
        worth=_worth(promise),
        department_id=department.id if department else None,
        starts_on=promise.starts_on,
        due_on=promise.starts_on,
        ends_on=promise.ends_on,
        is_benefit=kind.is_benefit if kind else False,
        asks_artwork=kind.wants_artwork if kind else False,
    )
    if not promise.issues:
        yield whole
        return
    for part, issue in enumerate(promise.issues, start=1):
        yield replace(
            whole,
            part=part,
            issue=f"{issue.month:%Y-%m}",
            quantity=1,
            starts_on=issue.month,
            due_on=issue.due_on,
        )
    if (rest := promise.quantity - len(promise.issues)) > 0:
        yield replace(whole, part=len(promise.issues) + 1, quantity=rest)


def _department(kind: Kind | None, staff: Sequence[PersonCard]) -> PersonCard | None:
    key = address_key(kind.department) if kind and kind.department else ""
    return next((person for person in staff if key and person.has(key)), None)


def _worth(promise: Promise) -> Decimal | None:
    """What a discount saves, or what the contract says that a free thing is worth."""
    if promise.net is not None and promise.list_price is not None:
        return promise.list_price - promise.net
    return promise.list_price
