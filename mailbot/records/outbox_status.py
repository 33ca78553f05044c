"""How the outbox stands: what waits, what is stopped, what is in trouble. Asked by people, by health and by brakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.records.tables import LetterRow, LetterState


@dataclass(frozen=True, slots=True)
class Late:
    """Letters that wait although their hand-over was tried: how many, since when, and what was said to the last try."""

    count: int
    oldest: datetime
    said: str


def tried_in_vain(session: Session) -> Late | None:
    """The letters that wait for another try; None where there are none."""
    tried = (LetterRow.state == LetterState.WAITING, LetterRow.undone_by.is_(None), LetterRow.reply.is_not(None))
    count, oldest = session.execute(select(func.count(), func.min(LetterRow.created_at)).where(*tried)).one()
    if not count:
        return None
    said = select(LetterRow.reply).where(*tried).order_by(LetterRow.try_after.desc(), LetterRow.id.desc()).limit(1)
    return Late(count, oldest, session.scalar(said) or "")
