"""What falls due by the clock: it becomes decisions on the same road as a mail.

A job runs once on each local date, whoever rings for it and however often: its run is noted, with its decisions, in
one transaction. A desk that slept through the hour does the job when it wakes, on the same date. A job without an hour
is asked at every ring, and each thing that it finds due is noted in the same way, under its own name.
"""

from __future__ import annotations

import logging
from datetime import date, datetime

from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.decide import decide_due
from mailbot.deciding.verbs import Due
from mailbot.duties.duty import Duty, Upkeep
from mailbot.records import writing
from mailbot.records.numbers import begin_run, reserve
from mailbot.records.recall import known_by_the_clock
from mailbot.records.retention import forget_files, forget_raw
from mailbot.service.office import Office

_log = logging.getLogger(__name__)


class Maintenance:
    """Runs the jobs of all duties, and lets raw mail go when its time has come."""

    def __init__(self, office: Office, raw_days: int, file_days: int | None = None) -> None:
        """`raw_days` and `file_days` are how long mails and their files are kept; None: for good."""
        self._office = office
        self._jobs = [(duty, upkeep) for duty in office.duties for upkeep in duty.upkeep]
        self._raw_days = raw_days
        self._file_days = file_days

    def step(self) -> int:
        """Does every job whose hour has come and which was not done today. Returns how many decisions came of it."""
        now = self._office.clock.now()
        today = local_date(now, self._office.desk.zone)
        desk = self._office.desk
        hour = now.astimezone(desk.zone).time()
        done = 0
        for duty, job in self._jobs:
            at = job.hour(desk)
            if at is None:
                done += self._look(duty, job, now, today)
            elif hour >= at:
                done += self._run(duty, job, now, today)
        self._forget(now, today)
        return done

    def _run(self, duty: Duty, upkeep: Upkeep, now: datetime, today: date) -> int:
        job = f"{duty.name}.{upkeep.job}"
        with self._office.database.writing() as session:
            if not begin_run(session, job, today, now):
                return 0
            known = known_by_the_clock(session, self._office.desk, self._office.secret, 0)
            due = upkeep.due(upkeep.recall(session, known, now), known, now)
            for each in due:
                self._decide(session, duty, each, f"{job} {today}", now)
            self._office.checkpoint("job written")
        self._office.checkpoint("job committed")
        return len(due)

    def _look(self, duty: Duty, upkeep: Upkeep, now: datetime, today: date) -> int:
        """Does what is due of a job without an hour. It is looked for without holding anybody up, and then once more
        by the one desk that may write."""
        job = f"{duty.name}.{upkeep.job}"
        with self._office.database.reading() as session:
            if not self._due(session, upkeep, now):
                return 0
        with self._office.database.writing([job]) as session:
            begun = [
                each for each in self._due(session, upkeep, now) if begin_run(session, f"{job} {each.once}", today, now)
            ]
            for each in begun:
                self._decide(session, duty, each, f"{job} {today}", now)
            self._office.checkpoint("job written")
        self._office.checkpoint("job committed")
        return len(begun)

    def _due(self, session: Session, upkeep: Upkeep, now: datetime) -> tuple[Due, ...]:
        known = known_by_the_clock(session, self._office.desk, self._office.secret, 0)
        return upkeep.due(upkeep.recall(session, known, now), known, now)

    def _decide(self, session: Session, duty: Duty, due: Due, job: str, now: datetime) -> None:
        number = reserve(session, 1)[0]
        known = known_by_the_clock(session, self._office.desk, self._office.secret, number)
        writing.write(session, decide_due(due, duty.name, job, known, self._office.orders, now), known)

    def _forget(self, now: datetime, today: date) -> None:
        with self._office.database.writing() as session:
            if begin_run(session, "retention", today, now):
                gone = forget_raw(session, now, self._raw_days)
                if gone:
                    _log.info("the raw bytes of %s mails were let go after %s days", gone, self._raw_days)
                if self._file_days is not None and (files := forget_files(session, now, self._file_days)):
                    _log.info("%s files were let go after %s days", files, self._file_days)
