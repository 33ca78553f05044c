"""A person said yes to what had fallen due by the clock: it is done as it was proposed, once, or it is said why not.

The job that found it due is asked once more, as of the moment of the proposal and of the records as they are now. The
yes is settled in the transaction in which it is done, each by itself: what fails for one stops no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.decide import decide_approved
from mailbot.deciding.verbs import Due
from mailbot.duties.duty import Upkeep
from mailbot.records import writing
from mailbot.records.known import Known
from mailbot.records.numbers import reserve
from mailbot.records.proposals import Approved, waiting_approvals
from mailbot.records.recall import known_by_the_clock
from mailbot.service.containing import Containing, Errand
from mailbot.service.office import Office


class Approvals:
    """Does what people said yes to. `jobs` are all jobs of this desk by the name of their runs, each with its duty."""

    def __init__(self, office: Office, jobs: Mapping[str, tuple[str, Upkeep]], containing: Containing) -> None:
        self._office = office
        self._jobs = jobs
        self._containing = containing

    def step(self, now: datetime) -> int:
        """Settles every yes that waits; returns how many those were. Those that fail go on waiting."""
        with self._office.database.reading() as session:
            waiting = waiting_approvals(session)
        return sum(self._settle(each, now) for each in waiting)

    def _settle(self, approved: Approved, now: datetime) -> int:
        """Two desks settle one after the other, and no job runs meanwhile: all lanes are locked."""
        errand = Errand(approved.job, "approvals", tuple(self._jobs), approved.ref)
        if self._containing.is_left_alone(errand, now):
            return 0
        return self._containing.do(errand, partial(self._write, approved.id, now), now)

    def _write(self, key: int, now: datetime, session: Session) -> int:
        """What another desk has taken meanwhile waits no longer."""
        approved = next((each for each in waiting_approvals(session) if each.id == key), None)
        if approved is None:
            return 0
        office = self._office
        number = reserve(session, 1)[0]
        known = known_by_the_clock(session, office.desk, office.secret, number)
        duty, due = self._due(session, approved, known)
        run = f"{approved.job} {local_date(approved.proposed_at, office.desk.zone)}"
        writing.write(session, decide_approved(approved, due, duty, run, known, office.orders, now), known)
        return 1

    def _due(self, session: Session, approved: Approved, known: Known) -> tuple[str, tuple[Due, ...]]:
        """What the job finds due as of the moment of the proposal; nothing where this desk has no such job any more."""
        duty, upkeep = self._jobs.get(approved.job, (self._office.orders.desk, None))
        if upkeep is None:
            return duty, ()
        at = approved.proposed_at
        return duty, upkeep.due(upkeep.recall(session, known, at), known, at)
