"""People and clients from a CSV file: whatever program wrote it, nothing is guessed wrong in silence or doubled."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from mailbot.deciding.by_person import decide_by_person
from mailbot.errors import Never, TryAgain
from mailbot.records import migrate, writing
from mailbot.records.base import Kept
from mailbot.records.contact_points import phone_key
from mailbot.records.decision import Action
from mailbot.records.exporting import export
from mailbot.records.importing.columns import DEMANDED, FIELDS, Kind, guess_columns
from mailbot.records.importing.reading import Import, read_import
from mailbot.records.importing.sheet import read_sheet, with_formula, without_formula, write_sheet
from mailbot.records.known import DeskCard
from mailbot.records.name_index.keeping import names_of
from mailbot.records.numbers import reserve
from mailbot.records.recall import clients_by_id, known_by_the_clock
from mailbot.records.session import Database
from mailbot.records.tables import (
    Address,
    AddressStatus,
    Change,
    Client,
    Contact,
    ContactPoint,
    Person,
    PointKind,
    PointStatus,
    Role,
)
from mailbot.records.undo import Undo, foresee
from tests.schemas import migrated_file
from tests.servers import PostgreSQL

SEEN = datetime(2025, 11, 4, 9, 0, tzinfo=UTC)
NOW = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
CARD = DeskCard(
    company="Harbour & Pine Media",
    name="Sales Desk",
    address="desk@harbourpine.example",
    own_addresses=frozenset({"desk@harbourpine.example"}),
    domains=frozenset({"harbourpine.example"}),
    authserv_id="mx.harbourpine.example",
    believe_unauthenticated=False,
    zone=ZoneInfo("America/New_York"),
    language="en",
    currency="USD",
    levels={},
    answers_per_address_and_day=5,
)
PEOPLE = "name,email,role\nDana Reyes,dana@harbourpine.example,rep\nJonas Weber,jonas@harbourpine.example,rep\n"
CLIENTS = """\
Code;Kunde;Betreuer;Ansprechpartner;E-Mail;Telefon
C01;Acme Corp;Dana Reyes;Ada Brook;ada@acme.example;+1 617 555 0101
C05;Müller Bau GmbH;jonas@harbourpine.example;Uwe Müller;uwe@muellerbau.example;
"""


@dataclass(frozen=True, slots=True)
class Book:
    """Records to import into."""

    database: Database

    def read(self, content: str | bytes, kind: Kind | None = None, **said: str) -> Import:
        raw = content if isinstance(content, bytes) else content.encode()
        with self.database.reading() as session:
            return read_import(raw, "file.csv", session, kind, said)

    def take(self, content: str | bytes, kind: Kind | None = None) -> Import:
        """Imports what is good in it."""
        found = self.read(content, kind)
        self.do(found.writes)
        return found

    def do(self, action: Action) -> str:
        with self.database.writing() as session:
            number = reserve(session, 1)[0]
            known = known_by_the_clock(session, CARD, b"secret", number)
            ref = f"D-{number:04d}"
            writing.write(session, decide_by_person("import", str(action), "viktor", [action], "desk", ref, NOW), known)
        return ref

    def count(self, table: type[Kept]) -> int:
        """How many rows are in force."""
        with self.database.reading() as session:
            return session.scalar(select(func.count(table.id)).where(table.undone_by.is_(None))) or 0

    def counts(self) -> tuple[int, ...]:
        return tuple(self.count(table) for table in (Person, Client, Contact, Address))

    def one(self, table: type[Kept], **values: object) -> dict[str, object]:
        """The columns of the one row with these values."""
        with self.database.reading() as session:
            row = session.scalars(select(table).filter_by(**values)).one()
            return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}  # type: ignore[attr-defined]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    database = Database(migrated_file(tmp_path / "mailbot.sqlite"))
    migrate.upgrade(database)
    yield Book(database)
    database.close()


@pytest.fixture
def staffed(book: Book) -> Book:
    book.take(PEOPLE)
    return book


def whys(found: Import) -> list[str]:
    return [str(bad) for bad in found.bad]


# Bytes → lines


@pytest.mark.parametrize(
    ("raw", "charset", "separator"),
    [
        ("name;email\nMüller;m@x.example\n".encode(), "utf-8", ";"),
        (b"\xef\xbb\xbf" + "name,email\nMüller,m@x.example\n".encode(), "utf-8", ","),
        ("name\temail\nMüller\tm@x.example\n".encode("cp1252"), "windows-1252", "\t"),
        ("name,email\r\nMüller,m@x.example\r\n".encode("utf-16"), "utf-16-le", ","),
        ("name,email\nMüller,m@x.example\n".encode("utf-16-be"), "utf-16-be", ","),
        ("sep=|\nname|email\nMüller|m@x.example\n".encode(), "utf-8", "|"),
        ('name;email\r\n"Müller";"m@x.example"\r\n'.encode(), "utf-8", ";"),
        ('name,email\n"Weber, Jonas; Bau",j@x.example\n"Müller",m@x.example\n'.encode(), "utf-8", ","),
    ],
)
def test_charset_and_separator_are_guessed(raw: bytes, charset: str, separator: str) -> None:
    sheet = read_sheet(raw)

    assert (sheet.charset, sheet.separator) == (charset, separator)
    assert sheet.headers == ("name", "email")
    assert sheet.lines[-1].cells == ("Müller", "m@x.example")
    assert not sheet.rejected


def test_a_file_pasted_together_from_two_charsets_keeps_every_umlaut() -> None:
    sheet = read_sheet("name,email\nMüller,a@x.example\n".encode() + "Söhne,b@x.example\n".encode("cp1252"))

    assert sheet.charset == "utf-8 and windows-1252"
    assert [line.cells[0] for line in sheet.lines] == ["Müller", "Söhne"]


def test_a_record_over_several_lines_is_named_by_its_first() -> None:
    sheet = read_sheet(b'name,email\n"Dana\nReyes",d@x.example\nTom,t@x.example,,x\n')

    assert [line.number for line in sheet.lines] == [2]
    assert [str(bad) for bad in sheet.rejected] == [
        "line 4: it has 4 cells and the first line 2: is a cell with a separator unquoted?"
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (b"Da\x00na,d@x.example", "it holds control characters, such as NUL"),
        (b"\x1b[2JDana,d@x.example", "it holds control characters"),
        (b"D" * 1_000_000 + b",d@x.example", "a cell has more than 131,072 characters"),
        (b'"Dana,d@x.example\n' + b"x,y\n" * 30, "a quotation mark is opened and never closed"),
        (b'"Dana,d@x.example\nIda,i@x.example\nL "The" R,l@x.example', "a quotation mark is opened and never closed"),
        (b'"Dana,d@x.example', "a quotation mark is opened and never closed"),
    ],
)
def test_a_damaged_line_is_rejected_and_the_others_are_kept(row: bytes, why: str) -> None:
    sheet = read_sheet(b"name,email\nTom,t@x.example\n" + row + b"\n")

    assert [line.cells[0] for line in sheet.lines] == ["Tom"]
    assert [bad.line.number for bad in sheet.rejected] == [3]
    assert why in sheet.rejected[0].why


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "it is empty"),
        (b"\n\n\n", "it is empty"),
        (b"PK\x03\x04rest of a workbook", "save the sheet as CSV"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(raw: bytes, why: str) -> None:
    with pytest.raises(Never, match=why):
        read_sheet(raw)


@pytest.mark.parametrize("headers", [("foo", "bar"), ("\x00\x13\xfe", "x" * 500)])
def test_a_first_line_that_names_no_known_column_is_told_which_are(headers: tuple[str, ...]) -> None:
    with pytest.raises(Never, match="names no column that is known here") as raised:
        guess_columns(headers, None, {})

    assert "people: name, email; clients: name; contracts: contract, client" in str(raised.value)
    assert len(str(raised.value)) < 400


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    try:
        sheet = read_sheet(b"name,email\n" + raw)
    except Never:
        return
    assert all(len(line.cells) == len(sheet.headers) for line in sheet.lines)


@pytest.mark.parametrize("cell", ["=1+1", "+49 30 1", "-5", "@SUM(A1)", "\tx", "\rx", "\n=1+1", "\uff1d1+1", "\uff0b1"])
def test_no_cell_is_a_formula_to_a_spreadsheet_and_it_comes_back_as_it_was(cell: str) -> None:
    assert without_formula(cell) == f"'{cell}"
    assert with_formula(without_formula(cell)) == cell
    assert without_formula("Acme = Co") == "Acme = Co"
    assert with_formula("'n Beetje") == "'n Beetje"


# The first line → columns


@pytest.mark.parametrize(
    ("headers", "kind", "expected"),
    [
        (("Name", "E-Mail", "Role"), "people", {"name": 0, "email": 1, "role": 2}),
        (
            ("Vorname", "Nachname", "E-Mail-Adresse", "Rolle", "Sprache", "Währung"),
            "people",
            {"first_name": 0, "last_name": 1, "email": 2, "role": 3, "language": 4, "currency": 5},
        ),
        (
            ("Kundennr.", "Firma", "Außendienst", "Ansprechpartner", "Mail", "Tel."),
            "clients",
            {"code": 0, "name": 1, "owner": 2, "contact": 3, "email": 4, "phone": 5},
        ),
        (
            ("Customer Name", "Account Manager", "Contact Person", "Email address", "Job Title"),
            "clients",
            {"name": 0, "owner": 1, "contact": 2, "email": 3, "contact_role": 4},
        ),
        (
            ("Firma", "Betreuer", "Straße", "PLZ", "Ort", "Land"),
            "clients",
            {"name": 0, "owner": 1, "street": 2, "postcode": 3, "city": 4, "country": 5},
        ),
        (("Company", "Sales rep", "Address"), "clients", {"name": 0, "owner": 1, "post": 2}),
        (("Name", "Email", "Role", "City"), "people", {"name": 0, "email": 1, "role": 2}),
        (("Custmer name", "Sales rep"), "clients", {"name": 0, "owner": 1}),
        (("name", "email", "Email", "role"), "people", {"name": 0, "email": 1, "role": 3}),
    ],
)
def test_columns_are_known_by_their_headers(headers: tuple[str, ...], kind: Kind, expected: dict[str, int]) -> None:
    columns = guess_columns(headers, None, {})

    assert columns.kind == kind
    assert dict(columns.places) == expected


def test_every_known_header_is_found_for_its_own_field() -> None:
    for kind, fields in FIELDS.items():
        for field, names in fields.items():
            for name in names:
                others = tuple(fields[other][0] for other in DEMANDED[kind] if other != field)
                assert guess_columns((name, *others), kind, {}).places.get(field) == 0, (kind, field, name)


def test_columns_nobody_asked_for_are_named_and_not_used() -> None:
    columns = guess_columns(("name", "email", "role", "shoe size"), None, {})

    assert columns.unused == ("shoe size",)


def test_a_persons_word_wins_over_the_guess() -> None:
    columns = guess_columns(("name", "email", "role", "Konto"), "people", {"email": "Konto"})

    assert columns.places["email"] == 3


@pytest.mark.parametrize(
    ("headers", "kind", "said", "why"),
    [
        (("foo", "bar"), "people", {}, "no column holds the name or the email of people"),
        (("name", "email"), None, {}, "say which with --as people or --as clients"),
        (("name", "email"), "people", {"mail": "email"}, "unknown field 'mail' - did you mean 'email'?"),
        (("name", "email"), "people", {"role": "rôle"}, "unknown column 'rôle'"),
        (("name", "x", "x"), "people", {"email": "x"}, "there are several of this name"),
    ],
)
def test_what_cannot_be_guessed_is_asked_for(
    headers: tuple[str, ...], kind: Kind | None, said: dict[str, str], why: str
) -> None:
    with pytest.raises(Never) as caught:
        guess_columns(headers, kind, said)
    assert why in str(caught.value)


# Rows → people


def test_people_are_imported_with_what_the_file_says(book: Book) -> None:
    book.take(
        "Vorname;Nachname;E-Mail;Rolle;Sprache;Währung\n"
        "Lena;Brandt;Lena@HarbourPine.example;Außendienst;Deutsch;eur\n"
        "Mara;Lindqvist;mara@harbourpine.example, mara.l@harbourpine.example;Koordinatorin;en;\n"
    )

    lena = book.one(Person, name="Lena Brandt")
    assert (lena["role"], lena["language"], lena["locale"], lena["currency"]) == (Role.REP, "de", "de_DE", "EUR")
    assert book.one(Address, key="lena@harbourpine.example")["person_id"] == lena["id"]
    mara = book.one(Person, name="Mara Lindqvist")
    assert (mara["role"], mara["locale"], mara["currency"], mara["active"]) == (Role.COORDINATOR, "en_US", None, True)
    assert book.one(Address, key="mara.l@harbourpine.example")["person_id"] == mara["id"]


def test_importing_again_doubles_nothing_and_changes_nothing(staffed: Book) -> None:
    staffed.take(CLIENTS)
    before = staffed.counts()
    changes = staffed.database
    for content in (PEOPLE, CLIENTS):
        found = staffed.take(content)
        assert {foreseen.effect for foreseen in found.good} == {"as it was"}
    assert staffed.counts() == before == (2, 2, 2, 4)
    with changes.reading() as session:
        last = session.scalar(select(func.max(Change.decision_id)))
        assert last == 102  # the first two imports, and nothing after them


def test_a_person_is_known_again_by_any_address_and_renamed(staffed: Book) -> None:
    found = staffed.take("name,email\nDana Reyes-Kim,dana@harbourpine.example; dana.r@harbourpine.example\n", "people")

    assert [each.effect for each in found.good] == ["new"]  # the second address is
    assert staffed.count(Person) == 2
    dana = staffed.one(Person, name="Dana Reyes-Kim")
    assert dana["role"] is Role.REP  # what the file does not say stays
    assert staffed.one(Address, key="dana.r@harbourpine.example")["person_id"] == dana["id"]


def test_a_person_with_a_new_address_is_known_by_name(staffed: Book) -> None:
    staffed.take("name,email,role\ndana REYES,d.reyes@harbourpine.example,rep\n")

    assert staffed.counts()[:1] == (2,)
    assert staffed.count(Address) == 3


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",x@harbourpine.example,rep", "it has no name"),
        ("Tom,,rep", "'Tom' has no e-mail address"),
        ("Tom,tom at harbourpine,rep", "'tom at harbourpine': 'tom' is not an e-mail address"),
        ("Tom,tom@localhost,rep", "'tom@localhost' is not an e-mail address"),
        ("Tom,tom@harbourpine.example,", "'Tom' is new and has no role: write rep, department"),
        ("Tom,tom@harbourpine.example,coordinater", "'coordinater' is no role - did you mean 'coordinator'?"),
        ("Tom,tom@harbourpine.example,xyzzy", "'xyzzy' is no role: write one of rep, department"),
        (f"{'T' * 201},tom@harbourpine.example,rep", "the name has 201 characters, and 200 are the most"),
        ("Tom,dana@harbourpine.example jonas@harbourpine.example,rep", "belong to different people"),
        (f"Tom,{' '.join(f't{n}@x.example' for n in range(6))},rep", "it has 6 e-mail addresses"),
    ],
)
def test_a_bad_person_is_named_with_line_and_reason(staffed: Book, row: str, why: str) -> None:
    found = staffed.read(f"name,email,role\nLena Brandt,lena@harbourpine.example,rep\n{row}\n")

    assert [each.row.line for each in found.good] == [2]
    assert len(found.bad) == 1
    assert found.bad[0].line.number == 3
    assert why in found.bad[0].why


def test_one_address_for_two_people_of_a_file_is_refused(book: Book) -> None:
    found = book.read("name,email,role\nDana Reyes,shared@x.example,rep\nTom Okafor,SHARED@x.example,rep\n")

    assert whys(found) == ["line 3: line 2 gives SHARED@x.example to 'Dana Reyes' already"]


# Rows → clients


def test_clients_are_imported_with_owner_and_contact(staffed: Book) -> None:
    staffed.take(CLIENTS)

    acme = staffed.one(Client, code="C01")
    assert (acme["name"], acme["name_key"], acme["owner_id"]) == ("Acme Corp", "acme", 1)
    assert staffed.one(Client, code="C05")["owner_id"] == 2
    ada = staffed.one(Contact, name="Ada Brook")
    assert (ada["client_id"], ada["phone"], ada["rank"]) == (acme["id"], "+1 617 555 0101", 1)
    assert staffed.one(Address, key="ada@acme.example")["contact_id"] == ada["id"]


@pytest.mark.parametrize(
    ("headers", "cells", "written"),
    [
        ("Straße;PLZ;Ort", "Speicherstr. 4;20457;Hamburg", "Speicherstr. 4, 20457 Hamburg"),
        ("street;city;state;zip", "12 Wharf St;Boston;MA;02110", "12 Wharf St, Boston, MA 02110"),
        ("Anschrift", '"Speicherstr. 4\n20457 Hamburg"', "Speicherstr. 4 20457 Hamburg"),
        ("city;country", "Hamburg;Deutschland", "Hamburg, Deutschland"),
    ],
)
def test_the_postal_address_of_a_client_is_imported_on_one_line(
    staffed: Book, headers: str, cells: str, written: str
) -> None:
    staffed.take(f"code;client;{headers}\nC01;Acme Corp;{cells}\n")

    point = staffed.one(ContactPoint, kind="post")
    assert (point["written"], point["status"], point["contact_id"]) == (written, "ok", None)
    with staffed.database.reading() as session:
        assert [row["post"] for row in export(session, "clients")] == [written]


def test_a_postal_address_that_came_back_stays_dead_until_another_one_is_imported(staffed: Book) -> None:
    row = "code;client;Anschrift\nC01;Acme Corp;{}\n"
    staffed.take(row.format("Speicherstr. 4"))
    with staffed.database.writing() as session:
        point = session.scalars(select(ContactPoint)).one()
        point.status, point.status_because = PointStatus.DEAD, "returned"

    assert {each.effect for each in staffed.read(row.format("Speicherstr. 4")).good} == {"as it was"}
    staffed.take(row.format("Speicherstr. 4"))
    assert staffed.one(ContactPoint, kind="post")["status"] == "dead"

    staffed.take(row.format("Kai 7"))
    moved = staffed.one(ContactPoint, kind="post")
    assert (moved["written"], moved["status"], staffed.count(ContactPoint)) == ("Kai 7", "ok", 1)


def test_a_file_without_postal_addresses_makes_none(staffed: Book) -> None:
    staffed.take(CLIENTS)

    assert staffed.count(ContactPoint) == 0


def test_imported_clients_are_found_by_the_words_of_their_names_also_after_a_new_name(staffed: Book) -> None:
    staffed.take(CLIENTS)
    staffed.take("code,client\nC05,Mueller Hochbau\n")

    with staffed.database.reading() as session:
        names = names_of(session)
    assert names.with_word("hochbau") == (2,)
    assert names.with_word("bau") == ()


def test_a_second_line_for_a_client_is_a_second_contact(staffed: Book) -> None:
    staffed.take(
        "client,code,contact,email\nAcme Corp,C01,Ada Brook,ada@acme.example\nACME Corp.,C01,Bo Lund,bo@acme.example\n"
    )

    assert staffed.counts() == (2, 1, 2, 4)
    with staffed.database.reading() as session:
        client = clients_by_id(session, [1])[1]
    assert [contact.name for contact in client.contacts] == ["Ada Brook", "Bo Lund"]


@pytest.mark.parametrize(
    ("second", "clients"),
    [
        ("C01,Acme Corporation", 1),  # by its code
        (",acme corp", 1),  # by its name
        ("C99,Acme Corp", 2),  # another code is another client, whatever its name
        (",Acme Medical GmbH", 2),
    ],
)
def test_a_client_is_known_again_by_code_else_by_name(staffed: Book, second: str, clients: int) -> None:
    staffed.take("code,client\nC01,Acme Corp\n")
    staffed.take(f"code,client\n{second}\n")

    assert staffed.count(Client) == clients


def test_a_name_without_a_code_that_fits_two_clients_is_asked_about(staffed: Book) -> None:
    found = staffed.read("code,client\nC01,Acme Corp\nC02,Acme Inc.\n,ACME\n")

    assert whys(found) == ["line 4: the name 'ACME' fits several clients: give the code of the one that is meant"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("C07,North Star,Danna Reyes,,", "the owner 'Danna Reyes' is not among the people: did you mean 'Dana Reyes'?"),
        ("C07,North Star,Zoltan,,", "the owner 'Zoltan' is not among the people: import the people first"),
        ("C07,North Star,,Ada,ada@acme.example", "ada@acme.example belongs to Ada Brook, a contact of another client"),
        ("C07,North Star,,Dana,dana@harbourpine.example", "dana@harbourpine.example belongs to one of us"),
        ("C07,,Dana Reyes,,", "it has no name"),
        ("C07,***,Dana Reyes,,", "has neither letters nor digits"),
        (f"{'C' * 65},North Star,,,", "the code has 65 characters, and 64 are the most"),
    ],
)
def test_a_bad_client_is_named_with_line_and_reason(staffed: Book, row: str, why: str) -> None:
    staffed.take(CLIENTS)
    found = staffed.read(f"code,client,owner,contact,email\nC04,Beta Freight,Dana,,\n{row}\n")

    assert [each.row.line for each in found.good] == [2]
    assert len(found.bad) == 1
    assert why in found.bad[0].why


def test_two_clients_of_a_file_cannot_have_the_same_contact(staffed: Book) -> None:
    found = staffed.take(
        "client,owner,email\nAcme Corp,Dana,info@group.example\nBeta Freight,Dana,info@group.example\n"
    )

    assert whys(found) == ["line 3: info@group.example belongs to info@group.example, a contact of another client"]
    assert staffed.count(Client) == 1


@pytest.mark.parametrize("status", [AddressStatus.UNDELIVERABLE, AddressStatus.STOPPED])
def test_an_address_that_is_dead_or_stopped_stays_so(staffed: Book, status: AddressStatus) -> None:
    staffed.take(CLIENTS)
    with staffed.database.writing() as session:
        session.scalars(select(Address).where(Address.key == "ada@acme.example")).one().status = status
    staffed.take(CLIENTS)
    staffed.take("client,code,contact,email\nAcme Corp,C01,Ada Brook-Lee,ADA@acme.example\n")

    assert staffed.one(Address, key="ada@acme.example")["status"] is status
    assert staffed.count(Address) == 4


def test_addresses_to_which_nothing_is_sent_are_listed(staffed: Book) -> None:
    staffed.take(CLIENTS)
    with staffed.database.writing() as session:
        ada = session.scalars(select(Address).where(Address.key == "ada@acme.example")).one()
        ada.status, ada.status_because = AddressStatus.UNDELIVERABLE, "there is no such mailbox"
    found = staffed.read(
        "client,code,contact,email\nAcme Corporation,C01,Ada Brook,ADA@acme.example\nNew,N1,Jo,jo@new.example\n"
    )

    assert [(off.line, off.written, off.status, off.because) for off in found.off] == [
        (2, "ADA@acme.example", AddressStatus.UNDELIVERABLE, "there is no such mailbox")
    ]
    staffed.do(found.writes)
    assert staffed.one(Address, key="ada@acme.example")["status"] is AddressStatus.UNDELIVERABLE


def test_numbers_and_postal_addresses_that_reach_nobody_are_listed_and_stay_so(staffed: Book) -> None:
    row = "code,client,contact,email,phone,post\nC01,Acme Corp,Ada Brook,ada@acme.example,{},{}\n"
    staffed.take(row.format("+1 617 555 0101", "12 Wharf St"))
    with staffed.database.writing() as session:
        post = session.scalars(select(ContactPoint)).one()
        post.status, post.status_because = PointStatus.DEAD, "moved, left no address"
        session.add(
            ContactPoint(
                client_id=post.client_id,
                kind=PointKind.PHONE,
                written="617 555 0101",
                key=phone_key("617 555 0101"),
                status=PointStatus.DEAD,
                status_because="disconnected",
                first_seen=NOW,
                last_seen=NOW,
            )
        )

    again = staffed.read(row.format("001 617 5550101", "12 Wharf St"))
    assert [(off.line, off.written, off.status, off.because) for off in again.off] == [
        (2, "001 617 5550101", PointStatus.DEAD, "disconnected"),
        (2, "12 Wharf St", PointStatus.DEAD, "moved, left no address"),
    ]
    staffed.do(again.writes)
    with staffed.database.reading() as session:
        assert set(session.scalars(select(ContactPoint.status))) == {PointStatus.DEAD}
    assert staffed.read(row.format("+1 617 555 0102", "1 New Quay")).off == ()


def test_how_clients_are_reached_is_exported_with_status_and_reason(staffed: Book) -> None:
    staffed.take(CLIENTS)
    with staffed.database.writing() as session:
        ada = session.scalars(select(Address).where(Address.key == "ada@acme.example")).one()
        ada.status, ada.status_because, ada.status_since = AddressStatus.LEFT, "has left", SEEN
    with staffed.database.reading() as session:
        rows = {row["written"]: row for row in export(session, "reach")}

    told = rows["ada@acme.example"]
    assert (told["first_seen"], told["last_seen"], told["last_ok"]) == (NOW.isoformat(), SEEN.isoformat(), None)
    assert (told["client"], told["kind"], told["status"], told["because"]) == (
        "Acme Corp",
        "e-mail",
        "left",
        "has left",
    )
    assert {row["status"] for written, row in rows.items() if written != "ada@acme.example"} == {"ok"}


def test_formulas_are_data(staffed: Book) -> None:
    content = 'code,client\n=1+1,"=HYPERLINK(""http://x"")"\n'
    staffed.take(content)

    assert staffed.one(Client, code="=1+1")["name"] == '=HYPERLINK("http://x")'
    with staffed.database.reading() as session:
        rows = list(export(session, "clients"))
    text = write_sheet(tuple(rows[0]), (tuple(str(value or "") for value in row.values()) for row in rows))
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in csv.reader(io.StringIO(text)) for cell in row)
    assert {each.effect for each in staffed.read(text).good} == {"as it was"}


# The decision


def test_an_import_is_taken_back_whole_and_comes_into_force_again(staffed: Book) -> None:
    ref = staffed.do(staffed.read(CLIENTS).writes)
    staffed.do(Undo(ref))
    assert staffed.counts() == (2, 0, 0, 2)

    staffed.take(CLIENTS)
    assert staffed.counts() == (2, 2, 2, 4)


def test_the_people_of_clients_are_not_taken_back(staffed: Book) -> None:
    staffed.take(CLIENTS)
    with staffed.database.reading() as session:
        foreseen = foresee(session, "D-0101")

    assert foreseen is not None
    assert foreseen.refused is not None
    assert foreseen.refused.reason == "built_on"


def test_records_that_changed_between_the_question_and_the_answer_stop_the_import(staffed: Book) -> None:
    action = staffed.read("client,owner,email\nBeta Freight,Dana,ada@acme.example\n").writes
    staffed.take(CLIENTS)
    before = staffed.counts()

    with pytest.raises(TryAgain, match="belongs to Ada Brook"):
        staffed.do(action)
    assert staffed.counts() == before


def test_bad_rows_can_be_mended_and_imported_again(staffed: Book) -> None:
    found = staffed.read("client;owner\nAcme Corp;Nobody\nBeta Freight;Dana\n=cmd;Nobody\n", "clients")
    text = found.rejected_csv()

    assert text.splitlines() == [
        "client;owner;line;why",
        "Acme Corp;Nobody;2;the owner 'Nobody' is not among the people: import the people first",
        "'=cmd;Nobody;4;the owner 'Nobody' is not among the people: import the people first",
    ]
    mended = staffed.read(text.replace("Nobody;", "Dana;"), "clients")
    assert [str(each.row) for each in mended.good] == ["Acme Corp", "=cmd"]
    assert not mended.bad


@pytest.mark.postgresql
def test_postgresql_takes_the_same_files_in_the_same_way(postgresql: PostgreSQL) -> None:
    database = Database(postgresql.new_database())
    migrate.upgrade(database)
    book = Book(database)
    try:
        book.take(PEOPLE)
        ref = book.do(book.read(CLIENTS).writes)
        assert {foreseen.effect for foreseen in book.take(CLIENTS).good} == {"as it was"}
        assert book.counts() == (2, 2, 2, 4)
        book.do(Undo(ref))
        assert book.counts() == (2, 0, 0, 2)
        book.take(CLIENTS)
        assert book.counts() == (2, 2, 2, 4)
    finally:
        database.close()
