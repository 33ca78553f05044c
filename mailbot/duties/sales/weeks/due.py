"""When the numbers of a week are due, and when who owes them is asked. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from mailbot.config import WeeklyHour
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.settings import settings_of
from mailbot.records.known import DeskCard, PersonCard
from mailbot.working_days import is_working_day

ASKED_BEFORE: Final = timedelta(hours=2)  # the hour at which they are due
ASKED_AGAIN_AT: Final = time(7, 0)  # of the first working day of the next week


def hour_of_asking(desk: DeskCard) -> time:
    """When those who sent nothing are asked, on the day on which numbers are due."""
    due = datetime.combine(date(2000, 1, 2), settings_of(desk).numbers_due.at)
    return max(due - ASKED_BEFORE, datetime(2000, 1, 2)).time()  # noqa: DTZ001 (hours of a wall clock)


def holidays_of(rep: PersonCard, desk: DeskCard) -> str:
    """Whose public holidays a rep keeps: those on file, else the desk's."""
    return desk.holidays if rep.holidays is None else rep.holidays


def due_day(week: Week, hour: WeeklyHour, holidays: str) -> date | None:
    """The day of the week on which its numbers are due: the working day before, where it is a holiday. None where no
    day of the week up to then is a working day."""
    days = (week.first + timedelta(days=back) for back in range(hour.weekday, -1, -1))
    return next((day for day in days if is_working_day(day, holidays)), None)


def day_after(week: Week, holidays: str) -> date | None:
    """The first working day of the next week; None where that week has none."""
    days = (week.last + timedelta(days=ahead) for ahead in range(1, 8))
    return next((day for day in days if is_working_day(day, holidays)), None)


def week_before(week: Week) -> Week:
    return Week.of(week.first - timedelta(days=1))
