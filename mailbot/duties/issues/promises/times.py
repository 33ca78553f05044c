"""By when an issue is answered and solved, and when the clock looks at it next. Pure.

A ring before a promise breaks warns whoever works on it; the ring at that moment tells the coordinator. Each comes
once: the next ring is always later than the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mailbot.duties.issues.actions import Times
from mailbot.duties.issues.facts import IssueCard
from mailbot.duties.issues.settings import settings_of, working_time
from mailbot.duties.issues.tables import Ring, Severity
from mailbot.records.known import DeskCard


@dataclass(frozen=True, slots=True)
class _Stage:
    at: datetime
    ring: Ring


def of_new(severity: Severity, now: datetime, desk: DeskCard) -> Times:
    """What is promised for an issue that opens now."""
    settings, hours = settings_of(desk), working_time(desk)
    answer = getattr(settings.first_answer, severity.value)
    solution = getattr(settings.solution, severity.value)
    times = Times(hours.after(now, timedelta(hours=answer)), hours.after(now, timedelta(hours=solution)))
    return _ringing(times, now, desk, is_answered=False)


def after(issue: IssueCard, now: datetime, desk: DeskCard, *, is_answered: bool) -> Times:
    """What is left of the promises of an issue from now on."""
    return _ringing(Times(issue.answer_by, issue.solve_by), now, desk, is_answered=is_answered)


def promised(issue: IssueCard, day: date, now: datetime, desk: DeskCard) -> Times:
    """The same, with the end of work on a promised day in the place of what the settings promise."""
    times = Times(issue.answer_by, working_time(desk).end_of(day))
    return _ringing(times, now, desk, is_answered=issue.answered_at is not None)


def _ringing(times: Times, now: datetime, desk: DeskCard, *, is_answered: bool) -> Times:
    ahead = (stage for stage in _stages(times, desk, is_answered=is_answered) if stage.at > now)
    following = min(ahead, key=lambda stage: stage.at, default=None)
    if following is None:
        return replace(times, rings_at=None, rings_for=None)
    return replace(times, rings_at=following.at, rings_for=following.ring)


def _stages(times: Times, desk: DeskCard, *, is_answered: bool) -> Iterator[_Stage]:
    hours, warning = working_time(desk), timedelta(hours=settings_of(desk).warn_hours)
    if times.answer_by is not None and not is_answered:
        yield _Stage(hours.before(times.answer_by, warning), Ring.ANSWER_NEAR)
        yield _Stage(times.answer_by, Ring.ANSWER_LATE)
    if times.solve_by is not None:
        yield _Stage(hours.before(times.solve_by, warning), Ring.SOLUTION_NEAR)
        yield _Stage(times.solve_by, Ring.SOLUTION_LATE)
