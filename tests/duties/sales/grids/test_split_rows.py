"""Rows of files whose cells are torn apart by a comma: they are asked about, and never booked with a part."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Numbers
from tests.duties.sales.mails import DANA, JONAS, mail
from tests.duties.sales.road import Road
from tests.workbooks import made

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))


def read_in(
    road: Road, content: str | bytes, name: str = "n.csv", sender: str = DANA
) -> tuple[list[Decimal], list[Doubt]]:
    """The amounts that are booked, and why the other rows are not."""
    inside = content.encode() if isinstance(content, str) else content
    raw = mail("numbers attached", sender, at=FRIDAY, sheet=name, content=inside)
    _, reading = road.reading(raw, FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return [line.price.amount for line in finding.facts.lines], [line.doubt for line in finding.facts.unclear]


@pytest.mark.parametrize(
    ("rows", "sender"),
    [
        ("Client,Net\nAcme Corp,1,834\n", DANA),
        ("Client,Net\nAcme Corp,12,345.67\n", DANA),
        ("Client,Net\nAcme Corp,$1,834\n", DANA),
        ("Client,Net\nAcme Corp, Inc.,834\n", DANA),
        ("Client,Net,\nAcme Corp,1,834\n", DANA),
        ("Client,Net,Date\nAcme Corp,1,834,2025-10-30\n", DANA),
        ("Client,Net,Remark\nAcme Corp,1,834,\n", DANA),
        ("Kunde,Betrag\nMüller Bau,1234,56\n", JONAS),
        ("Kunde,Betrag\nMüller Bau,1.234,56\n", JONAS),
    ],
)
def test_a_row_with_more_cells_than_the_header_is_asked_about(reading_road: Road, rows: str, sender: str) -> None:
    assert read_in(reading_road, rows, sender=sender) == ([], [Doubt.TORN_ROW])


def test_the_other_rows_of_such_a_file_are_booked(reading_road: Road) -> None:
    rows = "Client,Net\nAcme Corp,1,834\nBeta Freight,900\n"
    assert read_in(reading_road, rows) == ([Decimal(900)], [Doubt.TORN_ROW])


@pytest.mark.parametrize("sender", [DANA, JONAS])
def test_its_rep_is_told_why(road: Road, sender: str) -> None:
    decision = road.arrives(
        mail("numbers attached", sender, at=FRIDAY, sheet="n.csv", content=b"Client,Net\nAcme Corp,1,834\n"), FRIDAY
    )
    (letter,) = road.letters_of(decision)
    assert road.ledger() == []
    assert ("is there a comma" if sender is DANA else "steht ein Komma") in " ".join(letter.content.decode().split())


@pytest.mark.parametrize(
    ("rows", "amount", "sender"),
    [
        ('Client,Net\nAcme Corp,"1,834"\n', "1834", DANA),
        ("Client;Net\nAcme Corp;1,834\n", "1834", DANA),
        ("Client,Net\nAcme Corp,834,\n", "834", DANA),
        ("Client,Net,\nAcme Corp,834,ok\n", "834", DANA),
        ("Client,Net,Remark\nAcme Corp,834,900 in spring\n", "834", DANA),
        ("Client,Net,Quantity\nAcme Corp,834,200\n", "834", DANA),
        ("Kunde;Betrag\nMüller Bau;1.234,56\n", "1234.56", JONAS),
        ('Kunde,Betrag\nMüller Bau,"1234,56"\n', "1234.56", JONAS),
    ],
)
def test_a_row_whose_cells_are_those_of_the_header_is_booked(
    reading_road: Road, rows: str, amount: str, sender: str
) -> None:
    assert read_in(reading_road, rows, sender=sender) == ([Decimal(amount)], [])


def test_a_word_beside_a_row_of_a_workbook_is_no_doubt(reading_road: Road) -> None:
    book = made.workbook(("A", [["Client", "Net"], ["Acme Corp", 834, "call me"]]))
    assert read_in(reading_road, book, "n.xlsx") == ([Decimal(834)], [])
