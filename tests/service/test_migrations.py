"""The schema: the migrations and the models say the same, on both databases, whoever starts first."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from mailbot import app
from mailbot.config import SHIPPED
from mailbot.errors import Never
from mailbot.records import migrate
from mailbot.records.base import Base
from mailbot.records.contracts.tables import Contract
from mailbot.records.session import Database


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    made = Database(empty_database_url)
    yield made
    made.close()


def _tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def test_the_schema_goes_up_from_nothing_down_to_nothing_and_up_again(database: Database) -> None:
    migrate.upgrade(database)
    there = _tables(database)
    assert {"arrivals", "decisions", "letters", "runs"} < there
    migrate.upgrade(database)
    assert _tables(database) == there
    migrate.downgrade(database, "base")
    assert _tables(database) == {"alembic_version"}
    migrate.upgrade(database)
    assert _tables(database) == there
    assert migrate.versions(database)[0] == migrate.versions(database)[1]


def test_the_models_are_what_the_migrations_make(database: Database) -> None:
    assert app.DUTIES, "importing the duties makes their tables known"
    assert Contract.__tablename__ in Base.metadata.tables
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    with database.writing() as session:
        session.execute(text("DROP TABLE runs"))
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) != []


def test_a_schema_that_a_newer_program_made_is_refused_in_words(database: Database) -> None:
    migrate.upgrade(database)
    before = _tables(database)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999_from_tomorrow'"))
    with pytest.raises(Never, match=r"'9999_from_tomorrow'.*newer mailbot.*Start that newer version"):
        migrate.upgrade(database)
    with pytest.raises(Never, match="9999_from_tomorrow"):
        migrate.downgrade(database, "base")
    assert _tables(database) == before


def test_four_processes_that_start_at_once_migrate_once(database: Database, empty_database_url: str) -> None:
    program = (
        "import sys; from mailbot.records import migrate; from mailbot.records.session import Database\n"
        "input(); migrate.upgrade(Database(sys.argv[1]))"
    )
    command = (sys.executable, "-c", program, empty_database_url)
    processes = [
        subprocess.Popen(command, cwd=SHIPPED, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0], said
    with database.reading() as session:
        assert len(session.execute(text("SELECT version_num FROM alembic_version")).all()) == 1
    has, brings = migrate.versions(database)
    assert has == brings
