"""What came back before: how often lately, from whom, and what was sent to the same domain meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from mailbot.duties.bounces.failure import Outcome, Reason
from mailbot.duties.bounces.tables import Bounce
from mailbot.records.tables import Address, AddressStatus, Arrival, DecisionRow, LetterRow, LetterState, Pause

_MOST_REFUSALS: Final = 300
_MOST_SENT: Final = 1_000
_MOST_PASSING: Final = 100

PASSING: Final = (Reason.MAILBOX_FULL, Reason.TEMPORARY)  # what counts against an address only if it goes on


@dataclass(frozen=True, slots=True)
class Refused:
    """A letter that a domain refused for what we are, and that was not sent again since."""

    letter_ref: str
    address_key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """A letter to a domain that refuses some: to whom it went, and when."""

    address_key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Passed:
    """A trouble of an address that passes: its mailbox was full, its server was busy."""

    address_key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain that refused letters of ours: these, of those that were sent to it; how many wait for it now."""

    name: str
    refused: tuple[Refused, ...]
    handed: tuple[Handed, ...]
    waiting: int
    is_paused: bool


def domain(session: Session, name: str) -> Domain:
    """What is known of a domain: two queries, and two more where it refused something before."""
    is_paused = select(Pause.id).where(Pause.scope == name, Pause.undone_by.is_(None), Pause.until.is_(None)).limit(1)
    refused = _refused(session, name)
    return Domain(
        name,
        refused,
        _handed(session, name) if refused else (),
        _waiting(session, name) if refused else 0,
        session.scalar(is_paused) is not None,
    )


def _refused(session: Session, name: str) -> tuple[Refused, ...]:
    rows = session.execute(
        select(Bounce.letter_ref, Bounce.address_key, Bounce.seen_at)
        .join(LetterRow, LetterRow.ref == Bounce.letter_ref)
        .where(
            Bounce.reason == Reason.BLOCKED,
            Bounce.outcome == Outcome.FAILED,
            Bounce.undone_by.is_(None),
            Bounce.address_key.endswith(f"@{name}", autoescape=True),
            Bounce.hand_over == LetterRow.tries,
            LetterRow.state == LetterState.SENT,
        )
        .order_by(Bounce.seen_at.desc(), Bounce.id.desc())
        .limit(_MOST_REFUSALS)
    )
    return tuple(Refused(*row) for row in rows)


def _handed(session: Session, name: str) -> tuple[Handed, ...]:
    rows = session.execute(
        select(LetterRow.recipient_key, LetterRow.sent_at)
        .where(
            LetterRow.recipient_key.endswith(f"@{name}", autoescape=True),
            LetterRow.state == LetterState.SENT,
            LetterRow.sent_at.is_not(None),
        )
        .order_by(LetterRow.sent_at.desc())
        .limit(_MOST_SENT)
    )
    return tuple(Handed(row.recipient_key, row.sent_at) for row in rows)


def _waiting(session: Session, name: str) -> int:
    waiting = (
        LetterRow.recipient_key.endswith(f"@{name}", autoescape=True),
        LetterRow.state == LetterState.WAITING,
        LetterRow.undone_by.is_(None),
    )
    return session.scalar(select(func.count()).select_from(LetterRow).where(*waiting)) or 0


_PASSED = (
    select(Bounce.address_key, Bounce.seen_at, Address.last_ok, Address.status_since)
    .join(Address, Address.id == Bounce.address_id)
    .where(
        Bounce.address_key.in_(bindparam("keys", expanding=True)),
        Bounce.outcome == Outcome.FAILED,
        Bounce.reason.in_(PASSING),
        Bounce.undone_by.is_(None),
        Address.status == AddressStatus.OK,
    )
    .order_by(Bounce.seen_at.desc())
    .limit(_MOST_PASSING)
)


def passing(session: Session, keys: Collection[str]) -> tuple[Passed, ...]:
    """What passed at these addresses since they were last known to work; a delay is none, the letter may yet arrive."""
    if not keys:
        return ()
    rows = session.connection().execute(_PASSED, {"keys": sorted(keys)})
    return tuple(Passed(key, at) for key, at, *well in rows if all(since is None or at > since for since in well))


def counted_before(session: Session, refs: Collection[str]) -> tuple[tuple[str, str, Outcome], ...]:
    """Letter, address and outcome of what counted of the last hand-over of these letters.

    Those that were taken back included: the same letter does not count a second time.
    """
    if not refs:
        return ()
    rows = session.execute(
        select(Bounce.letter_ref, Bounce.address_key, Bounce.outcome)
        .join(LetterRow, LetterRow.ref == Bounce.letter_ref)
        .where(Bounce.letter_ref.in_(refs), Bounce.hand_over == LetterRow.tries)
    )
    return tuple((row.letter_ref, row.address_key, row.outcome) for row in rows)


def writers(session: Session, refs: Collection[str]) -> tuple[tuple[str, int], ...]:
    """For those of these letters that were written because of a colleague's mail: whose it was."""
    if not refs:
        return ()
    rows = session.execute(
        select(LetterRow.ref, Address.person_id)
        .join(DecisionRow, DecisionRow.id == LetterRow.made_by)
        .join(Arrival, Arrival.id == DecisionRow.arrival_id)
        .join(Address, Address.key == Arrival.sender_key)
        .where(LetterRow.ref.in_(refs), Address.person_id.is_not(None), Address.undone_by.is_(None))
    )
    return tuple((row.ref, row.person_id) for row in rows)
