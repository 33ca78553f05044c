"""Decisions, with all there is to show of them: the mail, the reasons, the records and the letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.message import Message, read
from mailbot.records import why
from mailbot.records.session import Database
from mailbot.records.tables import Change, DecisionRow, LetterRow, QuestionRow, RawMail
from mailbot.records.why import Story

# Letters, questions and decisions are rows too, and are told by themselves.
_TOLD_ELSEWHERE = (LetterRow.__tablename__, QuestionRow.__tablename__, DecisionRow.__tablename__)


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter, with its words."""

    recipient: str
    subject: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Told:
    """One decision. `records` counts the rows that it wrote, by table."""

    id: int
    story: Story
    mail: Message | None
    records: Mapping[str, int]
    letters: tuple[LetterShown, ...]

    @property
    def moment(self) -> datetime:
        """When the mail was written, if it says so; else when it was decided."""
        return self.mail.date if self.mail and self.mail.date else self.story.decided_at


def last_decision(database: Database) -> int:
    """The newest decision there is; 0 where there is none."""
    with database.reading() as session:
        return session.scalar(select(DecisionRow.id).order_by(DecisionRow.id.desc()).limit(1)) or 0


def told_since(database: Database, last: int) -> tuple[Told, ...]:
    """The decisions that came after `last`, in their order."""
    with database.reading() as session:
        rows = session.scalars(select(DecisionRow).where(DecisionRow.id > last).order_by(DecisionRow.id)).all()
        return tuple(_told(session, row) for row in rows)


def _told(session: Session, row: DecisionRow) -> Told:
    raw = session.get(RawMail, row.arrival_id) if row.arrival_id else None
    changes = session.scalars(select(Change.table_name).where(Change.decision_id == row.id))
    letters = session.scalars(select(LetterRow).where(LetterRow.made_by == row.id).order_by(LetterRow.id))
    return Told(
        id=row.id,
        story=next(story for story in why.tell(session, row.ref) if story.ref == row.ref),
        mail=read(raw.content) if raw else None,
        records=Counter(name for name in changes if name not in _TOLD_ELSEWHERE),
        letters=tuple(LetterShown(each.recipient, each.subject, each.text, each.state.value) for each in letters),
    )
