"""Which amount a sentence about an expense says; a figure without cents or a currency is asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mailbot.duties.expenses.sentences import Writer, amount_in, expenses_in
from mailbot.money.numerals import habit_of

DANA, JONAS = Writer(habit_of("en_US"), "USD"), Writer(habit_of("de_DE"), "EUR")


@pytest.mark.parametrize(
    ("sentence", "amount", "currency"),
    [
        ("also lunch w/ blue ridge 86.40 attached", "86.40", "USD"),
        ("Bewirtung Hansen 86,40 EUR", "86.40", "EUR"),
        ("taxi $20", "20.00", "USD"),
        ("Hotel 1.234,56 €", "1234.56", "EUR"),
        ("hotel 1,234.56", "1234.56", "USD"),
        ("taxi CHF 45", "45.00", "CHF"),
        ("hotel 1.2k USD", "1200.00", "USD"),
        ("lunch 3 Nov with Blue Ridge, 86.40", "86.40", "USD"),
        ("taxi at 10:30 pm 23.50 + receipt", "23.50", "USD"),
        ("lunch at Joe's 86.40", "86.40", "USD"),
        ("parking 4 x $8.50", "34.00", "USD"),
    ],
)
def test_an_amount_with_cents_or_a_currency_is_read(sentence: str, amount: str, currency: str) -> None:
    assert amount_in(sentence, DANA) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "sentence",
    [
        "lunch for 4",
        "lunch 86.40 and taxi 20.00",
        "taxi at 10",
        "hotel 50%",
        "taxi -20.00",
        "hotel 300 kr",
        "lunch on 3.11.2025",
        "parking 5.00-8.00",
        "mileage: 120 miles at 0.67",
        "Hotel 2 Nächte à 119 €",
        "breakfast 8.50 each",
        "taxi 23.50 + tip 3",
        "lunch 86.40 less a 20 voucher",
        "cancel the lunch expense of 86.50",
        "Bitte die Bewirtung von 86,40 EUR stornieren",
    ],
)
def test_no_amount_and_several_are_none(sentence: str) -> None:
    assert amount_in(sentence, DANA) is None


def test_the_answer_to_how_much_may_be_a_whole_number() -> None:
    assert amount_in("86", JONAS, alone=True) == (Decimal("86.00"), "EUR")


def test_sentences_about_expenses_are_found_and_no_others() -> None:
    text = "acme corp 12k. lunch w/ blue ridge 86.40\nthe hotelier pays 900"
    assert [text[start:end] for start, end in expenses_in(text)] == ["lunch w/ blue ridge 86.40"]


def test_what_can_be_read_in_two_ways_is_asked_about_and_the_writers_country_decides_what_it_can() -> None:
    assert amount_in("Taxi 1.100 EUR", DANA) is None
    assert amount_in("Taxi 1.100 EUR", JONAS) == (Decimal("1100.00"), "EUR")
    assert amount_in("Bewirtung 29.10", JONAS) is None  # or the 29th of October
