"""What a client wrote in the weeks before, and nobody has answered by way of the desk: one query."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.issues.facts import EarlierMail
from mailbot.duties.issues.tables import Issue, IssueMessage, IssueState, Voice
from mailbot.message.addresses import address_key
from mailbot.message.model import Message
from mailbot.records.base import UtcDateTime
from mailbot.records.decision import Folder
from mailbot.records.known import Known
from mailbot.records.tables import Arrival, DecisionRow, TaskRow, TaskState

_WEEKS_BACK: Final = timedelta(weeks=8)
_MOST: Final = 5
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
_EARLIER = (
    select(Arrival.arrived_at, Arrival.subject)
    .join(DecisionRow, DecisionRow.arrival_id == Arrival.id)
    .where(
        Arrival.sender_key.in_(bindparam("keys", expanding=True)),
        Arrival.arrived_at.between(bindparam("first", type_=UtcDateTime()), bindparam("last", type_=UtcDateTime())),
        or_(DecisionRow.kind.in_(_READ_AS), DecisionRow.folder == Folder.HELD.value),
        DecisionRow.undone_by.is_(None),
        ~_ANSWERED,
        ~_LOOKED_AT,
    )
    .distinct()
    .order_by(Arrival.arrived_at)
    .limit(_MOST)
)


def unanswered(session: Session, message: Message, known: Known) -> tuple[EarlierMail, ...]:
    """The mails of the sender's client in the weeks before this one, the oldest first; none of a stranger's.

    What colleagues wrote from their own mail programs is not known here; who is told of these mails is told so.
    """
    client = known.sender.client if known.sender else None
    if client is None or message.date is None:
        return ()
    keys = sorted({address_key(contact.address) for contact in client.contacts})
    span = {"first": message.date - _WEEKS_BACK, "last": message.date - timedelta(seconds=1)}
    rows = session.connection().execute(_EARLIER, {"keys": keys, **span})
    return tuple(EarlierMail(row.arrived_at, row.subject or "") for row in rows)
