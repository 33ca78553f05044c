"""What the reminders duty has to know of the records about a mail: its client's contracts, and its rep's talks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from mailbot.duties.reminders.facts import MeetingCard, RemindersKnown
from mailbot.duties.reminders.settings import NAME
from mailbot.duties.reminders.tables import Meeting, MeetingState
from mailbot.message.model import Clues
from mailbot.message.sealing import Cover
from mailbot.records.base import UtcDateTime
from mailbot.records.contracts.cards import contracts_of
from mailbot.records.known import Known
from mailbot.records.tables import DecisionRow, TaskRow, TaskState
from mailbot.records.together import found_for, writing_client

_MOST_MEETINGS: Final = 200
_BEFORE: Final = timedelta(days=1)
_NEVER: Final = datetime(9000, 1, 1, tzinfo=UTC)
_MEETINGS: Final = (
    select(
        Meeting.uid,
        Meeting.rep_id,
        Meeting.contact_id,
        Meeting.client_id,
        Meeting.starts_at,
        Meeting.ends_at,
        Meeting.words,
    )
    .where(
        or_(Meeting.state == MeetingState.ASKED, Meeting.ends_at >= bindparam("day", type_=UtcDateTime())),
        Meeting.undone_by.is_(None),
    )
    .order_by(Meeting.id.desc())
    .limit(_MOST_MEETINGS)
)


def load(session: Session, cover: Cover, _clues: Clues, known: Known) -> RemindersKnown | None:
    """The contracts of the client who writes, or of the one whom a colleague answers us about; None for other mails."""
    client_id = _client_id(known)
    if client_id is None:
        return None
    return RemindersKnown(
        contracts=tuple(found_for(session, contracts_of, client_id, writing_client) or ()),
        meetings=_meetings(session, cover),
        tasks=_tasks(session, known),
    )


def recalled(known: Known) -> RemindersKnown:
    """What was looked up for this mail."""
    found = known.recalled.get(NAME)
    return found if isinstance(found, RemindersKnown) else RemindersKnown()


def _client_id(known: Known) -> int | None:
    if known.sender is not None and known.sender.contact is not None and known.sender.client is not None:
        return known.sender.client.id
    if known.sender is None or known.sender.person is None:
        return None
    letter = next((each for each in known.letters if each.duty == NAME), None)
    asked = next((each for each in known.questions if each.duty == NAME), None)
    client_id = letter.client_id if letter else asked.context.get("client_id") if asked else None
    return client_id if isinstance(client_id, int) else None


def _meetings(session: Session, cover: Cover) -> tuple[MeetingCard, ...]:
    """Talks that wait for a time, and those that have one and are not over."""
    since = cover.date - _BEFORE if cover.date is not None else _NEVER
    day = since.replace(hour=0, minute=0, second=0, microsecond=0)
    found = found_for(session, _meetings_since, day)
    return tuple(each for each in found or () if each.ends_at is None or each.ends_at >= since)


def _meetings_since(session: Session, days: Sequence[datetime]) -> Mapping[datetime, tuple[MeetingCard, ...]]:
    """For each of these days, the talks that wait for a time, and those that end on it or later."""
    asked = session.connection().execute
    return {day: tuple(MeetingCard(*row) for row in asked(_MEETINGS, {"day": day})) for day in days}


def _tasks(session: Session, known: Known) -> tuple[int, ...]:
    """The open tasks that were left with the letters that a colleague answers."""
    refs = [letter.decision_ref for letter in known.letters if letter.duty == NAME]
    if not refs or known.sender is None or known.sender.person is None:
        return ()
    query = (
        select(TaskRow.id)
        .join(DecisionRow, DecisionRow.id == TaskRow.made_by)
        .where(
            DecisionRow.ref.in_(refs),
            TaskRow.duty == NAME,
            TaskRow.state == TaskState.OPEN,
            TaskRow.undone_by.is_(None),
        )
        .order_by(TaskRow.id)
    )
    return tuple(session.scalars(query))
