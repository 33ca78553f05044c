"""Which letters a domain refused for what we are, and what was sent to it meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.duties.bounces.reports.failure import Outcome, Reason
from mailbot.duties.bounces.tables import Bounce
from mailbot.records.tables import LetterRow, LetterState, Pause

_MOST_REFUSALS: Final = 300
_MOST_SENT: Final = 1_000


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
