"""The database, and the two ways into it: one that only reads, one that writes in a single transaction.

SQLite writes under BEGIN IMMEDIATE, so one writer at a time has the whole book. PostgreSQL lets several write, and a
lane (the sender of a mail) is locked for the length of the transaction, so that two mails of one person are never
decided side by side.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from sqlite3 import SQLITE_CORRUPT, SQLITE_NOTADB
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from typing import Any, Final

from pydantic_core import to_json
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from mailbot.errors import Never, TryAgain
from mailbot.records.codec import plain
from mailbot.records.name_index.place import FILE, place_of
from mailbot.records.postgresql import ask_for_patience, patience_of
from mailbot.records.sqlite_file import file_of, obstacle

WRITES: Final = "mailbot_writes"  # the option of a connection that may write


class Database:
    """One database. Every failure that may pass (locked, disk full, connection lost) comes out as TryAgain."""

    def __init__(self, url: str, busy_seconds: float = 30.0, cache: Path | None = None) -> None:
        """`busy_seconds` is how long a writer waits for another one on SQLite; `cache` the folder for what can be built
        anew at any time, beside the file of SQLite where it is None."""
        try:
            self.engine = _engine(url, busy_seconds).execution_options(**{FILE: place_of(url, cache)})
        except Exception as trouble:
            raise Never(
                f"[database] {make_url(url).render_as_string(hide_password=True)!r} cannot be used: {trouble}"
            ) from trouble
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.called = self.engine.url.render_as_string(hide_password=True)  # for people

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the records. Writing through it is refused by the database itself."""
        with told_apart(self.called), self.engine.connect() as connection:
            _forbid_writing(connection)
            with Session(connection, autoflush=False) as session:
                yield session

    @contextmanager
    def writing(self, lanes: Iterable[str] = ()) -> Iterator[Session]:
        """One transaction: all of it is there afterwards, or nothing. Commits at the end of the block.

        On PostgreSQL the `lanes` are locked first, in one order everywhere, and let go with the transaction.
        """
        with (
            told_apart(self.called),
            self.engine.connect().execution_options(**{WRITES: True}) as connection,
            Session(connection, autoflush=False) as session,
            session.begin(),
        ):
            session.connection()  # begins
            if (keys := sorted({_lock_key(lane) for lane in lanes})) and not self.is_sqlite:
                session.execute(_WAIT_FOR, {"keys": keys})
            yield session

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()


def _engine(url: str, busy_seconds: float) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(
            parsed,
            connect_args=patience_of(parsed),
            pool_pre_ping=True,
            pool_size=5,
            max_overflow=10,
            json_serializer=_json,
        )
        event.listen(engine, "connect", ask_for_patience)
        return engine
    engine = create_engine(
        parsed, connect_args={"timeout": busy_seconds, "check_same_thread": False}, json_serializer=_json
    )
    event.listen(engine, "do_connect", partial(_make_private, file_of(url)))
    event.listen(engine, "connect", partial(_set_up_sqlite, parsed.database or ":memory:"))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _json(value: object) -> str:
    """JSON several times faster than the standard library writes it, dataclasses as objects; every decision has four
    such columns. PostgreSQL keeps no NUL in them."""
    written = to_json(value)
    return (to_json(plain(value)) if _NUL in written else written).decode()


_NUL: Final = b"\\u0000"
_CACHE_KILOBYTES: Final = 16_384  # the pages of the indexes that every mail is looked up in; SQLite itself keeps 2,000


_DAMAGED: Final = (
    "[database] {file} is not an SQLite database, or is damaged, and was left as it is: "
    "name another file, or bring a backup back"
)


def _make_private(file: Path | None, *_of_the_connection: object) -> None:
    """A new file is for its owner alone: all mail lies in it. SQLite gives what it keeps beside it the same mode."""
    if file is not None and file.parent.is_dir():
        with suppress(OSError):  # it is there already, or cannot be made: SQLite says so better
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _set_up_sqlite(file: str, connection: SqliteConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: BEGIN is ours
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except SqliteError as trouble:
        if _is_damaged(trouble):
            raise Never(_DAMAGED.format(file=file)) from trouble
        raise
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.connection.cursor().execute("PRAGMA query_only = " + ("OFF" if writes else "ON"))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _forbid_writing(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


# One statement for all: it takes one lock after the other, in the order of the keys.
_WAIT_FOR = text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")


def _lock_key(lane: str) -> int:
    return int.from_bytes(hashlib.sha256(lane.encode()).digest()[:8], "big", signed=True)


# The primary result codes of SQLite: busy, locked, no memory, read-only, interrupted, I/O error, full, cannot open,
# locking protocol (https://www.sqlite.org/rescode.html).
_PASSING_SQLITE = frozenset({5, 6, 7, 8, 9, 10, 13, 14, 15})
# The classes of SQLSTATE in PostgreSQL: connection, read-only transaction (a standby took over), a transaction that was
# silent, or open, for too long, rollback (deadlock), out of resources (disk full), object in use (lock), operator
# intervention (shutdown), system error.
_PASSING_SQLSTATE = ("08", "25006", "25P03", "25P04", "40", "53", "55", "57", "58")


def passes(trouble: DBAPIError) -> bool:
    """Whether an error of the database may pass by itself. A value that it cannot take never does."""
    if trouble.connection_invalidated:
        return True
    if isinstance(trouble.orig, SqliteError):
        code = getattr(trouble.orig, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in _PASSING_SQLITE
    state = _sqlstate(trouble)
    if state is None:
        return isinstance(trouble, OperationalError)  # the server was not reached, or is gone
    return state.startswith(_PASSING_SQLSTATE)


def was_kept_waiting(trouble: DBAPIError) -> bool:
    """Whether PostgreSQL gave up because somebody else did not let go (lock_timeout)."""
    return _sqlstate(trouble) == "55P03"


def _sqlstate(trouble: DBAPIError) -> str | None:
    return getattr(trouble.orig, "sqlstate", None)


@contextmanager
def told_apart(url: str) -> Iterator[None]:
    """Errors of the database at `url`, told apart by what helps: what may pass by itself is TryAgain, the rest is ours.

    A missing folder is one that may pass: a disk that is not mounted yet.
    """
    try:
        yield
    except DBAPIError as trouble:
        if passes(trouble):
            raise TryAgain(f"the database {url} did not answer: {_in_words(trouble, url)}") from trouble
        if _is_damaged(trouble.orig):
            raise Never(_DAMAGED.format(file=file_of(url))) from trouble
        raise


def _is_damaged(trouble: object) -> bool:
    """Whether SQLite finds that a file is none of its own, or not whole (an extended code has its kind in one byte)."""
    code = getattr(trouble, "sqlite_errorcode", None) if isinstance(trouble, SqliteError) else None
    return code is not None and code & 0xFF in {SQLITE_NOTADB, SQLITE_CORRUPT}


def _in_words(trouble: DBAPIError, url: str) -> str:
    """What was said, with what stands in the way: of a file, SQLite itself names neither."""
    if was_kept_waiting(trouble):
        return f"{_first_line(trouble)}: another desk, or a command, is at work for that long"
    file = file_of(url)
    hindrance = obstacle(file) if file is not None else None
    return f"{_first_line(trouble)}: {hindrance}" if hindrance else _first_line(trouble)


def _first_line(trouble: Any) -> str:
    return str(trouble.orig).strip().splitlines()[0] if str(trouble.orig).strip() else type(trouble.orig).__name__
