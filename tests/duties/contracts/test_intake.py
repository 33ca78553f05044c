"""The words of a contract, point by point: what is read of them, what is asked, and what hostile words cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.config import ContractsSettings
from mailbot.duties.contracts.facts import ContractReading, Promise
from mailbot.duties.contracts.intake.comparing import together
from mailbot.duties.contracts.intake.points import lacks, notice_on
from mailbot.duties.contracts.intake.reading import Reader, read_contract
from mailbot.duties.contracts.settings import arranged
from mailbot.letters.model import Language
from mailbot.money.numerals import habit_of
from mailbot.records.contracts.dates import first_day, last_day, months_before

ISSUES = {f"2026-{month:02}": date(2025, 11, 28) for month in range(1, 13) if month != 8}  # there is none in August
ARRANGED = arranged(ContractsSettings.model_validate({"issues": ISSUES}))
NOVEMBER = date(2025, 11, 11)


def read(text: str, language: Language = "en") -> ContractReading:
    locale, currency = ("de_DE", "EUR") if language == "de" else ("en_US", "USD")
    return read_contract(text, Reader(NOVEMBER, language, habit_of(locale), currency, ARRANGED))


@pytest.mark.parametrize(
    ("text", "language", "first", "last"),
    [
        ("12 months from 1 Dec", "en", date(2025, 12, 1), date(2026, 11, 30)),
        ("one year starting January 15", "en", date(2026, 1, 15), date(2027, 1, 14)),
        ("from 1 Dec 2025 to 30 Nov 2026", "en", date(2025, 12, 1), date(2026, 11, 30)),
        ("24 months, starts on 1 March 2026", "en", date(2026, 3, 1), date(2028, 2, 29)),
        ("Laufzeit 1.1. bis 31.12.2026", "de", date(2026, 1, 1), date(2026, 12, 31)),
        ("12 Monate ab 1.1.2026", "de", date(2026, 1, 1), date(2026, 12, 31)),
        ("Vertrag läuft Januar bis Dezember 2026", "de", date(2026, 1, 1), date(2026, 12, 31)),
        ("6 Monate bis 30.6.2026", "de", date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_the_time_is_read(text: str, language: Language, first: date, last: date) -> None:
    term = read(text, language).term

    assert term is not None
    assert (term.starts_on, term.ends_on) == (first, last)


@pytest.mark.parametrize("text", ["60 days notice", "signed today", "6 full pages", "from 1 Dec"])
def test_what_gives_no_end_is_no_time(text: str) -> None:
    assert read(text).term is None


@pytest.mark.parametrize(
    ("text", "language", "amount", "currency"),
    [
        ("18,600 total", "en", 18600, "USD"),
        ("$12k for 4 half pages", "en", 12000, "USD"),
        ("6 pages, total value EUR 9,600.00, banner worth 1,200", "en", 9600, "EUR"),
        ("insgesamt 9.600,00 EUR", "de", 9600, "EUR"),
        ("9,6 TEUR", "de", 9600, "EUR"),
    ],
)
def test_the_value_is_read(text: str, language: Language, amount: int, currency: str) -> None:
    value = read(text, language).value

    assert value is not None
    assert (value.amount, value.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["18.600 total", "total 5,000 or 6,000", "5,000.00 now, 6,000.00 later"])
def test_two_amounts_or_two_readings_are_no_value(text: str) -> None:
    value = read(text).value

    assert value is not None
    assert (value.amount, len(value.readings)) in {(None, 2), (None, 0)}


@pytest.mark.parametrize(
    "text", ["60 days notice", "6 full pages", "20% off a booth (list 3,500)", "12 months from 1 Dec"]
)
def test_counts_days_and_list_prices_are_not_what_it_is_worth(text: str) -> None:
    assert read(text).value is None


@pytest.mark.parametrize(
    ("text", "language", "renews", "notice"),
    [
        ("12 months from 1 Dec. Auto renews, 60 days notice", "en", True, date(2026, 10, 1)),
        ("12 months from 1 Dec, renews automatically, 3 months notice", "en", True, date(2026, 8, 30)),
        ("12 months from 1 Dec. Does not renew", "en", False, None),
        ("12 Monate ab 1.1.2026, verlängert sich automatisch, Kündigungsfrist 3 Monate", "de", True, date(2026, 9, 30)),
        ("12 Monate ab 1.1.2026, verlängert sich nicht", "de", False, None),
        ("12 Monate ab 1.1.2026, keine automatische Verlängerung", "de", False, None),
    ],
)
def test_renewal_and_notice_are_read(text: str, language: Language, renews: bool, notice: date | None) -> None:
    reading = read(text, language)

    assert reading.renewal is not None
    assert reading.renewal.renews is renews
    assert reading.term is not None
    assert notice_on(reading.renewal, reading.term.ends_on) == notice


def months_of(promise: Promise) -> list[int]:
    return [issue.month.month for issue in promise.issues]


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("6 pages (every odd issue)", [1, 3, 5, 7, 9, 11]),
        ("6 pages in even issues", [2, 4, 6, 10, 12]),
        ("11 pages, every issue", None),
        ("3 pages (Jan, Mar and May)", [1, 3, 5]),
        ("5 pages May-Oct", [5, 6, 7, 9, 10]),
        ("3 Seiten (jede ungerade Ausgabe bis Mai)", None),
        ("a page in the June issue", [6]),
    ],
)
def test_the_issues_are_those_of_the_magazine(words: str, months: list[int] | None) -> None:
    promises = read(f"from 1 Jan 2026 to 31 Dec 2026. {words}").promises

    assert promises[0].kind == "ad"
    if months is not None:
        assert months_of(promises[0]) == months


def test_an_issue_of_which_no_deadline_is_configured_is_not_invented() -> None:
    assert 8 not in months_of(read("from 1 Jan 2026 to 31 Dec 2026. 4 pages May-Aug").promises[0])


def test_what_nothing_was_made_of_is_told() -> None:
    reading = read("12 months from 1 Dec, 18,600 total. Hello desk, thanks! And a pony for the CEO. PDF attached.")

    assert reading.unread == ("a pony for the CEO",)


def test_what_only_the_file_says_completes_the_mail_and_never_overrules_it() -> None:
    mail, file = (
        read("18,600 total. 6 full pages"),
        read("12 months from 1 Dec, total 18,900, 5 full pages, 1 newsletter"),
    )
    both = together(mail, file)

    assert both.term == file.term
    assert both.value == mail.value
    assert [(each.kind, each.quantity) for each in both.promises] == [("ad", 6), ("newsletter", 1)]
    assert [point.kind for point in lacks(mail)] == ["term"]
    assert lacks(both) == ()


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2025, 12, 1), 12), (date(2026, 1, 31), 1), (date(2024, 2, 29), 12), (date(2026, 3, 31), 11)],
)
def test_a_contract_of_so_many_months_ends_where_the_next_one_would_begin(day: date, months: int) -> None:
    last = last_day(day, months)

    assert last > day
    assert abs((first_day(last, months) - day).days) <= 3
    assert months_before(date(2026, 11, 30), 9) == date(2026, 2, 28)


_PIECES = st.sampled_from(
    [
        "12 months from ",
        "1 Dec",
        "31.2.2026",
        "18,600",
        " total",
        "%",
        "(",
        ")",
        "Jan-",
        "6 pages",
        " off ",
        "\n",
        ",",
        "\0",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=12), max_size=40).map("".join))
def test_no_text_breaks_it(text: str) -> None:
    reading = read(text)

    assert all(promise.quantity > 0 for promise in reading.promises)
    assert reading.term is None or isinstance(reading.term.starts_on, date)
