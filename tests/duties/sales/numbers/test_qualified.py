"""Words beside an amount that make it another one: asked about, never booked as it stands."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Numbers
from tests.duties.sales.mails import DANA, JONAS, mail
from tests.duties.sales.road import Road

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))
NAME = {DANA: "Delphi Windows", JONAS: "Müller Bau"}


def read(road: Road, text: str, sender: str = DANA) -> Numbers:
    _, reading = road.reading(mail(text, sender, at=FRIDAY), FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return finding.facts


def booked(facts: Numbers) -> list[tuple[Decimal, str]]:
    return [(line.price.amount, line.price.currency) for line in facts.lines]


@pytest.mark.parametrize(
    ("sender", "amount"),
    [
        (JONAS, "4.800 € abzgl. 15 % Rabatt"),
        (JONAS, "4.800 € abzüglich 15% Rabatt"),
        (JONAS, "500 € minus Skonto"),
        (JONAS, "500 € GS"),
        (JONAS, "500 € Nachlass"),
        (JONAS, "500 Retoure"),
        (JONAS, "die Hälfte von 1.000"),
        (JONAS, "500 (USD)"),
        (JONAS, "500, in Dollar"),
        (DANA, "500 less 15%"),
        (DANA, "500 minus 10%"),
        (DANA, "500 less discount"),
        (DANA, "500 -10%"),
        (DANA, "500, 10% off"),
        (DANA, "500 CR"),
        (DANA, "500 returned"),
        (DANA, "500 written off"),
        (DANA, "500 discount"),
        (DANA, "half of 1,000"),
        (DANA, "500 (EUR)"),
        (DANA, "500 in euros"),
    ],
)
def test_an_amount_that_its_words_may_make_another_one_is_asked_about(
    reading_road: Road, sender: str, amount: str
) -> None:
    facts = read(reading_road, f"{NAME[sender]} {amount}", sender)
    assert (facts.lines, facts.expected) == ((), ())
    assert [line.doubt for line in facts.unclear] == [Doubt.TWO_READINGS]
    assert facts.unclear[0].evidence.words.endswith(amount)


@pytest.mark.parametrize(
    ("sender", "amount", "price"),
    [
        (DANA, "500 (USD)", (500, "USD")),
        (DANA, "500, in dollars", (500, "USD")),
        (DANA, "500 after 10% discount", (500, "USD")),
        (DANA, "500, 10% discount", (500, "USD")),
        (DANA, "500, 10% off the list price", (500, "USD")),
        (DANA, "500 net, less 10%", (500, "USD")),
        (DANA, "500 in return for the booth", (500, "USD")),
        (DANA, "half page 1,000", (1000, "USD")),
        (DANA, "500 quid", (500, "GBP")),
        (DANA, "1/1 page 500", (500, "USD")),
        (DANA, "CA$ 500", (500, "CAD")),
        (JONAS, "1/1 Seite 4c 500 €", (500, "EUR")),
        (JONAS, "2/1 Seite 500 €", (500, "EUR")),
        (JONAS, "500 € nach 10 % Rabatt", (500, "EUR")),
        (JONAS, "500 Euro", (500, "EUR")),
        (JONAS, "500 Messestand", (500, "EUR")),
        (JONAS, "500 Schweizer Franken", (500, "CHF")),
    ],
)
def test_an_amount_with_words_that_leave_it_as_it_is_is_booked(
    reading_road: Road, sender: str, amount: str, price: tuple[int, str]
) -> None:
    facts = read(reading_road, f"{NAME[sender]} {amount}", sender)
    assert (booked(facts), facts.unclear, facts.expected) == ([(Decimal(price[0]), price[1])], (), ())


@pytest.mark.parametrize("amount", ["500 90% sure", "500, 90 % likely", "500 (90%)", "500 - 60%"])
def test_an_amount_with_its_chance_is_expected_whatever_the_chance_is_called(reading_road: Road, amount: str) -> None:
    facts = read(reading_road, f"Delphi Windows {amount}")
    assert (facts.lines, facts.unclear, len(facts.expected)) == ((), (), 1)


def test_what_is_booked_is_quoted_with_the_words_directly_behind_the_amount(reading_road: Road) -> None:
    facts = read(reading_road, "Delphi Windows 500 stand at the fair, thanks for asking\nBeta Freight 300 (banner)")
    assert [line.evidence.words for line in facts.lines] == ["Delphi Windows 500 stand at the fair", "Beta Freight 300"]
    (line,) = read(reading_road, "Müller Bau 500 € zzgl. 19 % MwSt.", JONAS).lines
    assert line.evidence.words == "Müller Bau 500 € zzgl. 19 % MwSt"


def test_an_amount_with_its_tax_at_a_rate_is_asked_about_and_one_without_it_is_booked(reading_road: Road) -> None:
    facts = read(reading_road, "Delphi Windows 500 incl. 19% VAT\nBeta Freight 300 plus 19% VAT")
    assert [line.doubt for line in facts.unclear] == [Doubt.GROSS]
    assert booked(facts) == [(Decimal(300), "USD")]
