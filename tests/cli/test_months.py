"""mailbot close and mailbot reopen: a decision like any other, which undo takes back."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import select

from mailbot.cli.commands import Exit
from mailbot.clock import SystemClock
from mailbot.duties.sales.weeks.tables import SalesClose
from tests.cli.driver import Driver

OCTOBER = date(2025, 10, 1)


def closes(driver: Driver) -> list[tuple[object, ...]]:
    counting = select(SalesClose.month, SalesClose.is_closed).where(SalesClose.undone_by.is_(None))
    return driver.rows(counting.order_by(SalesClose.id))


def test_a_month_is_closed_and_opened_again_and_either_is_taken_back(bare: Driver) -> None:
    closed = bare.ok("close", "2025-10")
    assert "2025-10 is closed" in closed
    assert "2025-10 is open" in bare.ok("reopen", "2025-10")
    assert closes(bare) == [(OCTOBER, True), (OCTOBER, False)]
    found = re.search(r"\((D-\d+)\)", closed)
    assert found is not None
    bare.ok("undo", found[1], "--yes")
    assert closes(bare) == [(OCTOBER, False)]


def test_a_month_that_is_not_over_is_not_closed(bare: Driver) -> None:
    for month in ("2099-01", f"{SystemClock().now():%Y-%m}"):
        refused = bare.run("close", month)
        assert refused.exit_code == Exit.WRONG
        assert "only a month that has ended can be closed" in refused.stderr
    assert closes(bare) == []
    assert bare.run("close", "9999-12").exit_code == Exit.WRONG


def test_what_is_so_already_is_refused_and_nothing_is_written(bare: Driver) -> None:
    refused = bare.run("reopen", "2025-10")
    assert refused.exit_code == Exit.WRONG
    assert "2025-10 is open already" in refused.stderr
    assert bare.run("close", "October").exit_code == Exit.WRONG
    assert closes(bare) == []
