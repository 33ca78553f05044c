"""A desk at which a made-up clerk works, on each kind of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.records.session import Database
from tests.clerk import Desk, open_desk


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return open_desk(database, tmp_path)
