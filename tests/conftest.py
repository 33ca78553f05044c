"""What all tests share: the real servers, and a reason in words where one of them is not on this machine."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.records.session import Database
from tests.schemas import migrate_and_leave, migrated_file
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


@pytest.fixture(scope="session")
def postgresql_schema(postgresql: PostgreSQL) -> str:
    """The URL of a PostgreSQL database with the schema, to be copied and never used."""
    url = postgresql.new_database()
    migrate_and_leave(url)
    return url


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL, postgresql_schema: str) -> str:
    """The URL of a PostgreSQL database with the schema and nothing in it, that no other test has seen."""
    return postgresql.new_database(like=postgresql_schema)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with the schema and nothing in it: on SQLite, and on PostgreSQL where there is one."""
    on_file = request.param == "sqlite"
    made = Database(migrated_file(tmp_path / "desk.sqlite") if on_file else request.getfixturevalue("postgresql_url"))
    yield made
    made.close()
