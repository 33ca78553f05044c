"""A copy of the database while the desk is at work."""

from __future__ import annotations

import os
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from mailbot.errors import Never, TryAgain
from mailbot.records.session import Database

_PAGES_AT_ONCE = 1_000


def back_up(database: Database, to: Path) -> int:
    """Copies a SQLite database as it is at this moment (SQLite online backup API). Returns the bytes of the copy.

    Only its owner can read the copy. Never where the file is there already; on PostgreSQL, where the message says
    which command to use.
    """
    if not database.is_sqlite:
        url = database.engine.url
        where = " ".join(
            f"--{option}={shlex.quote(str(value))}"
            for option, value in (
                ("host", url.host or url.query.get("host")),
                ("port", url.port),
                ("username", url.username),
            )
            if value
        )
        raise Never(
            "this desk is kept in PostgreSQL, which has its own program for that: "
            f"pg_dump --format=custom --file={shlex.quote(str(to))} {where} {url.database}"
        )
    try:
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as there:
        raise Never(f"{to} is there already: name a file that is not, or delete it") from there
    except OSError as refusal:
        raise Never(f"{to} cannot be written: {refusal.strerror}") from refusal
    try:
        with database.reading() as session, closing(sqlite3.connect(to)) as copy:
            source = session.connection().connection.driver_connection
            if not isinstance(source, sqlite3.Connection):
                raise Never("the database driver has no online backup: use Python's own sqlite3")
            source.backup(copy, pages=_PAGES_AT_ONCE)
            _demand_sound(copy)
    except sqlite3.Error as trouble:
        to.unlink()
        raise TryAgain(f"the copy failed and was deleted: {trouble}") from trouble
    return to.stat().st_size


def _demand_sound(copy: sqlite3.Connection) -> None:
    found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(f"the database is damaged: {found}")
