"""The upkeep of one working day over what a company has sold: what it costs, and what it costs when ten times as much
exists that is not due. The decisions of both have to be the same.

Each day is worked in a process of its own, which tells what it took.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from datetime import time as hour
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, ParamSpec, TypeVar

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from benchmarks.company import ZONE, settings
from benchmarks.portfolio import TODAY, Size, fill
from mailbot import app
from mailbot.clock import SetClock
from mailbot.config import Level, MailboxSettings, SmtpSettings
from mailbot.duties.duty import Duty
from mailbot.records import migrate
from mailbot.records.session import Database
from mailbot.records.tables import DecisionRow
from mailbot.service.office import Office
from mailbot.service.upkeep import Maintenance

NOT_DUE: Final = 9  # times as much beside it: ten times in all
_NOW: Final = datetime.combine(TODAY, hour(17), ZONE).astimezone(UTC)  # the hour of every job has come
_IDLE_RINGS: Final = 20
_MOST_SECONDS, _MOST_MEGABYTES, _MOST_TIMES = 30, 500, 1.5
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Job:
    """What one job of one duty took, and how many decisions came of it."""

    name: str
    decisions: int
    cpu_seconds: float
    wall_seconds: float


@dataclass(frozen=True, slots=True)
class Day:
    """What a day took. `ring_seconds` is what one ring of the clock costs (of a core) when nothing is due any more."""

    times: int  # as much as there is of which something may be due
    jobs: tuple[Job, ...]
    ring_seconds: float
    megabytes: float
    decided: str  # a fingerprint of all decisions, in words

    @property
    def cpu_seconds(self) -> float:
        return sum(job.cpu_seconds for job in self.jobs)

    @property
    def wall_seconds(self) -> float:
        return sum(job.wall_seconds for job in self.jobs)

    @property
    def decisions(self) -> int:
        return sum(job.decisions for job in self.jobs)


def measure(size: Size, json_file: Path | None) -> None:
    """Works the day over what is due, and again beside ten times as much; prints what each job took."""
    with TemporaryDirectory() as folder:
        days = tuple(_day(f"sqlite:///{folder}/{more}.sqlite", size, more) for more in (0, NOT_DUE))
    _show(*days)
    if json_file:
        told = [{**asdict(day), "cpu_seconds": day.cpu_seconds, "wall_seconds": day.wall_seconds} for day in days]
        json_file.write_text(json.dumps({"size": asdict(size), "days": told}, indent=1) + "\n")
    if days[0].decided != days[1].decided:
        raise SystemExit("what is not due has changed what was decided")


def _day(url: str, size: Size, more: int) -> Day:
    _in_a_process(founded, url, size, more)
    return _in_a_process(worked, url, more + 1)


def _in_a_process(function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        return processes.submit(function, *args, **kwargs).result()


def founded(url: str, size: Size, more: int) -> None:
    """Makes the database of a company."""
    database = Database(url)
    migrate.upgrade(database)
    fill(database, size, more)
    database.close()


def worked(url: str, times: int) -> Day:
    """Works the day job by job, each until nothing of it is due; then the clock rings on."""
    config = settings(MailboxSettings(host="localhost", user="x"), SmtpSettings(host="localhost"), url)
    config = config.model_copy(update={"levels": {duty.name: Level.ACT for duty in app.DUTIES}})
    office = app.office(config, Database(url), SetClock(_NOW))
    jobs = tuple(_job(office, duty, place) for duty in app.DUTIES for place in range(len(duty.upkeep)))
    maintenance = _maintenance(office)
    maintenance.step()
    began = time.process_time()
    if any(maintenance.step() for _ in range(_IDLE_RINGS)):
        raise SystemExit("something was due twice")
    ring = (time.process_time() - began) / _IDLE_RINGS
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    decided = _fingerprint(office.database)
    office.database.close()
    return Day(times, jobs, ring, memory, decided)


def _job(office: Office, duty: Duty, place: int) -> Job:
    job = duty.upkeep[place]
    maintenance = _maintenance(replace(office, duties=(replace(duty, upkeep=(job,)),)))
    began, began_cpu = time.perf_counter(), time.process_time()
    decisions = 0
    while done := maintenance.step():
        decisions += done
    return Job(f"{duty.name}.{job.job}", decisions, time.process_time() - began_cpu, time.perf_counter() - began)


def _maintenance(office: Office) -> Maintenance:
    return Maintenance(office, raw_days=90)


def _fingerprint(database: Database) -> str:
    query = select(DecisionRow.duty, DecisionRow.kind, DecisionRow.summary).where(
        DecisionRow.decided_at == _NOW, DecisionRow.carried_out, func.length(DecisionRow.job) > 0
    )
    with database.reading() as session:
        decided = sorted(tuple(row) for row in session.execute(query))
    return hashlib.sha256(repr(decided).encode()).hexdigest()[:16]


def _show(day: Day, ten: Day) -> None:
    table = Table("job", "decisions", "CPU s", f"CPU s, {ten.times} times as much", "wall s", "wall s", "times")
    for job, beside in zip(day.jobs, ten.jobs, strict=True):
        table.add_row(job.name, f"{job.decisions:,}", *_beside(job.cpu_seconds, beside.cpu_seconds),
                      *_beside(job.wall_seconds, beside.wall_seconds), "")  # fmt: skip
    table.add_section()
    table.add_row("the day", f"{day.decisions:,}", *_beside(day.cpu_seconds, ten.cpu_seconds),
                  *_beside(day.wall_seconds, ten.wall_seconds), f"{ten.cpu_seconds / day.cpu_seconds:.2f}")  # fmt: skip
    ring, ring_ten = day.ring_seconds * 1000, ten.ring_seconds * 1000
    table.add_row(
        "a ring when nothing is due, ms", "", f"{ring:.1f}", f"{ring_ten:.1f}", "", "", f"{ring_ten / ring:.2f}"
    )
    table.add_row("memory at most, MB", "", f"{day.megabytes:.0f}", f"{ten.megabytes:.0f}")
    Console().print(table)
    same = "the same" if day.decided == ten.decided else "NOT the same"
    print(f"bars: {_MOST_SECONDS} s, {_MOST_MEGABYTES} MB, {_MOST_TIMES} times; the decisions are {same}")


def _beside(first: float, second: float) -> tuple[str, str]:
    return f"{first:.2f}", f"{second:.2f}"
