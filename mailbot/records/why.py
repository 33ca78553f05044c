"""Why: what a decision stands on, what it changed, and what other decisions did to the same records."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.letters.model import Language
from mailbot.letters.refs import decision_of
from mailbot.records.in_words import Teller
from mailbot.records.tables import Address, Arrival, Change, Contact, DecisionRow, LetterRow, Person
from mailbot.records.telling import ChangeTold, told

_LONGEST_CHAIN = 10


@dataclass(frozen=True, slots=True)
class LetterTold:
    """A letter of a decision, and what has become of it."""

    ref: str
    recipient: str
    addressee: str  # the same by name, where the name is on file
    subject: str
    state: str
    moment: datetime


def letter_told(session: Session, row: LetterRow) -> LetterTold:
    """A letter as it is now."""
    addressee = called(session, row.recipient_key) or row.recipient
    return LetterTold(row.ref, row.recipient, addressee, row.subject, row.state.value, row.sent_at or row.created_at)


@dataclass(frozen=True, slots=True)
class Story:
    """A decision with its reasons: all that `why` tells."""

    ref: str
    decided_at: datetime
    origin: str
    sender: str | None  # the address of who wrote the mail; None for what no mail began
    writer: str | None  # the same by name, where the name is on file
    subject: str  # of the mail, or the name of the job
    kind: str
    rule: str
    trust: str
    level: str
    folder: str
    carried_out: bool
    summary: str
    evidence: tuple[str, ...]
    trace: Mapping[str, Any]
    actions: tuple[str, ...]
    changes: tuple[ChangeTold, ...]
    letters: tuple[LetterTold, ...]
    undone_by: str | None


def tell(session: Session, ref: str, language: Language = "en", zone: tzinfo = UTC) -> tuple[Story, ...]:
    """The story of a decision and of those that wrote the same records, the oldest first; empty where there is none.

    `ref` is its own reference, or that of one of its letters. What was changed is told in the language of the reader;
    of the other decisions, only what they did to the same records.
    """
    teller = Teller(session, language, zone)
    row = session.scalar(select(DecisionRow).where(DecisionRow.ref == decision_of(ref.strip().upper())))
    if row is None:
        return ()
    records = {(change.table_name, change.row_id) for change in _changes(session, row.id)}
    return tuple(story_of(teller, each, None if each is row else records) for each in _chain(session, row))


def _chain(session: Session, row: DecisionRow) -> list[DecisionRow]:
    """The decisions that wrote the records of this one: those nearest to it, it among them."""
    chain = {row.id: row}
    for change in _changes(session, row.id):
        same = (
            select(DecisionRow)
            .join(Change, Change.decision_id == DecisionRow.id)
            .where(Change.table_name == change.table_name, Change.row_id == change.row_id)
        )
        chain |= {other.id: other for other in session.scalars(same)}
    ids = sorted(chain)
    place = ids.index(row.id)
    first = max(0, min(place - _LONGEST_CHAIN // 2, len(ids) - _LONGEST_CHAIN))
    return [chain[key] for key in ids[first : first + _LONGEST_CHAIN]]


def _changes(session: Session, decision_id: int) -> Sequence[Change]:
    return session.scalars(select(Change).where(Change.decision_id == decision_id).order_by(Change.id)).all()


def called(session: Session, sender_key: str | None) -> str | None:
    """The name of the person or contact that an address belongs to; the address itself where it is nobody's."""
    names = (
        select(Person.name, Contact.name)
        .select_from(Address)
        .outerjoin(Person, Person.id == Address.person_id)
        .outerjoin(Contact, Contact.id == Address.contact_id)
        .where(Address.key == sender_key, Address.undone_by.is_(None))
    )
    found = session.execute(names).first() if sender_key else None
    return next((name for name in found if name), sender_key) if found else sender_key


def story_of(teller: Teller, row: DecisionRow, only: Container[tuple[str, int]] | None) -> Story:
    """One decision as it is told; of its changes, those of `only` where that is given."""
    session = teller.session
    changes = (
        change for change in _changes(session, row.id) if only is None or (change.table_name, change.row_id) in only
    )
    letters = session.scalars(select(LetterRow).where(LetterRow.made_by == row.id).order_by(LetterRow.id))
    arrival = session.get(Arrival, row.arrival_id) if row.arrival_id else None
    undone_by = session.get(DecisionRow, row.undone_by) if row.undone_by else None
    return Story(
        ref=row.ref,
        decided_at=row.decided_at,
        origin=row.origin,
        sender=arrival.sender_key if arrival else None,
        writer=called(session, arrival.sender_key) if arrival else None,
        subject=(arrival.subject if arrival else row.job) or "",
        kind=row.kind,
        rule=row.rule,
        trust=row.trust,
        level=row.level,
        folder=row.folder,
        carried_out=row.carried_out,
        summary=row.summary,
        evidence=tuple(each["words"] for each in row.evidence),
        trace=row.trace,
        actions=tuple(each["words"] for each in row.actions),
        changes=tuple(words for change in changes if (words := told(teller, change))),
        letters=tuple(letter_told(session, each) for each in letters),
        undone_by=undone_by.ref if undone_by else None,
    )
