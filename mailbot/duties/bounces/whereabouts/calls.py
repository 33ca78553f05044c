"""The calls that were left to a colleague: which letter asked for them, and whom they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.records.known import LetterCard
from mailbot.records.tables import DecisionRow, QuestionRow, TaskRow, TaskState

CALL = "call"  # the kind of the tasks to call somebody


@dataclass(frozen=True, slots=True)
class CallLeft:
    """Open tasks to call, left with a letter; `asked` is the kind of the question that led to it, `address_key` the
    address of whoever is to be called, or was to be."""

    letter_ref: str
    tasks: tuple[int, ...]
    asked: str
    address_key: str


def calls_left(session: Session, letters: Mapping[str, LetterCard]) -> tuple[CallLeft, ...]:
    """The calls that these letters left, by the letter that asked for them first: a query, and a second where there is
    one."""
    if not letters:
        return ()
    asked = select(QuestionRow.letter_ref, QuestionRow.kind, QuestionRow.context).where(
        QuestionRow.letter_ref.in_(letters), QuestionRow.undone_by.is_(None)
    )
    found = []
    for question in session.execute(asked):
        letter = letters[question.letter_ref]
        tasks = (
            select(TaskRow.id)
            .join(DecisionRow, DecisionRow.id == TaskRow.made_by)
            .where(
                DecisionRow.ref == letter.decision_ref,
                TaskRow.kind == CALL,
                TaskRow.state == TaskState.OPEN,
                TaskRow.undone_by.is_(None),
            )
            .order_by(TaskRow.id)
        )
        if ids := tuple(session.scalars(tasks)):
            found.append(CallLeft(letter.ref, ids, question.kind, str(question.context.get("address_key"))))
    return tuple(found)
