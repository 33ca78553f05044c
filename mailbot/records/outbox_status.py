"""How the outbox stands: what waits, what is stopped, what is in trouble. Asked by people, by health and by brakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, cast, exists, func, select
from sqlalchemy.orm import Session

from mailbot.records.numbers import begin_run
from mailbot.records.outbox import ALARM
from mailbot.records.pauses import in_force
from mailbot.records.tables import LetterRow, LetterState, Pause, Run


@dataclass(frozen=True, slots=True)
class Late:
    """Letters that wait although their hand-over was tried: how many, since when, and what was said to the last try."""

    count: int
    oldest: datetime
    said: str


def tried_in_vain(session: Session) -> Late | None:
    """The letters that wait for another try; None where there are none."""
    tried = (LetterRow.state == LetterState.WAITING, LetterRow.undone_by.is_(None), LetterRow.reply.is_not(None))
    count, oldest = session.execute(select(func.count(), func.min(LetterRow.created_at)).where(*tried)).one()
    if not count:
        return None
    said = select(LetterRow.reply).where(*tried).order_by(LetterRow.try_after.desc(), LetterRow.id.desc()).limit(1)
    return Late(count, oldest, session.scalar(said) or "")


_TOLD = "letter in trouble: "  # begins the name of the run in which a person is told of a letter


@dataclass(frozen=True, slots=True)
class InTrouble:
    """A letter that was refused for good, or of which nobody knows whether it was sent."""

    ref: str
    recipient: str
    subject: str
    state: LetterState
    reply: str
    created_at: datetime
    tries: int


def in_trouble(session: Session) -> tuple[InTrouble, ...]:
    """Letters in trouble that no person has been told of since they were last handed over."""
    told = exists().where(Run.job == _TOLD + LetterRow.ref + " " + cast(LetterRow.tries, String))
    rows = session.execute(
        select(
            LetterRow.ref,
            LetterRow.recipient,
            LetterRow.subject,
            LetterRow.state,
            func.coalesce(LetterRow.reply, ""),
            LetterRow.created_at,
            LetterRow.tries,
        )
        .where(
            LetterRow.state.in_((LetterState.UNSURE, LetterState.REFUSED)),
            LetterRow.purpose.notlike(f"{ALARM}%"),
            ~told,
        )
        .order_by(LetterRow.id)
    )
    return tuple(InTrouble(*row) for row in rows)


def begin_telling(session: Session, letter: InTrouble, now: datetime) -> bool:
    """True where nobody has told a person of this letter since it was last handed over."""
    return begin_run(session, f"{_TOLD}{letter.ref} {letter.tries}", letter.created_at.date(), now)


def sent_lately(session: Session, now: datetime) -> int:
    """How many letters were handed over in the last hour, or since sending was last resumed."""
    resumed = session.scalar(select(func.max(Pause.until)).where(Pause.scope == "*", Pause.until <= now))
    since = max(now - timedelta(hours=1), resumed) if resumed else now - timedelta(hours=1)
    return session.scalar(select(func.count()).select_from(LetterRow).where(LetterRow.sent_at > since)) or 0


def is_stopped(session: Session, now: datetime) -> bool:
    """Whether sending is stopped for the whole desk."""
    return session.scalar(select(Pause.id).where(*in_force(now), Pause.scope == "*")) is not None


def stopped(session: Session, now: datetime) -> tuple[tuple[str, str], ...]:
    """What sending is stopped for ("*": altogether; else a recipient domain), and why."""
    rows = session.execute(select(Pause.scope, Pause.because).where(*in_force(now)).order_by(Pause.id))
    return tuple((row.scope, row.because) for row in rows)


def count_by_state(session: Session) -> dict[LetterState, int]:
    """How many letters there are in each state."""
    rows = session.execute(select(LetterRow.state, func.count().label("letters")).group_by(LetterRow.state))
    return {row.state: row.letters for row in rows}
