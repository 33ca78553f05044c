"""What falls due by the clock: it becomes decisions on the same road as a mail.

A job runs once on each local date, whoever rings for it and however often: its run is noted, with its decisions, in
one transaction. A desk that slept through the hour does the job when it wakes, on the same date. A job without an hour
is asked at every ring, and each thing that it finds due is noted in the same way, under its own name. What fails for
one job stops no other.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.decide import decide_due
from mailbot.deciding.verbs import Due
from mailbot.duties.duty import Upkeep
from mailbot.letters.refs import decision_key
from mailbot.records import writing
from mailbot.records.known import Known
from mailbot.records.numbers import begin_run, reserve, runs_of, wait_until_others_have_decided
from mailbot.records.recall import known_by_the_clock
from mailbot.records.retention import forget_files, forget_raw
from mailbot.service.approvals import Approvals
from mailbot.service.containing import Containing, Errand
from mailbot.service.office import Office

_log = logging.getLogger(__name__)
_RETENTION: Final = Errand("retention", "retention")  # its run lets old mail go


@dataclass(frozen=True, slots=True)
class _Job:
    """A job of a duty, under the name of its runs, with its hour at this desk."""

    name: str
    duty: str
    upkeep: Upkeep
    hour: time | None

    @property
    def errand(self) -> Errand:
        return Errand(self.name, "job", (self.name,))


class Maintenance:
    """Runs the jobs of all duties, and lets raw mail go when its time has come."""

    def __init__(self, office: Office, raw_days: int, file_days: int | None = None) -> None:
        """`raw_days` and `file_days` are how long mails and their files are kept; None: for good."""
        self._office = office
        self._jobs = [
            _Job(f"{duty.name}.{upkeep.job}", duty.name, upkeep, upkeep.hour(office.desk))
            for duty in office.duties
            for upkeep in duty.upkeep
        ]
        self._containing = Containing(office)
        jobs = {job.name: (job.duty, job.upkeep) for job in self._jobs}
        self._approvals = Approvals(office, jobs, self._containing)
        self._raw_days = raw_days
        self._file_days = file_days

    @property
    def failing(self) -> tuple[str, ...]:
        """What did not go through when it was tried last, by the names of the jobs."""
        return self._containing.failing

    def step(self) -> int:
        """Does what people said yes to, and every job whose hour has come and which was not done today.

        Returns how many decisions came of it. Where something failed that may go through later, TryAgain says so when
        all others have had their turn.
        """
        now = self._office.clock.now()
        approved = self._approvals.step(now)
        today = local_date(now, self._office.desk.zone)
        ripe, retention_is_due = self._ripe(now, today)
        done = sum(self._containing.do(job.errand, partial(self._do, job, now, today), now) for job in ripe)
        if retention_is_due:
            self._containing.do(_RETENTION, partial(self._forget, now, today), now)
        self._containing.complain()
        return approved + done

    def _ripe(self, now: datetime, today: date) -> tuple[list[_Job], bool]:
        """The jobs that have something to do, and whether it is time to let old mail go: looked for in one view of the
        records that holds nobody up. Most rings end here."""
        hour = now.astimezone(self._office.desk.zone).time()
        jobs = [job for job in self._jobs if not self._containing.is_left_alone(job.errand, now)]
        with self._office.database.reading() as session:
            known = self._known(session)
            begun = runs_of(session, today, [*(job.name for job in jobs), _RETENTION.job])
            ripe = [
                job
                for job in jobs
                if (
                    _has_work(session, job, known, now)
                    if job.hour is None
                    else hour >= job.hour and job.name not in begun
                )
            ]
        retention_is_due = _RETENTION.job not in begun and not self._containing.is_left_alone(_RETENTION, now)
        return ripe, retention_is_due

    def _do(self, job: _Job, now: datetime, today: date, session: Session) -> int:
        """Does what is due of a job. What was found due may be done meanwhile by another desk: that is looked at again
        by the one that may write, and each run is begun once."""
        if job.hour is not None and not begin_run(session, job.name, today, now):
            return 0
        wait_until_others_have_decided(session)
        known = self._known(session)
        due = [
            each
            for each in _due(session, job, known, now)
            if job.hour is not None or begin_run(session, f"{job.name} {each.once}", today, now)
        ]
        for each in due:
            self._decide(session, job, each, known, f"{job.name} {today}", now)
        return len(due)

    def _known(self, session: Session) -> Known:
        return known_by_the_clock(session, self._office.desk, self._office.secret, 0)

    def _decide(self, session: Session, job: _Job, due: Due, known: Known, run: str, now: datetime) -> None:
        number = reserve(session, 1)[0]
        known = replace(known, number=number, key=decision_key(self._office.secret, number))
        writing.write(session, decide_due(due, job.duty, run, known, self._office.orders, now), known)

    def _forget(self, now: datetime, today: date, session: Session) -> int:
        if not begin_run(session, _RETENTION.job, today, now):
            return 0
        gone = forget_raw(session, now, self._raw_days)
        if gone:
            _log.info("the raw bytes of %s mails were let go after %s days", gone, self._raw_days)
        if self._file_days is not None and (files := forget_files(session, now, self._file_days)):
            _log.info("%s files were let go after %s days", files, self._file_days)
        return 0


def _due(session: Session, job: _Job, known: Known, now: datetime) -> tuple[Due, ...]:
    return job.upkeep.due(job.upkeep.recall(session, known, now), known, now)


def _has_work(session: Session, job: _Job, known: Known, now: datetime) -> bool:
    """Whether something is due of a job without an hour. One that fails over the question is asked again where its
    failure is kept from the others."""
    try:
        with session.begin_nested():  # PostgreSQL answers nothing more to a session in which a query has failed
            return bool(_due(session, job, known, now))
    except Exception:  # noqa: BLE001  (not swallowed: it fails again, or there is nothing to tell)
        return True
