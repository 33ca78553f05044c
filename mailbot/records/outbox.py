"""The outbox: letters wait here under a unique key, and every step of handing one over is kept.

A letter that a worker only holds (CLAIMED) was certainly not sent: when the lease runs out, another takes it. One whose
hand-over had begun (SENDING) when the worker died may have been sent: nobody sends it again before a proof, or a
person's word, has settled it (UNSURE).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Integer, and_, bindparam, case, exists, false, func, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from mailbot.records.arrivals import Lease
from mailbot.records.base import UtcDateTime
from mailbot.records.codec import kept_text
from mailbot.records.pauses import in_force
from mailbot.records.rows import table_of
from mailbot.records.tables import (
    Address,
    AddressStatus,
    DecisionRow,
    LetterRow,
    LetterState,
    Pause,
    QuestionRow,
    QuestionState,
)

ALARM = "alarm-"  # purposes that begin so go out even while sending is stopped; nobody counts or reports them
HELD = "held"  # the purpose of the letter to a colleague whose own mail is left to a person
_RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
_GIVE_UP_AFTER = timedelta(days=4)  # RFC 5321 section 4.5.4.1: at least four to five days
_LONGEST_REPLY = 2_000  # characters of what a server said


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that one worker has, ready to be handed over."""

    id: int
    ref: str
    recipient: str
    envelope_sender: str
    content: bytes
    first_tried_at: datetime | None  # before this try; None where it is the first one
    tries: int


_NOW: BindParameter[datetime] = bindparam("now", type_=UtcDateTime())
_IS_DUE = or_(
    and_(LetterRow.state == LetterState.WAITING, LetterRow.try_after <= _NOW),
    and_(LetterRow.state == LetterState.CLAIMED, LetterRow.lease_until <= _NOW),
)
_IS_LOST = and_(LetterRow.state == LetterState.SENDING, LetterRow.lease_until <= _NOW)
_IS_WELL = and_(  # held up, and its address is well again
    LetterRow.state == LetterState.ON_HOLD,
    LetterRow.undone_by.is_(None),
    exists().where(
        Address.key == LetterRow.recipient_key, Address.status == AddressStatus.OK, Address.undone_by.is_(None)
    ),
)
_IS_ALARM = LetterRow.purpose.startswith(ALARM)
# These are asked at every ring, and so stand ready-made.
_ANY_DUE = select(LetterRow.id).where(_IS_DUE, LetterRow.undone_by.is_(None)).limit(1)
_ANY_BUT_ALARMS_DUE = _ANY_DUE.where(~_IS_ALARM)
_ANY_LEFT_OVER = select(LetterRow.id).where(_IS_LOST).union_all(select(LetterRow.id).where(_IS_WELL)).limit(1)


def are_due(session: Session, now: datetime) -> bool:
    """Whether there is anything to `claim`, where nothing is paused."""
    return session.connection().execute(_ANY_DUE, {"now": now}).first() is not None


def are_due_beside_alarms(session: Session, now: datetime) -> bool:
    """Whether there is anything to `claim` that the limit of an hour counts."""
    return session.connection().execute(_ANY_BUT_ALARMS_DUE, {"now": now}).first() is not None


def are_left_over(session: Session, now: datetime) -> bool:
    """Whether there is anything for `park_the_lost` or `release_the_held`."""
    return session.connection().execute(_ANY_LEFT_OVER, {"now": now}).first() is not None


_CLAIMABLE = (
    select(LetterRow.id)
    .where(_IS_DUE, LetterRow.undone_by.is_(None))
    .order_by(LetterRow.try_after, LetterRow.id)
    .limit(bindparam("at_most", type_=Integer()))
    .with_for_update(skip_locked=True)
)
_ARE_THEY = LetterRow.id.in_(bindparam("ids", expanding=True))
_CLAIM = (
    update(table_of(LetterRow))
    .where(_ARE_THEY)
    .values(state=LetterState.CLAIMED, lease_of=bindparam("worker"), lease_until=bindparam("until"))
)
_CLAIMED = (
    select(
        LetterRow.id,
        LetterRow.ref,
        LetterRow.recipient,
        LetterRow.envelope_sender,
        LetterRow.content,
        LetterRow.first_tried_at,
        LetterRow.tries,
    )
    .where(_ARE_THEY)
    .order_by(LetterRow.try_after, LetterRow.id)
)


def claim(session: Session, lease: Lease, now: datetime, limit: int) -> tuple[Ready, ...]:
    """Claims letters that are due, the oldest first; while the desk, or their domain, is paused, alarms alone."""
    connection = session.connection()
    query, stopped = _CLAIMABLE, session.scalars(select(Pause.scope).where(*in_force(now))).all()
    if stopped:
        query = query.where(or_(_IS_ALARM, and_(*_open_beside(stopped))))
    ids = connection.execute(query, {"now": now, "at_most": limit}).scalars().all()
    if not ids:
        return ()
    connection.execute(_CLAIM, {"ids": ids, "worker": lease.worker, "until": lease.until})
    return tuple(Ready(*row) for row in connection.execute(_CLAIMED, {"ids": ids}))


def _open_beside(stopped: Sequence[str]) -> list[ColumnElement[bool]]:
    """The conditions that a letter meets whose way is not stopped."""
    if "*" in stopped:
        return [false()]
    return [LetterRow.recipient_key.notlike(f"%@{scope}") for scope in stopped]


