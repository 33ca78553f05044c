"""What a client wrote in the weeks before, and nobody has answered by way of the desk: one query for many mails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.issues.facts import EarlierMail
from mailbot.duties.issues.tables import Issue, IssueMessage, IssueState, Voice
from mailbot.message.addresses import address_key
from mailbot.message.sealing import Cover
from mailbot.records.base import UtcDateTime
from mailbot.records.decision import Folder
from mailbot.records.known import Known
from mailbot.records.tables import Arrival, DecisionRow, TaskRow, TaskState
from mailbot.records.together import first_of_each, found_for_each

_WEEKS_BACK: Final = timedelta(weeks=8)
_MOST: Final = 5
_MOST_OF_ONE_ADDRESS: Final = 500  # that are looked through
_ADDRESSES_AT_ONCE: Final = 1_000  # in one query: databases count its parameters
_READ_AS: Final = ("issue", "follow-up")

_ANSWER = aliased(IssueMessage)
_ANSWERED = (
    exists()
    .where(
        IssueMessage.arrival_id == Arrival.id,
        Issue.id == IssueMessage.issue_id,
        or_(
            Issue.state == IssueState.SOLVED,
            Issue.called_at.is_not(None),
            exists().where(_ANSWER.issue_id == Issue.id, _ANSWER.voice == Voice.STAFF, _ANSWER.undone_by.is_(None)),
        ),
    )
    .correlate(Arrival)
)
_LOOKED_AT = exists().where(TaskRow.arrival_id == Arrival.id, TaskRow.state == TaskState.DONE).correlate(Arrival)
_EARLIER = first_of_each(
    select(Arrival.sender_key, Arrival.arrived_at, Arrival.id, Arrival.subject)
    .join(DecisionRow, DecisionRow.arrival_id == Arrival.id)
    .where(
        Arrival.sender_key.in_(bindparam("keys", expanding=True)),
        Arrival.arrived_at.between(bindparam("first", type_=UtcDateTime()), bindparam("last", type_=UtcDateTime())),
        or_(DecisionRow.kind.in_(_READ_AS), DecisionRow.folder == Folder.HELD.value),
        DecisionRow.undone_by.is_(None),
        ~_ANSWERED,
        ~_LOOKED_AT,
    ),
    Arrival.sender_key,
    Arrival.arrived_at.asc(),
    _MOST_OF_ONE_ADDRESS,
)
_Asked = tuple[str, date]  # an address, and the day of a mail, in UTC


def unanswered(session: Session, cover: Cover, known: Known) -> tuple[EarlierMail, ...]:
    """The mails of the sender's client in the weeks before this one, the oldest first; none of a stranger's.

    What colleagues wrote from their own mail programs is not known here; who is told of these mails is told so.
    """
    if cover.date is None:
        return ()
    day = cover.date.astimezone(UTC).date()
    found = found_for_each(session, _before, list(_of_client(day, known)), partial(_of_client, day))
    first, last = cover.date - _WEEKS_BACK, cover.date - timedelta(seconds=1)
    rows = (row for of_address in found.values() for row in of_address if first <= row.arrived_at <= last)
    mails = dict.fromkeys(EarlierMail(row.arrived_at, row.subject or "") for row in sorted(rows, key=_AS_THEY_CAME))
    return tuple(mails)[:_MOST]


_AS_THEY_CAME: Final = attrgetter("arrived_at", "id")


def _of_client(day: date, known: Known) -> Iterator[_Asked]:
    client = known.sender.client if known.sender else None
    return ((address_key(contact.address), day) for contact in (client.contacts if client else ()))


def _before(session: Session, asked: Sequence[_Asked]) -> dict[_Asked, list[Any]]:
    """What was written from each address in the weeks before the end of the day; a mail of that day takes its part."""
    keys: dict[date, list[str]] = defaultdict(list)
    for key, day in asked:
        keys[day].append(key)
    found: dict[_Asked, list[Any]] = defaultdict(list)
    for day, of_day in keys.items():
        first, last = datetime.combine(day, time.min, UTC) - _WEEKS_BACK, datetime.combine(day, time.max, UTC)
        for start in range(0, len(of_day), _ADDRESSES_AT_ONCE):
            some = of_day[start : start + _ADDRESSES_AT_ONCE]
            for row in session.connection().execute(_EARLIER, {"keys": some, "first": first, "last": last}):
                found[row.sender_key, day].append(row)
    return found
