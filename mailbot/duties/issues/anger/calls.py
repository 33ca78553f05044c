"""On the last working day before an angry client's deadline: who has not called is asked to, and managers are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.issues.anger.deadlines import day_of_reminder
from mailbot.duties.issues.kinds import NAME
from mailbot.duties.issues.tables import Issue, IssueState, Severity
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.tables import Client, Role

CALL_DUE: Final = "issue-call-due"
_AT: Final = time(15, 0)
_LONGEST_HOLIDAYS: Final = timedelta(days=14)  # between a reminder and its deadline


@dataclass(frozen=True, slots=True)
class OwedCall:
    """An angry client whom nobody has called, as far as the records know."""

    ref: str
    writer: str
    client_id: int | None
    client: str | None
    owner_id: int | None
    since: date
    deadline: date


def load(session: Session, known: Known, now: datetime) -> tuple[OwedCall, ...]:
    """The calls that are owed and whose last working day is today."""
    today = local_date(now, known.desk.zone)
    if not known.desk.works_on(today):
        return ()
    rows = session.execute(
        select(Issue.ref, Issue.name, Issue.address, Issue.client_id, Issue.owner_id, Issue.opened_at, Issue.deadline)
        .add_columns(Client.name.label("client"))
        .join(Client, Client.id == Issue.client_id, isouter=True)
        .where(
            Issue.state == IssueState.OPEN,
            Issue.severity == Severity.HIGH,
            Issue.called_at.is_(None),
            Issue.undone_by.is_(None),
            Issue.deadline > today,
            Issue.deadline <= today + _LONGEST_HOLIDAYS,
        )
        .order_by(Issue.id)
    )
    owed = (_owed(row, known) for row in rows)
    return tuple(each for each in owed if day_of_reminder(each.deadline, known.desk.works_on) == today)


def _owed(row: Any, known: Known) -> OwedCall:
    since = local_date(row.opened_at, known.desk.zone)
    return OwedCall(row.ref, row.name or row.address, row.client_id, row.client, row.owner_id, since, row.deadline)


def due(owed: object, known: Known, _: datetime) -> tuple[Due, ...]:
    """One decision for each call."""
    calls = owed if isinstance(owed, tuple) else ()
    return tuple(_reminder(call, known) for call in calls if isinstance(call, OwedCall))


def _reminder(call: OwedCall, known: Known) -> Due:
    why = f"{call.writer} wants {call.ref} done by {call.deadline:%d %b}, and nobody has called"
    return Due(CALL_DUE, why, Plan(f"{why}.", tuple(_letters(call, known))))


def _letters(call: OwedCall, known: Known) -> Iterator[Send]:
    keeper = known.person(call.owner_id) or next(iter(known.in_role(Role.COORDINATOR)), None)
    readers: dict[int, PersonCard] = {keeper.id: keeper} if keeper else {}
    readers |= {person.id: person for person in known.in_role(Role.MANAGER)}
    for reader in readers.values():
        facts: dict[str, Plain] = {
            "number": call.ref,
            "writer": call.writer,
            "client": call.client,
            "since": call.since,
            "deadline": call.deadline,
            "is_yours": keeper is not None and reader.id == keeper.id,
            "keeper": keeper.name if keeper else None,
        }
        period = f"{call.deadline.isoformat()} to {reader.id}"
        draft = Draft(
            reader.recipient, f"{NAME}/call_due", facts, CALL_DUE, call.ref, period, about_client=call.client_id
        )
        yield Send(draft)


CALLS: Final = Upkeep(job="calls", at=_AT, recall=load, due=due)
