"""The index follows the records: every process sees at once what any other has written, and nothing that was rolled
back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.records import migrate
from mailbot.records.name_index.file import read
from mailbot.records.name_index.keeping import names_of
from mailbot.records.pen import Pen
from mailbot.records.session import Database
from mailbot.records.sheet import Sheet
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
        sheet = Sheet(session)
        yield Pen(session, number, "desk", NOW, None, sheet)
        sheet.rows.write()


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


def kept_beside(url: str) -> Path:
    return Path(f"{url.removeprefix('sqlite:///')}.names")


def with_clients(database: Database, *names: str) -> list[int]:
    with pen_of(database) as pen:
        return [pen.insert(Client(name=name, name_key=name.casefold())).id for name in names]


def test_the_index_lies_beside_the_records_and_another_process_opens_it_as_it_is(url: str) -> None:
    with two_desks(url) as (one, other):
        acme, _ = with_clients(one, "Acme Corp", "Beta Freight")
        assert found(one, "Acme") == [acme]
        written = kept_beside(url).stat()
        (later,) = with_clients(one, "Zenith Corp")
        assert (found(other, "Acme"), found(other, "Zenith")) == ([acme], [later])
        assert (kept_beside(url).stat().st_ino, kept_beside(url).stat().st_mtime_ns) == (
            written.st_ino,
            written.st_mtime_ns,
        )


def damaged(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1] + b"?")


def of_a_future_version(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"version":1', b'"version":2', 1))


def half_written(file: Path) -> None:
    """What a crash leaves: the new one beside the old one, not whole, and a lock that nobody holds."""
    file.with_name(f"{file.name}.part").write_bytes(file.read_bytes()[:4_500])
    file.unlink()


@pytest.mark.parametrize("what_happens", [damaged, of_a_future_version, half_written, Path.unlink])
def test_a_file_that_cannot_be_used_is_built_anew(url: str, what_happens: Callable[[Path], None]) -> None:
    with two_desks(url) as (one, other):
        (acme,) = with_clients(one, "Acme Corp")
        assert found(one, "Acme") == [acme]
        sound = kept_beside(url).read_bytes()
        what_happens(kept_beside(url))
        assert found(other, "Acme") == [acme]
        assert kept_beside(url).read_bytes() == sound


def test_a_file_of_other_records_finds_none_of_theirs(tmp_path: Path) -> None:
    one, other = f"sqlite:///{tmp_path / 'one.db'}", f"sqlite:///{tmp_path / 'other.db'}"
    for url, name in ((one, "Acme Corp"), (other, "Beta Freight")):
        with two_desks(url) as (desk, _):
            with_clients(desk, name)
            assert len(found(desk, name)) == 1
    kept_beside(one).replace(kept_beside(other))
    with two_desks(other) as (desk, _):
        assert (len(found(desk, "Acme")), len(found(desk, "Beta Freight"))) == (0, 1)


def test_who_may_still_take_it_back_keeps_nothing(url: str) -> None:
    with two_desks(url) as (one, _):
        with pen_of(one) as pen:
            pen.insert(Client(name="Acme Corp", name_key="acme"))
            assert len(names_of(pen.session).search("Acme", 1)) == 1
        assert not kept_beside(url).exists()
        assert len(found(one, "Acme")) == 1


def test_where_nothing_can_be_kept_the_names_are_found_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    no_folder = tmp_path / "a file"
    no_folder.write_text("")
    database = Database(f"sqlite:///{tmp_path / 'desk.db'}", cache=no_folder)
    migrate.upgrade(database)
    (acme,) = with_clients(database, "Acme Corp")

    assert found(database, "Acme") == [acme]
    assert "cannot be kept" in caplog.text
    database.close()


@pytest.mark.postgresql
def test_on_postgresql_it_is_kept_in_the_folder_that_is_named(postgresql: PostgreSQL, tmp_path: Path) -> None:
    url, cache = postgresql.new_database(), tmp_path / "cache"
    one, other = Database(url, cache=cache), Database(url, cache=cache)
    migrate.upgrade(one)
    (acme,) = with_clients(one, "Acme Corp")
    assert found(one, "Acme") == [acme]
    (kept,) = cache.glob("*.names")
    (beta,) = with_clients(one, "Beta Freight")
    assert (found(other, "Acme"), found(other, "Beta Freight")) == ([acme], [beta])
    assert kept.stat().st_size > 4_096
    one.close()
    other.close()


LOOKS_UP = """
import sys
from mailbot.records.name_index.keeping import names_of
from mailbot.records.session import Database

with Database(sys.argv[1]).reading() as session:
    print([hit.client_id for hit in names_of(session).search(sys.argv[2], 3) if hit.likeness == 100.0])
"""


def test_processes_that_start_at_once_find_the_same_and_leave_one_whole_file(url: str) -> None:
    with two_desks(url) as (one, _):
        ids = with_clients(one, *(f"Kestrel {number} Roofing" for number in range(3_000)))
        order = [sys.executable, "-c", LOOKS_UP, url, "Kestrel 2999 Roofing"]
        started = [subprocess.Popen(order, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        assert [each.communicate(timeout=60)[0].strip() for each in started] == [str([ids[-1]])] * 3
        assert len(read(kept_beside(url))[0]) == len(ids)
        assert not list(kept_beside(url).parent.glob("*.part"))
