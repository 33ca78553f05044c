"""A mail at the desk of a company: everything that comes of it, in a transaction of the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.deciding.decide import decide
from mailbot.message import Limits, Message
from mailbot.message.sealing import unseal
from mailbot.records import arrivals, writing
from mailbot.records.arrivals import Incoming, Lease
from mailbot.records.decision import Decision, Send
from mailbot.records.numbers import reserve
from mailbot.records.parties import people
from mailbot.records.recall import Read, recall
from mailbot.records.tables import Change, DecisionRow, LetterRow, QuestionRow, TaskRow
from mailbot.service.knowing import known_about
from mailbot.service.office import Office
from mailbot.sorting.model import Reading
from mailbot.sorting.sort import sort

# What the desk keeps of its own work; all else is the company's.
_BOOKKEEPING: Final = frozenset(table.__tablename__ for table in (LetterRow, QuestionRow, TaskRow, DecisionRow))
# The records of the company are called by one of their kind; what was said of an issue is a part of it.
_CALLED: Final[Mapping[str, str]] = {"issues": "issue", "issue_messages": "issue"}
_LEASE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Judged:
    """A mail that was decided, and what changed. `changes` are the company's records, as "table.field"."""

    message: Message
    reading: Reading
    decision: Decision
    changes: tuple[str, ...]

    @property
    def written_to(self) -> tuple[str, ...]:
        """The addresses that letters go to."""
        letters = (action for action in self.decision.actions if isinstance(action, Send))
        return tuple(dict.fromkeys(letter.draft.to.address for letter in letters))


def judged(session: Session, office: Office, raw: bytes, uid: int = 1) -> Judged:
    """Takes the mail in, decides it and carries the decision out, step by step as the service does."""
    now = office.clock.now()
    incoming = Incoming(uid=uid, size=len(raw), arrived_at=now, raw=raw)
    (claimed,) = arrivals.accept(session, "desk", "INBOX", 1, [incoming], Lease(office.worker, now + _LEASE))
    road = office.road().among(tuple(people(session).values()))
    mail = Read(claimed, *road.read(raw, Limits()))
    if mail.cover.has_files:
        (known,) = recall(session, office.desk, office.secret, [mail], [0], now)
        mail = Read(claimed, *road.open(mail.sealed, known))
    known = next(known_about(session, office, [mail], reserve(session, 1)))
    message = unseal(mail.sealed)
    reading = sort(message, known, road.readers)
    decision = decide(message, known, reading, office.orders, now)
    key = writing.write(session, decision, known, claimed.id, mail.sealed)
    return Judged(message, reading, decision, _changes_of(session, key))


def _changes_of(session: Session, decision_id: int) -> tuple[str, ...]:
    """What the decision changed; of a new row, every field that holds something."""
    changes = session.scalars(select(Change).where(Change.decision_id == decision_id).order_by(Change.id))
    return tuple(
        dict.fromkeys(
            f"{_CALLED.get(change.table_name, change.table_name)}.{field}"
            for change in changes
            if change.table_name not in _BOOKKEEPING
            for field, value in change.after.items()
            if change.before is not None or value not in (None, "")
        )
    )
