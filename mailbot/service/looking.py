"""Looks at the web pages that decisions asked for: claimed by lease, fetched outside any transaction, then written.

Who dies while looking leaves a lease that runs out, and the page is looked at again: a look changes nothing outside.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Final

from mailbot.post.ports import Web
from mailbot.records.arrivals import Lease
from mailbot.records.looks import are_due, claim_looks, write_seen
from mailbot.service.office import Office

_BATCH: Final = 4
_SLACK: Final = timedelta(minutes=5)  # beyond the time that the pages of a batch may take


class Looking:
    """Takes one look after the other. What was seen is there for the duty that asked as soon as it is written."""

    def __init__(self, office: Office, web: Web, seconds_per_page: float) -> None:
        self._office = office
        self._web = web
        self._lease = timedelta(seconds=_BATCH * seconds_per_page) + _SLACK
        self._leaving = threading.Event()

    def step(self) -> int:
        """Takes the looks that are due, a few at most. Returns how many pages were looked at."""
        now = self._office.clock.now()
        with self._office.database.reading() as session:
            if not are_due(session, now):
                return 0
        with self._office.database.writing() as session:
            wanted = claim_looks(session, Lease(self._office.worker, now + self._lease), now, _BATCH)
        self._office.checkpoint("looks claimed")
        taken = 0
        for each in wanted:
            if self._leaving.is_set():
                break
            seen = self._web.look(each.url)
            with self._office.database.writing() as session:
                write_seen(session, each, self._office.worker, seen, self._office.clock.now())
            self._office.checkpoint("look written")
            taken += 1
        return taken

    def close(self) -> None:
        """A step that is under way ends with its page; looks that it leaves come back when its lease has run out."""
        self._leaving.set()
