"""The figures: what counts, in which currency, beside which plan; and that rows add up to their total."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.config import SalesSettings
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.reports.facts import By, Scope
from mailbot.duties.sales.reports.rounding import in_cents, shares
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.tables import EntryKind, SalesRate
from tests.duties.sales.mails import S01
from tests.duties.sales.reports.ledgers import NEW_YORK, WEEK_44, WEEK_45, Books, told, week_44
from tests.duties.sales.road import Road

D = Decimal
OCTOBER = Span.of(SpanKind.MONTH, date(2025, 10, 31))
Q4 = Span.of(SpanKind.QUARTER, date(2025, 10, 31))


def test_s10_the_table_of_week_44_with_its_plan_and_its_rates(any_road: Road) -> None:
    with any_road.database.writing() as session:
        week_44(session)
    found = told(any_road, WEEK_44)

    assert [(row.name, row.actual, row.plan, row.percent) for row in found.rows] == [
        ("Dana Reyes", D("15700.50"), D(15000), 105),
        ("Jonas Weber", D("14888.02"), D(14000), 106),
        ("Lena Brandt", D("9240.00"), D(9000), 103),
        ("Tom Okafor", D("7025.50"), D(7000), 100),
    ]
    assert (found.total.actual, found.total.plan, found.total.percent) == (D("46854.02"), D(45000), 104)
    jonas = found.rows[1]
    assert [(part.currency, part.amount, part.rate) for part in jonas.parts] == [("EUR", D("13534.56"), D("1.10"))]
    assert [(rate.currency, rate.month, rate.value) for rate in found.rates] == [("EUR", date(2025, 10, 1), D("1.10"))]
    assert [(line.name, line.amount, line.currency) for line in found.waiting] == [
        ("Hansen & Söhne KG", D(3000), "EUR"),
        ("Kröger Fenster", D(2150), "EUR"),
        ("North Star Logistics", D(180), "USD"),
    ]
    assert told(any_road, WEEK_45).total.actual == 0


def test_what_is_undone_superseded_or_cancelled_does_not_count(any_road: Road) -> None:
    with any_road.database.writing() as session:
        books = Books(session)
        old = books.sold("Dana Reyes", "Acme Corp", "15200")
        books.sold("Dana Reyes", "Acme Corp", "12500", instead_of=old, kind=EntryKind.CORRECTED)
        dropped = books.sold("Dana Reyes", "Beta Freight", "900")
        books.sold("Dana Reyes", "Beta Freight", "0", instead_of=dropped, kind=EntryKind.CANCELLED)
    assert told(any_road, WEEK_44).total.actual == D(12500)


def test_what_was_taken_back_does_not_count(any_road: Road) -> None:
    at = datetime(2025, 10, 31, 16, 43, tzinfo=NEW_YORK)
    booked = any_road.arrives(S01, at)
    assert told(any_road, WEEK_44).total.actual == D("15700.50")
    any_road.take_back(booked, at + timedelta(minutes=1))
    assert told(any_road, WEEK_44).total.actual == 0


def test_a_currency_without_a_rate_is_named_and_is_in_no_total(road: Road) -> None:
    """S08: 4,000.00 EUR and 1,500.00 USD of one client are two entries, and nobody has said what a franc is worth."""
    with road.database.writing() as session:
        books = Books(session)
        day = date(2025, 11, 7)
        books.sold("Jonas Weber", "Acme Medical GmbH", "4000", "EUR", day)
        books.sold("Jonas Weber", "Acme Medical GmbH", "1500", "USD", day)
        books.sold("Jonas Weber", "Müller Bau GmbH", "2000", "CHF", day)
    found = told(road, WEEK_45)

    assert found.total.actual == D("5900.00")
    assert [(each.amount, each.currency) for each in found.without_rate] == [(D(2000), "CHF")]
    assert [rate.currency for rate in found.rates] == ["EUR"]


def test_a_rate_counts_for_its_month_and_later_ones_and_never_for_one_before(road: Road) -> None:
    def said(month: date, value: str) -> None:
        with road.database.writing() as session:
            viktor = Books(session).person("Priya Nair")
            rate = SalesRate(currency="CHF", month=month, value=D(value), into="USD", person_id=viktor, said_on=month)
            session.add(rate)

    with road.database.writing() as session:
        for day in (date(2025, 10, 31), date(2025, 11, 7), date(2025, 12, 5)):
            Books(session).sold("Jonas Weber", "Müller Bau GmbH", "1000", "CHF", day)
    november, december = (Span.of(SpanKind.MONTH, date(2025, month, 1)) for month in (11, 12))
    said(date(2025, 11, 1), "1.12")
    assert told(road, OCTOBER).total.actual == 0
    assert [(rate.value, rate.since, rate.said_by) for rate in told(road, december).rates] == [
        (D("1.12"), date(2025, 11, 1), "Priya Nair")
    ]
    said(date(2025, 12, 1), "1.14")
    said(date(2025, 11, 1), "1.125")  # the last word about November
    assert told(road, november).total.actual == D("1125.00")
    assert told(road, december).total.actual == D("1140.00")
    by_month = SalesSettings.model_validate({"rates": {"CHF": {"2025-10": "1.05"}}})
    assert told(road, OCTOBER, settings=by_month).total.actual == D("1050.00")
    assert told(road, Span.of(SpanKind.MONTH, date(2025, 9, 1)), settings=by_month).total.actual == 0


def test_a_week_across_two_months_is_converted_at_the_rate_of_each(any_road: Road) -> None:
    with any_road.database.writing() as session:
        books = Books(session)
        books.sold("Lena Brandt", "Hansen & Söhne KG", "100", "EUR", date(2025, 10, 31))
        books.sold("Lena Brandt", "Hansen & Söhne KG", "100", "EUR", date(2025, 11, 1))
    rates = SalesSettings.model_validate({"rates": {"EUR": {"2025-10": "1.10", "2025-11": "1.20"}}})
    assert told(any_road, WEEK_44, settings=rates).total.actual == D("230.00")
    assert told(any_road, OCTOBER, settings=rates).total.actual == D("110.00")


def test_by_client_product_and_stage_the_total_is_the_same(any_road: Road) -> None:
    with any_road.database.writing() as session:
        week_44(session)
        Books(session).sold("Tom Okafor", "Globex Tools", "0.333", "EUR", product="banner")
    totals = {by: told(any_road, WEEK_44, Scope(by)) for by in By}
    assert {found.total.actual for found in totals.values()} == {D("46854.38")}
    for found in totals.values():
        assert sum(row.actual for row in found.rows) == found.total.actual
    assert [row.name for row in totals[By.CLIENT].rows][:2] == ["Acme Medical GmbH", "Acme Corp"]
    assert {row.name for row in totals[By.PRODUCT].rows} == {"", "banner"}


def test_a_rep_sees_the_own_figures_alone(road: Road) -> None:
    with road.database.writing() as session:
        week_44(session)
        tom = Books(session).person("Tom Okafor")
    found = told(road, WEEK_44, Scope(By.CLIENT, tom))
    assert [row.name for row in found.rows] == ["Blue Ridge Dental", "Globex Tools"]
    assert (found.total.actual, found.total.plan) == (D("7025.50"), D(7000))
    assert found.waiting == ()


def test_each_day_is_planned_by_the_plan_for_the_fewest_days(road: Road) -> None:
    week_1 = Span(SpanKind.WEEK, date(2025, 10, 6), date(2025, 10, 12))
    with road.database.writing() as session:
        books = Books(session)
        books.plan("Tom Okafor", 31000, OCTOBER)
        books.plan("Tom Okafor", 14000, week_1)
    assert told(road, week_1).total.plan == D(14000)
    assert told(road, OCTOBER).total.plan == D(38000)  # 24 days at 1,000 and 7 at 2,000
    assert told(road, Q4).total.plan is None  # November is not planned
    assert told(road, WEEK_45).total.plan is None


def test_the_plan_of_the_team_comes_before_what_those_of_the_reps_add_up_to(road: Road) -> None:
    with road.database.writing() as session:
        week_44(session)
        Books(session).plan(None, 50000, WEEK_44)
        Books(session).plan(None, 1000, WEEK_44, product="Banner")
        Books(session).sold("Tom Okafor", "Globex Tools", "500", product="banner")
    assert told(road, WEEK_44).total.plan == D(50000)
    (banner,) = [row for row in told(road, WEEK_44, Scope(By.PRODUCT)).rows if row.name == "banner"]
    assert (banner.actual, banner.plan, banner.percent) == (D("500.00"), D(1000), 50)


def test_by_product_the_plans_of_the_reps_add_up_and_what_was_planned_is_told_though_nobody_sold_it(road: Road) -> None:
    with road.database.writing() as session:
        books = Books(session)
        books.sold("Tom Okafor", "Globex Tools", "500", product="banner")
        books.plan("Tom Okafor", 1000, WEEK_44, product="Banner")
        books.plan("Dana Reyes", 600, WEEK_44, product="banner")
        books.plan("Dana Reyes", 3000, WEEK_44, product="Print")
    rows = {row.name: (row.actual, row.plan) for row in told(road, WEEK_44, Scope(By.PRODUCT)).rows}
    assert rows == {"banner": (D("500.00"), D(1600)), "Print": (D(0), D(3000))}
    assert told(road, WEEK_44).total.plan is None


def test_a_plan_in_a_currency_without_a_rate_is_no_plan(road: Road) -> None:
    with road.database.writing() as session:
        Books(session).plan("Lena Brandt", 9000, WEEK_44, "CHF")
        Books(session).plan("Jonas Weber", 9000, WEEK_44, "EUR")
    plans = {row.name: row.plan for row in told(road, WEEK_44).rows}
    assert (plans["Lena Brandt"], plans["Jonas Weber"]) == (None, D("9900.00"))


def test_the_quarter_so_far_is_told_with_where_it_leads(road: Road) -> None:
    with road.database.writing() as session:
        week_44(session)
        Books(session).plan(None, 500000, Q4)
    pace = told(road, WEEK_44).pace
    assert (pace.quarter, pace.until) == (Q4, date(2025, 11, 2))
    assert pace.actual == D("46854.02")
    assert pace.heading_for == D("130623.33")  # 46,854.016 in 33 of 92 days
    assert (pace.plan, pace.percent) == (D(500000), 9)


def test_the_week_before_and_that_of_the_year_before_stand_beside_it(road: Road) -> None:
    with road.database.writing() as session:
        books = Books(session)
        books.sold("Tom Okafor", "Globex Tools", "100", day=date(2025, 10, 26))
        books.sold("Tom Okafor", "Globex Tools", "30", day=date(2024, 10, 28))
    found = told(road, WEEK_44)
    assert (found.before, found.year_before) == (D("100.00"), D("30.00"))
    assert told(road, WEEK_45).before is None


def test_a_total_that_does_not_add_up_says_by_how_much(road: Road) -> None:
    with road.database.writing() as session:
        Books(session).waits("Tom Okafor", "", "7125.50", "USD", Doubt.TOTAL_DIFFERS, date(2025, 10, 31))
    (line,) = told(road, WEEK_44).waiting
    assert (line.rep, line.amount, line.differs) == ("Tom Okafor", D("7125.50"), D("7125.50"))


def test_what_was_only_expected_or_denied_is_missing_in_no_total(road: Road) -> None:
    with road.database.writing() as session:
        for doubt in (Doubt.EXPECTED, Doubt.DENIED, Doubt.NO_SALE):
            Books(session).waits("Tom Okafor", "Globex Tools", "1", "USD", doubt, date(2025, 10, 31))
    assert told(road, WEEK_44).waiting == ()


@pytest.mark.parametrize(
    ("span", "before", "year_before"),
    [
        (Span.of(SpanKind.WEEK, date(2020, 12, 31)), date(2020, 12, 21), date(2019, 12, 23)),  # there was no week 53
        (Span.of(SpanKind.MONTH, date(2024, 3, 31)), date(2024, 2, 1), date(2023, 3, 1)),
        (Span.of(SpanKind.QUARTER, date(2025, 1, 15)), date(2024, 10, 1), date(2024, 1, 1)),
        (Span.of(SpanKind.YEAR, date(2024, 2, 29)), date(2023, 1, 1), date(2023, 1, 1)),
    ],
)
def test_spans_are_compared_with_those_of_the_same_kind(span: Span, before: date, year_before: date) -> None:
    assert (span.before.first, span.year_before.first) == (before, year_before)
    assert span.before.kind is span.kind
    assert span.before.last < span.last


AMOUNTS = st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=9, allow_nan=False), max_size=40)


@given(AMOUNTS)
def test_shares_add_up_to_the_rounded_sum_and_each_is_a_cent_beside_its_amount(amounts: list[Decimal]) -> None:
    found = shares(amounts)
    assert sum(found, D(0)) == in_cents(sum(amounts, D(0)))
    assert all(abs(share - amount) < D("0.01") for share, amount in zip(found, amounts, strict=True))
