"""Two clients that are one: all that hung on the one hangs on the other, no stop is lost, and undo parts them again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from mailbot.duties.sales.tables import SalesAlias
from mailbot.errors import Never
from mailbot.records import migrate
from mailbot.records.base import Kept
from mailbot.records.merging import MergeClients, find_client, foresee
from mailbot.records.name_index.keeping import names_of
from mailbot.records.session import Database
from mailbot.records.tables import (
    Address,
    AddressStatus,
    Client,
    Contact,
    ContactPoint,
    PointKind,
    PointStatus,
    QuestionRow,
    TaskRow,
)
from mailbot.records.undo import Undo
from tests.records.test_importing import PEOPLE, Book
from tests.schemas import migrated_file

NOW = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
CLIENTS = """\
code,client,owner,contact,email,phone
C01,Acme Corp,Dana Reyes,Ada Brook,ada@acme.example,+1 617 555 0101
C13,Acme Printing,Dana Reyes,Ben Sloan,ben@acme.example,+1 617 555 0102
C14,Beta Freight,Dana Reyes,Rosa Diaz,rosa@betafreight.example,
"""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Acme is there twice: Ben, who said STOP, is at the second one, with a task, a question and a postal address."""
    database = Database(migrated_file(tmp_path / "mailbot.sqlite"))
    migrate.upgrade(database)
    book = Book(database)
    book.take(PEOPLE)
    book.take(CLIENTS)
    keep, drop = id_of(book, "C01"), id_of(book, "C13")
    with database.writing() as session:
        ben = session.scalars(select(Address).where(Address.key == "ben@acme.example")).one()
        ben.status, ben.status_because = AddressStatus.STOPPED, '"STOP"'
        session.add_all(
            (
                TaskRow(duty="sales", kind="call", words="Call Ben", client_id=drop, created_at=NOW),
                SalesAlias(rep_id=1, key="acme inc", words="Acme Inc", client_id=drop, learned_on=NOW.date()),
                point(drop, PointKind.POST, "12 Wharf St"),
                point(drop, PointKind.PHONE, "+1 617 555 0199", key="175550199"),
                point(keep, PointKind.PHONE, "+1 617 555 0199", key="175550199"),
                QuestionRow(
                    letter_ref="N-0001",
                    duty="sales",
                    kind="which-client",
                    asked_key="dana@harbourpine.example",
                    words="Which Acme?",
                    context={"client_id": drop, "choices": [{"id": drop, "name": "Acme Printing"}, {"id": 77}]},
                    asked_at=NOW,
                ),
            )
        )
    yield book
    database.close()


def point(client_id: int, kind: PointKind, written: str, key: str = "") -> ContactPoint:
    return ContactPoint(
        client_id=client_id,
        kind=kind,
        written=written,
        key=key,
        status=PointStatus.OK,
        status_because="imported",
        first_seen=NOW,
        last_seen=NOW,
    )


def id_of(book: Book, code: str) -> int:
    found = book.one(Client, code=code)["id"]
    assert isinstance(found, int)
    return found


def merge(book: Book, keep: str = "C01", drop: str = "C13") -> str:
    with book.database.reading() as session:
        kept, dropped = find_client(session, keep), find_client(session, drop)
    return book.do(MergeClients(kept.id, kept.name, dropped.id, dropped.name))


def clients_of(book: Book, table: type[Kept]) -> list[object]:
    """The clients that the rows of a table name, in the order of the rows."""
    with book.database.reading() as session:
        return [getattr(row, "client_id") for row in session.scalars(select(table).order_by(table.id))]  # noqa: B009


def test_everything_that_hung_on_the_one_hangs_on_the_other_and_nothing_of_a_third(book: Book) -> None:
    keep, beta = id_of(book, "C01"), id_of(book, "C14")
    merge(book)

    assert clients_of(book, Contact) == [keep, keep, beta]
    assert (clients_of(book, TaskRow), clients_of(book, SalesAlias)) == ([keep], [keep])
    ranks = [book.one(Contact, name=name)["rank"] for name in ("Ada Brook", "Ben Sloan", "Rosa Diaz")]
    assert ranks == [1, 2, 1]
    assert book.count(Client) == 2


def test_open_questions_mean_the_client_that_is_kept(book: Book) -> None:
    keep = id_of(book, "C01")
    merge(book)

    context = book.one(QuestionRow, letter_ref="N-0001")["context"]
    assert context == {"client_id": keep, "choices": [{"id": keep, "name": "Acme Corp"}, {"id": 77}]}


def test_a_number_that_both_have_is_there_once(book: Book) -> None:
    keep, drop = id_of(book, "C01"), id_of(book, "C13")
    merge(book)

    assert clients_of(book, ContactPoint) == [keep, drop, keep]


