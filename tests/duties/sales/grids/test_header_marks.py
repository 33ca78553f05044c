"""The scale and the currency that stand over a column: amounts are never a thousand times too small or in another
currency."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.lines import Numbers
from tests.duties.sales.mails import DANA, JONAS, mail
from tests.duties.sales.road import Road
from tests.workbooks import made

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))


def booked(road: Road, content: str | bytes, name: str = "n.csv", sender: str = DANA) -> list[tuple[Decimal, str]]:
    inside = content.encode() if isinstance(content, str) else content
    _, reading = road.reading(mail("numbers attached", sender, at=FRIDAY, sheet=name, content=inside), FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    assert finding.facts.unclear == ()
    return [(line.price.amount, line.price.currency) for line in finding.facts.lines]


SCALED = [
    ("Net (k)", "1500", "USD"),
    ("Net k", "1500", "USD"),
    ("Net in thousands", "1500", "USD"),
    ("Net (000s)", "1500", "USD"),
    ("Net (in '000)", "1500", "USD"),
    ("Net $000", "1500", "USD"),
    ("Net ($'000)", "1500", "USD"),
    ("Net \u20ac000", "1500", "EUR"),
    ("Net '000 USD", "1500", "USD"),
    ("Net ($k)", "1500", "USD"),
    ("Net (USDk)", "1500", "USD"),
    ("Net x1000", "1500", "USD"),
    ("Net x 1000", "1500", "USD"),
    ("Net in k USD", "1500", "USD"),
    ("Net in k EUR", "1500", "EUR"),
    ("Net in TEUR", "1500", "EUR"),
    ("Net $m", "1500000", "USD"),
    ("Net", "1.5", "USD"),
    ("Net USD", "1.5", "USD"),
    ("Net EUR", "1.5", "EUR"),
    ("Net 2025", "1.5", "USD"),
]


@pytest.mark.parametrize(("header", "amount", "currency"), SCALED)
def test_the_scale_of_a_header_is_read_and_the_currency_is_its_own_or_the_reps(
    reading_road: Road, header: str, amount: str, currency: str
) -> None:
    said = [(Decimal(amount), currency)]
    assert booked(reading_road, f"Client,{header}\nNorth Star Logistics,1.5\n") == said
    book = made.workbook(("A", [["Client", header], ["North Star Logistics", 1.5]]))
    assert booked(reading_road, book, "n.xlsx") == said


@pytest.mark.parametrize(
    ("header", "currency"),
    [
        ("Betrag in Tausend", "EUR"),
        ("Betrag in Tsd.", "EUR"),
        ("Umsatz (T\u20ac)", "EUR"),
        ("Umsatz in 1.000 EUR", "EUR"),
        ("Umsatz (Tsd. USD)", "USD"),
    ],
)
def test_a_german_header_names_its_scale(reading_road: Road, header: str, currency: str) -> None:
    rows = f"Kunde;{header}\nM\u00fcller Bau;1,5\n"
    assert booked(reading_road, rows, sender=JONAS) == [(Decimal(1500), currency)]


@pytest.mark.parametrize(
    ("above", "header", "amount", "currency"),
    [
        ("All amounts in thousands", "Net", "1500", "USD"),
        ("All amounts in thousands", "Net EUR", "1500", "EUR"),
        ("All amounts in k USD", "Net", "1500", "USD"),
        ("Sales of the week", "Net", "1.5", "USD"),
        ("Sales in October", "Net", "1.5", "USD"),
    ],
)
def test_what_stands_over_the_whole_table_says_the_scale_of_its_amounts(
    reading_road: Road, above: str, header: str, amount: str, currency: str
) -> None:
    rows = f"{above},\nClient,{header}\nNorth Star Logistics,1.5\n"
    assert booked(reading_road, rows) == [(Decimal(amount), currency)]


def test_a_currency_of_the_cell_itself_holds_and_leaves_the_scale(reading_road: Road) -> None:
    rows = "Client;Net (kUSD)\nNorth Star Logistics;\u20ac1.5\nAcme Corp;$2.5\n"
    assert booked(reading_road, rows) == [(Decimal(1500), "EUR"), (Decimal(2500), "USD")]
