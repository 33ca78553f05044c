"""The times that a rep is offered for a talk: on the days that the client named, when nothing else is agreed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from mailbot.config import RemindersSettings
from mailbot.duties.reminders.facts import TalkWish

_STEP: Final = timedelta(minutes=60)
_MOST_ON_A_DAY: Final = 2
MOST: Final = 4
_LOOKED_AHEAD: Final = 10  # days, where the client named none

Span = tuple[datetime, datetime]


def slots_for(
    wish: TalkWish,
    today: date,
    zone: ZoneInfo,
    settings: RemindersSettings,
    works_on: Callable[[date], bool],
    taken: Iterable[Span],
) -> tuple[datetime, ...]:
    """When the talk may begin: up to two times on each wished day, four in all; () where nothing fits."""
    days = wish.days or tuple(today + timedelta(days=ahead) for ahead in range(1, _LOOKED_AHEAD))
    busy = tuple(taken)
    found: list[datetime] = []
    for day in days:
        if day > today and works_on(day):
            found += list(_on(day, wish, zone, settings, busy))[:_MOST_ON_A_DAY]
    return tuple(found[:MOST])


def _on(
    day: date, wish: TalkWish, zone: ZoneInfo, settings: RemindersSettings, busy: tuple[Span, ...]
) -> Iterator[datetime]:
    length = timedelta(minutes=settings.meeting_minutes)
    at = datetime.combine(day, max(wish.earliest or time.min, settings.meetings_from), zone)
    is_exact = wish.earliest is not None and wish.earliest == wish.latest
    ends = settings.meetings_until if is_exact or wish.latest is None else min(wish.latest, settings.meetings_until)
    last = datetime.combine(day, ends, zone) - length
    while at <= last:
        if not any(begins < at + length and at < ends_at for begins, ends_at in busy):
            yield at
        if is_exact:
            return
        at += _STEP
