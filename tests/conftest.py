"""What all tests share: the real servers, and a reason in words where one of them is not on this machine."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.records import migrate
from mailbot.records.session import Database
from tests.servers import (
    Dovecot,
    Postfix,
    PostgreSQL,
    missing_for,
    running_dovecot,
    running_postfix,
    running_postgresql,
)

SERVERS = ("dovecot", "postfix", "postgresql")


def pytest_configure() -> None:
    """A run that is told to end (SIGTERM) ends like one that is interrupted: its servers are stopped."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing: dict[str, str | None] = {}
    for item in items:
        for name in SERVERS:
            if item.get_closest_marker(name) is None:
                continue
            if name not in missing:
                missing[name] = missing_for(name)
            if reason := missing[name]:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One Dovecot for all tests; each test takes an account of its own."""
    with running_dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    """One Postfix for all tests, which delivers into `dovecot`."""
    with running_postfix(dovecot) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """One PostgreSQL cluster for all tests; `new_database()` gives the URL of an empty database."""
    with running_postgresql() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL) -> str:
    """The SQLAlchemy URL of an empty PostgreSQL database that no other test has seen."""
    return postgresql.new_database()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with the schema that the migrations make: on SQLite, and on PostgreSQL where there is one."""
    on_file = f"sqlite:///{tmp_path / 'desk.sqlite'}"
    made = Database(on_file if request.param == "sqlite" else request.getfixturevalue("postgresql_url"))
    migrate.upgrade(made)
    yield made
    made.close()
