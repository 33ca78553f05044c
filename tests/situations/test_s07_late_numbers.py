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
from mailbot.duties.sales.tables import EntryKind, PendingState, SalesEntry, SalesPending
from mailbot.duties.sales.weeks.tables import SalesClose
from tests.schemas import migrated_file
from tests.situations.desk import DESK, PlayedDesk, played_desk

DANA, PRIYA = "dana@harbourpine.example", "priya@harbourpine.example"
BY_DANA, BY_PRIYA = f"Dana Reyes <{DANA}>", f"Priya Nair <{PRIYA}>"
CLOSES = datetime(2025, 11, 5, 23, 0, tzinfo=UTC)  # 18:00 in Boston
BONUS = ("bonus", "quarter")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PlayedDesk]:
    """A desk that closes months by the clock."""
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite"), weeks_of_sales=True) as desk:
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


def test_the_report_of_october_is_revised_and_the_quarter_keeps_its_word(office: PlayedDesk) -> None:
    at = CLOSES - timedelta(days=6)
    office.clock.set(at)
    office.receives(mails.written("acme corp 12k", "numbers", BY_DANA, DESK, at), at=at)
    _, _, question = come_late(office)
    october = [letter for letter in office.letters_to(PRIYA) if letter.subject.startswith("Sales October 2025")]
    assert [letter.subject for letter in october if "(r1)" in letter.subject] == [october[0].subject]
    office.waits(timedelta(minutes=10))
    at = office.clock.now()
    office.receives(mails.written("report october", "october", BY_PRIYA, DESK, at), at=at)
    office.waits(timedelta(minutes=2))
    assert "Delphi Windows 6,400.00 USD (late; asked Priya)" in " ".join(office.letters_to(PRIYA)[-1].text.split())
    office.is_answered(question, "oct", by=BY_PRIYA)
    office.waits(timedelta(minutes=10))
    *_, second = (letter for letter in office.letters_to(PRIYA) if letter.subject.startswith("Sales October 2025"))
    assert "19,550.00 USD" in second.subject
    assert "(r2)" in second.subject
    said = " ".join(second.text.split())
    assert "Dana / Delphi Windows +6,400.00" in said
    assert "Dana / North Star Logistics +1,150.00" in said


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


# --- a correction of a closed month ----------------------------------------------------------------------------------


def correct_late(desk: PlayedDesk, words: str = "1 is 11,000", days: int = -6) -> tuple[Told, tuple[Received, ...]]:
    """Dana's line of some days before the close is corrected after it; what was decided, and the questions to Priya."""
    at = CLOSES + timedelta(days=days)
    desk.clock.set(at)
    desk.receives(mails.written("acme corp 12k", "numbers", BY_DANA, DESK, at), at=at)
    (booked,) = desk.letters_to(DANA)
    desk.clock.set(CLOSES + timedelta(minutes=5))
    desk.waits(timedelta(0))
    told = desk.is_answered(booked, words, by=BY_DANA)
    return told, tuple(letter for letter in desk.letters_to(PRIYA) if "correct" in letter.subject)


def counting(desk: PlayedDesk) -> list[tuple[Decimal, str]]:
    """Amount and month of what counts."""
    entries = desk.all_of(SalesEntry)
    old = {entry.supersedes_id for entry in entries}
    return [
        (each.amount, f"{each.counts_on:%b}")
        for each in entries
        if each.id not in old and each.kind is not EntryKind.CANCELLED
    ]


def test_a_correction_of_a_closed_month_waits_and_the_manager_is_asked_by_one_word(office: PlayedDesk) -> None:
    told, (question,) = correct_late(office)
    assert (told.story.rule, told.story.folder) == ("sales.correction-of-a-closed-month", "Asked")
    assert counting(office) == [(Decimal(12000), "Oct")]
    (line,) = office.all_of(SalesPending)
    assert (line.amount, line.counts_on.month if line.counts_on else 0) == (Decimal(-1000), 10)
    asked = " ".join(question.text.split())
    assert "Dana corrects October, which is closed:" in asked
    assert 'Acme Corp 12,000.00 USD → 11,000.00 USD (-1,000.00 USD): "1 is 11,000"' in asked
    assert "Reply OCT to reopen October for it, NOV to book the difference in November, or NO." in asked
    said = " ".join(office.letters_to(DANA)[-1].text.split())
    assert "Noted, not lost:" in said
    assert "October closed today 18:00, so Priya decides. Until then October stays as it is." in said


@pytest.mark.parametrize(
    ("words", "counts", "said"),
    [
        (
            "OCT",
            [(Decimal(11000), "Oct")],
            "Changed in October, which was reopened for this: - Acme Corp 12,000.00",
        ),
        (
            "nov",
            [(Decimal(12000), "Oct"), (Decimal(-1000), "Nov")],
            "the difference is booked in November: - Acme",
        ),
        ("NO", [(Decimal(12000), "Oct")], "October stays as it is. Not changed: - Acme Corp 12,000.00 USD → 11,000.00"),
    ],
)
def test_the_manager_settles_the_correction_and_both_are_told(
    office: PlayedDesk, words: str, counts: list[tuple[Decimal, str]], said: str
) -> None:
    _, (question,) = correct_late(office)
    told = office.is_answered(question, words, by=BY_PRIYA)
    assert counting(office) == counts
    assert sorted(letter.recipient for letter in told.letters) == [DANA, PRIYA]
    assert all(said in " ".join(letter.text.split()) for letter in told.letters)
    assert {line.state for line in office.all_of(SalesPending)} == {
        PendingState.REFUSED if words == "NO" else PendingState.BOOKED
    }


