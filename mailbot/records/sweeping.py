"""A person's name and address, out of the words about others: tasks, letters to colleagues, decisions, changes."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import ColumnElement, Text, cast, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mailbot.records.tables import Change, DecisionRow, LetterRow, LetterState, QuestionRow, QuestionState, TaskRow

ERASED: Final = "erased"
_SENT: Final = (LetterState.SENT, LetterState.REFUSED, LetterState.WITHDRAWN)


def sweep(session: Session, words: Collection[str]) -> None:
    """Puts "erased" wherever one of these words stands. What was known for a decision in which one stands is let go."""
    for task in session.scalars(select(TaskRow).where(_holds(words, TaskRow.words))):
        task.words = _swept(task.words, words)
    in_letters = _holds(words, LetterRow.subject, LetterRow.text, LetterRow.object)
    for letter in session.scalars(select(LetterRow).where(in_letters)):
        letter.subject, letter.text = _swept(letter.subject, words), _swept(letter.text, words)
        letter.object = f"{_swept(letter.object, words)} {letter.id}"  # what was written once stays one of its kind
        letter.content = b"" if letter.state in _SENT else letter.content
    for question in session.scalars(select(QuestionRow).where(_holds(words, QuestionRow.words, QuestionRow.context))):
        question.words, question.context = _swept(question.words, words), {}
        question.state = QuestionState.WITHDRAWN if question.state is QuestionState.OPEN else question.state
    told = (DecisionRow.summary, DecisionRow.evidence, DecisionRow.trace, DecisionRow.actions)
    for decision in session.scalars(select(DecisionRow).where(_holds(words, *told))):
        decision.summary = _swept(decision.summary, words)
        decision.evidence = _swept(decision.evidence, words)
        decision.trace = _swept(decision.trace, words)
        decision.actions = _swept(decision.actions, words)
    for change in session.scalars(select(Change).where(_holds(words, Change.before, Change.after))):
        change.before, change.after = _swept(change.before, words), _swept(change.after, words)
    _let_go_of_what_was_known(session, words)


def _holds(words: Collection[str], *columns: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    return or_(*(cast(column, Text).contains(word, autoescape=True) for column in columns for word in words))


def _swept(value: Any, words: Collection[str]) -> Any:
    """The same value, with every text in it swept."""
    match value:
        case str():
            for word in sorted(words, key=len, reverse=True):
                value = value.replace(word, ERASED)
            return value
        case list():
            return [_swept(each, words) for each in value]
        case dict():
            return {_swept(name, words): _swept(each, words) for name, each in value.items()}
        case _:
            return value


def _let_go_of_what_was_known(session: Session, words: Collection[str]) -> None:
    told = [word.encode() for word in words]
    kept = select(DecisionRow.id, DecisionRow.known).where(DecisionRow.known.is_not(None))
    theirs = [row.id for row in session.execute(kept) if any(word in zlib.decompress(row.known) for word in told)]
    for decision in session.scalars(select(DecisionRow).where(DecisionRow.id.in_(theirs))):
        decision.known = None
