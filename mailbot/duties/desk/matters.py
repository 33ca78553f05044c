"""What the open questions of the desk are about, as it stands now: looked up for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.deciding.to_a_person import NEEDS_PERSON
from mailbot.records.known import QuestionCard
from mailbot.records.settled import Settled
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
    due: int | None  # the decision that asked, where no mail came but something fell due by the clock
    settled: Settled | None  # the decision that was made of that mail since
    task: int | None  # the open task that was left with the question, and its words
    task_words: str
    writer: Writer | None  # who wrote the mail, where that is a contact
    letter: LetterState | None  # what has become of the letter it asks about


def matters_of(session: Session, questions: Sequence[QuestionCard]) -> tuple[Matter, ...]:
    """The matter of each question, in their order; a few queries for however many."""
    if not questions:
        return ()
    asking = _asking(session, {each.decision_ref for each in questions})
    mails = {mail for _, mail, _ in asking.values() if mail is not None}
    kept = set(session.scalars(select(RawMail.arrival_id).where(RawMail.arrival_id.in_(mails))))
    decided, writers = _decided(session, mails), _writers(session, mails)
    tasks = _tasks(session, [decision for decision, _, _ in asking.values()])
    letters = _letters(session, {str(each.context.get("letter")) for each in questions})
    found = []
    for question in questions:
        decision, mail, by_clock = asking[question.decision_ref]
        task, task_words = tasks.get(decision, (None, ""))
        found.append(
            Matter(
                question_id=question.id,
                mail=mail if mail in kept else None,
                due=decision if by_clock else None,
                settled=next((settled for made, settled in decided.get(mail, ()) if made > decision), None),
                task=task,
                task_words=task_words,
                writer=writers.get(mail),
                letter=letters.get(str(question.context.get("letter"))),
            )
        )
    return tuple(found)


def _asking(session: Session, refs: Iterable[str]) -> Mapping[str, tuple[int, int | None, bool]]:
    """The decisions that asked, by reference: the key of each, that of the mail it was about, and whether it was no
    mail but the clock."""
    found = select(DecisionRow.ref, DecisionRow.id, DecisionRow.arrival_id, DecisionRow.origin == "clock")
    return {
        ref: (key, mail, by_clock)
        for ref, key, mail, by_clock in session.execute(found.where(DecisionRow.ref.in_(refs)))
    }


def _decided(session: Session, mails: Iterable[int]) -> Mapping[int | None, list[tuple[int, Settled]]]:
    """All that was decided of these mails, the latest first."""
    found = (
        select(DecisionRow.arrival_id, DecisionRow.id, DecisionRow.ref, DecisionRow.decided_at)
        .where(DecisionRow.arrival_id.in_(mails), DecisionRow.undone_by.is_(None))
        .order_by(DecisionRow.id.desc())
    )
    decided: dict[int | None, list[tuple[int, Settled]]] = {}
    for mail, key, ref, at in session.execute(found):
        decided.setdefault(mail, []).append((key, Settled(ref, "", at)))
    return decided


def _writers(session: Session, mails: Iterable[int]) -> Mapping[int | None, Writer]:
    """Who wrote these mails, where that is a contact."""
    found = (
        select(Arrival.id.label("mail"), Address.id, Address.written, Address.status)
        .join(Address, Address.key == Arrival.sender_key)
        .where(Arrival.id.in_(mails), Address.contact_id.is_not(None), Address.undone_by.is_(None))
    )
    return {
        row.mail: Writer(row.id, row.written, row.status is AddressStatus.STOPPED) for row in session.execute(found)
    }


def _tasks(session: Session, made_by: Iterable[int]) -> Mapping[int | None, tuple[int, str]]:
    """The first open task that each of these decisions has left for a person, and its words."""
    found = (
        select(TaskRow.made_by, TaskRow.id, TaskRow.words)
        .where(
            TaskRow.made_by.in_(made_by),
            TaskRow.kind == NEEDS_PERSON,
            TaskRow.state == TaskState.OPEN,
            TaskRow.undone_by.is_(None),
        )
        .order_by(TaskRow.id.desc())
    )
    return {decision: (key, words) for decision, key, words in session.execute(found)}


def _letters(session: Session, refs: Iterable[str]) -> Mapping[str, LetterState]:
    """What has become of these letters."""
    found = select(LetterRow.ref, LetterRow.state).where(LetterRow.ref.in_(refs))
    return {row.ref: row.state for row in session.execute(found)}