# These two are said for every letter that goes out, so they stand ready-made.
_LETTERS = table_of(LetterRow)
_BEGIN = (
    update(_LETTERS)
    .where(
        _LETTERS.c.id == bindparam("letter"),
        _LETTERS.c.state == LetterState.CLAIMED,
        _LETTERS.c.lease_of == bindparam("worker"),
    )
    .values(
        state=LetterState.SENDING,
        lease_until=bindparam("until"),
        tries=_LETTERS.c.tries + 1,
        first_tried_at=func.coalesce(_LETTERS.c.first_tried_at, bindparam("now", type_=UtcDateTime())),
    )
)
_SENT = (
    update(_LETTERS)
    .where(_LETTERS.c.id == bindparam("letter"))
    .values(state=LetterState.SENT, reply=bindparam("said"), sent_at=bindparam("now"), lease_of=None, lease_until=None)
)


def begin(session: Session, letter_id: int, lease: Lease, now: datetime) -> bool:
    """Notes that handing the letter over begins; False where the lease was lost, and the letter must be left alone."""
    which = {"letter": letter_id, "worker": lease.worker, "until": lease.until, "now": now}
    return session.connection().execute(_BEGIN, which).rowcount == 1


def sent(session: Session, letter_id: int, reply: str, now: datetime) -> None:
    """The server took the letter. That is true whatever has been written about the letter meanwhile."""
    session.connection().execute(_SENT, {"letter": letter_id, "said": kept_text(reply, _LONGEST_REPLY), "now": now})


def refused(session: Session, letter_id: int, worker: str, reply: str) -> None:
    """The server said no, for good."""
    _settle(session, _held_by(worker, letter_id), LetterState.REFUSED, reply)


def unsure(session: Session, letter_id: int, worker: str, why: str) -> None:
    """The connection was lost at the one moment in which nobody can know."""
    _settle(session, _held_by(worker, letter_id), LetterState.UNSURE, why)


def put_back(session: Session, letter: Ready, worker: str, reply: str, now: datetime) -> None:
    """Keeps the letter for another try, later and later; one that was tried long enough is given up.

    How long it waited before its first hand-over does not count. One that was taken back meanwhile is withdrawn.
    """
    if letter.first_tried_at is not None and now - letter.first_tried_at > _GIVE_UP_AFTER:
        refused(session, letter.id, worker, f"given up after {_GIVE_UP_AFTER.days} days; the last answer was: {reply}")
        return
    wait = _RETRY_AFTER[min(letter.tries, len(_RETRY_AFTER) - 1)]
    session.execute(
        update(LetterRow)
        .where(*_held_by(worker, letter.id))
        .values(
            state=case((_IS_TAKEN_BACK, LetterState.WITHDRAWN), else_=LetterState.WAITING),
            try_after=now + wait,
            reply=kept_text(reply, _LONGEST_REPLY),
            lease_of=None,
            lease_until=None,
        )
    )


# A letter has no mark of its own that its decision is undone: while it is handed over, nobody may settle it.
_IS_TAKEN_BACK = exists().where(DecisionRow.id == LetterRow.made_by, DecisionRow.undone_by.is_not(None))


def _held_by(worker: str, letter_id: int) -> list[ColumnElement[bool]]:
    """A letter that this worker has, its hand-over begun or not, and that nobody has settled since."""
    held = LetterRow.state.in_((LetterState.CLAIMED, LetterState.SENDING))
    return [LetterRow.id == letter_id, held, LetterRow.lease_of == worker]


def let_go(session: Session, ids: Sequence[int], worker: str) -> None:
    """Gives letters back whose hand-over has not begun."""
    session.execute(
        update(LetterRow)
        .where(LetterRow.id.in_(ids), LetterRow.state == LetterState.CLAIMED, LetterRow.lease_of == worker)
        .values(state=LetterState.WAITING, lease_of=None, lease_until=None)
    )


def park_the_lost(session: Session, now: datetime) -> int:
    """Letters whose worker died in the middle of the hand-over become UNSURE. Returns how many did."""
    lost = session.scalars(
        update(LetterRow)
        .where(_IS_LOST)
        .values(
            state=LetterState.UNSURE,
            reply="mailbot was stopped while this letter was handed over; it may have been sent",
            lease_of=None,
            lease_until=None,
        )
        .returning(LetterRow.id),
        {"now": now},
    )
    return len(lost.all())


def release_the_held(session: Session, now: datetime) -> int:
    """Letters that waited for an address go out once it is well again: healed, or its bounce taken back. One that has
    a day of its own waits for that."""
    its_day = case((LetterRow.try_after > now, LetterRow.try_after), else_=now)
    released = session.scalars(
        update(LetterRow).where(_IS_WELL).values(state=LetterState.WAITING, try_after=its_day).returning(LetterRow.id)
    )
    return len(released.all())


def prove_sent(session: Session, refs: Sequence[str], now: datetime) -> tuple[str, ...]:
    """Letters that a mail answers, or returns, were sent: settles those of them that were unsure.

    What a person was asked about them is asked no longer.
    """
    if not refs:
        return ()
    proven = session.scalars(
        update(LetterRow)
        .where(LetterRow.ref.in_(refs), LetterRow.state == LetterState.UNSURE)
        .values(state=LetterState.SENT, sent_at=now, reply="settled: a mail came that answers or returns this letter")
        .returning(LetterRow.ref)
    ).all()
    if proven:
        alarms = select(LetterRow.ref).where(LetterRow.purpose == f"{ALARM}letter", LetterRow.object.in_(proven))
        session.execute(
            update(QuestionRow)
            .where(QuestionRow.letter_ref.in_(alarms), QuestionRow.state == QuestionState.OPEN)
            .values(state=QuestionState.WITHDRAWN)
        )
    return tuple(proven)


def _settle(
    session: Session,
    which: Sequence[ColumnElement[bool]],
    state: LetterState,
    reply: str,
) -> None:
    session.execute(
        update(LetterRow)
        .where(*which)
        .values(state=state, reply=kept_text(reply, _LONGEST_REPLY), lease_of=None, lease_until=None)
    )
