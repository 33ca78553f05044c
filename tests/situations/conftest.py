"""Desks for situations. Opening one takes seconds, so what only looks shares one: each test says which it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.schemas import migrated_file
from tests.servers import PostgreSQL
from tests.situations.desk import PlayedDesk, played_desk

Opener = Callable[[], PlayedDesk]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def open_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Opens desks over each kind of database, for the tests of one file; they are closed after the last of them."""
    with ExitStack() as stack:

        def opened() -> PlayedDesk:
            folder = tmp_path_factory.mktemp("desk")
            if request.param == "sqlite":
                return stack.enter_context(played_desk(folder, migrated_file(folder / "desk.sqlite")))
            return stack.enter_context(played_desk(folder, request.getfixturevalue("postgresql").new_database()))

        yield opened


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def new_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Makes an empty database of each kind at every call, and gives its address."""
    if request.param == "sqlite":
        return lambda: migrated_file(tmp_path_factory.mktemp("records") / "desk.sqlite")
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.new_database


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlayedDesk]:
    """A desk of one test, over SQLite."""
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite")) as opened:
        yield opened
