"""`mailbot figures` tells the numbers of the reports, and its CSV holds no formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from mailbot.cli.commands import Exit
from mailbot.duties.sales.tables import SalesEntry, SalesForecast
from mailbot.records.session import Database
from mailbot.records.tables import Client, Person
from tests.cli.driver import Driver


def sell(desk: Driver, rep: str, client: str, amount: str, currency: str = "USD") -> None:
    database = Database(f"sqlite:///{desk.folder}/mailbot.sqlite")
    day = date(2025, 10, 31)
    with database.writing() as session:
        session.add(
            SalesEntry(
                rep_id=session.scalars(select(Person.id).where(Person.name == rep)).one(),
                client_id=session.scalars(select(Client.id).where(Client.name == client)).one(),
                amount=Decimal(amount),
                currency=currency,
                period_start=day,
                period_end=day,
                counts_on=day,
                words=amount,
                place="body",
                line=1,
                said_on=day,
            )
        )
    database.close()


def test_the_figures_of_a_span_are_told_with_what_is_not_in_them(desk: Driver) -> None:
    sell(desk, "Dana Reyes", "Acme Corp", "12000.50")
    sell(desk, "Jonas Weber", "Müller Bau GmbH", "100", "CHF")
    said = desk.ok("figures", "week", "44", "2025")
    assert "Dana Reyes\t12,000.50" in said
    assert "total\t12,000.50" in said
    assert "not in the total: 100.00 CHF, no rate" in said or "100 CHF" in said
    assert "Acme Corp\t12,000.50" in desk.ok("figures", "october", "2025", "--rep", "dana")
    assert "total\t0.00" in desk.ok("figures", "q3", "2025")


def test_forecasts_of_a_month_stand_beside_what_came_of_them(desk: Driver) -> None:
    sell(desk, "Dana Reyes", "Acme Corp", "900")
    assert "forecasts" not in desk.ok("figures", "october", "2025")
    database = Database(f"sqlite:///{desk.folder}/mailbot.sqlite")
    with database.writing() as session:
        session.add(
            SalesForecast(
                rep_id=session.scalars(select(Person.id).where(Person.name == "Dana Reyes")).one(),
                client_id=session.scalars(select(Client.id).where(Client.name == "Acme Corp")).one(),
                amount=Decimal(1000),
                currency="USD",
                period_start=date(2025, 10, 1),
                period_end=date(2025, 10, 31),
                words="acme 1k",
                place="body",
                said_on=date(2025, 9, 20),
            )
        )
    database.close()
    assert "Dana Reyes\t1,000.00\t900.00\t90%" in desk.ok("figures", "october", "2025")


def test_json_and_csv_hold_the_same_numbers_and_a_hostile_name_is_no_formula(desk: Driver) -> None:
    sell(desk, "Dana Reyes", "Acme Corp", "12000.50")
    database = Database(f"sqlite:///{desk.folder}/mailbot.sqlite")
    with database.writing() as session:
        session.execute(
            update(Client).where(Client.name == "Acme Corp").values(name='=HYPERLINK("http://evil.example")')
        )
    database.close()
    found = json.loads(desk.ok("figures", "q4", "2025", "--by", "client", "--json"))
    assert found["total"]["actual"] == "12000.50"
    rows = list(csv.reader(io.StringIO(desk.ok("figures", "q4", "2025", "--by", "client", "--csv"))))
    assert rows[0] == ["client", "actual", "plan", "percent", "currency"]
    assert rows[1] == ['\'=HYPERLINK("http://evil.example")', "12000.50", "", "", "USD"]
    assert rows[-1][:2] == ["total", "12000.50"]


@pytest.mark.parametrize("words", [("week", "99"), ("soon",), ("october", "dana"), ("q4", "--rep", "nobody")])
def test_what_is_no_span_or_no_rep_is_refused_in_words(desk: Driver, words: tuple[str, ...]) -> None:
    assert desk.run("figures", *words).exit_code == Exit.WRONG
