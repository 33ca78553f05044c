"""S03: a table pasted from Excel whose own total row is 100.00 more than its rows. A row may be missing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import EntryKind, PendingState, SalesEntry, SalesPending
from mailbot.records.tables import Client, QuestionRow, QuestionState
from tests.schemas import migrated_file
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, PlayedDesk, played_desk

TOM, PRIYA = "tom@harbourpine.example", "priya@harbourpine.example"
BY_TOM = f"Tom Okafor <{TOM}>"
ROWS = [
    ("Blue Ridge Dental", Decimal("1800.00")),
    ("South Star Logistics", Decimal("4250.00")),
    ("Globex Tools", Decimal("975.50")),
]


def counting(desk: PlayedDesk) -> list[tuple[str, Decimal]]:
    entries = desk.all_of(SalesEntry)
    names = {client.id: client.name for client in desk.all_of(Client)}
    old = {entry.supersedes_id for entry in entries}
    current = (each for each in entries if each.id not in old and each.kind is not EntryKind.CANCELLED)
    return [(names[each.client_id], each.amount) for each in current]


def asked(desk: PlayedDesk) -> Received:
    """His mail came; the question about the total."""
    desk.receives("S03-in-1.eml")
    (question,) = (letter for letter in desk.letters_to(TOM) if "Reply" in letter.text and "total wrong" in letter.text)
    return question


def states(desk: PlayedDesk) -> tuple[QuestionState, PendingState]:
    (question,) = desk.all_of(QuestionRow)
    (line,) = desk.all_of(SalesPending)
    return question.state, line.state


@pytest.fixture(scope="module")
def booked(open_desk: Opener) -> tuple[PlayedDesk, Told]:
    """The mail came. Only looked at."""
    desk = open_desk()
    return desk, desk.receives("S03-in-1.eml")


def test_three_rows_are_booked_and_no_word_of_a_cell_is_money(booked: tuple[PlayedDesk, Told]) -> None:
    desk, told = booked
    assert told.story.kind == "numbers"
    assert counting(desk) == ROWS  # no TOTAL, no 1/2, no 3 mo, no 2026, nothing of the plain part
    assert [entry.product for entry in desk.all_of(SalesEntry)] == ["1/2 page Nov", "Banner 3 mo", "Directory 2026"]


def test_the_difference_is_asked_about_once_with_both_ways_to_answer(booked: tuple[PlayedDesk, Told]) -> None:
    desk, _ = booked
    (question,) = desk.all_of(QuestionRow)
    assert (question.kind, question.state) == ("sheet-total", QuestionState.OPEN)
    text = " ".join(" ".join(letter.text.split()) for letter in desk.letters_to(TOM))
    assert "your sheet says 7,125.50 USD, the rows add up to 7,025.50 USD (100.00 USD less). I booked the rows." in text
    assert "total wrong" in text
    assert [(name, money) for name, money in ROWS if name not in text] == []


def test_total_wrong_closes_the_question_and_changes_no_row(desk: PlayedDesk) -> None:
    desk.is_answered(asked(desk), "total wrong", by=BY_TOM)
    assert states(desk) == (QuestionState.ANSWERED, PendingState.TOTAL_WRONG)
    assert counting(desk) == ROWS


def test_the_missing_line_is_booked_and_closes_the_question_because_the_total_agrees(desk: PlayedDesk) -> None:
    told = desk.is_answered(asked(desk), "acme media 100", by=BY_TOM)
    assert counting(desk) == [*ROWS, ("Acme Media", Decimal(100))]
    assert states(desk) == (QuestionState.ANSWERED, PendingState.TOTAL_AGREES)
    (letter,) = told.letters
    assert "Your total of 7,125.50 USD agrees now, so my question is settled." in " ".join(letter.text.split())


def test_a_line_after_which_it_still_differs_leaves_the_question_open_and_says_by_how_much(desk: PlayedDesk) -> None:
    told = desk.is_answered(asked(desk), "acme media 60", by=BY_TOM)
    assert counting(desk) == [*ROWS, ("Acme Media", Decimal(60))]
    assert states(desk) == (QuestionState.OPEN, PendingState.WAITING)
    said = " ".join(told.letters[0].text.split())
    assert "With it the rows add up to 7,085.50 USD, 40.00 USD less than your total of 7,125.50 USD." in said
    assert "My question stays open." in said


def test_missing_rows_that_come_in_two_mails_are_added_up_and_undo_of_the_first_is_told_apart(
    desk: PlayedDesk,
) -> None:
    question = asked(desk)
    desk.is_answered(question, "acme media 60", by=BY_TOM)
    told = desk.is_answered(question, "south star 40", by=BY_TOM, after=timedelta(days=1))
    assert counting(desk) == [*ROWS, ("Acme Media", Decimal(60)), ("South Star Logistics", Decimal(40))]
    assert states(desk) == (QuestionState.ANSWERED, PendingState.TOTAL_AGREES)
    assert "Your total of 7,125.50 USD agrees now" in " ".join(told.letters[0].text.split())

    desk.is_answered(desk.letters_to(TOM)[-1], "UNDO", by=BY_TOM)
    assert states(desk) == (QuestionState.OPEN, PendingState.WAITING)
    told = desk.is_answered(question, "south star 30", by=BY_TOM, after=timedelta(days=1))
    assert "7,115.50 USD, 10.00 USD less than your total" in " ".join(told.letters[0].text.split())


def test_a_row_that_is_corrected_to_the_total_closes_it_too(desk: PlayedDesk) -> None:
    asked(desk)
    at = desk.clock.now() + timedelta(minutes=20)
    told = desk.receives(mails.written("globex was 1,075.50 not 975.50", "oops", BY_TOM, DESK, at))
    assert told.story.kind == "correction"
    assert states(desk) == (QuestionState.ANSWERED, PendingState.TOTAL_AGREES)
    assert "Your total of 7,125.50 USD agrees now" in " ".join(told.letters[0].text.split())


def test_another_correction_leaves_it_open(desk: PlayedDesk) -> None:
    """S10: his total is still not what his rows make."""
    asked(desk)
    at = desk.clock.now() + timedelta(days=2)
    desk.receives(mails.written("btw globex is 1,975.50 not 975.50, typo in my sheet", "sheet", BY_TOM, DESK, at))
    assert states(desk) == (QuestionState.OPEN, PendingState.WAITING)


def test_sales_of_another_mail_have_nothing_to_do_with_it(desk: PlayedDesk) -> None:
    asked(desk)
    at = desk.clock.now() + timedelta(hours=1)
    told = desk.receives(mails.written("acme media 100", "numbers", BY_TOM, DESK, at))
    assert states(desk) == (QuestionState.OPEN, PendingState.WAITING)
    assert "total of 7,125.50" not in " ".join(told.letters[0].text.split())


def test_undo_of_the_missing_line_opens_the_question_again(desk: PlayedDesk) -> None:
    told = desk.is_answered(asked(desk), "acme media 100", by=BY_TOM)
    desk.is_answered(desk.letters_to(TOM)[-1], "UNDO", by=BY_TOM)
    assert told.letters
    assert counting(desk) == ROWS
    assert states(desk) == (QuestionState.OPEN, PendingState.WAITING)


def test_the_report_says_both_sums(tmp_path: Path) -> None:
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite"), weeks_of_sales=True) as desk:
        desk.receives("S03-in-1.eml")
        desk.waits(timedelta(days=3))
        report = next(letter for letter in desk.letters_to(PRIYA) if letter.subject.startswith("Sales week 44"))
        said = " ".join(report.text.split())
        assert "Tom: the mail says 7,125.50 USD in all, its lines come to 7,025.50" in said
        assert "Tom Okafor 7,025.50" in said
