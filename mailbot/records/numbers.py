"""Numbers for decisions, and the runs of jobs: both are given out once, whoever asks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from mailbot.records.known import DeskCard
from mailbot.records.rows import insert_into, table_of
from mailbot.records.tables import Number, Run

_NUMBERS = table_of(Number)
_TAKE = (
    update(_NUMBERS)
    .where(_NUMBERS.c.series == bindparam("series_wanted"))
    .values(next=_NUMBERS.c.next + bindparam("count"))
    .returning(_NUMBERS.c.next)
)
_BEGUN = select(Run.job).where(Run.job.in_(bindparam("jobs", expanding=True)), Run.day == bindparam("on"))
_FIRST = 101  # so that a reference never has fewer than three signs to read out


def reserve(session: Session, count: int, series: str = "decisions") -> range:
    """The next `count` numbers of a series. They are taken when the transaction commits, and only then.

    Until it ends everybody else waits who wants a number of this series. So several desks decide one after the other,
    on PostgreSQL too, each on what the others have decided; what they do side by side is fetch, store, read and move.
    """
    wanted = {"series_wanted": series, "count": count}
    end = session.connection().execute(_TAKE, wanted).scalar()
    if end is None:
        session.execute(insert_into(session, Number).values(series=series, next=_FIRST).on_conflict_do_nothing())
        end = session.connection().execute(_TAKE, wanted).scalar_one()
    return range(end - count, end)


def wait_until_others_have_decided(session: Session) -> None:
    """From here on, until the transaction ends, nobody else decides: what is read now is what they have left."""
    reserve(session, 0)


def next_number(session: Session, series: str = "decisions") -> int:
    """The number that would be given out next; it is not taken."""
    return session.scalar(select(Number.next).where(Number.series == series)) or _FIRST


def begin_run(session: Session, job: str, day: date, now: datetime) -> bool:
    """True where nobody has begun this job for this local date before."""
    begun = (
        insert_into(session, Run).values(job=job, day=day, started_at=now).on_conflict_do_nothing().returning(Run.job)
    )
    return session.scalar(begun) is not None


def runs_of(session: Session, day: date, jobs: Collection[str]) -> frozenset[str]:
    """Those of these jobs that were begun for a local date."""
    return frozenset(session.connection().execute(_BEGUN, {"jobs": jobs, "on": day}).scalars())


def is_first_run(session: Session, job: str, desk: DeskCard, since: date, today: date) -> bool:
    """Whether today is the first working day from `since` on, the first day of a week or month, on which the desk does
    this job. What a desk that slept through that day would have told is told on the next one."""
    ran = session.scalars(select(Run.day).where(Run.job == job, Run.day >= since, Run.day < today))
    return desk.works_on(today) and not any(desk.works_on(day) for day in ran)
