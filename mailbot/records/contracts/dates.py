"""The days of a contract that follow from others. Pure."""

from __future__ import annotations

from datetime import date, timedelta


def last_day(starts_on: date, months: int) -> date:
    """The last day of a contract of so many months: twelve from 1 December end on 30 November."""
    year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + months, 12)
    return _in_month(year, month + 1, starts_on.day) - timedelta(days=1)


def first_day(ends_on: date, months: int) -> date:
    """The first day of a contract of so many months that ends on that day."""
    return months_before(ends_on + timedelta(days=1), months)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month; its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, 28)


def months_later(day: date, months: int) -> date:
    """The same day of a later month; its last day where that month is shorter."""
    return months_before(day, -months)


def notice_by(ends_on: date, notice_days: int) -> date:
    """The last day on which notice can be given: 60 days before 30 November is 1 October."""
    return ends_on - timedelta(days=notice_days)


def _in_month(year: int, month: int, day: int) -> date:
    """That day of a month; the day after its last one where the month is too short."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)
