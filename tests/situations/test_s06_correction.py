"""S06: "sorry, Acme was 12,500 not 15,200": the old amount is the proof of which line is meant, so nobody asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import EntryKind, SalesEntry
from mailbot.records.tables import QuestionRow, QuestionState, TaskRow
from tests.schemas import migrated_file
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, PlayedDesk, played_desk

DANA, MARA = "dana@harbourpine.example", "mara@harbourpine.example"
FRIDAY_NIGHT = datetime(2025, 11, 8, 2, 40, tzinfo=UTC)  # Friday 7 Nov, 21:40 in New York


def on_friday_night(desk: PlayedDesk) -> None:
    """Dana's numbers of week 45, typed from memory; "Acme" is hers, she says when asked."""
    desk.receives(
        mails.written("Acme corp 15,200, Beta 900", "Re: week 45", f"Dana Reyes <{DANA}>", DESK, FRIDAY_NIGHT)
    )


def counting(desk: PlayedDesk) -> list[SalesEntry]:
    entries = desk.all_of(SalesEntry)
    superseded = {entry.supersedes_id for entry in entries}
    return [each for each in entries if each.id not in superseded and each.kind is not EntryKind.CANCELLED]


@pytest.fixture(scope="module")
def corrected(open_desk: Opener) -> tuple[PlayedDesk, Told]:
    """Her correction of Monday morning has come in. Only looked at."""
    desk = open_desk()
    on_friday_night(desk)
    return desk, desk.receives("S06-in-1.eml")


def test_the_entry_is_superseded_in_the_week_of_the_original_and_both_rows_stay(
    corrected: tuple[PlayedDesk, Told],
) -> None:
    desk, told = corrected
    assert (told.story.kind, told.story.rule, told.story.folder) == ("correction", "sales.correction", "Done")
    assert told.records == {"sales_entries": 1}
    old, _, new = desk.all_of(SalesEntry)
    assert (old.amount, new.amount, new.supersedes_id) == (Decimal(15200), Decimal(12500), old.id)
    assert (new.kind, new.client_id, new.rep_id) == (EntryKind.CORRECTED, old.client_id, old.rep_id)
    assert {(each.period_start, each.counts_on) for each in (old, new)} == {(date(2025, 11, 3), date(2025, 11, 7))}
    assert sum(each.amount for each in counting(desk)) == Decimal(13400)


def test_nobody_is_asked_and_nothing_is_left_to_do(corrected: tuple[PlayedDesk, Told]) -> None:
    desk, _ = corrected
    assert desk.all_of(QuestionRow) == []
    assert desk.all_of(TaskRow) == []
    assert MARA not in desk.letters()


def test_dana_reads_before_and_after_the_difference_and_how_to_take_it_back(corrected: tuple[PlayedDesk, Told]) -> None:
    desk, told = corrected
    assert [letter.recipient for letter in told.letters if letter.recipient == DANA] == [DANA]
    text = desk.letters_to(DANA)[-1].text
    assert "Acme Corp, week 45: 15,200.00 USD → 12,500.00 USD" in text
    assert "-2,700.00 USD" in text
    assert "Reply UNDO" in text


def test_undo_brings_the_first_amount_back(desk: PlayedDesk) -> None:
    on_friday_night(desk)
    desk.receives("S06-in-1.eml")
    desk.is_answered(desk.letters_to(DANA)[-1], "UNDO", by=f"Dana Reyes <{DANA}>")
    assert [each.amount for each in counting(desk)] == [Decimal(15200), Decimal(900)]


def test_the_line_that_was_asked_about_first_is_corrected_in_the_same_way(desk: PlayedDesk) -> None:
    desk.receives(mails.written("Acme 15,200, Beta 900", "Re: week 45", f"Dana Reyes <{DANA}>", DESK, FRIDAY_NIGHT))
    question = next(letter for letter in desk.letters_to(DANA) if "Acme" in letter.subject)
    desk.is_answered(question, "corp", by=f"Dana Reyes <{DANA}>")
    desk.receives("S06-in-1.eml")

    assert sorted(each.amount for each in counting(desk)) == [Decimal(900), Decimal(12500)]
    assert {each.period_start for each in counting(desk)} == {date(2025, 11, 3)}
    assert all(each.state is not QuestionState.OPEN for each in desk.all_of(QuestionRow))


def test_an_old_amount_that_nobody_booked_changes_nothing(desk: PlayedDesk) -> None:
    on_friday_night(desk)
    words = "sorry, Acme was 12,500 not 15,300"
    desk.receives(mails.written(words, "oops", f"Dana Reyes <{DANA}>", DESK, FRIDAY_NIGHT + timedelta(days=2)))
    assert [each.amount for each in counting(desk)] == [Decimal(15200), Decimal(900)]


# --- after the report has gone out -----------------------------------------------------------------------------------

PRIYA = "priya@harbourpine.example"
MONDAY_8 = datetime(2025, 11, 10, 13, 0, tzinfo=UTC)  # 08:00 in Boston


@pytest.fixture
def reported(tmp_path: Path) -> Iterator[PlayedDesk]:
    """The report of week 45 went out on Monday at eight."""
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite"), weeks_of_sales=True) as desk:
        on_friday_night(desk)
        desk.clock.set(MONDAY_8 - timedelta(minutes=5))
        desk.waits(timedelta(minutes=5))
        yield desk


def reports(desk: PlayedDesk, to: str) -> list[Received]:
    return [letter for letter in desk.letters_to(to) if letter.subject.startswith("Sales week 45")]


def test_dana_hears_that_the_report_is_corrected_and_priya_gets_r2_with_one_line_on_top(reported: PlayedDesk) -> None:
    (first,) = reports(reported, PRIYA)
    assert "(r1)" in first.subject
    reps_before = {rep: len(reports(reported, rep)) for rep in (DANA, "tom@harbourpine.example")}

    reported.receives("S06-in-1.eml")
    said = " ".join(reported.letters_to(DANA)[-1].text.split())
    assert "Acme Corp, week 45: 15,200.00 USD → 12,500.00 USD" in said
    assert "The report of week 45 is corrected, and Priya is told." in said
    assert "Reply UNDO" in said

    reported.waits(timedelta(minutes=6))
    _, second = reports(reported, PRIYA)
    assert "(r2)" in second.subject
    top = next(line for line in second.text.splitlines() if line.strip())
    assert top == "Changed since 08:00: Dana / Acme Corp \N{MINUS SIGN}2,700.00 (Dana's correction, 09:26)."
    assert "13,400.00" in second.text
    assert {rep: len(reports(reported, rep)) for rep in reps_before} == reps_before  # nobody else gets it again


def test_before_any_report_went_out_none_is_spoken_of(desk: PlayedDesk) -> None:
    on_friday_night(desk)
    desk.receives("S06-in-1.eml")
    assert "report" not in desk.letters_to(DANA)[-1].text
