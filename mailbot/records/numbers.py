"""Numbers for decisions, and the runs of jobs: both are given out once, whoever asks."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from mailbot.records.rows import insert_into, table_of
from mailbot.records.tables import Number, Run

_NUMBERS = table_of(Number)
_TAKE = (
    update(_NUMBERS)
    .where(_NUMBERS.c.series == bindparam("series_wanted"))
    .values(next=_NUMBERS.c.next + bindparam("count"))
    .returning(_NUMBERS.c.next)
)
_FIRST = 101  # so that a reference never has fewer than three signs to read out


def reserve(session: Session, count: int, series: str = "decisions") -> range:
    """The next `count` numbers of a series. They are taken when the transaction commits, and only then."""
    wanted = {"series_wanted": series, "count": count}
    end = session.connection().execute(_TAKE, wanted).scalar()
    if end is None:
        session.execute(insert_into(session, Number).values(series=series, next=_FIRST).on_conflict_do_nothing())
        end = session.connection().execute(_TAKE, wanted).scalar_one()
    return range(end - count, end)


def next_number(session: Session, series: str = "decisions") -> int:
    """The number that would be given out next; it is not taken."""
    return session.scalar(select(Number.next).where(Number.series == series)) or _FIRST


def begin_run(session: Session, job: str, day: date, now: datetime) -> bool:
    """True where nobody has begun this job for this local date before."""
    begun = (
        insert_into(session, Run).values(job=job, day=day, started_at=now).on_conflict_do_nothing().returning(Run.job)
    )
    return session.scalar(begun) is not None
