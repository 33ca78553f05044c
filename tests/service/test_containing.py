"""What fails for one job stops no other, nor the desk; a person is told of it once a day."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import ClassVar

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mailbot import app
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Duty, Upkeep
from mailbot.errors import Never, OurBug, TryAgain
from mailbot.records.decision import Action
from mailbot.records.known import Known
from mailbot.records.names import name_key
from mailbot.records.pen import Pen
from mailbot.records.tables import Client, DecisionRow, Run
from tests.crash import company, poison
from tests.service.bench import Bench, Benches, FakeInbox, FakeOutgoing

TRACE = "Trace Ltd"
PLACES = ("recall", "due", "carry_out", "query")


@dataclass(slots=True)
class Breaking:
    """A job that breaks in one place, as long as there is trouble; it leaves a client behind before."""

    place: str
    trouble: Exception | None
    tries: int = 0

    def recall(self, session: Session, _known: Known, _now: datetime) -> None:
        if self.place == "query" and self.trouble is not None:
            session.execute(text("SELECT no_such_column FROM arrivals"))
        self.breaks("recall")

    def due(self, _waiting: object, _known: Known, _now: datetime) -> tuple[Due, ...]:
        self.tries += 1
        self.breaks("due")
        plan = Plan("It breaks.", (Break(self),))
        return (Due("first", "it is time", plan, "first"), Due("second", "it is time", plan, "second"))

    def breaks(self, place: str) -> None:
        if self.trouble is not None and place == self.place:
            raise self.trouble


@dataclass(frozen=True, slots=True)
class Break(Action):
    """Leaves a client behind, and breaks the second time."""

    name: ClassVar[str] = "poison.break"
    job: Breaking

    def carry_out(self, pen: Pen) -> None:
        if pen.session.scalar(select(Client.id).where(Client.name == TRACE)) is not None:
            self.job.breaks("carry_out")
        pen.insert(Client(name=TRACE, name_key=name_key(TRACE)))

    def __str__(self) -> str:
        return "break"


def _recall(session: Session, known: Known, now: datetime) -> None:
    """The job needs to know nothing."""


def _due(waiting: object, known: Known, now: datetime) -> tuple[Due, ...]:
    return (Due("something", "it is time", Plan("It is time.")),)


def _duties(job: Breaking, hour: time | None) -> Sequence[Duty]:
    jobs = (
        Upkeep("before", time(1, 0), _recall, _due),
        Upkeep("fragile", hour, job.recall, job.due),
        Upkeep("after", time(1, 0), _recall, _due),
    )
    return (*app.DUTIES, replace(poison.DUTY, upkeep=jobs))


def _desk(desks: Benches, job: Breaking, hour: time | None = time(1, 0), outgoing: FakeOutgoing | None = None) -> Bench:
    return desks.desk(FakeInbox(desks.clock), outgoing, duties=_duties(job, hour))


def _done(bench: Bench) -> list[str]:
    """The runs of the jobs of the test, by the clock."""
    jobs = select(DecisionRow.job).where(DecisionRow.kind == "something").order_by(DecisionRow.id)
    return [str(job) for job in bench.read(lambda session: session.scalars(jobs).all())]


def _runs(bench: Bench) -> set[str]:
    return set(bench.read(lambda session: session.scalars(select(Run.job)).all()))


def _traces(bench: Bench) -> int:
    return len(bench.read(lambda session: session.scalars(select(Client.id).where(Client.name == TRACE)).all()))


@pytest.mark.parametrize("hour", [time(1, 0), None], ids=["at an hour", "whenever it is due"])
@pytest.mark.parametrize("place", PLACES)
def test_a_job_that_breaks_leaves_nothing_behind_and_stops_no_other(
    desks_on_both: Benches, place: str, hour: time | None
) -> None:
    job = Breaking(place, ZeroDivisionError("one bad row"))
    bench = _desk(desks_on_both, job, hour)
    bench.service.maintenance.step()

    assert _done(bench) == ["poison.before 2025-11-04", "poison.after 2025-11-04"]
    assert "retention" in _runs(bench)
    assert not [name for name in _runs(bench) if name.startswith("poison.fragile")]
    assert (_traces(bench), bench.kinds()["first"]) == (0, 0)
    assert list(bench.service.maintenance.failing) == ["poison.fragile"]

    job.trouble = None
    bench.service.maintenance.step()
    bench.service.maintenance.step()
    assert (_traces(bench), bench.kinds()["first"], bench.kinds()["second"]) == (2, 1, 1)
    assert len(_done(bench)) == 2
    assert not bench.service.maintenance.failing


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (ZeroDivisionError("one bad row"), "ZeroDivisionError: one bad row"),
        (OurBug("a promise of the job was broken"), "a promise of the job was broken"),
        (Never("rates.toml:3: mend it"), "rates.toml:3: mend it"),
        (TryAgain("row 5 is no longer there"), "row 5 is no longer there"),
    ],
)
def test_the_coordinator_is_told_once_a_day_and_asked_nothing(desks: Benches, trouble: Exception, words: str) -> None:
    bench = _desk(desks, Breaking("due", trouble))
    for _ in range(3):
        _step(bench)
        desks.clock.advance(timedelta(hours=1))
    (letter,) = bench.letters("alarm-job")
    assert (letter.object, letter.period) == ("poison.fragile", "2025-11-04")
    assert f"What it said: {words}" in letter.text
    assert bench.kinds()["broken job"] == 1
    assert bench.read(lambda session: session.execute(text("SELECT count(*) FROM questions")).scalar()) == 0

    desks.clock.advance(timedelta(days=1))
    _step(bench)
    assert [each.period for each in bench.letters("alarm-job")] == ["2025-11-04", "2025-11-05"]


def _step(bench: Bench) -> None:
    try:
        bench.service.maintenance.step()
    except TryAgain as trouble:
        assert "poison.fragile: row 5" in str(trouble)  # noqa: PT017  (of the four only one is raised)


def test_a_desk_on_which_nothing_fails_tells_nobody(desks: Benches) -> None:
    bench = _desk(desks, Breaking("due", None))
    bench.service.maintenance.step()
    assert (bench.letters("alarm-job"), bench.kinds()["broken job"]) == ([], 0)
    assert not [name for name in _runs(bench) if name.startswith("told of")]


def test_a_job_that_wants_to_be_tried_again_says_so_when_all_others_were_done(desks: Benches) -> None:
    bench = _desk(desks, Breaking("due", TryAgain("row 5 is no longer there")))
    for _ in range(3):
        with pytest.raises(TryAgain, match=r"^poison\.fragile: row 5 is no longer there$"):
            bench.service.maintenance.step()
        desks.clock.advance(timedelta(days=1))
    days = ("2025-11-04", "2025-11-05", "2025-11-06")
    assert _done(bench) == [f"poison.{name} {day}" for day in days for name in ("before", "after")]


def test_letters_go_out_although_a_job_has_to_be_tried_again(desks: Benches) -> None:
    outgoing = FakeOutgoing()
    bench = _desk(desks, Breaking("due", TryAgain("row 5 is no longer there")), outgoing=outgoing)
    with pytest.raises(TryAgain):
        bench.step()
    (letter,) = bench.letters("alarm-job")
    assert letter.sent_at is not None


def test_what_fails_again_and_again_is_tried_later_and_later(desks: Benches) -> None:
    job = Breaking("due", ZeroDivisionError("one bad row"))
    bench = _desk(desks, job)
    tried_after: list[int] = []  # seconds
    for seconds in range(0, 900, 15):
        before = job.tries
        bench.service.maintenance.step()
        tried_after += [seconds] * (job.tries - before)
        desks.clock.advance(timedelta(seconds=15))
    assert tried_after == [0, 15, 75, 195, 435, 735], "at once, for it may have been chance; then seldom"
    assert len(bench.letters("alarm-job")) == 1


def test_what_the_database_fails_is_told_only_when_it_does_not_pass(desks: Benches) -> None:
    cut = DBAPIError("SELECT 1", None, ConnectionError("cut"), connection_invalidated=True)
    job = Breaking("due", cut)
    bench = _desk(desks, job)
    for told in (0, 0, 1):
        with pytest.raises(TryAgain, match="did not answer: cut"):
            bench.service.maintenance.step()
        assert len(bench.letters("alarm-job")) == told
        desks.clock.advance(timedelta(minutes=10))
    assert _done(bench) == ["poison.before 2025-11-04", "poison.after 2025-11-04"]


def test_what_the_kernel_cannot_live_without_is_no_fault_of_a_job(desks: Benches) -> None:
    bench = _desk(desks, Breaking("due", None))
    with bench.office.database.writing() as session:
        session.execute(text("ALTER TABLE runs RENAME TO gone"))
    with pytest.raises(DBAPIError, match="no such table: runs"):
        bench.service.maintenance.step()
    assert (bench.kinds(), bench.letters()) == ({}, [])


def test_a_running_desk_decides_and_answers_while_a_job_breaks(desks: Benches) -> None:
    job = Breaking("due", ZeroDivisionError("one bad row"))
    inbox, outgoing = FakeInbox(desks.clock), FakeOutgoing()
    inbox.receive(company.problem(1))
    bench = desks.desk(inbox, outgoing, duties=_duties(job, time(1, 0)))
    desk = bench.service.running()
    desk.start()
    try:
        _until(lambda: job.tries > 0 and bool(bench.decisions_of_mails()) and bool(_sent(bench, "alarm-job")))
    finally:
        desk.stop()
    assert desk.trouble is None
    assert list(bench.decisions_of_mails().values()) == [1]


def _sent(bench: Bench, purpose: str) -> list[str]:
    return [letter.ref for letter in bench.letters(purpose) if letter.sent_at is not None]


def _until(true: Callable[[], bool]) -> None:
    patience = threading.Event()
    for _ in range(3000):
        if true():
            return
        patience.wait(0.01)
    raise AssertionError("it did not come to that")
