"""How the outbox stands: what waits, what is stopped, what is in trouble. Asked by people, by health and by brakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, bindparam, cast, exists, func, select
from sqlalchemy.orm import Session

from mailbot.records.base import UtcDateTime
from mailbot.records.numbers import begin_run
from mailbot.records.outbox import ALARM
from mailbot.records.pauses import ALL, in_force
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


_IN_TROUBLE = (  # asked at every ring, and so built once
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
        ~exists().where(Run.job == _TOLD + LetterRow.ref + " " + cast(LetterRow.tries, String)),
    )
    .order_by(LetterRow.id)
)


def in_trouble(session: Session) -> tuple[InTrouble, ...]:
    """Letters in trouble that no person has been told of since they were last handed over."""
    return tuple(InTrouble(*row) for row in session.connection().execute(_IN_TROUBLE))


def begin_telling(session: Session, letter: InTrouble, now: datetime) -> bool:
    """True where nobody has told a person of this letter since it was last handed over."""
    return begin_run(session, f"{_TOLD}{letter.ref} {letter.tries}", letter.created_at.date(), now)


# Asked at every ring, too.
_NOW = bindparam("now", type_=UtcDateTime())
_RESUMED = select(func.max(Pause.until)).where(Pause.scope == ALL, Pause.until <= _NOW)
_SENT = select(func.count()).where(
    LetterRow.sent_at > bindparam("since", type_=UtcDateTime()), LetterRow.purpose.notlike(f"{ALARM}%")
)
_STOPPED = select(Pause.id).where(*in_force(_NOW), Pause.scope == ALL).limit(1)


def sent_lately(session: Session, now: datetime) -> int:
    """How many letters were handed over in the last hour, or since sending was last resumed; alarms do not count."""
    connection = session.connection()
    resumed = connection.execute(_RESUMED, {"now": now}).scalar()
    since = max(now - timedelta(hours=1), resumed) if resumed else now - timedelta(hours=1)
    return connection.execute(_SENT, {"since": since}).scalar() or 0


def written_lately(session: Session, purpose: str, now: datetime) -> int:
    """How many letters of this purpose were written in the last hour."""
    lately = select(func.count()).where(LetterRow.purpose == purpose, LetterRow.created_at > now - timedelta(hours=1))
    return session.scalar(lately) or 0


def is_stopped(session: Session, now: datetime) -> bool:
    """Whether sending is stopped for the whole desk."""
    return session.connection().execute(_STOPPED, {"now": now}).first() is not None


def stopped(session: Session, now: datetime) -> tuple[tuple[str, str], ...]:
    """What sending is stopped for ("*": altogether; else a recipient domain), and why."""
    rows = session.execute(select(Pause.scope, Pause.because).where(*in_force(now)).order_by(Pause.id))
    return tuple((row.scope, row.because) for row in rows)


def count_by_state(session: Session) -> dict[LetterState, int]:
    """How many letters there are in each state."""
    rows = session.execute(select(LetterRow.state, func.count().label("letters")).group_by(LetterRow.state))
    return {row.state: row.letters for row in rows}
