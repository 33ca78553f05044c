"""S08: euros, dollars and francs in one mail. Francs have no rate: it is asked for, and nothing is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.cli.demo.mails import Received
from mailbot.duties.sales.tables import SalesEntry, SalesRate, SalesReport
from mailbot.records.tables import Client, QuestionRow, QuestionState
from tests.situations.desk import PlayedDesk, played_desk

JONAS, PRIYA, MARA, VIKTOR = (f"{name}@harbourpine.example" for name in ("jonas", "priya", "mara", "viktor"))
MONDAY_8 = datetime(2025, 11, 10, 13, 0, tzinfo=UTC)  # 08:00 in Boston
BOOKED = [
    ("Acme Medical GmbH", Decimal(4000), "EUR"),
    ("Acme Medical GmbH", Decimal(1500), "USD"),
    ("Müller Bau GmbH", Decimal(2000), "CHF"),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlayedDesk]:
    """His mail came on Friday."""
    with played_desk(tmp_path, f"sqlite:///{tmp_path}/desk.sqlite", weeks_of_sales=True) as opened:
        opened.receives("S08-in-1.eml")
        yield opened


def ledger(desk: PlayedDesk) -> list[tuple[str, Decimal, str]]:
    names = {client.id: client.name for client in desk.all_of(Client)}
    return [(names[entry.client_id], entry.amount, entry.currency) for entry in desk.all_of(SalesEntry)]


def on_monday(desk: PlayedDesk) -> Received:
    """The report of week 45."""
    desk.clock.set(MONDAY_8 - timedelta(minutes=5))
    desk.waits(timedelta(minutes=5))
    return reports(desk)[-1]


def reports(desk: PlayedDesk) -> list[Received]:
    return [letter for letter in desk.letters_to(PRIYA) if letter.subject.startswith("Sales week 45")]


def questions(desk: PlayedDesk, to: str) -> list[Received]:
    return [letter for letter in desk.letters_to(to) if "CHF" in letter.subject and "CHF 1.12" in letter.text]


def said(letter: Received) -> str:
    return " ".join(letter.text.split())


def test_every_amount_is_booked_in_its_own_currency_and_confirmed_in_it(desk: PlayedDesk) -> None:
    assert ledger(desk) == BOOKED
    (letter,) = (each for each in desk.letters_to(JONAS) if "gebucht" in each.subject)
    for money in ("4.000,00 EUR", "1.500,00 USD", "2.000,00 CHF"):
        assert money in letter.text
    assert "5.500" not in letter.text  # nothing is added across currencies


def test_mara_and_viktor_are_asked_once_for_the_rate_and_nobody_else(desk: PlayedDesk) -> None:
    desk.waits(timedelta(hours=1))
    for who in (MARA, VIKTOR):
        (question,) = questions(desk, who)
        assert "CHF 1.12" in question.text
        assert "November" in question.text
    assert questions(desk, PRIYA) == questions(desk, JONAS) == []
    desk.waits(timedelta(days=2))
    assert len(questions(desk, MARA)) == 1


def test_the_report_adds_up_what_has_a_rate_says_the_rate_and_what_is_missing(desk: PlayedDesk) -> None:
    report = on_monday(desk)
    assert "Jonas Weber 5,900.00" in said(report)
    assert "2,000.00 CHF: no rate" in said(report)
    assert "Rates: EUR 1.10." in said(report)
    assert "7,500" not in report.text  # the francs are no dollars
    assert "…" not in report.text  # what his row is made of is said whole


def test_the_answer_is_used_from_then_on_kept_with_its_date_and_told_in_the_next_revision(desk: PlayedDesk) -> None:
    on_monday(desk)
    (question,) = questions(desk, MARA)
    desk.is_answered(question, "CHF 1.12", by=f"Mara Lindqvist <{MARA}>")
    (rate,) = desk.all_of(SalesRate)
    assert (rate.currency, rate.value, rate.month) == ("CHF", Decimal("1.12"), date(2025, 11, 1))
    assert {each.state for each in desk.all_of(QuestionRow) if each.kind == "rate-wanted"} == {
        QuestionState.ANSWERED,
        QuestionState.WITHDRAWN,
    }

    desk.waits(timedelta(minutes=10))
    second = reports(desk)[-1]
    assert "(r2)" in second.subject
    assert "Changed since 08:00: plans or rates." in said(second)
    assert "Jonas Weber 8,140.00" in said(second)
    assert "CHF 1.12 (11/2025)" in said(second)
    assert "no rate" not in second.text
    assert ledger(desk) == BOOKED  # the originals are as they were

    first, last = [row for row in desk.all_of(SalesReport) if row.first == date(2025, 11, 3)]
    used = [{each["currency"]: str(each["value"]) for each in row.rates} for row in (first, last)]
    assert used == [{"EUR": "1.10"}, {"EUR": "1.10", "CHF": "1.12"}]


def test_a_rep_may_not_say_a_rate(desk: PlayedDesk) -> None:
    desk.waits(timedelta(hours=1))
    (question,) = questions(desk, MARA)
    desk.is_answered(question, "CHF 1.12", by=f"Jonas Weber <{JONAS}>")
    assert desk.all_of(SalesRate) == []