def test_the_word_of_the_rep_changes_no_closed_month(office: PlayedDesk) -> None:
    _, (question,) = correct_late(office)
    office.is_answered(question, "OCT", by=BY_DANA)
    assert counting(office) == [(Decimal(12000), "Oct")]


def test_a_line_that_is_dropped_after_the_close_waits_with_all_of_its_amount(office: PlayedDesk) -> None:
    _, (question,) = correct_late(office, "drop 1")
    assert "12,000.00 USD → dropped (-12,000.00 USD)" in " ".join(question.text.split())
    office.is_answered(question, "oct", by=BY_PRIYA)
    assert counting(office) == []


def test_before_the_close_a_correction_is_made_at_once(office: PlayedDesk) -> None:
    told, questions = correct_late(office, days=0)
    assert told.story.rule == "sales.correction"
    assert questions == ()
    assert counting(office) == [(Decimal(11000), "Nov")]


def test_undo_of_the_managers_word_brings_the_question_and_the_old_amount_back(office: PlayedDesk) -> None:
    _, (question,) = correct_late(office)
    office.is_answered(question, "OCT", by=BY_PRIYA)
    office.is_answered(office.letters_to(PRIYA)[-1], "UNDO", by=BY_PRIYA)
    assert counting(office) == [(Decimal(12000), "Oct")]
    assert [line.state for line in office.all_of(SalesPending)] == [PendingState.WAITING]


def test_a_change_of_currency_after_the_close_is_left_to_a_person(office: PlayedDesk) -> None:
    told, questions = correct_late(office, "1 is 11,000 EUR")
    assert (told.story.rule, told.story.folder) == ("sales.month-is-closed", "Held")
    assert questions == ()
    assert counting(office) == [(Decimal(12000), "Oct")]


def answer_late(desk: PlayedDesk, word: str = "corp") -> Told:
    """On 31 October Dana is asked which Acme; she answers when October is closed."""
    at = CLOSES - timedelta(days=6)
    desk.clock.set(at)
    desk.receives(mails.written("acme 4,800", "numbers", BY_DANA, DESK, at), at=at)
    asked = next(letter for letter in desk.letters_to(DANA) if "Which" in letter.subject)
    desk.clock.set(CLOSES + timedelta(minutes=5))
    desk.waits(timedelta(0))
    return desk.is_answered(asked, word, by=BY_DANA)


@pytest.mark.parametrize(("word", "booked"), [("OCT", "Oct"), ("NOV", "Nov"), ("NO", "")])
def test_an_answer_that_would_place_a_line_into_a_closed_month_goes_the_way_of_late_lines(
    office: PlayedDesk, word: str, booked: str
) -> None:
    told = answer_late(office)
    assert (told.story.rule, told.story.folder) == ("sales.answer-for-a-closed-month", "Asked")
    assert sorted(letter.recipient for letter in told.letters) == [DANA, PRIYA]
    assert counting(office) == []
    (line,) = office.all_of(SalesPending)
    assert (line.doubt, line.state) == ("late", PendingState.WAITING)
    assert "Noted, not lost: 4,800.00 USD for October." in " ".join(office.letters_to(DANA)[-1].text.split())
    question = office.letters_to(PRIYA)[-1]
    assert "Acme Corp 4,800.00 USD" in question.text
    assert "Reply OCT to reopen October for it, NOV to book it in November, or NO." in " ".join(question.text.split())

    office.is_answered(question, word, by=BY_PRIYA)
    assert counting(office) == ([(Decimal(4800), booked)] if booked else [])
    assert {row.state for row in office.all_of(SalesPending)} == {
        PendingState.BOOKED if booked else PendingState.REFUSED
    }


def test_undo_of_the_late_answer_asks_which_client_again_and_the_line_is_late_no_more(office: PlayedDesk) -> None:
    answer_late(office)
    office.is_answered(office.letters_to(DANA)[-1], "UNDO", by=BY_DANA)
    (line,) = office.all_of(SalesPending)
    assert (line.doubt, line.state) == ("several clients", PendingState.WAITING)
    assert counting(office) == []


def test_an_answer_in_time_is_booked_at_once(office: PlayedDesk) -> None:
    at = CLOSES - timedelta(days=6)
    office.clock.set(at)
    office.receives(mails.written("acme 4,800", "numbers", BY_DANA, DESK, at), at=at)
    office.is_answered(office.letters_to(DANA)[-1], "corp", by=BY_DANA)
    assert counting(office) == [(Decimal(4800), "Oct")]


def test_the_client_of_a_colleague_in_a_closed_month_is_left_to_a_person(office: PlayedDesk) -> None:
    told = answer_late(office, "media")
    assert (told.story.rule, told.story.folder) == ("sales.month-is-closed", "Held")
    assert counting(office) == []


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
