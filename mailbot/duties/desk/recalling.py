"""What the desk wants to know of a mail that gives it an order, or answers its question: what that is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mailbot.deciding.to_a_person import NEEDS_PERSON
from mailbot.duties.desk.cards import Card, card_order, look_up
from mailbot.duties.desk.named import Named, named_in
from mailbot.duties.desk.tasks import TasksLeft, tasks_left_by
from mailbot.duties.desk.words import ANSWERS, NAME, Command, answer_in, command_in
from mailbot.message.model import Clues, Message
from mailbot.records import undo, why
from mailbot.records.client_card import TellingOfClient
from mailbot.records.known import Known, Party, PersonCard, QuestionCard
from mailbot.records.settled import ClosedQuestion, Settled, closed_questions
from mailbot.records.tables import (
    Address,
    AddressStatus,
    Arrival,
    DecisionRow,
    LetterRow,
    LetterState,
    RawMail,
    TaskRow,
    TaskState,
)
from mailbot.records.undo import Undoing
from mailbot.records.why import Story
from mailbot.sorting.one_word import Chosen


@dataclass(frozen=True, slots=True)
class Writer:
    """The address of a contact that a mail came from, as it is on file."""

    address_id: int
    address: str
    is_stopped: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """What an open question of the desk is about, as it stands now."""

    question_id: int
    mail: int | None  # None: no mail, or its bytes are no longer kept
    settled: Settled | None  # the decision that was made of that mail since
    task: int | None  # the open task that was left with the question, and its words
    task_words: str
    writer: Writer | None  # who wrote the mail, where that is a contact
    letter: LetterState | None  # what has become of the letter it asks about


@dataclass(frozen=True, slots=True)
class Recalled:
    """The decisions, or the tasks, that an order is about, and the matters that an answer may be about.

    `own` are those of the decisions that came of a mail of this person, or wrote them a letter. `may_undo` is narrower:
    a letter to them about a colleague's mail does not make that mail theirs.
    """

    stories: tuple[Story, ...] = ()
    undoing: Undoing | None = None
    own: tuple[str, ...] = ()
    may_undo: bool = False
    tasks: tuple[TasksLeft, ...] = ()
    matters: tuple[Matter, ...] = ()
    closed: tuple[ClosedQuestion, ...] = ()
    named: tuple[Named, ...] = ()
    card: Card | None = None


def load(
    cards: Sequence[TellingOfClient], session: Session, message: Message, _clues: Clues, known: Known
) -> Recalled | None:
    """Looks up what an order or an answer of a colleague is about; None for every other mail.

    `cards` are what the duties tell of a client, for who asks for its card.
    """
    if known.sender is None or known.sender.person is None:
        return None
    command = command_in(message, known)
    if command is not None:
        return _of_command(session, command, known.sender, known.sender.person, known.desk.zone)
    if order := card_order(message):
        return Recalled(card=look_up(session, order, known.sender.person, known, message, cards))
    matters = tuple(
        _matter(session, question)
        for question in known.questions
        if question.duty == NAME and _is_answered(message, question.kind)
    )
    closed = _closed(session, message, known, known.sender)
    named = () if matters or closed else named_in(session, message, known, known.sender.person.language)
    if named:
        own = _of_mails(session, [ref for each in named for ref in each.refs], known.sender)
        return Recalled(own=tuple(sorted(own)), named=named)
    return Recalled(matters=matters, closed=closed) if matters or closed else None


def recalled_of(known: Known) -> Recalled:
    """What was looked up for this mail."""
    recalled = known.recalled.get(NAME)
    return recalled if isinstance(recalled, Recalled) else Recalled()


def _of_command(session: Session, command: Command, sender: Party, person: PersonCard, zone: tzinfo) -> Recalled:
    ref = command.ref or ""
    if command.does == "undo":
        return Recalled(
            undoing=undo.foresee(session, ref, person.language, zone), may_undo=_may_undo(session, ref, sender)
        )
    if command.does == "done":
        return Recalled(tasks=tuple(tasks_left_by(session, each) for each in command.refs or ("",)))
    stories = why.tell(session, ref, person.language, zone)
    refs = [story.ref for story in stories]
    own = {*_of_mails(session, refs, sender), *_of_letters(session, refs, sender)}
    return Recalled(stories=stories, own=tuple(ref for ref in refs if ref in own))


def _may_undo(session: Session, ref: str, sender: Party) -> bool:
    """Whether it came of this person's own mail, or of the clock, for nobody else: a report of all is not one's own."""
    if _of_mails(session, [ref], sender):
        return True
    decision = session.scalar(select(DecisionRow).where(DecisionRow.ref == ref))
    if decision is None or decision.arrival_id is not None:
        return False
    readers = set(session.scalars(select(LetterRow.recipient_key).where(LetterRow.made_by == decision.id)))
    return bool(readers) and readers <= set(sender.keys)


def _of_mails(session: Session, refs: Iterable[str], sender: Party) -> frozenset[str]:
    """Those of these decisions that were made of this person's mail, from whichever address."""
    vouched_for = [sender.person.id] if sender.person else []
    found = (
        select(DecisionRow.ref)
        .join(Arrival, Arrival.id == DecisionRow.arrival_id)
        .where(
            DecisionRow.ref.in_(refs), or_(Arrival.sender_key.in_(sender.keys), Arrival.vouched_for.in_(vouched_for))
        )
    )
    return frozenset(session.scalars(found))


