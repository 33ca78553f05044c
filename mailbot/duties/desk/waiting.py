"""What lies on the desk in the morning: one look at the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final, TypeVarTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.config import Level
from mailbot.deciding.to_a_person import NEEDS_PERSON
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Language
from mailbot.records.known import DeskCard, Known
from mailbot.records.tables import (
    DecisionRow,
    LetterRow,
    LetterState,
    Person,
    QuestionRow,
    QuestionState,
    TaskRow,
    TaskState,
)
from mailbot.records.why import called
from mailbot.working_days import working_day_before

Columns = TypeVarTuple("Columns")

MORNING_AT: Final = time(8, 0)
_MOST = 12
_LONGEST_WORDS = 300  # characters of what would have been done with one mail


@dataclass(frozen=True, slots=True)
class Task:
    """An open task: the decision that left it, whose it is ("": whoever coordinates), and its words."""

    ref: str
    person: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question: its letter, who was asked, by name where the name is on file, when, and what."""

    ref: str
    of: str
    at: datetime
    subject: str  # of the letter: the question as it was put, in the language of who was asked


@dataclass(frozen=True, slots=True)
class Watched:
    """What a duty that only watches would have done; `german` is "" where nobody has put it into German."""

    ref: str
    summary: str
    german: str

    def told(self, language: Language) -> str:
        """The words for one reader."""
        return self.german if language == "de" and self.german else self.summary


@dataclass(frozen=True, slots=True)
class Waiting:
    """What lies on the desk in the morning. The lists are cut; the counts are whole."""

    tasks: tuple[Task, ...]
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


def load(session: Session, known: Known, now: datetime) -> Waiting:
    """What waits for a person, and what was watched since the last morning letter was due."""
    tasks, questions, watched = _open_tasks(), _open_questions(), _watched_since(_last_morning(known.desk, now))
    on_hold = select(func.count()).select_from(LetterRow).where(LetterRow.state == LetterState.ON_HOLD)
    return Waiting(
        tasks=tuple(Task(ref, name or "", words) for ref, name, words in session.execute(tasks.limit(_MOST))),
        tasks_in_all=_count(session, tasks),
        questions=tuple(
            Asked(ref, called(session, key) or key, at, subject)
            for ref, key, at, subject in session.execute(questions.limit(_MOST))
        ),
        questions_in_all=_count(session, questions),
        on_hold=session.scalar(on_hold) or 0,
        would_have=tuple(
            Watched(ref, summary, _in_german(actions))
            for ref, summary, actions in session.execute(watched.limit(_MOST))
        ),
        would_have_in_all=_count(session, watched),
    )


def _open_tasks() -> Select[str, str, str]:
    return (
        select(DecisionRow.ref, Person.name, TaskRow.words)
        .join(DecisionRow, DecisionRow.id == TaskRow.made_by)
        .join(Person, Person.id == TaskRow.person_id, isouter=True)
        .where(TaskRow.state == TaskState.OPEN, TaskRow.undone_by.is_(None))
        .order_by(TaskRow.id)
    )


def _open_questions() -> Select[str, str, datetime, str]:
    return (
        select(QuestionRow.letter_ref, QuestionRow.asked_key, QuestionRow.asked_at, LetterRow.subject)
        .join(LetterRow, LetterRow.ref == QuestionRow.letter_ref)
        .where(
            QuestionRow.state == QuestionState.OPEN,
            QuestionRow.undone_by.is_(None),
            QuestionRow.kind != NEEDS_PERSON,  # its task stands among the tasks
            QuestionRow.followed.is_(False),
        )
        .order_by(QuestionRow.id)
    )


def _watched_since(moment: datetime) -> Select[str, str, Sequence[Mapping[str, str]]]:
    return (
        select(DecisionRow.ref, DecisionRow.summary, DecisionRow.actions)
        .where(
            DecisionRow.decided_at > moment,
            DecisionRow.level == Level.WATCH.value,
            DecisionRow.carried_out.is_(False),
        )
        .order_by(DecisionRow.decided_at, DecisionRow.id)
    )


def _in_german(actions: Sequence[Mapping[str, str]]) -> str:
    if not any("german" in action for action in actions):
        return ""
    return one_line("; ".join(action.get("german", action["words"]) for action in actions), _LONGEST_WORDS)


def _last_morning(desk: DeskCard, now: datetime) -> datetime:
    """When the morning letter of the last working day before today was due: what came over a weekend is told too."""
    day = working_day_before(local_date(now, desk.zone), desk.holidays)
    return datetime.combine(day, MORNING_AT, desk.zone)


def _count(session: Session, query: Select[*Columns]) -> int:
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
