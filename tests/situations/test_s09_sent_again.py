"""S09: the numbers are sent again, one line changed: what was there is not booked twice, what differs is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.duties.sales.tables import EntryKind, PendingState, SalesEntry, SalesPending
from mailbot.records.tables import QuestionRow, QuestionState, TaskRow
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, Count, PlayedDesk

DANA, JONAS, MARA = "dana@harbourpine.example", "jonas@harbourpine.example", "mara@harbourpine.example"
BY_DANA = f"Dana Reyes <{DANA}>"
OF_S01 = Decimal("15700.50")
NORTH_STAR, AGAIN = Decimal("2350.50"), Decimal("2530.50")


def counting(desk: PlayedDesk) -> list[SalesEntry]:
    entries = desk.all_of(SalesEntry)
    superseded = {entry.supersedes_id for entry in entries}
    return [each for each in entries if each.id not in superseded and each.kind is not EntryKind.CANCELLED]


def total(desk: PlayedDesk) -> Decimal:
    return sum((each.amount for each in counting(desk)), Decimal(0))


def sent_again(desk: PlayedDesk) -> Received:
    """S01 at 16:42, the resend at 17:20; the letter that asks."""
    desk.receives("S01-in-1.eml")
    desk.receives("S09-in-1.eml", to=DESK)
    return desk.letters_to(DANA)[-1]


@pytest.fixture(scope="module")
def asked(open_desk: Opener) -> tuple[PlayedDesk, Received]:
    """Only looked at."""
    desk = open_desk()
    return desk, sent_again(desk)


def test_the_sum_is_unchanged_until_answered_and_the_changed_line_waits(asked: tuple[PlayedDesk, Received]) -> None:
    desk, _ = asked
    assert total(desk) == OF_S01
    assert len(desk.all_of(SalesEntry)) == 3
    (waiting,) = desk.all_of(SalesPending)
    assert (waiting.amount, waiting.state, waiting.period_start) == (AGAIN, PendingState.WAITING, date(2025, 10, 27))


def test_one_letter_names_the_repeats_and_asks_one_question(asked: tuple[PlayedDesk, Received]) -> None:
    desk, letter = asked
    assert [each.state for each in desk.all_of(QuestionRow)] == [QuestionState.OPEN]
    assert len(desk.letters_to(DANA)) == 2
    text = " ".join(letter.text.split())
    assert "I already had Acme Corp and Beta Freight from 16:42, not booked again." in text
    assert "North Star Logistics: 2,350.50 USD earlier (16:42), 2,530.50 USD now" in text
    assert "Reply NEW (2,530.50 USD replaces it), OLD (it stays as it is), or BOTH (two sales)." in text


def test_nobody_else_is_written_to_and_no_person_has_to_look(asked: tuple[PlayedDesk, Received]) -> None:
    desk, _ = asked
    assert desk.letters() == {DANA: 2}
    assert desk.all_of(TaskRow) == []


def test_the_copy_by_the_alias_leaves_only_a_decision_that_says_duplicate(desk: PlayedDesk) -> None:
    sent_again(desk)
    before = desk.count()
    copy = desk.receives("S09-in-1.eml", to="numbers@harbourpine.example")

    assert copy.story.kind == "duplicate"
    assert "decided as" in copy.story.summary
    assert desk.count() == Count(before.decisions + 1, before.changes, before.letters)


@pytest.mark.parametrize(
    ("word", "after", "state", "says"),
    [
        ("NEW", OF_S01 - NORTH_STAR + AGAIN, PendingState.BOOKED, "2,350.50 USD → 2,530.50 USD"),
        ("the new one please", OF_S01 - NORTH_STAR + AGAIN, PendingState.BOOKED, "2,350.50 USD → 2,530.50 USD"),
        ("OLD", OF_S01, PendingState.REPEATED, "stays as it was, 2,350.50 USD"),
        ("both, thanks!", OF_S01 + AGAIN, PendingState.BOOKED, "Booked as a sale of its own"),
    ],
)
def test_each_answer_is_carried_out_confirmed_and_undone(
    desk: PlayedDesk, word: str, after: Decimal, state: PendingState, says: str
) -> None:
    letter = sent_again(desk)
    told = desk.is_answered(letter, word, by=BY_DANA)

    assert (told.story.kind, total(desk)) == ("resend-answer", after)
    assert [each.state for each in desk.all_of(SalesPending)] == [state]
    assert {each.period_start for each in desk.all_of(SalesEntry)} == {date(2025, 10, 27)}
    settled = desk.letters_to(DANA)[-1]
    assert says in " ".join(settled.text.split())

    desk.is_answered(settled, "undo", by=BY_DANA)
    assert total(desk) == OF_S01
    assert [each.state for each in desk.all_of(SalesPending)] == [PendingState.WAITING]
    assert [each.state for each in desk.all_of(QuestionRow) if each.kind == "resent"] == [QuestionState.OPEN]


@pytest.mark.parametrize("words", ["maybe new", "new or both?", "2,430.50", "not the new one"])
def test_what_is_no_answer_goes_to_a_person_and_the_sum_stays(desk: PlayedDesk, words: str) -> None:
    told = desk.is_answered(sent_again(desk), words, by=BY_DANA)
    assert (told.story.folder, total(desk)) == ("Held", OF_S01)
    assert [each.state for each in desk.all_of(SalesPending)] == [PendingState.WAITING]


def test_a_second_answer_hears_kindly_that_it_is_settled(desk: PlayedDesk) -> None:
    letter = sent_again(desk)
    desk.is_answered(letter, "OLD", by=BY_DANA)
    told = desk.is_answered(letter, "NEW", by=BY_DANA, after=timedelta(minutes=20))

    assert (told.story.kind, total(desk)) == ("late-answer", OF_S01)
    assert "settled" in desk.letters_to(DANA)[-1].text


def test_new_after_the_earlier_line_was_dropped_books_the_new_one(desk: PlayedDesk) -> None:
    letter = sent_again(desk)
    confirmed = desk.letters_to(DANA)[0]
    desk.is_answered(confirmed, "drop 3", by=BY_DANA)
    desk.is_answered(letter, "NEW", by=BY_DANA)
    assert total(desk) == OF_S01 - NORTH_STAR + AGAIN


@pytest.mark.parametrize(
    ("word", "amounts"),
    [("NEU", ["1200"]), ("alt", ["2100"]), ("BEIDE", ["2100", "1200"]), ("die neue bitte", ["1200"])],
)
def test_a_german_rep_is_asked_and_answers_in_german(desk: PlayedDesk, word: str, amounts: list[str]) -> None:
    at = datetime(2025, 11, 4, 9, 0, tzinfo=UTC)
    by = f"Jonas Weber <{JONAS}>"
    desk.receives(mails.written("Müller Bau 2.100 EUR", "Umsatz", by, DESK, at))
    desk.receives(mails.written("Müller Bau 1.200 EUR", "Umsatz", by, DESK, at + timedelta(minutes=30)))
    letter = desk.letters_to(JONAS)[-1]
    assert "Antworte NEU (1.200,00 EUR ersetzt die frühere Zeile), ALT" in letter.text
    desk.is_answered(letter, word, by=by)
    assert [each.amount for each in counting(desk)] == [Decimal(each) for each in amounts]


def test_the_same_sale_on_the_next_day_is_booked_with_a_note(desk: PlayedDesk) -> None:
    at = datetime(2025, 10, 30, 15, 0, tzinfo=UTC)
    for day in (at, at + timedelta(days=1)):
        desk.receives(mails.written("beta freight 450", "numbers", BY_DANA, DESK, day))

    assert [each.amount for each in counting(desk)] == [Decimal(450)] * 2
    first, second = desk.letters_to(DANA)
    assert "Same as yesterday?" not in first.text
    assert "Same as yesterday? Beta Freight 450.00 USD was booked yesterday too, and both count." in " ".join(
        second.text.split()
    )
    desk.is_answered(second, "drop 1", by=BY_DANA)
    assert [each.amount for each in counting(desk)] == [Decimal(450)]
