"""An expectation is corrected by mail like a line: by its old amount, or by the word that nothing comes of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.particulars import Stage
from mailbot.duties.sales.tables import SalesForecast
from mailbot.records.decision import Decision, Folder
from tests.duties.sales.mails import TOM, mail
from tests.duties.sales.road import Road

MONDAY = datetime(2025, 11, 3, 9, 0, tzinfo=ZoneInfo("America/New_York"))
HOUR = timedelta(hours=1)
EXPECTED = "Blue Ridge: expecting 2k in December"


def says(road: Road, text: str, at: datetime, to: str = "", subject: str = "numbers") -> Decision:
    return road.arrives(mail(text, TOM, at=at, subject=subject, **({"to": to} if to else {})), at)


def current(road: Road) -> list[tuple[Decimal | None, Stage, str]]:
    """What is expected now: amount, stage and the month it is for."""
    rows = road.all_of(SalesForecast)
    superseded = {row.supersedes_id for row in rows}
    return [(row.amount, row.stage, f"{row.period_end:%m}") for row in rows if row.id not in superseded]


@pytest.mark.parametrize(
    "text",
    [
        "blue ridge rather 3k, not 2k",
        "Blue Ridge more like 3k, not 2k",
        "blue ridge eher 3k statt 2k",
        "Blue Ridge Dental is 3,000 not 2,000",
    ],
)
def test_the_old_amount_says_which_expectation_is_meant_whichever_month_it_is_for(road: Road, text: str) -> None:
    says(road, EXPECTED, MONDAY)
    decision = says(road, text, MONDAY + HOUR)
    assert (decision.kind, decision.folder) == ("numbers", Folder.DONE)
    assert current(road) == [(Decimal(3000), Stage.OPEN, "12")]
    assert road.ledger() == []
    assert road.pending() == []
    (letter,) = road.letters_of(decision)
    assert "Blue Ridge Dental 3,000.00 USD instead of 2,000.00 USD" in letter.text


@pytest.mark.parametrize(
    "text", ["blue ridge is dead", "Blue Ridge is off the table", "sadly blue ridge fell through", "blue ridge ist tot"]
)
def test_what_is_dead_is_lost_with_the_amount_that_was_expected(road: Road, text: str) -> None:
    says(road, EXPECTED, MONDAY)
    decision = says(road, text, MONDAY + HOUR)
    assert decision.folder is Folder.DONE
    assert current(road) == [(Decimal(2000), Stage.LOST, "12")]
    assert "Noted as lost: Blue Ridge Dental 2,000.00 USD" in road.letters_of(decision)[0].text


def test_a_reply_to_the_confirmation_corrects_it_too(road: Road) -> None:
    (letter,) = road.letters_of(says(road, f"{EXPECTED}\nGlobex 900", MONDAY))
    says(road, "blue ridge rather 3k, not 2k", MONDAY + HOUR, letter.envelope_sender, f"Re: {letter.subject}")
    assert current(road) == [(Decimal(3000), Stage.OPEN, "12")]
    assert [amount for _, amount, _ in road.ledger()] == [Decimal(900)]


def test_sales_in_the_same_mail_are_booked_beside_it(road: Road) -> None:
    says(road, EXPECTED, MONDAY)
    says(road, "globex 700\nblue ridge is dead", MONDAY + HOUR)
    assert [amount for _, amount, _ in road.ledger()] == [Decimal(700)]
    assert current(road) == [(Decimal(2000), Stage.LOST, "12")]


def test_undo_brings_the_expectation_back(road: Road) -> None:
    says(road, EXPECTED, MONDAY)
    road.take_back(says(road, "blue ridge is dead", MONDAY + HOUR), MONDAY + 2 * HOUR)
    assert current(road) == [(Decimal(2000), Stage.OPEN, "12")]


def test_what_was_sold_is_no_expectation_any_more_and_a_correction_is_one_of_the_ledger(road: Road) -> None:
    says(road, EXPECTED, MONDAY)
    says(road, "Blue Ridge 2k signed", MONDAY + HOUR)
    says(road, "blue ridge was 3k, not 2k", MONDAY + 2 * HOUR)
    assert [amount for _, amount, _ in road.ledger()] == [Decimal(3000)]
    assert current(road) == [(Decimal(2000), Stage.OPEN, "12")]


@pytest.mark.parametrize(
    "text",
    [
        "blue ridge rather 3k, not 4k",  # nobody expected 4k
        "south star rather 3k, not 2k",  # of another client
    ],
)
def test_what_was_never_expected_changes_nothing_and_waits(road: Road, text: str) -> None:
    says(road, EXPECTED, MONDAY)
    decision = says(road, text, MONDAY + HOUR)
    assert decision.folder is Folder.HELD
    assert current(road) == [(Decimal(2000), Stage.OPEN, "12")]


@pytest.mark.parametrize(
    "text", ["is blue ridge dead?", "the blue ridge printer is dead", "blue ridge", "globex is dead", "dead"]
)
def test_other_words_about_a_client_change_no_expectation(road: Road, text: str) -> None:
    says(road, EXPECTED, MONDAY)
    says(road, text, MONDAY + HOUR)
    assert current(road) == [(Decimal(2000), Stage.OPEN, "12")]
