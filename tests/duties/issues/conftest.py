"""A road of this duty over SQLite, and the same over PostgreSQL where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.duties.issues.road import Road, open_road
from tests.schemas import migrated_file


@pytest.fixture
def road(tmp_path: Path) -> Iterator[Road]:
    opened = open_road(migrated_file(tmp_path / "desk.sqlite"), tmp_path)
    yield opened
    opened.database.close()


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def any_road(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Road]:
    """The same road on each kind of database."""
    on_file = migrated_file(tmp_path / "desk.sqlite")
    url = on_file if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    opened = open_road(url, tmp_path)
    yield opened
    opened.database.close()
