"""A copy of the database while the desk is at work."""

from __future__ import annotations

import os
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL

from mailbot.errors import Never, TryAgain
from mailbot.records import migrate
from mailbot.records.session import Database
from mailbot.records.sqlite_file import file_of

_PAGES_AT_ONCE = 1_000


def back_up(database: Database, to: Path) -> int:
    """Copies a SQLite database as it is at this moment (SQLite online backup API). Returns the bytes of the copy.

    Only its owner can read the copy. It is written beside `to`, and takes that name when it is whole and checked; what
    fails leaves nothing behind. Never where there is nothing to copy, where the file is there already, and on
    PostgreSQL, where the message says which command to use.
    """
    if not database.is_sqlite:
        raise Never(
            f"this desk is kept in PostgreSQL, which has its own program for that: {_pg_dump(database.engine.url, to)}"
        )
    _demand_a_desk(database)
    _demand_free(to)
    part = to.with_name(f"{to.name}.part")
    _make(part)
    try:
        _copy(database, part)
        size = part.stat().st_size
        _demand_free(to)
        part.rename(to)
    except sqlite3.Error as trouble:
        raise TryAgain(f"{to} was not written, and nothing was left behind: {trouble}") from trouble
    finally:
        part.unlink(missing_ok=True)
    return size


def _pg_dump(url: URL, to: Path) -> str:
    where = " ".join(
        f"--{option}={shlex.quote(str(value))}"
        for option, value in (
            ("host", url.host or url.query.get("host")),
            ("port", url.port),
            ("username", url.username),
        )
        if value
    )
    return f"pg_dump --format=custom --file={shlex.quote(str(to))} {where} {url.database}"


def _demand_a_desk(database: Database) -> None:
    """SQLite makes a file that is not there, and copies nothing without a word."""
    file = file_of(database.called)
    if file is not None and not file.exists():
        raise Never(f"there is no database {file} to copy: look at `database` in the settings")
    version, _ = migrate.versions(database)
    if version is None:
        raise Never(f"{database.called} holds no tables of a desk: look at `database` in the settings")


def _demand_free(to: Path) -> None:
    if os.path.lexists(to):
        raise Never(f"{to} is there already: name a file that is not, or delete it")


def _make(part: Path) -> None:
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as there:
        raise Never(
            f"{part} is there already: another backup is writing it, or one was killed; then delete it"
        ) from there
    except OSError as refusal:
        raise Never(f"{part} cannot be written: {refusal.strerror}; name a file in another folder") from refusal


def _copy(database: Database, to: Path) -> None:
    with database.reading() as session, closing(sqlite3.connect(to)) as copy:
        source = session.connection().connection.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise Never("the database driver has no online backup: use Python's own sqlite3")
        source.backup(copy, pages=_PAGES_AT_ONCE)
        found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise Never(
            f"what was copied from {database.called} is damaged, and was deleted: {found}; "
            "keep the copies you have, and look at the disks"
        )
