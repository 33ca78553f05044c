"""Law 8: a job runs once on each local date: when the clocks change, after a nap, and whoever rings."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot import app
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Duty, Upkeep
from mailbot.records.known import Known
from mailbot.records.numbers import reserve
from mailbot.records.tables import Address, Arrival, ArrivalState, DecisionRow, RawMail, Run
from tests.crash import company, poison
from tests.service.bench import DUTIES, Bench, Benches, FakeInbox

STEP = timedelta(minutes=10)


def _duties(*hours: time) -> Sequence[Duty]:
    """The duties of the desk, one of which has a job at each of these hours, for which something is always due."""
    jobs = tuple(Upkeep(f"at {at:%H:%M}", at, _recall, _due) for at in hours)
    return (*app.DUTIES, replace(poison.DUTY, upkeep=jobs))


def _recall(session: Session, known: Known, now: datetime) -> None:
    """The job needs to know nothing."""


def _due(waiting: object, known: Known, now: datetime) -> tuple[Due, ...]:
    return (Due("something", "it is time", Plan("It is time.")),)


def _runs(bench: Bench) -> Counter[tuple[str, date]]:
    """What was decided by the clock, by job and local date."""
    jobs = select(DecisionRow.job).where(DecisionRow.kind == "something")
    found = bench.read(lambda session: session.scalars(jobs).all())
    return Counter((str(job)[: -len(" 2025-01-01")], date.fromisoformat(str(job)[-10:])) for job in found)


@pytest.mark.parametrize(
    ("zone", "noon_before"),
    [
        ("America/New_York", datetime(2025, 3, 8, 12, 0)),  # noqa: DTZ001 (a wall clock; its zone stands beside it)
        ("America/New_York", datetime(2025, 11, 1, 12, 0)),  # noqa: DTZ001
        ("Europe/Berlin", datetime(2025, 3, 29, 12, 0)),  # noqa: DTZ001
        ("Europe/Berlin", datetime(2025, 10, 25, 12, 0)),  # noqa: DTZ001
    ],
)
def test_jobs_run_once_on_the_day_the_clocks_change(desks: Benches, zone: str, noon_before: datetime) -> None:
    """One at an hour that does not exist on one of these days, and comes twice on the other."""
    hours = (time(1, 30), time(2, 30), time(8, 0))
    desks.clock.set(noon_before.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
    bench = desks.desk(FakeInbox(desks.clock), zone=zone, duties=_duties(*hours))
    first_day = noon_before.date()
    for _ in range(2 * 24 * 6):
        bench.service.maintenance.step()
        desks.clock.advance(STEP)
    days = [first_day + timedelta(days=number) for number in range(3)]
    expected = {(f"poison.at {at:%H:%M}", day): 1 for at in hours for day in days}
    local_end = desks.clock.now().astimezone(ZoneInfo(zone))
    assert local_end.date() == days[2]
    assert _runs(bench) == expected


def test_a_desk_that_slept_through_the_hour_does_the_job_when_it_wakes_once(desks: Benches) -> None:
    bench = desks.desk(FakeInbox(desks.clock), duties=_duties(time(17, 0)))
    desks.clock.set(datetime(2025, 11, 4, 21, 59, tzinfo=UTC))  # 16:59 in New York
    bench.service.maintenance.step()
    assert _runs(bench) == {}
    desks.clock.advance(timedelta(hours=5))
    for _ in range(3):
        bench.service.maintenance.step()
    assert _runs(bench) == {("poison.at 17:00", date(2025, 11, 4)): 1}


def test_two_desks_that_ring_at_once_do_a_job_once(desks_on_both: Benches) -> None:
    """The second desk rings while the first is in the middle of the job."""
    hours = _duties(time(1, 0))
    other: list[Bench] = []

    def meanwhile(place: str, /) -> None:
        if place == "job committed" and not other:
            other.append(desks_on_both.desk(FakeInbox(desks_on_both.clock), duties=hours))
            other[0].service.maintenance.step()

    bench = desks_on_both.desk(FakeInbox(desks_on_both.clock), duties=hours, checkpoint=meanwhile)
    bench.service.maintenance.step()
    assert other
    assert _runs(bench) == {("poison.at 01:00", date(2025, 11, 4)): 1}


def test_a_job_knows_what_another_desk_was_just_deciding(desks_on_both: Benches) -> None:
    """A client answers, and that is not committed yet when the hour of the reminder comes."""
    answered, asks = "answered@client1.example", threading.Event()

    def recall(session: Session, known: Known, now: datetime) -> bool:
        asks.set()
        return session.scalar(select(Address.id).where(Address.key == answered)) is not None

    def due(is_answered: bool, known: Known, now: datetime) -> tuple[Due, ...]:
        return () if is_answered else _due(None, known, now)

    job = Upkeep("remind", time(1, 0), recall, due)
    duties = (*app.DUTIES, replace(poison.DUTY, upkeep=(job,)))
    bench = desks_on_both.desk(FakeInbox(desks_on_both.clock), duties=duties)
    ringing = threading.Thread(target=bench.service.maintenance.step)
    with bench.office.database.writing() as session:
        reserve(session, 1)
        session.add(Address(key=answered, written=answered))
        session.flush()
        ringing.start()
        assert not asks.wait(1), "it asks when the answer is there"
    ringing.join(timeout=60)
    assert asks.is_set()
    assert _runs(bench) == {}


def test_a_job_that_breaks_is_not_taken_for_done(desks: Benches) -> None:
    def break_once(waiting: object, known: Known, now: datetime) -> tuple[Due, ...]:
        if not broken:
            broken.append(now)
            raise ZeroDivisionError("a bug in the job")
        return _due(waiting, known, now)

    broken: list[datetime] = []
    job = Upkeep("fragile", time(1, 0), _recall, break_once)
    bench = desks.desk(FakeInbox(desks.clock), duties=(*app.DUTIES, replace(poison.DUTY, upkeep=(job,))))
    bench.service.maintenance.step()
    assert broken
    assert "poison.fragile" not in bench.read(lambda session: session.scalars(select(Run.job)).all())
    assert _runs(bench) == {}
    bench.service.maintenance.step()
    assert _runs(bench) == {("poison.fragile", date(2025, 11, 4)): 1}


def test_the_bytes_of_old_mail_are_let_go_and_those_of_mail_that_waits_are_not(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), company.poisoned(poison.UNWRITABLE))
    bench = desks.desk(inbox, duties=DUTIES)
    bench.step()
    desks.clock.advance(timedelta(days=364))
    bench.service.maintenance.step()
    assert len(bench.read(lambda session: session.scalars(select(RawMail)).all())) == 2
    desks.clock.advance(timedelta(days=2))
    bench.service.maintenance.step()
    kept = bench.read(lambda session: session.scalars(select(RawMail.arrival_id)).all())
    waiting = select(Arrival.id).where(Arrival.state == ArrivalState.ACCEPTED)
    assert kept == bench.read(lambda session: session.scalars(waiting).all()) == [2]
