"""The morning letter to the coordinator: what waits for a person, and what duties that only watch would have done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.config import Level
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Send
from mailbot.records.known import Known
from mailbot.records.tables import (
    DecisionRow,
    LetterRow,
    LetterState,
    QuestionRow,
    QuestionState,
    Role,
    TaskRow,
    TaskState,
)

_MOST = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question: who was asked, when, and what."""

    of: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Watched:
    """What a duty that only watches would have done."""

    ref: str
    summary: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What lies on the desk in the morning. The lists are cut; the counts are whole."""

    tasks: tuple[str, ...]
    tasks_in_all: int
    questions: tuple[Asked, ...]
    questions_in_all: int
    on_hold: int
    would_have: tuple[Watched, ...]
    would_have_in_all: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write about."""
        return not (self.tasks_in_all or self.questions_in_all or self.on_hold or self.would_have_in_all)


def _recall(session: Session, _known: Known, now: datetime) -> Waiting:
    tasks = select(TaskRow).where(TaskRow.state == TaskState.OPEN, TaskRow.undone_by.is_(None))
    questions = select(QuestionRow).where(QuestionRow.state == QuestionState.OPEN, QuestionRow.undone_by.is_(None))
    watched = select(DecisionRow).where(
        DecisionRow.decided_at > now - timedelta(days=1),
        DecisionRow.level == Level.WATCH.value,
        DecisionRow.carried_out.is_(False),
    )
    held = select(func.count()).select_from(LetterRow).where(LetterRow.state == LetterState.ON_HOLD)
    return Waiting(
        tasks=tuple(row.words for row in session.scalars(tasks.order_by(TaskRow.id).limit(_MOST))),
        tasks_in_all=_count(session, tasks),
        questions=tuple(
            Asked(row.asked_key, row.asked_at, row.words)
            for row in session.scalars(questions.order_by(QuestionRow.id).limit(_MOST))
        ),
        questions_in_all=_count(session, questions),
        on_hold=session.scalar(held) or 0,
        would_have=tuple(
            Watched(row.ref, row.summary) for row in session.scalars(watched.order_by(DecisionRow.id).limit(_MOST))
        ),
        would_have_in_all=_count(session, watched),
    )


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _due(waiting: object, known: Known, now: datetime) -> tuple[Due, ...]:
    if not isinstance(waiting, Waiting) or waiting.is_empty:
        return ()
    today = local_date(now, known.desk.zone)
    facts: dict[str, Plain] = {
        "day": today,
        "tasks": waiting.tasks,
        "tasks_in_all": waiting.tasks_in_all,
        "questions": tuple({"asked": each.of, "since": each.at, "words": each.words} for each in waiting.questions),
        "questions_in_all": waiting.questions_in_all,
        "on_hold": waiting.on_hold,
        "would_have": tuple({"ref": each.ref, "summary": each.summary} for each in waiting.would_have),
        "would_have_in_all": waiting.would_have_in_all,
    }
    letters = tuple(
        Send(
            Draft(
                to=person.recipient,
                template="desk/morning",
                facts=facts,
                purpose="morning",
                object=str(person.id),
                period=today.isoformat(),
            )
        )
        for person in known.in_role(Role.COORDINATOR)
    )
    plan = Plan("The morning letter.", letters, acts_from=Level.WATCH)  # it is how watching is told
    return (Due("morning", "something waits for a person", plan),) if letters else ()


MORNING = Upkeep(job="morning", at=time(8, 0), recall=_recall, due=_due)
