"""What the situations of reminders share: a desk that reminds, and its moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mailbot.cli.demo.told import Told
from tests.situations.desk import PlayedDesk

ELLEN, ROSA, UWE, GIL = (
    "ellen@northstar.example",
    "rosa@betafreight.example",
    "uwe@hansen.example",
    "gil@southstar.example",
)
DANA, LENA, TOM, MARA = (f"{name}@harbourpine.example" for name in ("dana", "lena", "tom", "mara"))


def nine(day: int, month: int = 11, year: int = 2025) -> datetime:
    """Nine in the morning and a minute, in Boston, in winter."""
    return datetime(year, month, day, 14, 1, tzinfo=UTC)


def comes(desk: PlayedDesk, at: datetime) -> tuple[Told, ...]:
    """That moment comes, without the days between: what is due then is done."""
    desk.clock.set(at)
    return desk.waits(timedelta())


def every_morning(desk: PlayedDesk, first: datetime, last: datetime) -> list[Told]:
    """Every day from the one to the other, at nine; gives all that was decided."""
    told: list[Told] = []
    at = first
    while at <= last:
        told += comes(desk, at)
        at += timedelta(days=1)
    return told


def subjects(desk: PlayedDesk, who: str) -> list[str]:
    """What lies in a mailbox, by subject, the oldest first."""
    return [letter.subject for letter in desk.letters_to(who)]
