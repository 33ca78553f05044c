"""What the clock asks of the records is found by an index: no job reads a table from end to end that grows with the
years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from benchmarks.company import settings
from mailbot import app
from mailbot.config import MailboxSettings, SmtpSettings
from mailbot.duties.duty import Upkeep
from mailbot.records.known import DeskCard
from mailbot.records.recall import known_by_the_clock
from mailbot.records.session import Database
from tests.schemas import migrated_file

# A Monday, the first day of a month and of a quarter, in the evening: every job has something to look for.
EVENING = datetime(2025, 12, 1, 22, 0, tzinfo=UTC)
GROWS = frozenset(
    """addresses arrivals benefit_answers bounces changes check_ins client_words clients contacts contract_events
    contracts decisions deliverables issue_messages issues letters page_looks questions reminders runs
    sales_entries tasks whereabouts""".split()  # noqa: SIM905
)
# What an index finds that is most of what there is: all contracts that run, every page that a duty ever looked at.
NEARLY_ALL = (
    "ix_contracts_state_starts_on (state=? AND starts_on<?)",
    "ix_page_looks_duty_about (duty=?)",
)
BY_STATUS = "ix_addresses_status (status=?)"  # of those that are "ok"
JOBS = {f"{duty.name}.{job.job}": job for duty in app.DUTIES for job in duty.upkeep}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(migrated_file(tmp_path / "desk.sqlite"))
    yield opened
    opened.close()


@pytest.fixture
def desk() -> DeskCard:
    return app.desk_card(settings(MailboxSettings(host="localhost", user="desk"), SmtpSettings(host="localhost"), ""))


@pytest.mark.parametrize("name", JOBS)
def test_no_job_reads_a_table_from_end_to_end_that_grows(name: str, database: Database, desk: DeskCard) -> None:
    assert scanned(database, JOBS[name], desk) == set()


@pytest.mark.parametrize("name", JOBS)
def test_no_job_goes_through_nearly_all_of_a_table_by_an_index_that_tells_little_apart(
    name: str, database: Database, desk: DeskCard
) -> None:
    found = [
        step
        for statement, parameters in asked_by(database, JOBS[name], desk)
        for step in steps_of(database, statement, parameters)
        if step.endswith(NEARLY_ALL) or (step.endswith(BY_STATUS) and "ok" in parameters)
    ]
    assert found == []


def test_a_walk_through_all_contracts_that_run_is_found_out(database: Database) -> None:
    running = "SELECT ref FROM contracts WHERE state = ? AND starts_on <= ?"
    with database.reading() as session:
        (step,) = planned(session.connection(), running, ("running", "2025-12-01"))
    assert step.endswith(NEARLY_ALL)


def test_a_query_without_an_index_is_found_out(database: Database) -> None:
    with database.reading() as session:
        connection = session.connection()
        assert scans(connection, "SELECT id FROM letters WHERE text = ?", ("x",)) == {"letters"}
        assert scans(connection, "SELECT id FROM letters WHERE ref = ?", ("x",)) == set()


def scanned(database: Database, job: Upkeep, desk: DeskCard) -> set[str]:
    """The growing tables that a job reads whole, by what SQLite says of every query that it makes."""
    asked = asked_by(database, job, desk)
    with database.reading() as session:
        connection = session.connection()
        return {table for statement, parameters in asked for table in scans(connection, statement, parameters)}


def steps_of(database: Database, statement: str, parameters: tuple[object, ...]) -> list[str]:
    with database.reading() as session:
        return planned(session.connection(), statement, parameters)


def asked_by(database: Database, job: Upkeep, desk: DeskCard) -> list[tuple[str, tuple[object, ...]]]:
    """Every query that a job makes, with its parameters."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: tuple[object, ...], *_: object) -> None:
        asked.append((statement, parameters))

    with database.reading() as session:
        event.listen(database.engine, "before_cursor_execute", note)
        known = known_by_the_clock(session, desk, b"a secret", 0)
        job.recall(session, known, EVENING)
        event.remove(database.engine, "before_cursor_execute", note)
    return asked


def scans(connection: Connection, statement: str, parameters: tuple[object, ...]) -> set[str]:
    names = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN) (\w+) AS (\w+)", statement)}
    steps = planned(connection, statement, parameters)
    found = {step.split()[1] for step in steps if step.startswith("SCAN ")}
    return {names.get(each, each) for each in found} & GROWS


def planned(connection: Connection, statement: str, parameters: tuple[object, ...]) -> list[str]:
    """How SQLite will answer a query, step by step, in its own words."""
    cursor = connection.connection.cursor()
    cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return [row[3] for row in cursor.fetchall()]
