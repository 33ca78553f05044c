"""A desk of this one duty, on SQLite; and on PostgreSQL, where a test asks for both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.config import Level
from tests.duties.bounces.road import Road, open_road
from tests.schemas import migrated_file


@pytest.fixture
def road(tmp_path: Path) -> Iterator[Road]:
    opened = open_road(migrated_file(tmp_path / "desk.sqlite"), tmp_path)
    yield opened
    opened.database.close()


@pytest.fixture
def watching_road(tmp_path: Path) -> Iterator[Road]:
    """A desk that only says what it would do."""
    opened = open_road(migrated_file(tmp_path / "desk.sqlite"), tmp_path, Level.WATCH)
    yield opened
    opened.database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def either_road(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Road]:
    """The same desk on either database."""
    sqlite = migrated_file(tmp_path / "desk.sqlite")
    url = sqlite if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    opened = open_road(url, tmp_path)
    yield opened
    opened.database.close()
