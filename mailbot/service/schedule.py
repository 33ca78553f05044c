"""The bell. It says that time has passed, and nothing more: what is due is read from the database."""

from __future__ import annotations

from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger


class Bell:
    """Rings every so often, on a thread of its own."""

    def __init__(self, ring: Callable[[], object], seconds: float) -> None:
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._scheduler.add_job(
            ring,
            IntervalTrigger(seconds=seconds, timezone="UTC"),
            coalesce=True,  # after a nap it rings once
            max_instances=1,
            misfire_grace_time=None,  # late is better than never: the default drops a late ring
        )

    def start(self) -> None:
        """Begins to ring."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stops ringing; waits for no one."""
        self._scheduler.shutdown(wait=False)
