"""When the month in figures is told: on the first working day of the next one on which the desk is at work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.desk.month.counting import MonthInFigures, count
from mailbot.duties.desk.month.letters import letter_to
from mailbot.duties.desk.words import NAME
from mailbot.duties.duty import Upkeep
from mailbot.records.known import Known
from mailbot.records.month_figures import CountingMonth, Month
from mailbot.records.numbers import is_first_run
from mailbot.records.tables import DecisionRow, Role

_JOB: Final = "month"
_AT: Final = time(8, 0)
_FIRST_DAYS: Final = 10  # a desk that begins later in a month tells of the next one


def upkeep(duties: Sequence[CountingMonth]) -> Upkeep:
    """The job, for the duties that count something."""
    return Upkeep(job=_JOB, at=_AT, recall=partial(_load, duties), due=_due)


def _load(duties: Sequence[CountingMonth], session: Session, known: Known, now: datetime) -> MonthInFigures | None:
    today = local_date(now, known.desk.zone)
    month = Month.of(today, known.desk.zone)
    if today.day > _FIRST_DAYS or not is_first_run(session, f"{NAME}.{_JOB}", known.desk, month.first, today):
        return None
    began = session.scalar(select(func.min(DecisionRow.decided_at)))
    if began is None or month.before.day(began) > month.before.first + timedelta(days=_FIRST_DAYS):
        return None  # the desk was not there for most of it
    return count(session, known.desk, month.before, duties)


def _due(month: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One decision with a letter to each who manages; none of a month of which there is nothing to tell."""
    if not isinstance(month, MonthInFigures) or month.is_empty:
        return ()
    sends = tuple(letter_to(person, month, now) for person in known.in_role(Role.MANAGER))
    first = month.month.first
    plan = Plan(f"Told the figures of {first:%B %Y}, to {len(sends)}.", sends)
    return (Due("month", f"{first:%B %Y} is over", plan),) if sends else ()
