"""A machine that stands still in the midst of a decision, on PostgreSQL: the other desks go on without it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from mailbot.deciding.orders import StandingOrders
from mailbot.errors import TryAgain
from mailbot.records import migrate
from mailbot.records.numbers import reserve
from mailbot.records.session import Database
from tests.crash import company
from tests.faultproxy import Action, Fault, FaultProxy, Way, fault_proxy
from tests.servers import PostgreSQL
from tests.service.bench import FakeInbox, FakeOutgoing, benches

pytestmark = pytest.mark.postgresql
NOTHING_PASSES = tuple(Fault(way, b"", Action.STALL) for way in Way)
LONG = 60.0  # seconds: what is waited for takes two


def _with(url: str, **options: str) -> str:
    told = " ".join(f"-c {name}={value}" for name, value in options.items())
    return make_url(url).update_query_dict({"options": told}).render_as_string(hide_password=False)


def _through(proxy: FaultProxy, url: str, **options: str) -> str:
    """The same database, over TCP and this proxy."""
    parsed = make_url(url).difference_update_query(["host"]).set(host="127.0.0.1", port=proxy.port)
    return _with(parsed.render_as_string(hide_password=False), **options)


def _says(url: str, *names: str) -> tuple[str, ...]:
    with closing(Database(url)) as database, database.reading() as session:
        return tuple(session.scalar(text(f"SHOW {name}")) for name in names)


@contextmanager
def _held(url: str) -> Iterator[None]:
    """Somebody holds the numbers of decisions, and lets go when the block ends."""
    with closing(Database(url)) as database, database.writing() as session:
        reserve(session, 1)
        yield


def _pause_within_a_decision(database: Database) -> None:
    with database.writing() as session:
        reserve(session, 1)
        time.sleep(0.5)
        reserve(session, 1)


def test_the_second_desk_goes_on_when_the_first_one_stands_still(
    orders: StandingOrders, postgresql: PostgreSQL, postgresql_url: str
) -> None:
    with fault_proxy(postgresql.socket) as proxy:
        url = _through(proxy, postgresql_url, idle_in_transaction_session_timeout="2s")
        stands_still = threading.Event()

        def stop_at(reached: str, /) -> None:
            if reached == "judged" and not stands_still.is_set():
                proxy.faults += NOTHING_PASSES
                stands_still.set()

        with benches(orders, url) as frozen, benches(orders, postgresql_url) as others, ThreadPoolExecutor() as threads:
            inbox, outgoing = FakeInbox(frozen.clock), FakeOutgoing()
            others.clock = frozen.clock
            inbox.receive(company.problem(1), company.sale(2))
            first = frozen.desk(inbox, outgoing, checkpoint=stop_at)
            others.is_founded = True
            second = others.desk(inbox, outgoing)
            step = threads.submit(first.step)
            assert stands_still.wait(LONG)
            inbox.receive(company.problem(3))

            second.step()
            assert second.kinds() == {"issue": 1}, "only the new mail: the others are leased to the first desk"
            others.after_all_leases()
            second.step()
            assert not step.done()
            proxy.cut_all()  # the machine is back
            with pytest.raises(TryAgain):
                step.result(LONG)
            assert first.step() == 0
            assert second.kinds() == {"issue": 2, "numbers": 1}
            assert set(second.decisions_of_mails().values()) == {1}
            assert set(outgoing.times().values()) == {1}
            assert len(outgoing.handed_over) == len(second.letters())


def test_a_desk_that_wakes_after_its_transaction_was_taken_back_tries_again(postgresql_url: str) -> None:
    with closing(Database(_with(postgresql_url, idle_in_transaction_session_timeout="100ms"))) as database:
        with pytest.raises(TryAgain, match="idle-in-transaction timeout"):
            _pause_within_a_decision(database)
        with database.writing() as session:
            assert reserve(session, 1) == range(101, 102), "nothing was taken"


def test_who_waits_too_long_for_another_desk_says_so_and_tries_again(postgresql_url: str) -> None:
    url = _with(postgresql_url, lock_timeout="100ms")
    said = "lock timeout: another desk, or a command, is at work for that long"
    with closing(Database(url)) as second:
        with _held(postgresql_url), pytest.raises(TryAgain, match=said), second.writing() as session:
            reserve(session, 1)
        with second.writing() as session:
            assert reserve(session, 1) == range(102, 103), "the other one had the first"


def test_an_upgrade_that_waits_too_long_says_so_and_leaves_the_schema(postgresql_url: str) -> None:
    with closing(Database(_with(postgresql_url, lock_timeout="100ms"))) as database:
        before = migrate.versions(database)
        with _held(postgresql_url), pytest.raises(TryAgain, match=r"schema was left as it was.*stop all desks"):
            migrate.downgrade(database, "base")
        assert migrate.versions(database) == before


def test_times_are_limited_unless_somebody_has_said_otherwise(postgresql: PostgreSQL, postgresql_url: str) -> None:
    names = ("lock_timeout", "idle_in_transaction_session_timeout")
    assert _says(postgresql_url, *names) == ("5min", "15min")
    assert _says(_with(postgresql_url, lock_timeout="7s"), *names) == ("7s", "15min")
    with closing(Database(postgresql_url)) as database, database.writing() as session:
        session.execute(text(f'ALTER DATABASE "{database.engine.url.database}" SET lock_timeout = 0'))
    assert _says(postgresql_url, *names) == ("0", "15min")
    with fault_proxy(postgresql.socket) as proxy:
        reached = _says(_through(proxy, postgresql_url), *names)
    assert reached == ("0", "15min")


def test_over_tcp_a_desk_notices_after_a_minute_that_its_server_is_gone(
    postgresql: PostgreSQL, postgresql_url: str
) -> None:
    with fault_proxy(postgresql.socket) as proxy:
        url = make_url(_through(proxy, postgresql_url)).update_query_dict({"keepalives_idle": "7"})
        with (
            closing(Database(url.render_as_string(hide_password=False))) as database,
            database.reading() as session,
        ):
            driver = session.connection().connection.driver_connection
            assert driver is not None
            told = driver.info.get_parameters()
    assert told["keepalives_idle"] == "7", "as the URL says"
    assert (told["tcp_user_timeout"], told["keepalives_interval"], told["keepalives_count"]) == ("60000", "10", "3")
