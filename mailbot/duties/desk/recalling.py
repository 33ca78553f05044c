"""What the desk wants to know of a mail that gives it an order, or answers its question: what that is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.deciding.to_a_person import NEEDS_PERSON
from mailbot.duties.desk.words import ANSWERS, NAME, Command, answer_in, command_in
from mailbot.letters.refs import decision_of
from mailbot.message.model import Clues, Message
from mailbot.records import undo, why
from mailbot.records.known import Known, QuestionCard
from mailbot.records.tables import (
    Arrival,
    Change,
    DecisionRow,
    LetterRow,
    LetterState,
    QuestionRow,
    QuestionState,
    RawMail,
    TaskRow,
    TaskState,
)
from mailbot.records.undo import Undoing
from mailbot.records.why import Story
from mailbot.sorting.one_word import Chosen


@dataclass(frozen=True, slots=True)
class Matter:
    """What an open question of the desk is about, as it stands now."""

    question_id: int
    mail: int | None  # None: no mail, or its bytes are no longer kept
    settled_by: str  # the decision that was made of that mail since; "" where there is none
    task: int | None  # the open task that was left with the question
    letter: LetterState | None  # what has become of the letter it asks about


@dataclass(frozen=True, slots=True)
class ClosedQuestion:
    """A question of the desk that this mail would answer, if it were still open."""

    letter_ref: str
    kind: str
    about: str  # the decision it was about, or the letter
    settled_by: str  # the decision that closed it; "" where none did


@dataclass(frozen=True, slots=True)
class Recalled:
    """The decisions that an order is about, and the matters that an answer may be about.

    `own` are those of the decisions that came of a mail of this person, or wrote them a letter. `may_undo` is narrower:
    a letter to them about a colleague's mail does not make that mail theirs.
    """

    stories: tuple[Story, ...] = ()
    undoing: Undoing | None = None
    own: tuple[str, ...] = ()
    may_undo: bool = False
    matters: tuple[Matter, ...] = ()
    closed: tuple[ClosedQuestion, ...] = ()


def load(session: Session, message: Message, _clues: Clues, known: Known) -> Recalled | None:
    """Looks up what a WHY, an UNDO or an answer of a colleague is about; None for every other mail."""
    if known.sender is None or known.sender.person is None:
        return None
    command = command_in(message, known)
    if command is not None:
        return _of_command(session, command, known.sender.key)
    matters = tuple(
        _matter(session, question)
        for question in known.questions
        if question.duty == NAME and _is_answered(message, question.kind)
    )
    closed = _closed(session, message, known, known.sender.key)
    return Recalled(matters=matters, closed=closed) if matters or closed else None


def recalled_of(known: Known) -> Recalled:
    """What was looked up for this mail."""
    recalled = known.recalled.get(NAME)
    return recalled if isinstance(recalled, Recalled) else Recalled()


def _of_command(session: Session, command: Command, sender_key: str) -> Recalled:
    ref = command.ref or ""
    if command.does == "undo":
        return Recalled(undoing=undo.foresee(session, ref), may_undo=_may_undo(session, ref, sender_key))
    stories = why.tell(session, ref)
    refs = [story.ref for story in stories]
    own = {*_of_mails(session, refs, sender_key), *_of_letters(session, refs, sender_key)}
    return Recalled(stories=stories, own=tuple(ref for ref in refs if ref in own))


def _may_undo(session: Session, ref: str, sender_key: str) -> bool:
    if _of_mails(session, [ref], sender_key):
        return True
    arrival_id = session.scalar(select(DecisionRow.arrival_id).where(DecisionRow.ref == ref))
    return arrival_id is None and bool(_of_letters(session, [ref], sender_key))


def _of_mails(session: Session, refs: Iterable[str], sender_key: str) -> frozenset[str]:
    """Those of these decisions that were made of this person's mail."""
    found = (
        select(DecisionRow.ref)
        .join(Arrival, Arrival.id == DecisionRow.arrival_id)
        .where(DecisionRow.ref.in_(refs), Arrival.sender_key == sender_key)
    )
    return frozenset(session.scalars(found))


def _of_letters(session: Session, refs: Iterable[str], sender_key: str) -> frozenset[str]:
    """Those of these decisions that wrote this person a letter."""
    found = (
        select(DecisionRow.ref)
        .join(LetterRow, LetterRow.made_by == DecisionRow.id)
        .where(DecisionRow.ref.in_(refs), LetterRow.recipient_key == sender_key)
    )
    return frozenset(session.scalars(found))


def _is_answered(message: Message, kind: str) -> bool:
    return kind in ANSWERS and isinstance(answer_in(message, kind), Chosen)


def _matter(session: Session, question: QuestionCard) -> Matter:
    asking = session.scalars(select(DecisionRow).where(DecisionRow.ref == question.decision_ref)).one()
    return Matter(
        question_id=question.id,
        mail=session.scalar(select(RawMail.arrival_id).where(RawMail.arrival_id == asking.arrival_id)),
        settled_by=_decided_since(session, asking),
        task=session.scalar(
            select(TaskRow.id).where(
                TaskRow.made_by == asking.id,
                TaskRow.kind == NEEDS_PERSON,
                TaskRow.state == TaskState.OPEN,
                TaskRow.undone_by.is_(None),
            )
        ),
        letter=session.scalar(select(LetterRow.state).where(LetterRow.ref == str(question.context.get("letter")))),
    )


def _decided_since(session: Session, asking: DecisionRow) -> str:
    later = select(DecisionRow.ref).where(
        DecisionRow.arrival_id == asking.arrival_id, DecisionRow.id > asking.id, DecisionRow.undone_by.is_(None)
    )
    return session.scalar(later.order_by(DecisionRow.id.desc()).limit(1)) or ""


def _closed(session: Session, message: Message, known: Known, sender_key: str) -> tuple[ClosedQuestion, ...]:
    """Questions to this person on the letters that the mail names, which are closed, and which it would answer."""
    closed = select(QuestionRow).where(
        QuestionRow.letter_ref.in_([letter.ref for letter in known.letters]),
        QuestionRow.duty == NAME,
        QuestionRow.asked_key == sender_key,
        QuestionRow.state != QuestionState.OPEN,
    )
    if not known.letters:
        return ()
    return tuple(
        ClosedQuestion(row.letter_ref, row.kind, _about(row), _closed_by(session, row))
        for row in session.scalars(closed)
        if _is_answered(message, row.kind)
    )


def _about(question: QuestionRow) -> str:
    return str(question.context.get("letter", decision_of(question.letter_ref)))


def _closed_by(session: Session, question: QuestionRow) -> str:
    """The last decision that changed the question after it was asked."""
    wrote = (
        select(DecisionRow.ref)
        .join(Change, Change.decision_id == DecisionRow.id)
        .where(
            Change.table_name == QuestionRow.__tablename__,
            Change.row_id == question.id,
            DecisionRow.id != question.made_by,
        )
    )
    return session.scalar(wrote.order_by(Change.id.desc()).limit(1)) or ""
