"""New rows wait to be written together, and nobody who looks for them can tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event, func, select
from sqlalchemy.orm import Session

from mailbot.letters.model import Letter
from mailbot.records.new_rows import NewRows
from mailbot.records.pen import Pen
from mailbot.records.sheet import Sheet
from mailbot.records.tables import Client, Contact, DecisionRow, LetterRow, Person, Role
from mailbot.records.written_before import WrittenBefore
from tests.clerk import Desk


def test_rows_have_their_keys_at_once_and_are_written_together(desk: Desk) -> None:
    with desk.database.writing() as session, statements(session) as said:
        rows = NewRows(session.connection(), expected=3)
        clients = [_client(name) for name in ("Acme", "Beacon", "Cedar")]
        for client in clients:
            rows.add(client)
        assert len({client.id for client in clients}) == 3
        assert not any(statement.startswith("INSERT") for statement in said)
        rows.write()
        assert len([statement for statement in said if statement.startswith("INSERT")]) == 1
        found = session.execute(select(Client.id, Client.name).where(Client.id.in_([each.id for each in clients])))
        assert {tuple(row) for row in found} == {(client.id, client.name) for client in clients}
        rows.write()
        assert len([statement for statement in said if statement.startswith("INSERT")]) == 1


def test_what_another_row_refers_to_is_written_before_it(desk: Desk) -> None:
    """In whatever order they came: both databases refuse a row that refers to none."""
    with desk.database.writing() as session:
        old = _client("Acme")
        session.add(old)
        session.flush()
        rows, new = NewRows(session.connection()), _client("Beacon")
        rows.add(Contact(client_id=old.id, name="Ellen"))
        rows.add(new)
        rows.add(Contact(client_id=new.id, name="Sam"))
        rows.write()
        of_new = select(Contact.name).where(Contact.client_id == new.id)
        assert session.scalar(of_new) == "Sam"


def test_no_two_rows_get_one_key_on_whatever_sheet_they_stand(desk: Desk) -> None:
    with desk.database.writing() as session:
        keys: list[int] = []
        for sheet in (Sheet(session), Sheet(session, decisions=5)):
            for name in ("Acme", "Beacon", "Cedar"):
                client = _client(f"{name} {len(keys)}")
                sheet.rows.add(client)
                keys.append(client.id)
            sheet.rows.write()
        assert len(set(keys)) == len(keys)
    with desk.database.writing() as session:
        another = _client("Dune")
        rows = NewRows(session.connection())
        rows.add(another)
        rows.write()
        assert another.id not in keys


def test_who_looks_through_the_pen_finds_what_it_wrote(desk: Desk) -> None:
    with pen_of(desk) as pen:
        client = pen.insert(_client("Acme"))
        contact = pen.insert(Contact(client_id=client.id, name="Ellen"))
        assert pen.session.scalar(select(Contact.name).where(Contact.id == contact.id)) == "Ellen"
        second = pen.insert(Contact(client_id=client.id, name="Sam"))
        assert pen.get(Contact, second.id).name == "Sam"
        third = pen.insert(Contact(client_id=client.id, name="Kim"))
        pen.update(third, name="Kim Lee")
        assert pen.session.scalar(select(Contact.name).where(Contact.id == third.id)) == "Kim Lee"


def test_a_row_that_is_made_to_refer_to_a_new_one_can(desk: Desk) -> None:
    with pen_of(desk) as pen:
        client = pen.insert(_client("Acme"))
        pen.update(pen.get(Client, client.id), paused_because="it is new")
        owner = pen.insert(Person(name="Kim Lee", role=Role.REP))
        pen.update(client, owner_id=owner.id)
        assert pen.session.scalar(select(Client.owner_id).where(Client.id == client.id)) == owner.id


def test_of_letters_that_are_written_together_no_two_are_the_same(desk: Desk) -> None:
    with desk.database.writing() as session, statements(session) as said:
        before = session.scalar(select(func.count()).select_from(LetterRow))
        assert before == 0
        letters = [_letter("D-0101", "one"), _letter("D-0102", "two"), _letter("D-0103", "one")]
        written, asked = WrittenBefore(session.connection(), letters), len(said)
        assert [written.has(letter) for letter in letters] == [False, False, False]
        written.add(letters[0])
        assert [written.has(letter) for letter in letters] == [True, False, True]
        assert len(said) == asked + 1
        assert not written.has(_letter("D-0104", "three"))  # nobody expected it: it is asked about by itself
        assert len(said) == asked + 2


def test_a_letter_of_before_is_known_with_its_object_and_its_period(desk: Desk) -> None:
    desk.says("open Kestrel")
    with desk.database.writing() as session:
        row = session.scalars(select(LetterRow)).first()
        assert row is not None
        same = Letter("D-0999", "x@acme.example", "", "", "", "", b"", row.purpose, row.object, row.period,
                      acknowledgement=False, about_client=None)  # fmt: skip
        written = WrittenBefore(session.connection())
        assert written.has(same)
        assert not written.has(_letter("D-0999", row.object))


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """What is said to the database meanwhile."""
    said: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def pen_of(desk: Desk) -> Iterator[Pen]:
    desk.says("open Kestrel")
    with desk.database.writing() as session:
        sheet = Sheet(session)
        decision = session.scalars(select(func.max(DecisionRow.id))).one()
        yield Pen(session, decision, "desk", desk.now, None, sheet)
        sheet.rows.write()


def _client(name: str) -> Client:
    return Client(name=name, name_key=name.casefold())


def _letter(ref: str, about: str) -> Letter:
    return Letter(
        ref, "ellen@acme.example", "", "", "", "", b"", "said", about, "", acknowledgement=False, about_client=None
    )
