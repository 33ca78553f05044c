"""The first working day of a month: who manages gets the month before in figures, with the list behind each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from mailbot.cli.demo import mails
from mailbot.duties.issues.tables import Issue
from mailbot.records.contracts.tables import Deliverable
from mailbot.records.tables import DecisionRow
from tests.situations.desk import DESK, PlayedDesk, played_desk

PRIYA, DANA, ELLEN = "priya@harbourpine.example", "dana@harbourpine.example", "ellen@northstar.example"
NOV_4 = datetime(2025, 11, 4, 15, 0, tzinfo=UTC)
DEC_1 = datetime(2025, 12, 1, 14, 0, tzinfo=UTC)
SUBJECT = "November 2025 in figures"


@pytest.fixture(scope="module")
def december(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlayedDesk]:
    """One issue was opened on 4 November, answered by nobody, and closed two hours later. It is 1 December."""
    folder = tmp_path_factory.mktemp("desk")
    with played_desk(folder, f"sqlite:///{folder}/desk.sqlite", renewals_of_contracts=True) as desk:
        words = "Hello,\n\nthe link of our banner is broken, please fix it.\n\nEllen"
        opened = desk.receives(mails.written(words, "our banner", f"Ellen Marsh <{ELLEN}>", DESK, NOV_4))
        assert opened.story.kind == "issue"
        closed = mails.written(
            f"done {opened.story.ref}", "done", f"Dana Reyes <{DANA}>", DESK, NOV_4 + timedelta(hours=2)
        )
        desk.receives(closed)
        desk.waits(DEC_1 - desk.clock.now())
        yield desk


def workbook(desk: PlayedDesk) -> CalamineWorkbook:
    """The workbook of the letter."""
    for raw in reversed(desk.box.messages(account=PRIYA)):
        mail = message_from_bytes(raw, policy=policy.default)
        if mail["Subject"] == SUBJECT:
            (part,) = (each for each in mail.walk() if (each.get_filename() or "").endswith(".xlsx"))
            return CalamineWorkbook.from_filelike(BytesIO(part.get_content()))
    raise AssertionError("no letter with the month in figures")


def figures(desk: PlayedDesk) -> dict[str, object]:
    return {str(row[0]): row[1] for row in workbook(desk).get_sheet_by_name("Figures").to_python()[1:]}


def test_the_manager_gets_the_month_before_and_nobody_else_does(december: PlayedDesk) -> None:
    assert [letter.subject for letter in december.letters_to(PRIYA)].count(SUBJECT) == 1
    others = [account for account in december.letters() if account != PRIYA]
    assert all(SUBJECT not in [letter.subject for letter in december.letters_to(account)] for account in others)


def test_every_figure_equals_one_that_is_counted_from_the_raw_records(december: PlayedDesk) -> None:
    told = figures(december)
    issues = [issue for issue in december.all_of(Issue) if issue.opened_at.month == 11]
    assert told["issues opened"] == len(issues) == 1
    with december.database.reading() as session:
        decisions = [
            row for row in session.query(DecisionRow) if row.origin == "mail" and row.folder not in ("", "Quarantine")
        ]
    settled = [row for row in decisions if row.folder != "Held" and row.carried_out]
    assert told["mails that were work"] == len(decisions)
    assert told["of these settled by me"] == len(settled)
    assert told["hand-work avoided"] == round(100 * len(settled) / len(decisions), 1)


def test_the_list_behind_a_figure_stands_in_the_workbook(december: PlayedDesk) -> None:
    book = workbook(december)
    assert book.sheet_names[0] == "Figures"
    assert {"Issues", "Renewals", "Mail"} <= set(book.sheet_names)
    rows = book.get_sheet_by_name("Issues").to_python()
    assert rows[1][:3] == [december.all_of(Issue)[0].ref, "North Star Logistics", "Dana Reyes"]


def test_what_was_due_and_not_delivered_is_told_and_is_not_in_time(december: PlayedDesk) -> None:
    told = figures(december)
    due = [each for each in december.all_of(Deliverable) if each.due_on and each.due_on.month == 11]
    assert told["due to be delivered"] == len(due) == 1
    assert told["delivered in time"] == 0.0
    rows = workbook(december).get_sheet_by_name("Deliveries").to_python()
    assert rows[1][:3] == ["K-2207", "North Star Logistics", "1/2 page, December issue"]


def test_what_nobody_said_is_no_nought(december: PlayedDesk) -> None:
    assert figures(december)["clients who said how satisfied they are"] == 0
    assert figures(december)["satisfaction, on average"] == ""
    letter = next(each for each in december.letters_to(PRIYA) if each.subject == SUBJECT)
    assert "satisfaction" not in letter.text


def test_it_is_told_once(december: PlayedDesk) -> None:
    december.waits(timedelta(days=1))
    assert [letter.subject for letter in december.letters_to(PRIYA)].count(SUBJECT) == 1


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlayedDesk]:
    """Nobody has ever written to the desk. It is the first working day of 2026, and then that of 2028."""
    folder = tmp_path_factory.mktemp("quiet")
    with played_desk(folder, f"sqlite:///{folder}/desk.sqlite", renewals_of_contracts=True) as desk:
        for year in (2026, 2028):
            desk.clock.set(datetime(year, 1, 3, 14, 0, tzinfo=UTC) - timedelta(days=year == 2026))
            desk.waits(timedelta())
        yield desk


def test_a_month_without_mail_is_told_where_contracts_ended_in_it(quiet: PlayedDesk) -> None:
    (letter,) = [each for each in quiet.letters_to(PRIYA) if each.subject == "December 2025 in figures"]
    assert "contracts lost 1" in " ".join(letter.text.split())
    (raw,) = [each for each in quiet.box.messages(account=PRIYA) if b"December 2025 in figures" in each]
    files = [part.get_filename() for part in message_from_bytes(raw, policy=policy.default).walk()]
    assert "month-2025-12.xlsx" in files
    assert "chart.png" not in files, "there is no mail to draw"


def test_a_month_of_which_there_is_nothing_to_tell_is_not_told(quiet: PlayedDesk) -> None:
    assert "December 2027 in figures" not in [each.subject for each in quiet.letters_to(PRIYA)]
