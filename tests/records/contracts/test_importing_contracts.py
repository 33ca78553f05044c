"""Contracts from a CSV file: shown and taken, never doubled, and nothing in them guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest

from mailbot.config import SHIPPED
from mailbot.errors import Never
from mailbot.records import migrate
from mailbot.records.contracts.cards import ContractCard, contract_card, contracts_of
from mailbot.records.contracts.tables import (
    Contract,
    ContractState,
    Deliverable,
    DeliverableState,
    EventKind,
    Traffic,
    Use,
)
from mailbot.records.decision import Action
from mailbot.records.importing.cells import amount_in, day_in
from mailbot.records.merging import MergeClients, find_client
from mailbot.records.pen import Pen
from mailbot.records.session import Database
from mailbot.records.succession import Following, Leaving, hand_over
from mailbot.records.tables import Address, Client, Contact
from mailbot.records.undo import Undo
from tests.records.test_importing import Book, whys
from tests.schemas import migrated_file

PEOPLE = (
    "name,email,role,currency\n"
    "Dana Reyes,dana@harbourpine.example,rep,USD\n"
    "Jonas Weber,jonas@harbourpine.example,rep,EUR\n"
    "Web Team,web@harbourpine.example,department,\n"
)
CLIENTS = (
    "code,client,owner,contact,email\n"
    "C07,North Star Logistics,Dana,Ellen Marsh,ellen@northstar.example\n"
    "C05,Müller Bau GmbH,Jonas,Anja Schmidt,a.schmidt@muellerbau.example\n"
)
CONTRACTS = """\
contract,client,contact,starts,ends,value,renews,notice days,kind,deliverable,due,department,benefit
K-2207,C07,Ellen Marsh,2025-09-15,2026-09-14,14200.00,yes,60,ad,half a page,2025-11-03,,no
K-2207,C07,,,,,,,banner,free banner,2025-10-01,web@harbourpine.example,yes
"""
IN_GERMAN = (
    "Vertragsnummer;Kunde;Ansprechpartner;Beginn;Ende;Vertragswert;Verlängerung;Kündigungsfrist;"
    "Art;Leistung;Rabatt;Nutzbar bis;Zusatzleistung\n"
    "K-2199;Müller Bau GmbH;a.schmidt@muellerbau.example;1.7.2025;30.06.2026;9.800,00;ja;90;"
    "Discount;Messerabatt;20 %;20.3.2026;ja\n"
)


@dataclass(frozen=True, slots=True)
class _HandOver(Action):
    """Sam follows Ellen."""

    name: ClassVar[str] = "test.hand_over"
    ellen_id: int
    sam_id: int

    def carry_out(self, pen: Pen) -> None:
        leaving = Leaving(self.ellen_id, "ellen@northstar.example")
        hand_over(pen, leaving, Following(self.sam_id, "Sam Whitlock", "sam@northstar.example"))

    def __str__(self) -> str:
        return "hand over"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    database = Database(migrated_file(tmp_path / "mailbot.sqlite"))
    migrate.upgrade(database)
    book = Book(database)
    book.take(PEOPLE)
    book.take(CLIENTS)
    yield book
    database.close()


def card(book: Book, ref: str) -> ContractCard:
    with book.database.reading() as session:
        found = contract_card(session, ref)
    assert found is not None
    return found


def test_a_contract_comes_with_all_it_promises(book: Book) -> None:
    found = book.take(CONTRACTS)

    assert (found.columns.kind, found.bad, [each.effect for each in found.good]) == ("contracts", (), ["new", "new"])
    contract = card(book, "K-2207")
    assert (contract.starts_on, contract.ends_on) == (date(2025, 9, 15), date(2026, 9, 14))
    assert (contract.value, contract.currency, contract.state) == (Decimal(14200), "USD", ContractState.RUNNING)
    assert (contract.renews, contract.notice_days, contract.notice_on) == (True, 60, date(2026, 7, 16))
    assert contract.rep_id == book.one(Client, code="C07")["owner_id"]
    assert contract.contact_id == book.one(Contact, name="Ellen Marsh")["id"]
    ad, banner = contract.deliverables
    assert (ad.position, ad.kind, ad.words, ad.due_on) == (1, "ad", "half a page", date(2025, 11, 3))
    assert (banner.position, banner.state, banner.use) == (2, DeliverableState.PLANNED, Use.UNUSED)
    assert contract.benefits == (banner,)


def test_an_imported_contract_has_the_first_step_of_its_history_once_on_the_day_of_signing(book: Book) -> None:
    signed = CONTRACTS.replace("client,contact,", "client,contact,signed,").replace(
        "Ellen Marsh,2025", "Ellen Marsh,2025-08-26,2025"
    )
    signed = signed.replace("C07,,,", "C07,,,,")
    book.take(signed)
    book.take(signed.replace("14200.00", "15000.00"))

    (event,) = card(book, "K-2207").events
    assert (event.kind, event.since, event.amount) == (EventKind.SIGNED, date(2025, 9, 15), Decimal(14200))
    assert (event.at.date(), event.words) == (date(2025, 8, 26), "")


def test_headers_days_and_amounts_are_read_in_german_too(book: Book) -> None:
    assert book.take(IN_GERMAN).bad == ()

    contract = card(book, "K-2199")
    assert (contract.value, contract.currency) == (Decimal(9800), "EUR")
    assert (contract.starts_on, contract.notice_on) == (date(2025, 7, 1), date(2026, 4, 1))
    (discount,) = contract.deliverables
    assert (discount.kind, discount.percent, discount.ends_on) == ("discount", Decimal(20), date(2026, 3, 20))


def test_the_same_file_again_changes_nothing_and_a_mended_one_changes_what_it_says(book: Book) -> None:
    book.take(CONTRACTS)
    again = book.take(CONTRACTS)
    mended = book.take(CONTRACTS.replace("free banner", "a banner on every page").replace("14200.00", "14500.00"))

    assert [each.effect for each in again.good] == ["as it was", "as it was"]
    assert [each.effect for each in mended.good] == ["changed", "changed"]
    assert (book.count(Contract), book.count(Deliverable)) == (1, 2)
    contract = card(book, "K-2207")
    assert (contract.value, contract.deliverables[1].words) == (Decimal(14500), "a banner on every page")
    assert contract.notice_on == date(2026, 7, 16)


def test_what_is_said_of_one_contract_in_two_ways_is_not_taken(book: Book) -> None:
    found = book.take(CONTRACTS.replace("K-2207,C07,,,,,", "K-2207,C07,,,2026-12-31,,"))

    assert whys(found) == ["line 3: K-2207: 2026-12-31 is its ends on here, and 2026-09-14 above"]
    assert card(book, "K-2207").ends_on == date(2026, 9, 14)


_NO_DAY = "{!r} is no day that can be read in one way only: write it like 2025-12-14"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("K-1,C07,,,2026-01-01,1.00,,,,,,,", "K-1 is new: the days on which it starts and ends are wanted"),
        ("K-1,C07,,12/11/2025,2026-01-01,1.00,,,,,,,", _NO_DAY.format("12/11/2025")),
        ("K-1,C07,,2025-02-30,2026-01-01,1.00,,,,,,,", _NO_DAY.format("2025-02-30")),
        ("K-1,C07,,2026-01-02,2026-01-01,1.00,,,,,,,", "K-1 ends on 2026-01-01, before it starts on 2026-01-02"),
        (
            'K-1,C07,,2025-01-01,2026-01-01,"4,900",,,,,,,',
            "'4,900' is no amount that can be read in one way only: write it like 4900.00",
        ),
        ("K-1,C07,Rosa,2025-01-01,2026-01-01,1.00,,,,,,,", "'Rosa' is not a contact of North Star Logistics"),
        ("K-1,C70,,2025-01-01,2026-01-01,1.00,,,,,,,", "'C70' is not among the clients"),
        (
            "K-1,C07,,2025-01-01,2026-01-01,1.00,,,ad,page,,Webb Team,",
            "the department 'Webb Team' is not among the people: did you mean 'Web Team'?",
        ),
        (",C07,,2025-01-01,2026-01-01,1.00,,,,,,,", "it has no number of a contract"),
        ("K-1,C07,,2025-01-01,2026-01-01,1.00,,-3,,,,,", "the notice days '-3' is not a whole number from 0 to 3,650"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why_and_writes_nothing(book: Book, line: str, why: str) -> None:
    found = book.take(f"{CONTRACTS.splitlines()[0]}\n{line}\n")

    assert [each.startswith(f"line 2: {why}") for each in whys(found)] == [True], whys(found)
    assert (book.count(Contract), book.count(Deliverable)) == (0, 0)


def test_a_number_that_another_client_has_is_not_taken(book: Book) -> None:
    book.take(CONTRACTS)
    found = book.take(CONTRACTS.replace("C07,Ellen Marsh", "C05,").replace("C07", "C05"))

    assert whys(found)[0] == "line 2: K-2207 is a contract of another client, not of Müller Bau GmbH"
    assert len(found.bad) == 2


def test_an_import_is_taken_back_whole_and_comes_again(book: Book) -> None:
    found = book.read(CONTRACTS)
    ref = book.do(found.writes)
    with book.database.reading() as session:
        assert contract_card(session, "K-2207") is not None
    book.do(Undo(ref))

    assert (book.count(Contract), book.count(Deliverable)) == (0, 0)
    book.take(CONTRACTS)
    assert (book.count(Contract), book.count(Deliverable)) == (1, 2)


TRAFFIC = "contract,month,views,clicks\nK-2207,2025-10,41220,312\n"


def test_the_figures_of_a_month_are_kept_with_the_banner_they_are_of(book: Book) -> None:
    book.take(CONTRACTS)
    found = book.take(TRAFFIC)

    assert (found.columns.kind, found.bad) == ("traffic", ())
    banner = card(book, "K-2207").deliverables[1]
    october = banner.in_month(date(2025, 10, 1))
    assert october is not None
    assert (october.views, october.clicks, october.rate) == (41220, 312, Decimal("0.76"))
    assert banner.in_month(date(2025, 11, 1)) is None


def test_figures_that_come_again_are_corrected_and_not_doubled(book: Book) -> None:
    book.take(CONTRACTS)
    book.take(TRAFFIC)
    book.take(TRAFFIC.replace("41220", '"41,500"').replace("2025-10", "Oct 2025"))

    assert book.count(Traffic) == 1
    assert book.one(Traffic)["views"] == 41500


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("K-2208,2025-10,41220,312", "there is no contract K-2208: did you mean 'K-2207'?"),
        ("K-2207,2025-10,312,41220", "41,220 clicks on 312 views: are the two columns exchanged?"),
        ("K-2207,soon,41220,312", "'soon' is no month: write it like 2025-10"),
    ],
)
def test_figures_that_cannot_be_right_are_not_taken(book: Book, line: str, why: str) -> None:
    book.take(CONTRACTS)
    found = book.take(f"contract,month,views,clicks\n{line}\n")

    assert whys(found) == [f"line 2: {why}"]
    assert book.count(Traffic) == 0


def test_two_clients_that_are_one_have_the_contracts_of_both(book: Book) -> None:
    book.take(CONTRACTS)
    with book.database.reading() as session:
        keep, drop = find_client(session, "C05"), find_client(session, "C07")
    book.do(MergeClients(keep.id, keep.name, drop.id, drop.name))

    with book.database.reading() as session:
        (contract,) = contracts_of(session, [keep.id])[keep.id]
        assert contracts_of(session, [drop.id]) == {drop.id: ()}
    assert {each.client_id for each in contract.deliverables} == {keep.id}
    assert [each.effect for each in book.read(CONTRACTS).good] == ["as it was", "as it was"]


def test_whoever_follows_a_contact_has_their_running_contracts_and_no_others(book: Book) -> None:
    asked = "contract,client,contact,starts,ends,state,deliverable,artwork contact\n"
    book.take(
        f"{asked}K-1,C07,Ellen Marsh,2025-01-01,2025-12-31,running,a page,Ellen Marsh\n"
        "K-2,C07,Ellen Marsh,2024-01-01,2024-12-31,ended,,\n"
    )
    ellen = book.one(Contact, name="Ellen Marsh")["id"]
    assert isinstance(ellen, int)
    with book.database.writing() as session:
        sam = Contact(client_id=book.one(Client, code="C07")["id"], name="Sam Whitlock")
        session.add(sam)
        session.flush()
        session.add(Address(key="sam@northstar.example", written="sam@northstar.example", contact_id=sam.id))
        sam_id = sam.id
    book.do(_HandOver(ellen, sam_id))

    assert (card(book, "K-1").contact_id, card(book, "K-2").contact_id) == (sam_id, ellen)
    assert card(book, "K-1").deliverables[0].contact_id == sam_id


def test_a_contract_on_file_may_follow_one_that_is_new_in_the_same_file(book: Book) -> None:
    book.take("contract,client,starts,ends,value\nK-1,C07,2025-01-01,2025-12-31,100.00\n")
    book.take(
        "contract,client,starts,ends,value,follows\n"
        "K-0,C07,2024-01-01,2024-12-31,90.00,\n"
        "K-1,C07,2025-01-01,2025-12-31,100.00,K-0\n"
    )
    assert book.one(Contract, ref="K-1")["follows_id"] == book.one(Contract, ref="K-0")["id"]


def test_the_company_of_the_demo_has_the_contracts_of_its_situations(book: Book) -> None:
    for table in ("people.csv", "clients.csv", "contracts.csv", "traffic.csv"):
        assert book.take((SHIPPED / "demo" / table).read_bytes()).bad == ()

    banner = card(book, "K-2207").benefits[0]
    assert banner.target == "https://www.northstar.example/fall-offer"
    october = banner.in_month(date(2025, 10, 1))
    assert october is not None
    assert (october.views, october.clicks) == (41220, 312)
    globex = card(book, "K-2188")
    assert (globex.value, globex.ends_on, globex.benefits) == (Decimal(4900), date(2025, 12, 14), ())
    assert card(book, "K-2203").benefits[0].percent == Decimal(15)
    assert [each.words for each in card(book, "K-2195").benefits] == ["Anzeigenplatz 1/1 Seite, Ausgabe Januar"]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2025-12-14", date(2025, 12, 14)),
        ("14.12.2025", date(2025, 12, 14)),
        ("14 Dec 2025", date(2025, 12, 14)),
        ("14. Dezember 2025", date(2025, 12, 14)),
        ("12/14/2025", date(2025, 12, 14)),
        ("11/11/2025", date(2025, 11, 11)),
        ("12/11/2025", None),
        ("31.11.2025", None),
        ("2025", None),
        ("14.12.", None),
    ],
)
def test_a_day_is_read_where_it_can_be_one_day_only(said: str, day: date | None) -> None:
    assert day_in(said) == day


@pytest.mark.parametrize(
    ("said", "amount"),
    [("4900", 4900), ("4,900.00", 4900), ("4.900,00", 4900), ("4,900", None), ("4.900", None), ("12 %", None)],
)
def test_an_amount_is_read_where_it_can_be_one_amount_only(said: str, amount: int | None) -> None:
    assert amount_in(said) == amount


def test_a_file_that_may_be_several_things_is_asked_about(book: Book) -> None:
    with pytest.raises(Never, match="no column holds the contract"):
        book.read("client,starts,ends\nC07,2025-01-01,2025-12-31\n", "contracts")