@pytest.mark.parametrize(("first", "later", "kept"), [("ok", "dead", "dead"), ("dead", "ok", "ok")])
def test_what_was_last_said_of_a_number_that_both_have_counts(book: Book, first: str, later: str, kept: str) -> None:
    keep, drop = id_of(book, "C01"), id_of(book, "C13")
    with book.database.writing() as session:
        numbers = {each.client_id: each for each in session.scalars(select(ContactPoint)) if each.key}
        numbers[keep].status = PointStatus(first)
        numbers[drop].status, numbers[drop].last_seen = PointStatus(later), NOW + timedelta(days=1)
    merge(book)

    with book.database.reading() as session:
        number = session.scalars(
            select(ContactPoint).where(ContactPoint.client_id == keep, ContactPoint.key != "")
        ).one()
        assert number.status is PointStatus(kept)


def test_who_said_stop_stays_stopped_and_is_stopped_after_an_import_and_a_new_name_too(book: Book) -> None:
    merge(book)
    book.take(CLIENTS.replace("Ben Sloan", "Benjamin Sloan"))

    ben = book.one(Address, key="ben@acme.example")
    assert (ben["status"], book.one(Contact, id=ben["contact_id"])["client_id"]) == ("stopped", id_of(book, "C01"))


def test_a_file_that_still_has_both_makes_no_second_client_and_gives_no_other_name(book: Book) -> None:
    merge(book)
    again = book.read(CLIENTS)
    book.take(CLIENTS)

    assert {each.effect for each in again.good} == {"as it was"}
    assert (book.count(Client), book.one(Client, code="C01")["name"]) == (2, "Acme Corp")
    book.take("client,contact,email\nAcme Printing,Cy Ames,cy@acme.example\n")
    assert book.one(Contact, name="Cy Ames")["client_id"] == id_of(book, "C01")


def test_letters_that_were_paused_for_the_one_stay_paused(book: Book) -> None:
    with book.database.writing() as session:
        session.scalars(select(Client).where(Client.code == "C13")).one().paused_because = "angry"
    merge(book)

    assert book.one(Client, code="C01")["paused_because"] == "angry"


def test_undo_parts_them_again(book: Book) -> None:
    keep, drop, beta = (id_of(book, code) for code in ("C01", "C13", "C14"))
    before = book.one(QuestionRow, letter_ref="N-0001")["context"]
    book.do(Undo(merge(book)))

    assert clients_of(book, Contact) == [keep, drop, beta]
    assert (clients_of(book, TaskRow), clients_of(book, SalesAlias)) == ([drop], [drop])
    assert book.one(QuestionRow, letter_ref="N-0001")["context"] == before
    assert [book.one(Client, code=code)["merged_into_id"] for code in ("C01", "C13")] == [None, None]
    assert (book.count(Client), book.one(Contact, name="Ben Sloan")["rank"]) == (3, 1)


def test_the_name_of_the_one_that_went_finds_the_one_that_was_kept_until_they_are_parted(book: Book) -> None:
    keep, drop, beta = (id_of(book, code) for code in ("C01", "C13", "C14"))
    assert [hits(book, name) for name in ("Acme Printing", "Acme Corp", "Beta Freight")] == [[drop], [keep], [beta]]
    merged = merge(book)
    assert [hits(book, name) for name in ("Acme Printing", "Acme Corp", "Beta Freight")] == [[keep], [keep], [beta]]
    further = merge(book, keep="C14", drop="C01")
    assert [hits(book, name) for name in ("Acme Printing", "Acme Corp", "Beta Freight")] == [[beta]] * 3

    book.do(Undo(further))
    assert [hits(book, name) for name in ("Acme Printing", "Acme Corp", "Beta Freight")] == [[keep], [keep], [beta]]
    book.do(Undo(merged))
    assert [hits(book, name) for name in ("Acme Printing", "Acme Corp", "Beta Freight")] == [[drop], [keep], [beta]]


def hits(book: Book, name: str) -> list[int]:
    with book.database.reading() as session:
        return [hit.client_id for hit in names_of(session).search(name, 3) if hit.likeness == 100.0]


def test_what_goes_over_is_said_beforehand(book: Book) -> None:
    with book.database.reading() as session:
        foreseen = foresee(session, find_client(session, "C01"), find_client(session, "Acme Printing"))

    rows = {"contact_points": 1, "contacts": 1, "sales_aliases": 1, "tasks": 1}
    assert (foreseen.keep, foreseen.drop, dict(foreseen.rows)) == ("Acme Corp", "Acme Printing", rows)


@pytest.mark.parametrize(("keep", "drop"), [("C01", "C01"), ("C01", "C99"), ("Acme", "Beta Freight Lines")])
def test_what_names_no_two_clients_is_refused(book: Book, keep: str, drop: str) -> None:
    with book.database.reading() as session, pytest.raises(Never):
        foresee(session, find_client(session, keep), find_client(session, drop))
