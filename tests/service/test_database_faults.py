"""A database that is locked, full or gone: nothing is lost, nothing is done twice, and work goes on when it is back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from mailbot.deciding.orders import StandingOrders
from mailbot.errors import TryAgain
from mailbot.records.session import Database
from tests.crash import company
from tests.crash.stand import assert_all_is_right, standing
from tests.service.bench import Bench, Benches, FakeInbox, FakeOutgoing, benches

PLACES = ("stored", "judged", "written", "incident written", "hand-over begun", "handed over")


def _inbox(desks: Benches) -> FakeInbox:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), company.sale(2))
    inbox.receive(company.problem(3), size=30_000_000)
    return inbox


def _is_done_once(bench: Bench, inbox: FakeInbox, outgoing: FakeOutgoing) -> bool:
    return (
        bench.kinds() == {"issue": 1, "numbers": 1, "too big": 1}
        and set(bench.decisions_of_mails().values()) == {1}
        and not inbox.lying
        and set(outgoing.times().values()) == {1}
        and len(outgoing.handed_over) == len(bench.letters())
        and {arrival.tries for arrival in bench.arrivals()} == {0}
    )


def test_a_database_that_another_process_has_locked_is_waited_for(desks: Benches) -> None:
    inbox, outgoing = _inbox(desks), FakeOutgoing()
    bench = desks.desk(inbox, outgoing, busy_seconds=0.05)
    rival = sqlite3.connect(desks.url.removeprefix("sqlite:///"), isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    for _ in range(2):
        with pytest.raises(TryAgain, match="locked"):
            bench.step()
    rival.execute("COMMIT")
    rival.close()
    bench.step()
    assert _is_done_once(bench, inbox, outgoing)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder), capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(("umount", "--lazy", folder), check=True)


@pytest.mark.parametrize("place", [None, *PLACES[:3]])
def test_a_full_disk_costs_nothing_but_time(orders: StandingOrders, small_disk: Path, place: str | None) -> None:
    filler = small_disk / "filler"
    filled: list[str | None] = []

    def fill(reached: str | None, /) -> None:
        if reached == place and not filled:
            filled.append(reached)
            with filler.open("wb", buffering=0) as file, suppress(OSError):
                while file.write(b"x" * 4096):
                    pass

    with benches(orders, f"sqlite:///{small_disk}/desk.sqlite") as desks:
        inbox, outgoing = _inbox(desks), FakeOutgoing()
        inbox.receive(company.mail("someone@else.example", "an essay", "A word. " * 50_000, "essay@else.example"))
        bench = desks.desk(inbox, outgoing, checkpoint=fill)
        fill(None)
        with pytest.raises(TryAgain, match="full"):
            bench.step()
        filler.unlink()
        desks.after_all_leases()
        bench.step()
        assert bench.kinds() == {"issue": 1, "numbers": 1, "too big": 1, "nothing": 1}
        assert set(bench.decisions_of_mails().values()) == {1}
        assert set(outgoing.times().values()) == {1}


@pytest.mark.postgresql
@pytest.mark.parametrize("place", PLACES)
def test_a_connection_to_postgresql_that_is_cut_costs_nothing_but_time(
    orders: StandingOrders, postgresql_url: str, place: str
) -> None:
    cut: list[str] = []

    def cut_once(reached: str, /) -> None:
        if reached == place and not cut:
            cut.append(reached)
            _terminate_all(postgresql_url)

    with benches(orders, postgresql_url) as desks:
        inbox, outgoing = _inbox(desks), FakeOutgoing()
        bench = desks.desk(inbox, outgoing, checkpoint=cut_once)
        with suppress(TryAgain):  # between two transactions a dead connection is replaced before anybody notices
            bench.step()
        assert cut == [place]
        desks.after_all_leases()
        bench.step()
        assert _is_done_once(bench, inbox, outgoing)


def _terminate_all(url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        others = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert connection.execute(others).all()
    engine.dispose()


def test_a_value_that_the_database_refuses_is_no_passing_trouble(desks_on_both: Benches) -> None:
    database = desks_on_both.desk(FakeInbox(desks_on_both.clock)).office.database
    with pytest.raises(Exception, match="no_such_table") as caught, database.writing() as session:
        session.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(caught.value, TryAgain)


def test_a_database_that_cannot_be_reached_is_a_passing_trouble() -> None:
    database = Database("postgresql+psycopg://nobody@/nothing?host=/nonexistent")
    with pytest.raises(TryAgain), database.reading():
        pass


def test_four_desks_at_once_on_one_database_do_everything_once(database_url: str, tmp_path: Path) -> None:
    """Four processes on one mailbox: nothing is decided, booked or sent twice."""
    with standing(database_url, tmp_path, at_once=4) as stand:
        numbers = range(12)
        stand.hand_in([company.problem(number) for number in numbers] + [company.sale(number) for number in numbers])
        assert stand.together(4) == [0, 0, 0, 0]
        assert stand.desk() == 0
        assert_all_is_right(stand)
        assert len(stand.mails_on_the_server()) == 24
        assert stand.box.messages("INBOX") == ()
