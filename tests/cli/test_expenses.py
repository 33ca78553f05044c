"""`mailbot expenses`: the list, and the same as CSV."""

from __future__ import annotations

from tests.cli.driver import Driver


def test_a_desk_without_expenses_lists_none(desk: Driver) -> None:
    assert desk.ok("expenses", "--csv").splitlines() == ["day,who,client,amount,currency,words,receipts,ref"]
    assert "day" in desk.ok("expenses", "--month", "2025-11")


def test_a_month_that_is_none_is_refused(desk: Driver) -> None:
    assert desk.run("expenses", "--month", "november").exit_code != 0
