"""S30: Tom asks why his commission of October is 412; an expense stands in the same mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import SalesEntry, SalesPending
from mailbot.records.tables import TaskRow
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, PlayedDesk

DANA, TOM, PRIYA, MARA = (f"{name}@harbourpine.example" for name in ("dana", "tom", "priya", "mara"))
BY_TOM = f"Tom Okafor <{TOM}>"
OCTOBER = datetime(2025, 10, 31, 20, 0, tzinfo=UTC)
FRIDAY = datetime(2025, 11, 7, 15, 0, tzinfo=UTC)
S30 = "why is my oct commission 412? should be ~500. also lunch w/ blue ridge 86.40 attached"


def sold(desk: PlayedDesk) -> None:
    desk.receives(mails.written("blue ridge dental 1,800.00\nglobex tools 975.50", "wk 44", BY_TOM, DESK, OCTOBER))
    by_dana, later = f"Dana Reyes <{DANA}>", OCTOBER + timedelta(minutes=3)
    desk.receives(mails.written("acme corp 12k", "numbers", by_dana, DESK, later))


@pytest.fixture(scope="module")
def asked(open_desk: Opener) -> tuple[PlayedDesk, Told]:
    """The company keeps its commissions elsewhere. Only looked at."""
    desk = open_desk()
    sold(desk)
    return desk, desk.receives(mails.written(S30, "commission", BY_TOM, DESK, FRIDAY))


def test_the_question_becomes_a_task_with_toms_lines_due_in_three_working_days(asked: tuple[PlayedDesk, Told]) -> None:
    desk, _ = asked
    tasks = [task for task in desk.all_of(TaskRow) if task.kind == "commission"]
    assert len(tasks) == 1
    assert "12 Nov 2025" in tasks[0].words
    (letter,) = [each for each in desk.letters_to(PRIYA) if each.subject.startswith("Commission of Tom Okafor")]
    assert "why is my oct commission 412? should be ~500" in " ".join(letter.text.split())
    assert "2,775.50 USD" in letter.text
    raw = desk.box.messages(account=PRIYA)[-1]
    assert b"commission-lines.csv" in raw


def test_tom_hears_who_has_it_and_until_when(asked: tuple[PlayedDesk, Told]) -> None:
    desk, _ = asked
    letter = next(each for each in desk.letters_to(TOM) if "Priya Nair has the question" in each.subject)
    assert "Wednesday, 12 Nov" in letter.text


def test_neither_the_commission_nor_the_lunch_is_booked_as_a_sale(asked: tuple[PlayedDesk, Told]) -> None:
    desk, _ = asked
    amounts = {entry.amount for entry in desk.all_of(SalesEntry)}
    assert amounts == {Decimal(1800), Decimal("975.50"), Decimal(12000)}
    assert desk.all_of(SalesPending) == []


def test_nothing_of_danas_reaches_tom(asked: tuple[PlayedDesk, Told]) -> None:
    desk, _ = asked
    assert all("12,000" not in letter.text and "Acme" not in letter.text for letter in desk.letters_to(TOM))


def test_done_by_priya_closes_the_task(desk: PlayedDesk) -> None:
    sold(desk)
    desk.receives(mails.written("why is my oct commission 412?", "commission", BY_TOM, DESK, FRIDAY))
    letter = next(each for each in desk.letters_to(PRIYA) if each.subject.startswith("Commission of Tom"))
    desk.is_answered(letter, "DONE", by=f"Priya Nair <{PRIYA}>")
    assert [task.state.value for task in desk.all_of(TaskRow) if task.kind == "commission"] == ["done"]
