"""Who settled a question or a task, and when: what is told to somebody who comes to it later."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.records.rows import table_of
from mailbot.records.tables import Address, Arrival, Change, DecisionRow, Person, QuestionRow, QuestionState, TaskRow


@dataclass(frozen=True, slots=True)
class Settled:
    """The decision that settled something. `by` is the colleague whose mail it was; "" where it was nobody's."""

    ref: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClosedQuestion:
    """A question to one person that is closed; `settled` is None where no decision closed it."""

    letter_ref: str
    kind: str
    settled: Settled | None
    context: Mapping[str, object] = field(default_factory=dict)


def closed_questions(
    session: Session, refs: Sequence[str], duty: str, asked_keys: Collection[str]
) -> tuple[ClosedQuestion, ...]:
    """The questions of a duty to this person, at any of these addresses, on these letters that are closed; those taken
    back are none."""
    if not refs:
        return ()
    closed = select(QuestionRow).where(
        QuestionRow.letter_ref.in_(refs),
        QuestionRow.duty == duty,
        QuestionRow.asked_key.in_(asked_keys),
        QuestionRow.state != QuestionState.OPEN,
        QuestionRow.undone_by.is_(None),
    )
    return tuple(
        ClosedQuestion(
            letter_ref=row.letter_ref,
            kind=row.kind,
            settled=settled_by(session, row),
            context=row.context,
        )
        for row in session.scalars(closed)
    )


def settled_by(session: Session, row: QuestionRow | TaskRow) -> Settled | None:
    """The last decision that changed the row after it was made."""
    wrote = (
        select(DecisionRow.ref, Person.name, DecisionRow.decided_at)
        .join(Change, Change.decision_id == DecisionRow.id)
        .join(Arrival, Arrival.id == DecisionRow.arrival_id, isouter=True)
        .join(Address, Address.key == Arrival.sender_key, isouter=True)
        .join(Person, Person.id == Address.person_id, isouter=True)
        .where(
            Change.table_name == table_of(type(row)).name, Change.row_id == row.id, DecisionRow.id != (row.made_by or 0)
        )
    )
    last = session.execute(wrote.order_by(Change.id.desc()).limit(1)).first()
    return Settled(last.ref, last.name or "", last.decided_at) if last else None
