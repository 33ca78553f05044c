"""`mailbot import` at the terminal: what it shows, what it asks, what it leaves behind."""

from __future__ import annotations

import pytest

from mailbot.cli.commands import Exit
from mailbot.records.tables import Client, DecisionRow, Person
from tests.cli.driver import CLIENTS, PEOPLE, Driver


def test_the_columns_and_a_preview_are_shown_before_anything_is_asked(bare: Driver) -> None:
    result = bare.run("import", bare.file("people.csv", PEOPLE), says="n\n")

    assert result.exit_code == Exit.LOOK
    assert "people.csv: people, utf-8, separated by ','" in result.stdout
    assert "email\temail" in result.stdout
    assert "4\tnew\tDana Reyes\tdana@harbourpine.example\trep\ten" in result.stdout
    assert "Import them? [y/N]: n" in result.stdout
    assert bare.all(Person) == []
    assert bare.all(DecisionRow) == []


def test_a_yes_imports_and_names_the_way_back(bare: Driver) -> None:
    told = bare.ok("import", bare.file("people.csv", PEOPLE), says="y\n")

    assert "Done (D-0101): `mailbot undo D-0101` takes it back." in told
    assert len(bare.all(Person)) == 4
    decision = bare.all(DecisionRow)[0]
    assert (decision["origin"], decision["summary"]) == ("person", "Import 4 people from people.csv.")
    assert "ordered it at the command line" in bare.ok("why", "D-0101")
    bare.ok("undo", "D-0101", "--yes")
    assert all(person["undone_by"] == 102 for person in bare.all(Person))


def test_importing_twice_doubles_nothing(desk: Driver) -> None:
    for name, content in (("people.csv", PEOPLE), ("clients.csv", CLIENTS)):
        told = desk.ok("import", desk.file(name, content), "--yes")
        assert "as it was)" in told
    assert len(desk.all(Person)) == 4
    assert len(desk.all(Client)) == 3


def test_bad_rows_are_named_and_written_beside_the_file_and_good_ones_are_taken(desk: Driver) -> None:
    file = desk.file("more.csv", b'client,owner\nGlobex,Dana\nInitech,Nobody\n\xff\x00,Dana\n"=x",Nobody\n')
    result = desk.run("import", file, "--yes")

    assert result.exit_code == Exit.LOOK
    assert "more.csv:3: the owner 'Nobody' is not among the people: import the people first" in result.stdout
    assert "more.csv:4: it holds control characters, such as NUL" in result.stdout
    assert "1 row good (1 new), 3 bad" in result.stdout
    assert [client["name"] for client in desk.all(Client)][-1] == "Globex"
    rejected = (desk.folder / "more.rejected.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rejected[0] == "client,owner,line,why"
    assert rejected[3].startswith("'=x,Nobody,5,")


def test_bad_rows_that_are_being_mended_are_not_written_over(desk: Driver) -> None:
    file = desk.file("more.csv", b"client,owner\nGlobex,Dana\nInitech,Nobody\n")
    desk.run("import", file, "--yes")
    mended = desk.file("more.rejected.csv", "client,owner\nInitech,Dana\n")
    again = desk.run("import", file, "--yes")

    assert "more.rejected-2.csv" in again.stdout
    assert mended.read_text() == "client,owner\nInitech,Dana\n"


def test_a_file_with_nothing_good_in_it_asks_nothing_and_writes_nothing(desk: Driver) -> None:
    before = len(desk.all(DecisionRow))
    result = desk.run("import", desk.file("bad.csv", "client,owner\nInitech,Nobody\n"))

    assert result.exit_code == Exit.LOOK
    assert "Import them?" not in result.stdout
    assert len(desk.all(DecisionRow)) == before


@pytest.mark.parametrize(
    ("content", "arguments", "why"),
    [
        (b"", [], "it is empty"),
        (b"PK\x03\x04", [], "it is a workbook"),
        (b"name,email\nA,a@x.example\n", [], "say which with --as people or --as clients"),
        (b"a,b\n1,2\n", ["--as", "people"], "no column holds the name or the email of people"),
        (b"name,email,role\n", ["--column", "role"], "--column takes FIELD=HEADER"),
        (b"name,email,role\n", ["--column", "rolle=role"], "unknown field 'rolle' - did you mean 'role'?"),
        (b"name,email,role\n", ["--as", "dogs"], "'dogs' is not one of"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_words(
    bare: Driver, content: bytes, arguments: list[str], why: str
) -> None:
    result = bare.run("import", bare.file("x.csv", content), *arguments)

    assert result.exit_code == Exit.WRONG
    assert why in result.output
    assert bare.all(DecisionRow) == []


def test_a_file_that_is_not_there_is_wrong_usage(bare: Driver) -> None:
    result = bare.run("import", bare.folder / "none.csv")

    assert result.exit_code == Exit.WRONG
    assert "does not exist" in result.output


def test_nothing_a_terminal_would_obey_comes_out_of_a_file(bare: Driver) -> None:
    content = "name,email,role\n\u202eDana\u009b31m,dana@x.example,rep\nX\x1b[2J,x@x.example,rep\n"
    result = bare.run("import", bare.file("x.csv", content), "--yes")

    assert result.exit_code == Exit.LOOK
    assert not set(result.output) & {"\u202e", "\u009b", "\x1b"}
