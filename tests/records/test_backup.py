"""A backup is the whole database, or it is not there."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mailbot.errors import Never, TryAgain
from mailbot.records.backup import back_up
from mailbot.records.session import Database
from tests.schemas import migrated_file


def _tables(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as copy:
        return {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@contextmanager
def _no_file_above(size: int) -> Iterator[None]:
    """What a full disk is like: files end where they reach this many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_copy_has_all_tables_and_is_the_only_new_file(tmp_path: Path) -> None:
    source, folder = tmp_path / "desk.sqlite", tmp_path / "backup"
    folder.mkdir()
    size = back_up(Database(migrated_file(source)), folder / "copy.sqlite")
    assert list(folder.iterdir()) == [folder / "copy.sqlite"]
    assert size == (folder / "copy.sqlite").stat().st_size
    assert _tables(folder / "copy.sqlite") == _tables(source) > {"arrivals", "decisions"}


@pytest.mark.parametrize("name", ["wrong-name.sqlite", "missing/desk.sqlite"])
def test_a_database_that_is_not_there_is_said_and_not_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(Never, match=f"there is no database .*{name}"):
        back_up(Database(f"sqlite:///{tmp_path}/{name}"), tmp_path / "copy.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_the_tables_of_a_desk_is_not_copied(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE things (id INTEGER)")
    database = Database(f"sqlite:///{other}")
    with pytest.raises(Never, match=r"other\.sqlite holds no tables of a desk"):
        back_up(database, tmp_path / "copy.sqlite")
    database.close()
    assert list(tmp_path.iterdir()) == [other]


def test_a_backup_that_fails_leaves_nothing_behind_and_the_next_one_goes_through(tmp_path: Path) -> None:
    database, folder = Database(migrated_file(tmp_path / "desk.sqlite")), tmp_path / "backup"
    folder.mkdir()
    with pytest.raises(TryAgain, match=r"copy\.sqlite was not written"), _no_file_above(200_000):
        back_up(database, folder / "copy.sqlite")
    assert list(folder.iterdir()) == []
    assert back_up(database, folder / "copy.sqlite") > 200_000


@pytest.mark.parametrize("there", ["copy.sqlite", "copy.sqlite.part"])
def test_what_is_there_already_is_named_and_left_as_it_is(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("something else")
    database = Database(migrated_file(tmp_path / "desk.sqlite"))
    with pytest.raises(Never, match=f"{there} is there already"):
        back_up(database, tmp_path / "copy.sqlite")
    database.close()
    assert {file.name for file in tmp_path.iterdir()} == {there, "desk.sqlite"}
    assert (tmp_path / there).read_text() == "something else"
