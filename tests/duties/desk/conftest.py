"""A desk at which a made-up clerk works; on SQLite, and where a test asks for both, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.config import Level
from mailbot.records import migrate
from mailbot.records.session import Database
from tests.clerk import Desk, card, open_desk
from tests.schemas import migrated_file


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Database(migrated_file(tmp_path / "desk.sqlite"))
    migrate.upgrade(made)
    yield open_desk(made, tmp_path)
    made.close()


@pytest.fixture
def new_desk(desk: Desk) -> Desk:
    """An installation on its first day: everything only watches."""
    desk.card = card(desk=Level.WATCH, clerk=Level.WATCH)
    return desk


@pytest.fixture
def proposing_desk(database: Database, tmp_path: Path) -> Desk:
    """On each kind of database, a desk whose clerk asks before acting."""
    return open_desk(database, tmp_path, clerk=Level.PROPOSE)
