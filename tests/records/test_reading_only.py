"""ReadOnly can ask and nothing else: by its type, and by the database beneath it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from mailbot.errors import TryAgain
from mailbot.records import migrate
from mailbot.records.numbers import reserve
from mailbot.records.reading_only import ReadOnly, reading_only
from mailbot.records.session import Database
from mailbot.records.tables import Number
from tests.schemas import migrated_file


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(migrated_file(tmp_path / "mailbot.sqlite"))
    migrate.upgrade(opened)
    with opened.writing() as session:
        reserve(session, 1)
    yield opened
    opened.close()


def test_it_reads_what_is_there(database: Database) -> None:
    with reading_only(database) as records:
        assert [row.next for row in records.rows(select(Number.next))] == [102]


def test_it_has_no_word_for_writing() -> None:
    assert [name for name in vars(ReadOnly) if not name.startswith("_")] == ["rows"]


def test_the_database_refuses_writing_beneath_it(database: Database) -> None:
    with pytest.raises(TryAgain) as refused, database.reading() as session:
        session.execute(text("DELETE FROM numbers"))
    assert isinstance(refused.value.__cause__, OperationalError)
    assert "readonly" in str(refused.value)
    with reading_only(database) as records:
        assert len(list(records.rows(select(Number.next)))) == 1