def _of_letters(session: Session, refs: Iterable[str], sender: Party) -> frozenset[str]:
    """Those of these decisions that wrote this person a letter."""
    found = (
        select(DecisionRow.ref)
        .join(LetterRow, LetterRow.made_by == DecisionRow.id)
        .where(DecisionRow.ref.in_(refs), LetterRow.recipient_key.in_(sender.keys))
    )
    return frozenset(session.scalars(found))


def _is_answered(message: Message, kind: str) -> bool:
    return kind in ANSWERS and isinstance(answer_in(message, kind), Chosen)


def _matter(session: Session, question: QuestionCard) -> Matter:
    asking = session.scalars(select(DecisionRow).where(DecisionRow.ref == question.decision_ref)).one()
    left = (
        select(TaskRow.id, TaskRow.words)
        .where(
            TaskRow.made_by == asking.id,
            TaskRow.kind == NEEDS_PERSON,
            TaskRow.state == TaskState.OPEN,
            TaskRow.undone_by.is_(None),
        )
        .order_by(TaskRow.id)
    )
    task = session.execute(left).first()
    return Matter(
        question_id=question.id,
        mail=session.scalar(select(RawMail.arrival_id).where(RawMail.arrival_id == asking.arrival_id)),
        settled=_decided_since(session, asking),
        task=task.id if task else None,
        task_words=task.words if task else "",
        writer=_writer(session, asking),
        letter=session.scalar(select(LetterRow.state).where(LetterRow.ref == str(question.context.get("letter")))),
    )


def _writer(session: Session, asking: DecisionRow) -> Writer | None:
    on_file = (
        select(Address.id, Address.written, Address.status)
        .join(Arrival, Arrival.sender_key == Address.key)
        .where(Arrival.id == asking.arrival_id, Address.contact_id.is_not(None), Address.undone_by.is_(None))
    )
    found = session.execute(on_file).first()
    return Writer(found.id, found.written, found.status is AddressStatus.STOPPED) if found else None


def _decided_since(session: Session, asking: DecisionRow) -> Settled | None:
    later = select(DecisionRow.ref, DecisionRow.decided_at).where(
        DecisionRow.arrival_id == asking.arrival_id, DecisionRow.id > asking.id, DecisionRow.undone_by.is_(None)
    )
    last = session.execute(later.order_by(DecisionRow.id.desc()).limit(1)).first()
    return Settled(last.ref, "", last.decided_at) if last else None


def _closed(session: Session, message: Message, known: Known, sender: Party) -> tuple[ClosedQuestion, ...]:
    """Questions of the desk to this person on the letters that the mail names, which are closed, and which it would
    answer."""
    closed = closed_questions(session, [letter.ref for letter in known.letters], NAME, sender.keys)
    return tuple(each for each in closed if _is_answered(message, each.kind))
