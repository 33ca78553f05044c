"""What the reminders duty has to know of the records about a mail: its client's contracts, and its rep's talks."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mailbot.duties.reminders.facts import MeetingCard, RemindersKnown
from mailbot.duties.reminders.settings import NAME
from mailbot.duties.reminders.tables import Meeting, MeetingState
from mailbot.message.model import Clues, Message
from mailbot.records.contracts.cards import contracts_of
from mailbot.records.contracts.tables import ContractState
from mailbot.records.known import Known
from mailbot.records.tables import DecisionRow, TaskRow, TaskState

_MOST_MEETINGS: Final = 200
_BEFORE: Final = timedelta(days=1)


def load(session: Session, message: Message, _clues: Clues, known: Known) -> RemindersKnown | None:
    """The contracts of the client who writes, or of the one whom a colleague answers us about; None for other mails."""
    client_id = _client_id(known)
    if client_id is None:
        return None
    contracts = contracts_of(session, [client_id])[client_id]
    running = tuple(each for each in contracts if each.state is ContractState.RUNNING)
    return RemindersKnown(
        contracts=running or contracts,
        meetings=_meetings(session, message),
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


def _meetings(session: Session, message: Message) -> tuple[MeetingCard, ...]:
    """Talks that wait for a time, and those that have one and are not over."""
    ahead = Meeting.state == MeetingState.ASKED
    if message.date is not None:
        ahead = or_(ahead, Meeting.ends_at >= message.date - _BEFORE)
    query = select(Meeting).where(ahead, Meeting.undone_by.is_(None)).order_by(Meeting.id.desc()).limit(_MOST_MEETINGS)
    return tuple(
        MeetingCard(row.uid, row.rep_id, row.contact_id, row.client_id, row.starts_at, row.ends_at, row.words)
        for row in session.scalars(query)
    )


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
