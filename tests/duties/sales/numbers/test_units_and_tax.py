"""What a line without an amount says of those around it: scale, currency, tax, that they were taken back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.numbers.units import is_a_unit, unit_in
from mailbot.money.currencies import UNKNOWN
from mailbot.money.figure import Unit
from tests.duties.sales.mails import DANA, JONAS, mail
from tests.duties.sales.road import Road

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))
LINES = "Acme Corp 12\nBeta Freight 3.5"


def read(road: Road, text: str, sender: str = DANA, subject: str = "numbers") -> Numbers:
    _, reading = road.reading(mail(text, sender, at=FRIDAY, subject=subject), FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return finding.facts


def booked(facts: Numbers) -> list[tuple[Decimal, str]]:
    return [(line.price.amount, line.price.currency) for line in facts.lines]


def doubts(facts: Numbers) -> list[Doubt]:
    return [line.doubt for line in facts.unclear]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("all in thousands:", Unit(None, 1_000)),
        ("(in thousands of dollars)", Unit("$", 1_000)),
        ("USD 000s", Unit("USD", 1_000)),
        ("(all in k)", Unit(None, 1_000)),
        ("alles in Tausend:", Unit(None, 1_000)),
        ("Beträge in Mio.", Unit(None, 1_000_000)),
        ("in Tausend Euro", Unit("EUR", 1_000)),
        ("all in EUR, in thousands", Unit("EUR", 1_000)),
        ("EUR:", Unit("EUR")),
        ("in $ (USD)", Unit("USD")),
        ("these are euros, not dollars", Unit("EUR")),
        ("amounts are not in dollars", Unit(UNKNOWN)),
        ("Sales in EUR and USD", Unit(UNKNOWN)),
        ("EUR/USD", Unit(UNKNOWN)),
        ("One in a million.", None),
        ("I am all in.", None),
        ("kr", None),
        ("Try:", None),
        ("Thousands of readers", None),
    ],
)
def test_a_line_says_its_unit_or_that_nobody_knows_which(line: str, unit: Unit | None) -> None:
    assert unit_in(line) == unit


def test_a_line_is_a_unit_only_where_it_says_nothing_else() -> None:
    assert is_a_unit("USD 000s")
    assert not is_a_unit("USD 000s for Acme Corp")
    assert not is_a_unit("USD 500")


@pytest.mark.parametrize(
    "heading", ["all in thousands:", "(in thousands of dollars)", "USD 000s", "(all in k)", "numbers in k"]
)
def test_a_scale_above_the_amounts_or_below_them_is_theirs(reading_road: Road, heading: str) -> None:
    for text in (f"{heading}\n{LINES}", f"{LINES}\n\n{heading}"):
        assert booked(read(reading_road, text)) == [(Decimal(12_000), "USD"), (Decimal(3_500), "USD")]
    assert booked(read(reading_road, LINES)) == [(Decimal(12), "USD"), (Decimal("3.5"), "USD")]


def test_a_scale_says_nothing_for_sure_of_an_amount_with_a_currency_or_with_two_readings(reading_road: Road) -> None:
    facts = read(reading_road, "all in thousands:\nAcme Corp $12\nBeta Freight 12,500\nDelphi Windows 7k")
    assert doubts(facts) == [Doubt.TWO_READINGS, Doubt.TWO_READINGS]
    assert booked(facts) == [(Decimal(7_000), "USD")]


@pytest.mark.parametrize(
    "text", ["in thousands: Acme Corp 12, Beta Freight 3.5", "Acme Corp 12 (in thousands)\nBeta Freight 3.5 (in k)"]
)
def test_a_scale_on_the_line_of_an_amount_is_asked_about(reading_road: Road, text: str) -> None:
    facts = read(reading_road, text)
    assert (facts.lines, doubts(facts)) == ((), [Doubt.TWO_READINGS, Doubt.TWO_READINGS])


@pytest.mark.parametrize(
    "table", ["all in thousands:\n\nClient | Amount\nAcme Corp | 12", "Client | Amount (k)\nAcme Corp | 12"]
)
def test_a_scale_above_a_table_or_in_its_header_leaves_the_currency_that_of_the_writer(
    reading_road: Road, table: str
) -> None:
    facts = read(reading_road, f"{table}\nBeta Freight | 3.5")
    assert booked(facts) == [(Decimal(12_000), "USD"), (Decimal(3_500), "USD")]


def test_each_currency_is_that_of_the_lines_below_it(reading_road: Road) -> None:
    facts = read(reading_road, "EUR:\nAcme Corp 500\nUSD:\nBeta Freight 700")
    assert booked(facts) == [(Decimal(500), "EUR"), (Decimal(700), "USD")]
    late = read(reading_road, "Delphi Windows 300\nEUR:\nAcme Corp 500\nUSD:\nBeta Freight 700")
    assert booked(late) == booked(facts)
    assert doubts(late) == [Doubt.UNKNOWN_CURRENCY]


def test_a_remark_that_names_the_currency_is_followed_and_one_that_only_denies_it_is_asked_about(
    reading_road: Road,
) -> None:
    told = read(reading_road, "Acme Corp 500\nthese are euros, not dollars")
    assert booked(told) == [(Decimal(500), "EUR")]
    denied = read(reading_road, "Acme Corp 500\nBeta Freight $700\nthese are not dollars")
    assert (booked(denied), doubts(denied)) == ([(Decimal(700), "USD")], [Doubt.UNKNOWN_CURRENCY])


@pytest.mark.parametrize(
    ("sender", "heading", "name"),
    [
        (DANA, "Cancellations:", "Acme Corp"),
        (DANA, "Refunds:", "Acme Corp"),
        (DANA, "Returns:", "Acme Corp"),
        (JONAS, "Stornos:", "Müller Bau"),
        (JONAS, "Rückerstattungen:", "Müller Bau"),
        (JONAS, "Stornierte Aufträge:", "Müller Bau"),
    ],
)
def test_amounts_below_a_heading_of_what_came_back_are_asked_about_and_negative_ones_booked(
    reading_road: Road, sender: str, heading: str, name: str
) -> None:
    facts = read(reading_road, f"{heading}\n{name} 500", sender)
    assert (facts.lines, doubts(facts)) == ((), [Doubt.DENIED])
    assert [amount for amount, _ in booked(read(reading_road, f"{heading}\n{name} -500", sender))] == [Decimal(-500)]


@pytest.mark.parametrize("remark", ["(gross)", "all gross", "alles brutto", "Beträge inkl. MwSt.", "All incl. 19% VAT"])
def test_a_remark_that_amounts_are_with_tax_is_asked_about(reading_road: Road, remark: str) -> None:
    for text in (f"Acme Corp 500\n{remark}", f"{remark}\n\nAcme Corp 500", f"{remark}:\nAcme Corp 500"):
        facts = read(reading_road, text)
        assert (facts.lines, doubts(facts)) == ((), [Doubt.GROSS])


def test_a_remark_on_tax_speaks_for_its_block_or_for_all(reading_road: Road) -> None:
    block = read(reading_road, "Acme Corp 500\n\nBeta Freight 300\n(gross)")
    assert (booked(block), doubts(block)) == ([(Decimal(500), "USD")], [Doubt.GROSS])
    of_all = read(reading_road, "Acme Corp 500\n\nBeta Freight 300\n\nall amounts gross")
    assert doubts(of_all) == [Doubt.GROSS, Doubt.GROSS]


@pytest.mark.parametrize("remark", ["all net", "Gross margin was great", "alles netto, zzgl. MwSt.", "brutto = netto"])
def test_a_remark_that_amounts_are_net_or_of_something_else_leaves_them_as_they_are(
    reading_road: Road, remark: str
) -> None:
    assert booked(read(reading_road, f"Acme Corp 500\n{remark}")) == [(Decimal(500), "USD")]
