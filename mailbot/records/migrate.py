"""The schema: made and changed by the migrations in db/, and by nothing else, in tests too.

Several processes may start at once: one migrates under a lock, the others find it done. A database that a newer
version of the program has changed is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from mailbot.config import SHIPPED
from mailbot.errors import Never, TryAgain
from mailbot.records.session import WRITES, Database, told_apart, was_kept_waiting

_MIGRATION_LOCK = 7_245_301  # any number, the same in every process


def upgrade(database: Database, folder: Path = SHIPPED / "db", to: str = "heads") -> None:
    """Brings the schema up to the version of this program. Does nothing where it is already there."""
    with _locked(database, folder) as (connection, config):
        _refuse_newer(connection, config)
        command.upgrade(_with(config, connection), to)


def downgrade(database: Database, to: str, folder: Path = SHIPPED / "db") -> None:
    """Takes the schema back to a version ("base": to nothing). What the newer tables held is gone."""
    with _locked(database, folder) as (connection, config):
        _refuse_newer(connection, config)
        command.downgrade(_with(config, connection), to)


def versions(database: Database, folder: Path = SHIPPED / "db") -> tuple[str | None, str]:
    """The version the database has (None: empty), and the one this program brings."""
    script = ScriptDirectory.from_config(_config(folder))
    with database.reading() as session:
        current = MigrationContext.configure(session.connection()).get_current_revision()
    return current, script.get_current_head() or ""


@contextmanager
def _locked(database: Database, folder: Path) -> Iterator[tuple[Connection, AlembicConfig]]:
    with (
        told_apart(database.called),
        _kept_waiting_in_words(),
        database.engine.connect().execution_options(**{WRITES: True}) as connection,
        connection.begin(),
    ):
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        yield connection, _config(folder)


@contextmanager
def _kept_waiting_in_words() -> Iterator[None]:
    """However long a migration itself takes, it is not stopped; it stops where it waits too long for others."""
    try:
        yield
    except DBAPIError as trouble:
        if not was_kept_waiting(trouble):
            raise
        raise TryAgain(
            "the schema was left as it was: another upgrade, or a desk at work, holds the database for longer than its "
            "lock_timeout. Let the other upgrade finish, or stop all desks; then start again"
        ) from trouble


def _config(folder: Path) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config


def _with(config: AlembicConfig, connection: Connection) -> AlembicConfig:
    config.attributes["connection"] = connection
    return config


def _refuse_newer(connection: Connection, config: AlembicConfig) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise Never(
            f"the database has schema version {current!r}, which this version of mailbot does not know: "
            "a newer mailbot has changed it. Start that newer version, or restore a backup made before the upgrade."
        )
