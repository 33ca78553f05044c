"""The tasks that a decision has left to people: what DONE is about."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.desk.words import ANSWERS, NAME
from mailbot.records.settled import Settled, settled_by
from mailbot.records.tables import DecisionRow, Person, QuestionRow, QuestionState, TaskRow, TaskState


@dataclass(frozen=True, slots=True)
class TaskLeft:
    """A task. `person_id` and `person` are whose it is: None and "" where it is whoever coordinates.

    `settled` says who has done it, where that is known; None while it is open.
    """

    id: int
    words: str
    person_id: int | None
    person: str
    is_open: bool
    settled: Settled | None


@dataclass(frozen=True, slots=True)
class Question:
    """An open question on a letter of the decision. `is_the_desks`: DONE is one of its answers, and closes it."""

    id: int
    letter_ref: str
    asked_key: str
    is_the_desks: bool


@dataclass(frozen=True, slots=True)
class TasksLeft:
    """The tasks and the open questions of one decision; both empty where there is no such decision.

    `answered` says who closed a question of the desk's own, where all of them are closed.
    """

    ref: str
    tasks: tuple[TaskLeft, ...] = ()
    questions: tuple[Question, ...] = ()
    answered: Settled | None = None


def tasks_left_by(session: Session, ref: str) -> TasksLeft:
    """What the decision of this reference has left to people, the open and the done."""
    decision_id = session.scalar(select(DecisionRow.id).where(DecisionRow.ref == ref)) if ref else None
    if decision_id is None:
        return TasksLeft(ref)
    tasks = (
        select(TaskRow, Person.name)
        .join(Person, Person.id == TaskRow.person_id, isouter=True)
        .where(TaskRow.made_by == decision_id, TaskRow.undone_by.is_(None))
        .order_by(TaskRow.id)
    )
    questions = (
        select(QuestionRow)
        .where(QuestionRow.made_by == decision_id, QuestionRow.undone_by.is_(None))
        .order_by(QuestionRow.id)
    )
    asked = session.scalars(questions).all()
    return TasksLeft(
        ref,
        tuple(_task(session, row, name or "") for row, name in session.execute(tasks)),
        tuple(_question(row) for row in asked if row.state is QuestionState.OPEN),
        next((settled_by(session, row) for row in reversed(asked) if row.duty == NAME), None),
    )


def _task(session: Session, row: TaskRow, person: str) -> TaskLeft:
    is_open = row.state is TaskState.OPEN
    settled = None if is_open else settled_by(session, row)
    return TaskLeft(row.id, row.words, row.person_id, person, is_open, settled)


def _question(row: QuestionRow) -> Question:
    is_the_desks = row.duty == NAME and "done" in ANSWERS.get(row.kind, ())
    return Question(row.id, row.letter_ref, row.asked_key, is_the_desks)
