"""S07: two lines for October come the day after October closed. The manager decides by one word; both are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import PendingState, SalesEntry, SalesPending
from mailbot.duties.sales.weeks.tables import SalesClose
from tests.situations.desk import DESK, PlayedDesk, played_desk

DANA, PRIYA = "dana@harbourpine.example", "priya@harbourpine.example"
BY_DANA, BY_PRIYA = f"Dana Reyes <{DANA}>", f"Priya Nair <{PRIYA}>"
CLOSES = datetime(2025, 11, 5, 23, 0, tzinfo=UTC)  # 18:00 in Boston
BONUS = ("bonus", "quarter")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PlayedDesk]:
    """A desk that closes months by the clock."""
    with played_desk(tmp_path, f"sqlite:///{tmp_path}/desk.sqlite", weeks_of_sales=True) as desk:
        yield desk


def come_late(desk: PlayedDesk) -> tuple[Told, Received, Received]:
    """Dana's two lines come; what was decided, the letter to her, and the question to Priya."""
    told = desk.receives("S07-in-1.eml")
    to_dana = [letter for letter in desk.letters_to(DANA) if "Noted, not lost" in letter.text]
    (to_priya,) = (letter for letter in desk.letters_to(PRIYA) if "late October" in letter.subject)
    assert len(to_dana) == 1
    return told, to_dana[0], to_priya


def ledger(desk: PlayedDesk) -> list[tuple[Decimal, date]]:
    return [(entry.amount, entry.counts_on) for entry in desk.all_of(SalesEntry)]


def test_the_lines_wait_for_october_and_the_words_of_both_letters_are_the_promised_ones(office: PlayedDesk) -> None:
    told, to_dana, to_priya = come_late(office)

    assert (told.story.kind, told.story.folder) == ("numbers", "Asked")
    assert ledger(office) == []  # neither in October nor quietly in November
    lines = office.all_of(SalesPending)
    assert [(line.amount, line.doubt, line.counts_on) for line in lines] == [
        (Decimal(6400), "late", date(2025, 10, 30)),
        (Decimal(1150), "late", date(2025, 10, 31)),
    ]  # and no amount of 30
    assert {line.period_start for line in lines} == {date(2025, 10, 1)}
    said = " ".join(to_dana.text.split())
    assert (
        "Noted, not lost: 7,550.00 USD for October. October closed yesterday 18:00, so Priya decides. "
        "You will hear from me." in said
    )
    asked = " ".join(to_priya.text.split())
    assert "Dana has 2 late October lines" in asked
    assert "Delphi Windows 6,400.00 USD (signed 30 Oct)" in asked
    assert "North Star Logistics 1,150.00 USD (no date given)" in asked
    assert "Reply OCT to reopen October for these, NOV to book them in November, or NO." in asked
    assert not any(word in to_dana.text.lower() for word in BONUS)


@pytest.mark.parametrize(
    ("words", "booked"),
    [
        ("oct", [date(2025, 10, 30), date(2025, 10, 31)]),
        ("Oktober bitte", [date(2025, 10, 30), date(2025, 10, 31)]),
        ("NOV", [date(2025, 11, 6), date(2025, 11, 6)]),
        ("no", []),
    ],
)
def test_one_word_of_the_manager_settles_them_and_both_are_told(
    office: PlayedDesk, words: str, booked: list[date]
) -> None:
    _, _, question = come_late(office)
    told = office.is_answered(question, words, by=BY_PRIYA)

    assert (told.story.kind, told.story.rule) == ("month-answer", "sales.late-lines")
    assert [day for _, day in ledger(office)] == booked
    state = PendingState.BOOKED if booked else PendingState.REFUSED
    assert {line.state for line in office.all_of(SalesPending)} == {state}
    assert sorted(letter.recipient for letter in told.letters) == [DANA, PRIYA]
    assert not any(word in letter.text.lower() for letter in told.letters for word in BONUS)
    assert {entry.made_by for entry in office.all_of(SalesEntry)} <= {office.decision(told.story.ref).id}
    assert office.decision(told.story.ref).arrival_id is not None  # whose mail it was is who decided


@pytest.mark.parametrize("words", ["ok", "oct or nov?", "dec", "yes"])
def test_any_other_word_books_nothing(office: PlayedDesk, words: str) -> None:
    _, _, question = come_late(office)
    office.is_answered(question, words, by=BY_PRIYA)
    assert ledger(office) == []


def test_the_word_of_the_rep_reopens_nothing(office: PlayedDesk) -> None:
    _, noted, question = come_late(office)
    office.is_answered(noted, "OCT", by=BY_DANA)
    office.is_answered(question, "OCT", by=BY_DANA, after=timedelta(minutes=9))
    office.receives(mails.written("reopen October", "October", BY_DANA, DESK, office.clock.now()))

    assert ledger(office) == []
    assert [row.is_closed for row in office.all_of(SalesClose)] == [True]


def test_before_the_close_october_is_closed_for_nobody(office: PlayedDesk) -> None:
    office.clock.set(CLOSES - timedelta(minutes=1))
    office.waits(timedelta(0))
    assert office.all_of(SalesClose) == []
    office.waits(timedelta(minutes=1))
    (row,) = office.all_of(SalesClose)
    assert (row.month, row.is_closed, row.closed_at) == (date(2025, 10, 1), True, CLOSES)


@pytest.mark.parametrize(("days", "amounts"), [(-6, [Decimal(12000)]), (0, [Decimal(12000), Decimal(11000)])])
def test_a_correction_of_a_closed_month_changes_nothing_and_waits_for_a_person(
    office: PlayedDesk, days: int, amounts: list[Decimal]
) -> None:
    at = CLOSES + timedelta(days=days)
    office.clock.set(at)
    office.receives(mails.written("acme corp 12k", "numbers", BY_DANA, DESK, at), at=at)
    (booked,) = office.letters_to(DANA)
    office.clock.set(CLOSES + timedelta(minutes=5))
    office.waits(timedelta(0))
    told = office.is_answered(booked, "1 is 11,000", by=BY_DANA)

    assert [entry.amount for entry in office.all_of(SalesEntry)] == amounts
    assert (told.story.rule == "sales.month-is-closed") is (days < 0)


def test_the_manager_opens_a_month_again_and_closes_it_by_mail(office: PlayedDesk) -> None:
    office.clock.set(CLOSES)
    office.waits(timedelta(0))
    at = CLOSES + timedelta(hours=16)
    told = office.receives(mails.written("reopen October", "month", BY_PRIYA, DESK, at), at=at)
    assert (told.story.kind, told.story.rule) == ("month-order", "sales.month-order")
    office.waits(timedelta(days=2))
    assert [row.is_closed for row in office.all_of(SalesClose)] == [True, False]  # and the clock leaves it open
    at = office.clock.now()
    office.receives(mails.written("Oktober abschließen", "month", BY_PRIYA, DESK, at), at=at)
    assert [row.is_closed for row in office.all_of(SalesClose)] == [True, False, True]
