"""Amounts in one line of text: what they come to, what is no money, and what could be read in two ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.money.amounts import figures
from mailbot.money.figure import Figure, Trouble
from mailbot.money.numerals import habit_of
from mailbot.money.quantities import without_counts

US, DE, FR, CH = "en_US", "de_DE", "fr_FR", "de_CH"


def only(line: str, locale: str) -> Figure:
    (figure,) = figures(line, habit_of(locale))
    return figure


@pytest.mark.parametrize(
    ("line", "locale", "amount"),
    [
        ("acme corp 12k", US, "12000"),
        ("acme corp 12 K", US, "12000"),
        ("12.5k", US, "12500"),
        ("1.2m", US, "1200000"),
        ("Beta freight 3 x 450", US, "1350"),
        ("3x450", US, "1350"),
        ("3 × $450", US, "1350"),
        ("3 x 450 = 1,350", US, "1350"),
        ("North star 2,350.50", US, "2350.50"),
        ("2,350.50.", US, "2350.50"),
        ("$1,200.50", US, "1200.50"),
        ("US$ 1,200", US, "1200"),
        ("(1,200)", US, "-1200"),
        ("-$200", US, "-200"),
        ("$-200", US, "-200"),
        ("beta - 450", US, "450"),
        ("Directory 2026 975.50", US, "975.50"),
        ("1/2 page Nov 1,800.00", US, "1800"),
        ("1.234,56 EUR", US, "1234.56"),
        ("1,234.56", DE, "1234.56"),
        ("1.234,56 EUR", DE, "1234.56"),
        ("12,5 TEUR", DE, "12500"),
        ("TEUR 12,5", DE, "12500"),
        ("T€ 12", DE, "12000"),
        ("2,5 Tsd. EUR", DE, "2500"),
        ("1,2 Mio.", DE, "1200000"),
        ("Gutschrift Messestand -200,00", DE, "-200"),
        ("200,00-", DE, "-200"),
        ("−1.200,00 €", DE, "-1200"),
        ("4.800,- EUR", DE, "4800"),
        ("12500,00 EUR", DE, "12500"),
        ("1 234,56 €", DE, "1234.56"),
        ("1 234,56", FR, "1234.56"),
        ("1\u202f234,56 €", FR, "1234.56"),
        ("12 500", FR, "12500"),
        ("CHF 2'000.-", CH, "2000"),
        ("1’234.50", CH, "1234.50"),
    ],
)
def test_an_amount_is_read_exactly(line: str, locale: str, amount: str) -> None:
    assert only(line, locale).amount == Decimal(amount)


@pytest.mark.parametrize(
    ("line", "locale", "amount", "unit"),
    [
        ("2 packages at £750", US, "1500", "750"),
        ("12 ads at 450 USD", US, "5400", "450"),
        ("2 Pakete zu 750 EUR", DE, "1500", "750"),
        ("12 Kisten à 214,80 EUR", DE, "2577.60", "214.80"),
        ("3 booths at BuildExpo for 4,500 USD", US, "4500", None),
    ],
)
def test_a_count_and_the_price_of_one_are_multiplied_and_a_place_is_no_price(
    line: str, locale: str, amount: str, unit: str | None
) -> None:
    (figure,) = without_counts(line, figures(line, habit_of(locale)))
    assert (figure.amount, figure.unit) == (Decimal(amount), None if unit is None else Decimal(unit))


@pytest.mark.parametrize("line", ["12 Kisten, 214,80 EUR", "12 Kisten 214,80 EUR"])
def test_a_count_beside_an_amount_that_may_be_that_of_one_or_of_all_has_two_readings(line: str) -> None:
    (figure,) = without_counts(line, figures(line, habit_of(DE)))
    assert (figure.amount, figure.trouble) == (None, Trouble.TWO_READINGS)
    assert figure.readings == (Decimal("214.80"), Decimal("2577.60"))


def test_a_product_keeps_its_quantity_and_its_unit() -> None:
    figure = only("Beta freight 3 x 450", US)
    assert (figure.quantity, figure.unit) == (Decimal(3), Decimal(450))
    assert (only("acme corp 12k", US).quantity, only("acme corp 12k", US).unit) == (None, None)


@pytest.mark.parametrize(
    ("line", "locale", "currency"),
    [
        ("12,5 TEUR", US, "EUR"),
        ("4.800 €", DE, "EUR"),
        ("500 chf", DE, "CHF"),
        ("GBP 500", US, "GBP"),
        ("$500", US, "$"),
        ("$500 USD", US, "USD"),
        ("\uff04500", DE, "$"),
        ("\ufe69500", DE, "$"),
        ("\uffe1500", US, "GBP"),
        ("500", US, None),
    ],
)
def test_the_currency_is_the_written_one(line: str, locale: str, currency: str | None) -> None:
    assert only(line, locale).currency == currency


@pytest.mark.parametrize(
    ("line", "locale", "trouble"),
    [
        ("1.500", US, Trouble.TWO_READINGS),
        ("1,500", DE, Trouble.TWO_READINGS),
        ("TEUR 1.250", DE, Trouble.TWO_READINGS),
        ("12,500k", US, Trouble.TWO_READINGS),
        ("12 500", US, Trouble.TWO_READINGS),
        ("12m", US, Trouble.TWO_READINGS),
        ("29.10", DE, Trouble.TWO_READINGS),
        ("acme 2025", US, Trouble.TWO_READINGS),
        ("3 ads 450", US, Trouble.TWO_READINGS),
        ("beta –450", US, Trouble.TWO_READINGS),
        ("Acme-12k", US, Trouble.TWO_READINGS),
        ("5-6k", US, Trouble.RANGE),
        ("10 to 12k", US, Trouble.RANGE),
        ("20% off", US, Trouble.PERCENTAGE),
        ("500 kr", DE, Trouble.UNKNOWN_CURRENCY),
        ("€ 500 USD", DE, Trouble.UNKNOWN_CURRENCY),
        ("3 x 2 x 450", US, Trouble.NOT_MONEY),
        ("3 x 450 = 1,300", US, Trouble.NOT_MONEY),
        ("1,234.567", US, Trouble.NOT_MONEY),
        ("1,23,456", US, Trouble.NOT_MONEY),
        (".5k", US, Trouble.NOT_MONEY),
        ("450 lakh", US, Trouble.NOT_MONEY),
        ("1234567890123456", US, Trouble.NOT_MONEY),
        # signs that look like others
        *((f"beta {dash}450.00", US, Trouble.TWO_READINGS) for dash in "\u2010\u2011\u2012\ufe63\uff0d\u2796"),
        *((f"450{percent} off", US, Trouble.PERCENTAGE) for percent in "\uff05\ufe6a\u066a\u2030\u2031"),
        *((f"{sign}450.00", US, Trouble.UNKNOWN_CURRENCY) for sign in "\u20a8\u20aa\u20a9\u00a4\uffe5\u20bf"),
        ("beta \u202e121.90", US, Trouble.NOT_MONEY),
        ("\u202ebeta 121.90", US, Trouble.NOT_MONEY),
    ],
)
def test_what_is_not_certain_is_said_and_has_no_amount(line: str, locale: str, trouble: Trouble) -> None:
    figure = only(line, locale)
    assert (figure.trouble, figure.amount) == (trouble, None)


@pytest.mark.parametrize(
    "line",
    [
        "T 617 555 0142 x15 | M 617 555 0199",
        "HRB 118 442, Tel. +49 40 555 01-17",
        "their 802 555 0177 is disconnected",
        "Boston MA 02110",
        "see you at 16:42",
        "the 24th",
        "48,000 readers, 11 issues",
        "K-2188",
        "KW44",
        "A4",
        "https://x.example/123456",
        "jo99@x.example",
    ],
)
def test_digits_that_are_no_money_give_no_figure(line: str) -> None:
    assert figures(line, habit_of(US)) == ()


def test_every_amount_of_a_line_is_seen() -> None:
    found = figures("Acme 15,200, Beta 900", habit_of(US))
    assert [figure.amount for figure in found] == [Decimal(15200), Decimal(900)]


# --- any amount, in any style: read back exactly, or said to be in doubt, never as another value ----------------------

STYLES = {
    "en": (US, ",", "."),
    "de": (DE, ".", ","),
    "fr": (FR, "\u202f", ","),
    "fr plain": (FR, " ", ","),
    "fr no-break": (FR, "\u00a0", ","),
    "ch": (CH, "'", "."),
    "ch curled": (CH, "’", "."),
}
MONEY = st.decimals(min_value=Decimal("-99999999999.99"), max_value=Decimal("99999999999.99"), places=2)


def written(amount: Decimal, thousands: str, decimals: str, places: int, grouped: bool) -> str:
    plain = f"{abs(amount):,.{places}f}" if grouped else f"{abs(amount):.{places}f}"
    text = plain.replace(",", "\0").replace(".", decimals).replace("\0", thousands)
    return f"-{text}" if amount < 0 else text


@settings(max_examples=400, deadline=None)
@given(
    amount=MONEY,
    style=st.sampled_from(sorted(STYLES)),
    locale=st.sampled_from((US, DE, FR, CH)),
    whole=st.booleans(),
    grouped=st.booleans(),
    currency=st.sampled_from(("", " EUR", " €", "€", " USD")),
)
def test_money_in_any_style_is_never_read_as_another_value(
    amount: Decimal, style: str, locale: str, whole: bool, grouped: bool, currency: str
) -> None:
    _, thousands, decimals = STYLES[style]
    meant = round(amount, 0) if whole else amount
    found = figures(
        "Beta Freight: " + written(meant, thousands, decimals, 0 if whole else 2, grouped) + currency, habit_of(locale)
    )
    assert len(found) <= 1
    for figure in found:
        assert figure.amount == meant if figure.amount is not None else figure.trouble is not None


@settings(max_examples=300, deadline=None)
@given(amount=MONEY, style=st.sampled_from(sorted(STYLES)))
def test_money_with_its_decimals_is_read_exactly_in_the_style_of_its_own_country(amount: Decimal, style: str) -> None:
    locale, thousands, decimals = STYLES[style]
    figure = only("Beta Freight: " + written(amount, thousands, decimals, 2, grouped=True) + " EUR", locale)
    assert figure.amount == amount


COUNTRIES = {
    "en_US": ",.", "en_GB": ",.", "de_DE": ".,", "de_AT": ".,", "de_CH": "’.", "it_IT": ".,",
    "es_ES": ".,", "nl_NL": ".,", "fr_FR": "\u202f,", "fr_CH": "'.", "pl_PL": "\u00a0,", "sv_SE": " ,",
}  # fmt: skip
# What stands before the numeral, behind it, and how many it counts in.
SCALED = (
    ("", "k", 1000),
    ("", "k EUR", 1000),
    ("TEUR ", "", 1000),
    ("", " TEUR", 1000),
    ("T€ ", "", 1000),
    ("€", "k", 1000),
    ("", " Tsd. EUR", 1000),
    ("", " Mio. €", 1_000_000),
    ("EUR ", "", 1),
    ("", " EUR", 1),
    ("", "", 1),
)


@settings(max_examples=600, deadline=None)
@given(
    amount=st.decimals(min_value=0, max_value=Decimal("9999999.99"), places=2),
    writer=st.sampled_from(sorted(COUNTRIES)),
    scaled=st.sampled_from(SCALED),
    sign=st.sampled_from(("{}", "-{}", "({})", "{}-")),
    places=st.integers(0, 2),
)
def test_an_amount_in_the_style_of_any_country_scale_and_sign_is_never_read_as_another_value(
    amount: Decimal, writer: str, scaled: tuple[str, str, int], sign: str, places: int
) -> None:
    (thousands, decimals), (before, behind, factor) = COUNTRIES[writer], scaled
    numeral = round(amount, places)
    meant = numeral * factor * (1 if sign == "{}" else -1)
    money = sign.format(before + written(numeral, thousands, decimals, places, grouped=True) + behind)
    found = figures(f"Beta Freight: {money}", habit_of(writer))
    assert len(found) == 1
    assert found[0].amount in {None, meant}
    assert (found[0].amount is None) == (found[0].trouble is not None)


@settings(max_examples=300, deadline=None)
@given(
    number=st.decimals(min_value=0, max_value=9_999_999, places=4),
    style=st.sampled_from(sorted(STYLES)),
    places=st.integers(3, 4),
)
def test_more_decimals_than_money_has_are_never_cut_off(number: Decimal, style: str, places: int) -> None:
    locale, thousands, decimals = STYLES[style]
    meant = round(number, places)
    for figure in figures("Beta " + written(meant, thousands, decimals, places, grouped=False), habit_of(locale)):
        is_three_places_in_a_row = places == 3 and decimals == habit_of(locale).thousands
        assert figure.amount in {None, meant} or is_three_places_in_a_row


@settings(max_examples=500, deadline=None)
@given(
    line=st.text(alphabet="0123456789.,' -+()xkm%€$EURTd/:\u00a0", max_size=60),
    locale=st.sampled_from((US, DE, FR, CH)),
)
def test_no_line_of_digits_and_signs_breaks_the_reading(line: str, locale: str) -> None:
    for figure in figures(line, habit_of(locale)):
        assert 0 <= figure.start < figure.end <= len(line)
        assert (figure.amount is None) == (figure.trouble is not None)
