from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.letters.wording import Wording

EN, DE = Wording("en"), Wording("de")
FRIDAY = datetime(2025, 10, 31, 16, 42, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("amount", "english", "german"),
    [
        ("12000", "12,000.00 USD", "12.000,00 USD"),
        ("-200", "-200.00 USD", "-200,00 USD"),
        ("2350.5", "2,350.50 USD", "2.350,50 USD"),
        ("0.125", "0.125 USD", "0,125 USD"),
        ("1E+3", "1,000.00 USD", "1.000,00 USD"),
    ],
)
def test_an_amount_is_written_as_its_reader_writes_it_and_never_rounded(amount: str, english: str, german: str) -> None:
    assert EN.money(Decimal(amount), "USD") == english
    assert DE.money(Decimal(amount), "USD") == german


def test_an_amount_beyond_reason_is_no_page_of_noughts() -> None:
    assert EN.money(Decimal("1E+999999"), "USD") == "1E+999999 USD"
    assert EN.money(Decimal("NaN"), "USD") == "NaN USD"


def test_numbers_have_no_places_unless_asked_for() -> None:
    assert (EN.number(41220), DE.number(41220)) == ("41,220", "41.220")
    assert (EN.number(Decimal("0.76")), DE.number(Decimal("0.76"))) == ("0.76", "0,76")
    assert EN.number(Decimal("0.756"), 2) == "0.76"
    assert (EN.percent(105), DE.percent(105)) == ("105%", "105 %")


def test_days_and_times() -> None:
    assert (EN.day(date(2025, 11, 2)), DE.day(date(2025, 11, 2))) == ("2 Nov", "2.11.")
    assert (EN.day(date(2025, 11, 2), year=True), DE.day(date(2025, 11, 2), year=True)) == ("2 Nov 2025", "2.11.2025")
    assert (EN.weekday(FRIDAY), DE.weekday(FRIDAY)) == ("Friday", "Freitag")
    assert (EN.month(FRIDAY), DE.month(FRIDAY)) == (f"October {FRIDAY.year}", f"Oktober {FRIDAY.year}")
    assert (EN.moment(FRIDAY), DE.moment(FRIDAY)) == ("31 Oct 16:42", "31.10. 16:42")
    assert EN.time(FRIDAY) == "16:42"


def test_running_text_takes_any_plain_value() -> None:
    assert [EN.plain(value) for value in (None, "a\nb", True, 1200, Decimal("1.5"))] == [
        "-",
        "a b",
        "yes",
        "1200",
        "1.5",
    ]
    assert DE.plain(False) == "nein"
    assert DE.plain(FRIDAY) == "31.10. 16:42"
    with pytest.raises(TypeError, match="dict cannot be written out"):
        EN.plain({"a": 1})


def test_a_value_of_another_type_is_named() -> None:
    with pytest.raises(TypeError, match="an amount is wanted here, not a str"):
        EN.money("12", "USD")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a moment is wanted here, not a date"):
        EN.time(date(2025, 11, 2))  # type: ignore[arg-type]
