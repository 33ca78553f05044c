"""Mails that wait for a person: held, in quarantine, set aside or too big, and nobody has said yet that it is done.

A mail waits as long as a task about it is open. Where none is, its last decision counts: it waits until a task about
the mail is done, or the question of that decision is answered, or the decision is taken back. A copy waits for nobody:
what it is a copy of does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from mailbot.records.decision import DUPLICATE, Folder
from mailbot.records.tables import (
    Arrival,
    ArrivalState,
    DecisionRow,
    QuestionRow,
    QuestionState,
    TaskRow,
    TaskState,
)

_FOR_A_PERSON: Final = (Folder.HELD.value, Folder.QUARANTINE.value)
_NEVER_READ: Final = (ArrivalState.SET_ASIDE, ArrivalState.TOO_BIG)


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """A mail that waits, by its last decision; `folder` is where it lies, "" where it was left."""

    decision: str
    since: datetime
    sender: str | None
    subject: str | None
    why: str
    folder: str


def waiting_mails(session: Session, most: int) -> tuple[WaitingMail, ...]:
    """The mails that wait, the newest first."""
    newest = _WAITING.with_only_columns(
        DecisionRow.ref,
        Arrival.arrived_at,
        Arrival.sender_key,
        Arrival.subject,
        DecisionRow.summary,
        Arrival.folder_wanted,
        maintain_column_froms=True,
    )
    rows = session.execute(newest.order_by(Arrival.id.desc()).limit(most))
    return tuple(WaitingMail(*row) for row in rows)


def waiting_mail(session: Session, ref: str) -> int | None:
    """The mail that waits by this decision; None where none does."""
    return session.scalar(_WAITING.where(DecisionRow.ref == ref))


def never_read(session: Session, now: datetime) -> int:
    """How many mails wait that were set aside, or are too big."""
    mails = _WAITING.where(Arrival.state.in_(_NEVER_READ), Arrival.arrived_at <= now)
    return session.scalar(select(func.count()).select_from(mails.subquery())) or 0


def _waiting() -> Select[int]:
    last = select(func.max(DecisionRow.id)).where(DecisionRow.arrival_id == Arrival.id).correlate(Arrival)
    is_open = Arrival.id.in_(
        select(TaskRow.arrival_id).where(TaskRow.state == TaskState.OPEN, TaskRow.undone_by.is_(None))
    )
    done = (
        select(TaskRow.arrival_id, func.max(TaskRow.made_by).label("by"))
        .where(TaskRow.state == TaskState.DONE, TaskRow.undone_by.is_(None))
        .group_by(TaskRow.arrival_id)
        .subquery()
    )
    answered = select(QuestionRow.made_by).where(
        QuestionRow.state == QuestionState.ANSWERED, QuestionRow.undone_by.is_(None), QuestionRow.made_by.is_not(None)
    )
    nobody_settled_it = and_(
        DecisionRow.kind != DUPLICATE,
        DecisionRow.undone_by.is_(None),
        DecisionRow.id > func.coalesce(done.c.by, 0),
        DecisionRow.id.not_in(answered),
    )
    return (
        select(Arrival.id)
        .join(DecisionRow, and_(DecisionRow.arrival_id == Arrival.id, DecisionRow.id == last.scalar_subquery()))
        .join(done, done.c.arrival_id == Arrival.id, isouter=True)
        .where(
            Arrival.state != ArrivalState.ACCEPTED,
            or_(DecisionRow.folder.in_(_FOR_A_PERSON), Arrival.state.in_(_NEVER_READ)),
            or_(is_open, nobody_settled_it),
        )
    )


_WAITING: Final = _waiting()
