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


def test_unused_benefits_are_found_by_their_day_and_not_through_every_contract_that_runs(
    database: Database, desk: DeskCard
) -> None:
    through_contracts = "SEARCH contracts USING INDEX ix_contracts_state_starts_on (state=? AND starts_on<?)"
    steps = plans(database, JOBS["reminders.unused"], desk)
    assert any("COVERING INDEX ix_deliverables_benefits" in step for step in steps)
    assert through_contracts not in steps
    with database.reading() as session:
        running = "SELECT ref FROM contracts WHERE state = ? AND starts_on <= ?"
        assert through_contracts in planned(session.connection(), running, ("running", "2025-12-01"))


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


def plans(database: Database, job: Upkeep, desk: DeskCard) -> list[str]:
    """The steps that SQLite takes for all queries of a job."""
    asked = asked_by(database, job, desk)
    with database.reading() as session:
        connection = session.connection()
        return [step for statement, parameters in asked for step in planned(connection, statement, parameters)]


def asked_by(database: Database, job: Upkeep, desk: DeskCard) -> list[tuple[str, object]]:
    """Every query that a job makes, with its parameters."""
    asked: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    with database.reading() as session:
        event.listen(database.engine, "before_cursor_execute", note)
        known = known_by_the_clock(session, desk, b"a secret", 0)
        job.recall(session, known, EVENING)
        event.remove(database.engine, "before_cursor_execute", note)
    return asked


def scans(connection: Connection, statement: str, parameters: object) -> set[str]:
    names = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN) (\w+) AS (\w+)", statement)}
    steps = planned(connection, statement, parameters)
    found = {step.split()[1] for step in steps if step.startswith("SCAN ")}
    return {names.get(each, each) for each in found} & GROWS


def planned(connection: Connection, statement: str, parameters: object) -> list[str]:
    """How SQLite will answer a query, step by step, in its own words."""
    cursor = connection.connection.cursor()
    cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return [row[3] for row in cursor.fetchall()]
