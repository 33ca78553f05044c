"""A department that was written to hears when what it was written is taken back, by mail or by command alike.

Others are named to whoever takes it back, who knows what to say to them; a department works by its letters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from mailbot.config import Level
from mailbot.deciding.verbs import Due, Plan, Situation
from mailbot.duties.duty import Upkeep
from mailbot.letters.model import Draft, Plain
from mailbot.message.addresses import address_key
from mailbot.records.base import UtcDateTime
from mailbot.records.decision import Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.tables import Arrival, Change, DecisionRow, LetterRow, LetterState, Role
from mailbot.records.why import LetterTold, called

_PURPOSE: Final = "letters-taken-back"
_WITHIN: Final = timedelta(days=60)  # after a letter was sent; what is older is named to whoever takes it back
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A letter that a department has, and that no longer holds. `undo` is the decision that took it back, `by` who
    ordered that, by name; "" where somebody did it at the command line."""

    undo: str
    by: str
    person_id: int
    subject: str
    sent_at: datetime


def departments_among(
    s: Situation, letters: Sequence[LetterTold]
) -> tuple[tuple[PersonCard, ...], tuple[LetterTold, ...]]:
    """The departments that hear by themselves that these letters are taken back, and the letters of all others."""
    heard: dict[int, PersonCard] = {}
    others: list[LetterTold] = []
    for letter in letters:
        person = next((each for each in s.known.staff if each.has(address_key(letter.recipient))), None)
        if person is not None and person.role is Role.DEPARTMENT and letter.moment > s.now - _WITHIN:
            heard[person.id] = person
        else:
            others.append(letter)
    return tuple(heard.values()), tuple(others)


_Undo: Final = aliased(DecisionRow)
_UNDONE: Final = select(DecisionRow.id).where(  # asked at every ring, and so built once
    DecisionRow.undone_by.is_not(None),
    exists().where(_Undo.id == DecisionRow.undone_by, _Undo.decided_at > bindparam("since", type_=UtcDateTime())),
)


def load(session: Session, known: Known, now: datetime) -> tuple[TakenBack, ...]:
    """The letters to departments that no longer hold, as far as nobody has told them: their decisions were taken back,
    or they told of an undo that was taken back itself."""
    undone = session.connection().execute(_UNDONE, {"since": now - _WITHIN}).scalars().all()
    if not undone:
        return ()
    departments = {key: person.id for person in known.in_role(Role.DEPARTMENT) for key in person.keys}
    written = select(Change.row_id).where(Change.decision_id.in_(undone), Change.table_name == LetterRow.__tablename__)
    theirs = (
        LetterRow.recipient_key.in_(departments),
        LetterRow.sent_at > now - _WITHIN,
        LetterRow.state == LetterState.SENT,
    )
    of_decisions = (
        select(_Undo, LetterRow).select_from(LetterRow).join(DecisionRow, DecisionRow.id == LetterRow.made_by)
    )
    of_undos = select(_Undo, LetterRow).select_from(LetterRow).join(DecisionRow, DecisionRow.ref == LetterRow.period)
    found = [
        *session.execute(
            of_decisions.join(_Undo, _Undo.id == DecisionRow.undone_by).where(*theirs, LetterRow.id.in_(written))
        ),
        *session.execute(
            of_undos.join(_Undo, _Undo.id == DecisionRow.undone_by).where(*theirs, LetterRow.purpose == _PURPOSE)
        ),
    ]
    told = _told(session, {decision.ref for decision, _ in found})
    letters = (
        TakenBack(
            decision.ref, _orderer(session, decision), departments[row.recipient_key], row.subject, row.sent_at or now
        )
        for decision, row in sorted(found, key=lambda each: each[1].id)
    )
    return tuple(each for each in letters if (str(each.person_id), each.undo) not in told)


def _told(session: Session, undos: Collection[str]) -> frozenset[tuple[str, str]]:
    """Who was told of which of these undos."""
    if not undos:
        return frozenset()
    letters = select(LetterRow.object, LetterRow.period).where(
        LetterRow.purpose == _PURPOSE, LetterRow.period.in_(sorted(undos))
    )
    return frozenset((row.object, row.period) for row in session.execute(letters))


def _orderer(session: Session, undo: DecisionRow) -> str:
    arrival = session.get(Arrival, undo.arrival_id) if undo.arrival_id else None
    return (called(session, arrival.sender_key) or "") if arrival else ""


def due(found: object, known: Known, _now: datetime) -> tuple[Due, ...]:
    """One decision for each department, whatever the level: it is how an order is followed."""
    by_reader: dict[tuple[str, int], list[TakenBack]] = defaultdict(list)
    for each in found if isinstance(found, tuple) else ():
        by_reader[each.undo, each.person_id].append(each)
    told = (_letter(letters, known.person(person_id)) for (_, person_id), letters in by_reader.items())
    return tuple(each for each in told if each is not None)


def _letter(letters: list[TakenBack], person: PersonCard | None) -> Due | None:
    if person is None:
        return None
    undo = letters[0].undo
    facts: dict[str, Plain] = {
        "by": letters[0].by or None,
        "letters": tuple({"moment": each.sent_at, "subject": each.subject} for each in letters[:_SHOWN]),
        "more": max(len(letters) - _SHOWN, 0),
    }
    draft = Draft(person.recipient, "desk/no_longer", facts, _PURPOSE, str(person.id), undo)
    plan = Plan(
        f"{person.name} hears that {undo} took back what it was written.", (Send(draft),), acts_from=Level.WATCH
    )
    return Due("taken-back", f"{undo} took back letters that were sent", plan, once=f"{undo} {person.id}")


TAKEN_BACK: Final = Upkeep(job="taken-back", at=None, recall=load, due=due)
