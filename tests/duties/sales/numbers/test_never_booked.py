"""Amounts that stand beside a client and are no sale: whatever says so, not one of them is booked."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.facts.particulars import Stage
from tests.duties.sales.mails import DANA, JONAS, mail
from tests.duties.sales.road import Road

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))
DELPHI, BETA = "Delphi Windows", "Beta Freight"


def read(road: Road, text: str, sender: str = DANA, subject: str = "numbers") -> Numbers:
    _, reading = road.reading(mail(text, sender, at=FRIDAY, subject=subject), FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return finding.facts


def booked(facts: Numbers) -> list[tuple[str, Decimal]]:
    return [(line.client.name, line.price.amount) for line in facts.lines]


@pytest.mark.parametrize(
    ("subject", "stage"),
    [("Offers week 44", Stage.OPEN), ("Angebote KW 44", Stage.OPEN), ("Lost deals", Stage.LOST)],
)
def test_lines_below_a_subject_of_open_or_lost_deals_are_noted_and_never_booked(
    reading_road: Road, subject: str, stage: Stage
) -> None:
    facts = read(reading_road, "Delphi Windows 4,200", subject=subject)
    assert (facts.lines, facts.unclear) == ((), ())
    assert [(line.client.name, line.said.stage) for line in facts.expected] == [(DELPHI, stage)]


@pytest.mark.parametrize(
    "subject",
    [
        "Payments received",
        "Targets 2026",
        "Price list",
        "Receivables",
        "Zahlungseingänge",
        "Offene Posten",
        "Planzahlen",
    ],
)
def test_lines_below_a_subject_of_other_money_are_asked_about(reading_road: Road, subject: str) -> None:
    facts = read(reading_road, "Delphi Windows 4,200", subject=subject)
    assert (facts.lines, len(facts.unclear) + len(facts.expected)) == ((), 1)
    assert booked(read(reading_road, "Delphi Windows 4,200", subject="Sales of the week")) == [(DELPHI, Decimal(4200))]


@pytest.mark.parametrize("heading", ["Open offers", "*Still open*", "Open:", "Angebote:", "Offene Angebote"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_heading_of_open_deals_speaks_for_the_lines_below_it_with_a_colon_or_without(
    reading_road: Road, heading: str, gap: str
) -> None:
    facts = read(reading_road, f"Orders{gap}Beta Freight 900\n\n{heading}{gap}Delphi Windows 4,200")
    assert booked(facts) == [(BETA, Decimal(900))]
    assert [line.client.name for line in facts.expected] == [DELPHI]


def test_a_heading_of_won_deals_ends_what_the_one_above_says(reading_road: Road) -> None:
    facts = read(reading_road, "Open offers\n\nDelphi Windows 4,200\n\nClosed\n\nBeta Freight 900")
    assert booked(facts) == [(BETA, Decimal(900))]
    assert [line.client.name for line in facts.expected] == [DELPHI]


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (DANA, "Delphi Windows, 15% off $4,200"),
        (DANA, "The $4,200 from Delphi Windows I already reported"),
        (DANA, "Payment from Delphi Windows $4,200"),
        (DANA, "Delphi Windows deposit $4,200"),
        (JONAS, "Müller Bau 10 % auf 3.400 EUR"),
        (JONAS, "Die 3.400 EUR von Müller Bau hatte ich schon gemeldet."),
        (JONAS, "Müller Bau hat 3.400 EUR überwiesen"),
        (JONAS, "Anzahlung Müller Bau 3.400 EUR"),
    ],
)
def test_a_discounted_price_a_payment_and_what_was_told_before_are_not_booked(
    reading_road: Road, sender: str, text: str
) -> None:
    facts = read(reading_road, text, sender)
    assert facts.lines == ()
    assert len(facts.unclear) == 1


def test_a_figure_behind_a_week_and_a_colon_is_no_time_of_the_day(reading_road: Road) -> None:
    assert booked(read(reading_road, "KW 44:56\nDelphi Windows 4,200")) == [(DELPHI, Decimal(4200))]


@pytest.mark.parametrize("amount", ["$4,200 @ 60%", "$4,200 (60 %)", ">$4,200", "< $4,200", "$4.2k+", "$4,200 or so"])
def test_a_bound_or_a_chance_beside_an_amount_is_an_expectation(reading_road: Road, amount: str) -> None:
    facts = read(reading_road, f"Delphi Windows {amount}\nBeta Freight -> $900, 5% discount")
    assert booked(facts) == [(BETA, Decimal(900))]
    assert [line.client.name for line in facts.expected] == [DELPHI]


@pytest.mark.parametrize(
    "remark", ["These are all still offers.", "The above are not signed yet", "Beides sind noch Angebote."]
)
def test_a_remark_below_about_all_lines_above_speaks_for_them(reading_road: Road, remark: str) -> None:
    assert read(reading_road, f"Delphi Windows 4,200\nBeta Freight 900\n\n{remark}").lines == ()
    calm = read(reading_road, "Delphi Windows 4,200\n\nThat's all for now, more offers are out")
    assert booked(calm) == [(DELPHI, Decimal(4200))]


def test_a_heading_with_a_count_in_it_is_a_heading(reading_road: Road) -> None:
    assert read(reading_road, "Top 3 prospects:\nDelphi Windows 4,200").lines == ()


@pytest.mark.parametrize("heading", ["Commission", "Target", "Margin", "Offene Posten", "Forecast", "List price"])
def test_a_table_whose_only_amounts_are_no_sales_books_nothing(reading_road: Road, heading: str) -> None:
    table = "Client | {} | Product\nDelphi Windows | $4,200 | banner\nBeta Freight | $900 | stand"
    assert read(reading_road, table.format(heading)).lines == ()
    assert len(read(reading_road, table.format("Amount")).lines) == 2
