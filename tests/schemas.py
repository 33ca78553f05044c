"""Databases that begin with the schema. The migrations make it once in a run; every test works on a copy of its own.

To migrate an empty database takes most tests longer than what they are about. That migrations make the schema from
nothing, and that a desk migrates when it starts, is what tests/service/test_migrations.py and tests/cli are about.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from mailbot.records import migrate
from mailbot.records.session import Database


def migrate_and_leave(url: str) -> None:
    """Brings a database up to the schema and lets go of it."""
    database = Database(url)
    migrate.upgrade(database)
    database.close()


def migrated_file(path: Path) -> str:
    """The URL of a new SQLite database in this file, with the schema and nothing in it."""
    path.write_bytes(_migrated())
    return f"sqlite:///{path}"


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "schema.sqlite"
        migrate_and_leave(f"sqlite:///{file}")
        assert not Path(f"{file}-wal").exists(), "all of it stands in the one file"
        return file.read_bytes()
