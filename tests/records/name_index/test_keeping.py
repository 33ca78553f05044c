"""The index follows the records: every process sees at once what any other has written, and nothing that was rolled
back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.records import migrate
from mailbot.records.name_index.keeping import names_of
from mailbot.records.pen import Pen
from mailbot.records.session import Database
from mailbot.records.tables import Client, DecisionRow
from tests.servers import PostgreSQL

NOW = datetime(2025, 11, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mailbot.db'}"


@contextmanager
def two_desks(url: str) -> Iterator[tuple[Database, Database]]:
    """Two processes that share a database, each with an index of its own."""
    one, other = Database(url), Database(url)
    migrate.upgrade(one)
    try:
        yield one, other
    finally:
        one.close()
        other.close()


@contextmanager
def pen_of(database: Database) -> Iterator[Pen]:
    with database.writing() as session:
        number = (session.query(DecisionRow).count()) + 1
        session.add(_decision(number))
        session.flush()
        yield Pen(session, number, "desk", NOW, None)


def _decision(number: int) -> DecisionRow:
    return DecisionRow(
        id=number, ref=f"D-{number:04d}", origin="person", decided_at=NOW, kind="import", duty="desk", rule="",
        level="act", trust="T4", folder="", carried_out=True, summary="", evidence=[], trace={}, actions=[], known=b"",
    )  # fmt: skip


def found(database: Database, name: str) -> list[int]:
    with database.reading() as session:
        return [hit.client_id for hit in names_of(session).search(name, 3) if hit.likeness == 100.0]


def follows(url: str) -> None:
    with two_desks(url) as (one, other):
        assert found(other, "Acme Corp") == []
        with pen_of(one) as pen:
            acme = pen.insert(Client(name="Acme Corp", name_key="acme")).id
        assert found(other, "Acme") == [acme] == found(one, "acme corp")
        with pen_of(one) as pen:
            pen.update(pen.get(Client, acme), name="Zenith Corp", name_key="zenith")
        assert (found(other, "Acme"), found(other, "Zenith")) == ([], [acme])
        with pen_of(other) as pen:
            pen.update(pen.get(Client, acme), undone_by=pen.decision_id)
        assert found(one, "Zenith") == []


def test_another_process_finds_what_was_added_renamed_and_taken_back(url: str) -> None:
    follows(url)


@pytest.mark.postgresql
def test_so_it_does_on_postgresql(postgresql: PostgreSQL) -> None:
    follows(postgresql.new_database())


def writes_and_rolls_back(database: Database) -> None:
    with pen_of(database) as pen:
        pen.insert(Client(name="Acme Corp", name_key="acme"))
        assert names_of(pen.session).search("Acme", 1)[0].likeness == 100.0
        raise ZeroDivisionError


def test_a_session_finds_what_it_has_written_and_nobody_what_was_rolled_back(url: str) -> None:
    with two_desks(url) as (one, other):
        with pytest.raises(ZeroDivisionError):
            writes_and_rolls_back(one)
        assert found(one, "Acme") == []
        with pytest.raises(ZeroDivisionError):
            writes_and_rolls_back(one)
        with pen_of(other) as pen:  # its note has the number that was rolled back
            beta = pen.insert(Client(name="Beta Freight", name_key="beta freight")).id
        assert (found(one, "Acme"), found(one, "Beta Freight")) == ([], [beta])


def test_very_many_new_names_at_once_are_found(url: str) -> None:
    with two_desks(url) as (one, other):
        assert found(other, "Acme") == []
        with pen_of(one) as pen:
            for number in range(1_200):
                pen.insert(Client(name=f"Kestrel {number} Roofing", name_key=f"kestrel {number} roofing"))
        assert len(found(other, "Kestrel 1150 Roofing")) == 1
