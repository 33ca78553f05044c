"""Targets from a file: read by header, shown beforehand, brought up to date by the next file, and taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mailbot.duties.sales.reports.tables import SalesPlan
from mailbot.duties.sales.targets.importing import PlanReader, PlanRow
from mailbot.errors import Never
from mailbot.records.decision import Decision
from mailbot.records.importing.reading import Import, read_import
from tests.duties.sales.road import Road
from tests.duties.sales.targets.test_targets import current

D = Decimal
TODAY = date(2025, 11, 4)
NOW = datetime(2025, 11, 4, 15, 0, tzinfo=UTC)
NOVEMBER, Q1 = (date(2025, 11, 1), date(2025, 11, 30)), (date(2026, 1, 1), date(2026, 3, 31))
PLAN = """\
rep,product,period,target,currency
Dana Reyes,,2025-11,20000.00,USD
Tom,Print,Q1 2026,"30,000.00",
team,,2026,900000.00,USD
"""


def seen(road: Road, text: str) -> Import:
    with road.database.reading() as session:
        return read_import(text.encode(), "plan.csv", session, others={"plan": PlanReader(session, "USD", TODAY)})


def take(road: Road, text: str) -> Decision:
    return road.by_hand("import", "Targets are imported.", seen(road, text).writes, NOW)


def test_targets_of_reps_products_and_the_team_are_set(road: Road) -> None:
    found = seen(road, PLAN)
    assert (found.columns.kind, [each.effect for each in found.good], found.bad) == ("plan", ["new"] * 3, ())
    take(road, PLAN)

    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert current(road) == {
        ("Dana", *NOVEMBER, D(20_000), "USD"),
        ("Tom", *Q1, D(30_000), "USD"),
        ("", *year, D(900_000), "USD"),
    }
    assert {each.product for each in road.all_of(SalesPlan)} == {"", "Print"}


def test_the_next_file_brings_them_up_to_date_and_undo_brings_the_ones_before_back(road: Road) -> None:
    take(road, PLAN)
    again = PLAN.replace("20000.00", "25000.00")
    assert [each.effect for each in seen(road, again).good] == ["changed", "as it was", "as it was"]
    done = take(road, again)

    assert ("Dana", *NOVEMBER, D(25_000), "USD") in current(road)
    assert len(road.all_of(SalesPlan)) == 4
    road.take_back(done, NOW)
    assert ("Dana", *NOVEMBER, D(20_000), "USD") in current(road)


@pytest.mark.parametrize(
    ("text", "rep"),
    [
        ("Vertrieb;Quartal;Ziel;Währung\nJonas Weber;2026-Q1;14000,00;EUR\n", "Jonas"),
        ("Name;von;bis;Umsatzziel;Währung\nJonas;01.01.2026;31.03.2026;14000,00;EUR\n", "Jonas"),
        ("quarter,quota\nQ1/2026,14000.00\n", ""),
    ],
)
def test_columns_are_guessed_in_both_languages(road: Road, text: str, rep: str) -> None:
    take(road, text)
    assert {(name, first, last, amount) for name, first, last, amount, _ in current(road)} == {(rep, *Q1, D(14_000))}


@pytest.mark.parametrize(
    "text",
    [
        "rep;2026-01;2026-02;2026-03\nDana;1000,00;2000,00;\nTom;;500,00;700,00\n",
        "Rep,Product,Jan 2026,Feb 2026,Mar 2026\nDana Reyes,,1000.00,2000.00,\nTom Okafor,,,500.00,700.00\n",
        "Vertrieb\tJan 2026\tFeb 2026\tMär 2026\tWährung\nDana\t1000,00\t2000,00\t\tUSD\nTom\t\t500,00\t700,00\tUSD\n",
    ],
)
def test_a_column_for_each_time_is_a_target_for_each_and_an_empty_cell_is_none(road: Road, text: str) -> None:
    assert [each.effect for each in seen(road, text).good] == ["new"] * 4
    take(road, text)
    months = [(date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28)),
              (date(2026, 3, 1), date(2026, 3, 31))]  # fmt: skip
    assert current(road) == {
        ("Dana", *months[0], D(1000), "USD"),
        ("Dana", *months[1], D(2000), "USD"),
        ("Tom", *months[1], D(500), "USD"),
        ("Tom", *months[2], D(700), "USD"),
    }


def test_heads_that_say_weeks_quarters_or_a_bare_month_are_times_and_one_that_is_over_is_asked_about(
    road: Road,
) -> None:
    found = seen(road, "team,KW 50,Q1 2026,2026,Dez,Jan\nteam,1.00,2.00,3.00,4.00,5.00\n")
    assert [each.row.told[2] for each in found.good if isinstance(each.row, PlanRow)] == [
        "2025-12-08 - 2025-12-14", "2026-01-01 - 2026-03-31", "2026-01-01 - 2026-12-31", "2025-12-01 - 2025-12-31",
    ]  # fmt: skip
    assert ["'Jan' is no time of one year" in str(each) for each in found.bad] == [True]


@pytest.mark.parametrize("bad", ["1.100", "soon", "-5.00"])
def test_a_cell_in_doubt_costs_itself_alone(road: Road, bad: str) -> None:
    found = seen(road, f"rep;2026-01;2026-02\nDana;1000,00;{bad}\n")
    assert (len(found.good), [str(each)[:7] for each in found.bad]) == (1, ["line 2:"])


def test_a_head_that_says_a_target_beside_a_time_is_left_as_it_is(road: Road) -> None:
    found = seen(road, "rep,period,target,2024\nDana,2026-01,1000.00,900.00\n")
    assert [each.row.told[3] for each in found.good if isinstance(each.row, PlanRow)] == ["1000.00 USD"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Nobody,,2026-Q1,5000.00,USD", "no rep has the name"),
        ("Dana,,Q1,5000.00,USD", "is no time of one year"),
        ("Dana,,soon,5000.00,USD", "is no time of one year"),
        ("Dana,,2026-13,5000.00,USD", "is no time of one year"),
        ("Dana,,2026-Q1,1.100,USD", "is no amount above zero"),
        ("Dana,,2026-Q1,-5000.00,USD", "is no amount above zero"),
        ("Dana,,2026-Q1,5000.00,dollars", "is no currency"),
        ("Jonas,,2026-Q1,5000.00,", "sells in EUR"),
        ("Dana Reyes,,2025-11,7.00,USD", "line 2 sets the same target already"),
    ],
)
def test_a_line_in_doubt_sets_nothing_and_says_why(road: Road, line: str, why: str) -> None:
    found = seen(road, f"{PLAN}{line}\n")
    assert ([why in str(each) for each in found.bad], len(found.good)) == ([True], 3)
    take(road, f"{PLAN}{line}\n")
    assert len(current(road)) == 3


def test_a_file_without_a_time_is_refused(road: Road) -> None:
    with pytest.raises(Never):
        seen(road, "rep,target\nDana,5000.00\n")
