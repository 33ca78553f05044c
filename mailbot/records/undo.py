"""Takes a decision back, whole or not at all, on nothing but the changes it has kept.

What a decision inserted is marked as undone, what it changed gets its old values again; nothing is deleted, and money
stays in the book. Letters that still wait are withdrawn; letters that were sent cannot be unsent, and are named.
Undo refuses, with words, where something later was built on what it would take away. What only told somebody of it, by
the clock, goes with it: a department has its order within the minute, and that alone shall bind nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import ClassVar, Literal

from sqlalchemy import case, exists, inspect, or_, select, update
from sqlalchemy.orm import Session

from mailbot.errors import TryAgain
from mailbot.letters.model import Language
from mailbot.records.codec import column_value
from mailbot.records.decision import Action
from mailbot.records.in_the_way import built_on, goes_out_of_force, in_the_way
from mailbot.records.in_words import Teller
from mailbot.records.pen import Pen
from mailbot.records.tables import Arrival, ArrivalState, Change, DecisionRow, LetterRow, LetterState, QuestionRow
from mailbot.records.telling import ChangeTold, record_of, told
from mailbot.records.why import LetterTold, called, letter_told

_MOST_DEEDS = 2  # changes of a later decision that are told


@dataclass(frozen=True, slots=True)
class Later:
    """A decision that stands in the way of an undo."""

    ref: str
    moment: datetime
    origin: str  # "mail", "clock" or "person"
    sender: str | None  # who wrote the mail it was about, by name; None where no mail began it
    what: str  # it did, in the words of the reader


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a decision cannot be taken back.

    "overtaken": it was an undo itself, and `later` stands in the way of doing again what it took back.
    """

    reason: Literal["already_undone", "nothing_changed", "built_on", "overtaken"]
    later: tuple[Later, ...] = ()

    def __str__(self) -> str:
        how = "was built on it" if self.reason == "built_on" else "stands in the way of doing again what it took back"
        told = (f"{each.ref} of {each.moment:%d %b %Y} {how}: {each.what}" for each in self.later)
        return "; ".join(told) or self.reason.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking a decision back would come to, seen beforehand. Where it is refused, nothing would be done."""

    ref: str
    origin: str
    summary: str
    sender: str | None  # who wrote the mail it was about
    reverses: tuple[ChangeTold, ...]
    cannot_be_unsent: tuple[LetterTold, ...]
    refused: Refusal | None


@dataclass(frozen=True, slots=True)
class Undo(Action):
    """Takes a decision back."""

    name: ClassVar[str] = "desk.undo"
    ref: str

    def carry_out(self, pen: Pen) -> None:
        undo(pen, self.ref)

    def __str__(self) -> str:
        return f"take back {self.ref}"


def decided_on(session: Session, duty: str, start: datetime, end: datetime) -> tuple[str, ...]:
    """The decisions of a duty from `start` until `end` that changed something and were not taken back, the newest
    first: in that order none stands in the way of another."""
    decided = (
        select(DecisionRow.ref)
        .where(
            DecisionRow.duty == duty,
            DecisionRow.decided_at >= start,
            DecisionRow.decided_at < end,
            DecisionRow.undone_by.is_(None),
            exists().where(Change.decision_id == DecisionRow.id),
        )
        .order_by(DecisionRow.id.desc())
    )
    return tuple(session.scalars(decided))


def foresee(session: Session, ref: str, language: Language = "en", zone: tzinfo = UTC) -> Undoing | None:
    """What taking this decision back would come to; None where there is no such decision.

    What would be reversed, and what stands in its way, is told in the language of the reader.
    """
    teller = Teller(session, language, zone)
    decision = session.scalar(select(DecisionRow).where(DecisionRow.ref == ref))
    if decision is None:
        return None
    changes = _changes(session, decision.id)
    told_of_it = _only_told(session, changes)
    gone = (*changes, *(change for each in told_of_it for change in _changes(session, each.id)))
    return Undoing(
        ref=decision.ref,
        origin=decision.origin,
        summary=decision.summary,
        sender=_sender(session, decision),
        reverses=tuple(words.backwards() for change in changes if (words := told(teller, change))),
        cannot_be_unsent=_sent(session, gone),
        refused=_refusal(teller, decision, changes),
    )


def _sender(session: Session, decision: DecisionRow) -> str | None:
    arrival = session.get(Arrival, decision.arrival_id) if decision.arrival_id else None
    return arrival.sender_key if arrival else None


def undo(pen: Pen, ref: str) -> None:
    """Takes a decision back in the transaction of the pen. TryAgain where that is no longer possible."""
    session = pen.session
    decision = session.scalar(select(DecisionRow).where(DecisionRow.ref == ref).with_for_update())
    if decision is None:
        raise TryAgain(f"there is no decision {ref}")
    changes = _changes(session, decision.id)
    refusal = _refusal(Teller(session), decision, changes)
    if refusal is not None:
        raise TryAgain(f"{ref} cannot be taken back: {refusal}")
    for each in (*_only_told(session, changes), decision):
        for change in reversed(_changes(session, each.id)):
            _reverse(pen, change)
        pen.update(each, undone_by=pen.decision_id)
    _leave_as_decided(session, decision)


def _reverse(pen: Pen, change: Change) -> None:
    record = record_of(pen.session, change, lock=True)
    if isinstance(record, LetterRow) and change.before is None:
        if record.state in _UNSENT:
            pen.update(record, state=LetterState.WITHDRAWN)
    elif change.before is None:
        pen.update(record, undone_by=pen.decision_id)
    elif not (isinstance(record, LetterRow) and _has_gone_on(record, change)):
        columns = inspect(type(record)).columns
        pen.update(record, **{name: column_value(columns[name], kept) for name, kept in change.before.items()})


_LETTERS = (LetterRow.__tablename__, QuestionRow.__tablename__)
_UNSENT = (LetterState.WAITING, LetterState.ON_HOLD, LetterState.CLAIMED)


def _has_gone_on(letter: LetterRow, change: Change) -> bool:
    """Whether a letter has been handed over since: what became of it then is no decision, and stays."""
    return letter.state not in _UNSENT and letter.state.value != change.after.get("state", letter.state.value)


def _leave_as_decided(session: Session, decision: DecisionRow) -> None:
    """A mail that this decision has put back, and that nobody has decided anew yet, stays as it was before."""
    was_decided = or_(Arrival.approved, Arrival.vouched_for.is_not(None))
    before = case((was_decided, ArrivalState.DECIDED), else_=ArrivalState.SET_ASIDE)
    session.execute(
        update(Arrival)
        .where(Arrival.again_by == decision.id, Arrival.state == ArrivalState.ACCEPTED)
        .values(state=before, again_by=None, approved=False, vouched_for=None, lease_of=None, lease_until=None)
    )
    session.execute(update(Arrival).where(Arrival.again_by == decision.id).values(vouched_for=None))


def _refusal(teller: Teller, decision: DecisionRow, changes: tuple[Change, ...]) -> Refusal | None:
    session = teller.session
    if decision.undone_by is not None:
        return Refusal("already_undone")
    if not changes:
        return Refusal("nothing_changed")
    goes_with_it = {row.id for row in _only_told(session, changes)}
    later = {row.id: row for change in changes for row in in_the_way(session, change)}
    later = {key: row for key, row in later.items() if key not in goes_with_it}
    later |= {row.id: row for row in _decided_again(session, decision)}
    if not later:
        return None
    return Refusal(
        "overtaken" if _took_something_back(session, decision) else "built_on",
        tuple(
            Later(row.ref, row.decided_at, row.origin, called(session, _sender(session, row)), _deed(teller, row))
            for row in (later[key] for key in sorted(later))
        ),
    )


def _took_something_back(session: Session, decision: DecisionRow) -> bool:
    return session.scalar(select(exists().where(DecisionRow.undone_by == decision.id))) is True


def _deed(teller: Teller, row: DecisionRow) -> str:
    """What a later decision did, in the words of the reader: its first changes, else the question it answered."""
    changes = _changes(teller.session, row.id)
    deeds = [deed for change in changes if (deed := told(teller, change))]
    if deeds:
        more = teller.say("and more", "und mehr") if len(deeds) > _MOST_DEEDS else ""
        return ", ".join(filter(None, (*map(_said, deeds[:_MOST_DEEDS]), more)))
    records = [record_of(teller.session, change) for change in changes]
    answered = next((record for record in records if isinstance(record, QuestionRow)), None)
    if answered is not None:
        question = answered.title(teller)
        return teller.say(f"answered {question}", f"{question} beantwortet")
    return teller.say("decided the mail anew", "die Mail neu entschieden")


def _said(deed: ChangeTold) -> str:
    return f"{deed.what}: " + " → ".join(filter(None, (deed.before, deed.after)))


def _decided_again(session: Session, decision: DecisionRow) -> Sequence[DecisionRow]:
    """What was decided about a mail because this decision put it back."""
    again = (
        select(DecisionRow)
        .join(Arrival, Arrival.id == DecisionRow.arrival_id)
        .where(Arrival.again_by == decision.id, DecisionRow.id > decision.id, DecisionRow.undone_by.is_(None))
    )
    return session.scalars(again).all()


def _only_told(session: Session, changes: tuple[Change, ...]) -> tuple[DecisionRow, ...]:
    """The later decisions by the clock that did nothing but write letters about what these changes brought into force,
    and note that they did; the newest first."""
    born = {(change.table_name, change.row_id) for change in changes if goes_out_of_force(change)}
    later = {row.id: row for change in changes for row in built_on(session, change)}
    return tuple(
        later[key]
        for key in sorted(later, reverse=True)
        if later[key].origin == "clock" and all(_only_tells(change, born) for change in _changes(session, key))
    )


def _only_tells(change: Change, born: set[tuple[str, int]]) -> bool:
    is_new_letter = change.before is None and change.table_name in _LETTERS
    return is_new_letter or (change.before is not None and (change.table_name, change.row_id) in born)


def built_on_beside(session: Session, decision: DecisionRow, table_name: str, row_id: int) -> frozenset[str]:
    """The later decisions that were built on one in any other way than by pointing to this row of it."""
    others = (each for each in _changes(session, decision.id) if (each.table_name, each.row_id) != (table_name, row_id))
    return frozenset(row.ref for change in others for row in built_on(session, change))


def _changes(session: Session, decision_id: int) -> tuple[Change, ...]:
    return tuple(session.scalars(select(Change).where(Change.decision_id == decision_id).order_by(Change.id)))


def _sent(session: Session, changes: tuple[Change, ...]) -> tuple[LetterTold, ...]:
    letters = [record_of(session, change) for change in changes if change.table_name == LetterRow.__tablename__]
    return tuple(
        letter_told(session, letter)
        for letter in letters
        if isinstance(letter, LetterRow) and letter.state in (LetterState.SENT, LetterState.SENDING, LetterState.UNSURE)
    )
