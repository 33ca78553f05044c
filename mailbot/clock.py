"""The only place where the program reads what time it is.

Everything else is handed a Clock, or the moment itself. Moments are aware and in UTC; a local date exists only
together with the time zone of the desk. How long a server may take to answer is no moment: connections measure that
themselves.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar date of a moment, seen from the desk's own time zone."""
    return moment.astimezone(zone).date()


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(slots=True)
class SetClock:
    """A clock that stands where it was set, or runs on from there: for tests, for the demo and for replays."""

    moment: datetime
    running: bool = False
    _started: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        passed = timedelta(seconds=time.monotonic() - self._started) if self.running else timedelta()
        return (self.moment + passed).astimezone(UTC)

    def set(self, moment: datetime) -> None:
        """Puts the hands on `moment`; a running clock runs on from there."""
        self.moment = moment
        self._started = time.monotonic()

    def advance(self, by: timedelta) -> None:
        self.set(self.now() + by)

    def run(self) -> None:
        """Lets the clock run on, at the speed of the real one, from where it stands."""
        self.set(self.now())
        self.running = True
