"""The digest of a rep: what departments are doing about the issues of the rep's clients, each in one line.

Whoever answers for a client does not have to do anything about it; but should not hear it from the client first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.issues.kinds import NAME
from mailbot.duties.issues.tables import Issue, IssueState
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.tables import Client
from mailbot.working_days import working_day_before

DIGEST: Final = "issue-digest"
_AT: Final = time(8, 0)
_LONGEST_SUBJECT: Final = 80
_MOST: Final = 12  # lines of one letter; more are counted


@dataclass(frozen=True, slots=True)
class Line:
    """One issue, as its owner reads of it."""

    ref: str
    owner_id: int
    writer: str
    client: str | None
    subject: str
    department_id: int
    is_solved: bool


def load(session: Session, known: Known, now: datetime) -> tuple[Line, ...]:
    """What departments got, or solved, since the digest before."""
    today = local_date(now, known.desk.zone)
    if not known.desk.works_on(today):
        return ()
    before = datetime.combine(working_day_before(today, known.desk.holidays), _AT, tzinfo=known.desk.zone)
    since = max(before, now - timedelta(days=14))
    rows = session.execute(
        select(Issue.ref, Issue.owner_id, Issue.name, Issue.address, Issue.subject, Issue.department_id, Issue.state)
        .add_columns(Client.name.label("client"))
        .join(Client, Client.id == Issue.client_id, isouter=True)
        .where(
            Issue.opened_at >= since,
            Issue.department_id.is_not(None),
            Issue.owner_id.is_not(None),
            Issue.state != IssueState.MERGED,
            Issue.undone_by.is_(None),
        )
        .order_by(Issue.opened_at, Issue.id)
    )
    return tuple(
        Line(
            ref=row.ref,
            owner_id=row.owner_id,
            writer=row.name or row.address,
            client=row.client,
            subject=one_line(row.subject, _LONGEST_SUBJECT),
            department_id=row.department_id,
            is_solved=row.state is IssueState.SOLVED,
        )
        for row in rows
    )


def due(lines: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One letter for each owner about whose clients there is something to tell."""
    by_owner: dict[int, list[Line]] = defaultdict(list)
    for line in lines if isinstance(lines, tuple) else ():
        by_owner[line.owner_id].append(line)
    return tuple(_digest(by_owner, known, now))


def _digest(by_owner: dict[int, list[Line]], known: Known, now: datetime) -> Iterator[Due]:
    today = local_date(now, known.desk.zone)
    for owner_id, lines in by_owner.items():
        owner = known.person(owner_id)
        if owner is not None:
            draft = Draft(
                owner.recipient, f"{NAME}/digest", _facts(lines, known, owner), DIGEST, str(owner.id), today.isoformat()
            )
            said = f"{owner.name} reads of {len(lines)} issues that departments have."
            yield Due(DIGEST, said, Plan(said, (Send(draft),)))


def _facts(lines: list[Line], known: Known, owner: PersonCard) -> dict[str, Plain]:
    told = [line for line in lines if line.department_id != owner.id]
    return {
        "lines": tuple(
            {
                "number": line.ref,
                "writer": line.writer,
                "client": line.client,
                "subject": line.subject or None,
                "department": department.name if (department := known.person(line.department_id)) else None,
                "is_solved": line.is_solved,
            }
            for line in told[:_MOST]
        ),
        "more": max(len(told) - _MOST, 0),
    }


DIGESTS: Final = Upkeep(job="digest", at=_AT, recall=load, due=due)
