"""Words and letters behind a figure that make it another amount: a scale, a currency that nobody can know."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mailbot.money.amounts import figures
from mailbot.money.figure import Figure, Trouble
from mailbot.money.numerals import habit_of

US, DE = "en_US", "de_DE"


def only(line: str, locale: str = US) -> Figure:
    (figure,) = figures(line, habit_of(locale))
    return figure


@pytest.mark.parametrize("written", ["12k5", "1k2", "5k5", "5 mil", "5mil", "3.5.k", "3 thou", "12 T", "12T", "12T,"])
def test_a_scale_that_nobody_can_know_makes_no_amount(written: str) -> None:
    for line in (written, f"Delphi Windows {written}", f"Müller Bau: {written}"):
        assert (only(line).amount, only(line).trouble) == (None, Trouble.NOT_MONEY)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12k", 12_000),
        ("12 K", 12_000),
        ("3.5k", 3_500),
        ("12 T-Shirts", 12),
        ("500 Thursday", 500),
        ("500 Mildenhall stand", 500),
        ("500.Thanks", 500),
        ("4c 500", 500),
        ("3T MRI 500", 500),
    ],
)
def test_a_scale_that_is_known_and_words_that_are_none_leave_the_amount_as_it_is(written: str, amount: int) -> None:
    assert only(f"Delphi Windows {written}").amount == Decimal(amount)


@pytest.mark.parametrize(
    "name",
    ["yen", "pesos", "rupees", "RMB", "francs", "zloty", "Rand", "dirhams", "Kronen", "Zloty", "Pfund", "cents", "XY$"],
)
def test_a_currency_that_we_do_not_keep_is_said_to_be_unknown(name: str) -> None:
    assert only(f"Acme 500 {name}").trouble is Trouble.UNKNOWN_CURRENCY


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("500 Schweizer Franken", "CHF"),
        ("500 quid", "GBP"),
        ("500 US dollars", "USD"),
        ("500 US-Dollar", "USD"),
        ("CA$ 500", "CAD"),
        ("CA$500", "CAD"),
        ("NZ$ 500", "NZD"),
        ("500 euros", "EUR"),
    ],
)
def test_a_currency_that_is_said_in_words_is_kept(written: str, code: str) -> None:
    assert (only(written).amount, only(written).currency) == (Decimal(500), code)


@pytest.mark.parametrize("line", ["Hotel Pfund 500", "Golden Rand 500", "500 Rand-Anzeige", "500 Kronenhalle", "500"])
def test_a_name_before_an_amount_or_part_of_a_longer_word_is_no_currency(line: str) -> None:
    assert (only(line).amount, only(line).currency) == (Decimal(500), None)
