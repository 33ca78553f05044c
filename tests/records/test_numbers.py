"""What is told once in a week or month is told on the first working day on which the desk is at work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mailbot.records.numbers import begin_run, is_first_run
from mailbot.records.session import Database
from tests.schemas import migrated_file
from tests.sorting.world import DESK

NOW = datetime(2025, 11, 3, 13, 0, tzinfo=UTC)
SATURDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2025, 11, day) for day in (1, 3, 4, 5))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(migrated_file(tmp_path / "desk.sqlite"))
    yield opened
    opened.close()


def first(database: Database, today: date, *ran: date, job: str = "desk.month") -> bool:
    """Whether it is the first run of the month on a day, after runs on others."""
    with database.writing() as session:
        for day in ran:
            begin_run(session, "desk.month", day, NOW)
        return is_first_run(session, job, DESK, SATURDAY, today)


def test_the_month_is_told_on_its_first_working_day_and_on_no_day_before_it(database: Database) -> None:
    assert not first(database, SATURDAY)
    assert first(database, MONDAY, SATURDAY)


def test_it_is_told_later_where_the_desk_slept_and_once(database: Database) -> None:
    assert first(database, TUESDAY, SATURDAY)
    assert not first(database, WEDNESDAY, TUESDAY)


def test_the_runs_of_other_jobs_and_of_the_month_before_do_not_count(database: Database) -> None:
    assert first(database, TUESDAY, date(2025, 10, 31))
    assert not first(database, WEDNESDAY, TUESDAY)
    assert first(database, WEDNESDAY, job="renewals.calendar")
