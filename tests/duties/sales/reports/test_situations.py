"""Reports played whole: on schedule (S10), revised (S06, S10), a currency without a rate (S08), on request, drafts."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from python_calamine import CalamineWorkbook

from mailbot.config import Level, SalesSettings
from mailbot.duties.sales.reports.changes import touched
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.tables import EntryKind, ReportState, SalesRate
from mailbot.duties.sales.weeks.tables import SalesWeek, WeekSaid
from mailbot.records.tables import Address, LetterRow, Person, QuestionState, Role
from tests.duties.sales.mails import DANA, JONAS, TOM
from tests.duties.sales.reports.desk import Desk, local
from tests.duties.sales.reports.ledgers import (
    MONDAY_8,
    NEW_YORK,
    WEEK_44,
    WEEK_44_LINES,
    Books,
    desk_of,
    week_44,
)
from tests.duties.sales.road import Road

D = Decimal
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PRIYA = "Priya Nair <priya@harbourpine.example>"
MARA = "Mara Lindqvist <mara@harbourpine.example>"
VIKTOR = "Viktor Sand <viktor@harbourpine.example>"
TABLE_44 = [
    ["actual", "plan", "of", "plan"],
    ["Dana", "Reyes", "15,700.50", "15,000.00", "105%"],
    ["Jonas", "Weber", "14,888.02", "14,000.00", "106%", "(13,534.56", "EUR", "at", "1.10)"],
    ["Lena", "Brandt", "9,240.00", "9,000.00", "103%", "(8,400.00", "EUR", "at", "1.10)"],
    ["Tom", "Okafor", "7,025.50", "7,000.00", "100%"],
    ["team", "46,854.02", "45,000.00", "104%"],
]
QUOTED = """
________________________________
From: Sales Desk <desk@harbourpine.example>
Sent: Monday, November 3, 2025 8:00 AM
To: Priya Nair
Cc: Dana Reyes; Tom Okafor; Jonas Weber; Lena Brandt
Subject: Sales week 44: 46,854.02 USD, 104% of plan (r1)

                    actual        plan    of plan
 Dana Reyes      15,700.50   15,000.00      105%
 Jonas Weber     14,888.02   14,000.00      106%
 Lena Brandt      9,240.00    9,000.00      103%
 Tom Okafor       7,025.50    7,000.00      100%
"""


@pytest.fixture
def desk(any_road: Road) -> Desk:
    """Week 44 is in the books, and it is Sunday."""
    with any_road.database.writing() as session:
        week_44(session)
        viktor = Person(name="Viktor Sand", role=Role.ADMIN, language="en", locale="en_US")
        session.add(viktor)
        session.flush()
        session.add(
            Address(key="viktor@harbourpine.example", written="viktor@harbourpine.example", person_id=viktor.id)
        )
    found = Desk(any_road)
    assert found.rings(MONDAY_8 - MINUTE) == []
    return found


def table_of(letter: LetterRow) -> list[list[str]]:
    """The lines of the table in the text part, each as its words."""
    lines = letter.text.split("\n")
    start = next(place for place, line in enumerate(lines) if "actual" in line)
    return [line.split() for line in lines[start:] if line.startswith(" ")]


def part(letter: LetterRow, kind: str) -> EmailMessage:
    message = message_from_bytes(letter.content, policy=default)
    found = next(each for each in message.walk() if each.get_content_type() == kind)
    assert isinstance(found, EmailMessage)
    return found


# --- on schedule ---


def test_s10_on_monday_at_eight_the_report_goes_to_the_manager_and_its_table_to_the_reps(desk: Desk) -> None:
    letters = desk.rings(MONDAY_8)

    assert [local(letter) for letter in letters] == ["priya", "dana", "tom", "jonas", "lena"]
    priya, dana, _, jonas, _ = letters
    assert priya.subject == dana.subject == "Sales week 44: 46,854.02 USD, 104% of plan (r1)"
    assert jonas.subject == "Umsatz KW 44: 46.854,02 USD, 104 % vom Plan (r1)"
    assert table_of(priya) == table_of(dana) == TABLE_44
    for letter in letters:
        table = [line for line in letter.text.split("\n") if line.startswith(" ")]
        assert max(map(len, table)) <= 78
        assert "Auto-Submitted: auto-generated" in letter.content.decode("ascii", "replace")
    for said in (
        "Hansen & Söhne KG 3,000.00 EUR (another's client; from Lena)",
        "Kröger Fenster 2,150.00 EUR (unknown client; from Lena)",
        "North Star Logistics 180.00 USD (differs from an earlier mail; from Dana)",
    ):
        assert said in priya.text
        assert said in dana.text
    assert "Q4 2025 so far: 46,854.02, heading for 130,623.33." in priya.text
    assert "heading for" not in dana.text
    assert "Every line is in the workbook" not in dana.text
    (report,) = desk.reports()
    assert (report.first, report.revision, report.state) == (WEEK_44.first, 1, ReportState.SENT)
    assert report.rates == [
        {"currency": "EUR", "month": "2025-10-01", "value": "1.10", "since": "2025-10-01", "said_by": ""}
    ]
    assert report.figures["total"] == ["46854.02", "45000.00"]


def test_the_columns_of_the_table_stand_below_each_other(desk: Desk) -> None:
    priya = desk.rings(MONDAY_8)[0]
    lines = [line for line in priya.text.split("\n") if line.startswith(" ")]
    assert {line.index(figure) + len(figure) for line, figure in zip(
        lines, ("actual", "15,700.50", "14,888.02", "9,240.00", "7,025.50", "46,854.02"), strict=True
    )} == {lines[0].index("actual") + len("actual")}  # fmt: skip


def test_a_report_goes_out_once_however_often_the_bell_rings_and_whenever_the_desk_wakes(desk: Desk) -> None:
    assert len(desk.rings(MONDAY_8 + 5 * HOUR)) == 5
    assert desk.rings(MONDAY_8 + 5 * HOUR + MINUTE) == []
    assert desk.rings(MONDAY_8 + timedelta(days=1)) == []
    assert len(desk.reports()) == 1


def test_a_week_in_which_nothing_was_sold_or_planned_has_no_report(any_road: Road) -> None:
    assert Desk(any_road).rings(MONDAY_8) == []


def test_the_month_and_the_quarter_are_told_on_the_sixth_to_the_manager_alone(desk: Desk) -> None:
    assert desk.rings(datetime(2025, 11, 6, 7, 59, tzinfo=NEW_YORK))[0].subject.startswith("Sales week 44")
    (october,) = desk.rings(datetime(2025, 11, 6, 8, 0, tzinfo=NEW_YORK))
    assert (local(october), october.subject) == ("priya", "Sales October 2025: 46,854.02 USD (r1)")
    with desk.road.database.writing() as session:
        Books(session).sold("Tom Okafor", "Globex Tools", "100", day=date(2025, 12, 31))
    subjects = [letter.subject for letter in desk.rings(datetime(2026, 1, 6, 8, 0, tzinfo=NEW_YORK))]
    assert "Sales December 2025: 100.00 USD (r1)" in subjects
    assert "Sales Q4 2025: 46,954.02 USD (r1)" in subjects


def test_a_desk_that_only_watches_sends_no_report_and_says_so_once(desk: Desk) -> None:
    desk.road.desk = replace(desk.road.desk, levels={"sales": Level.WATCH})
    for minutes in range(3):
        assert desk.rings(MONDAY_8 + minutes * MINUTE) == []
    assert desk.reports() == []


# --- what goes with it ---


def test_the_workbook_holds_every_line_behind_the_numbers(desk: Desk) -> None:
    with desk.road.database.writing() as session:
        Books(session).sold("Tom Okafor", "Globex Tools", "1", words='=HYPERLINK("http://evil.example")')
    priya = desk.rings(MONDAY_8)[0]
    book = part(priya, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    assert book.get_filename() == "sales-2025-W44-r1.xlsx"
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book.get_content()))
    assert sheets.sheet_names == ["Report", "Lines", "Not in the total", "Rates"]
    head, *lines = sheets.get_sheet_by_name("Lines").to_python()
    assert len(lines) == len(WEEK_44_LINES) + 1
    assert lines[3][head.index("client")] == "Müller Bau GmbH"
    assert lines[3][head.index("converted")] == pytest.approx(1358.016)
    assert lines[-1][head.index("words")] == '=HYPERLINK("http://evil.example")'
    assert len(sheets.get_sheet_by_name("Not in the total").to_python()) == 4


def test_the_html_part_has_the_same_table_with_bars_and_a_chart_when_there_is_a_time_before(desk: Desk) -> None:
    with desk.road.database.writing() as session:
        Books(session).sold("Tom Okafor", "Globex Tools", "5000", day=date(2025, 10, 24))
    priya, dana, *_ = desk.rings(MONDAY_8)
    html = part(priya, "text/html").get_content()
    assert html.count('class="bar"') == 4
    assert "14,888.02" in html
    image = part(priya, "image/png")
    assert f"cid:{image['Content-ID'].strip('<>')}" in html
    assert image.get_content().startswith(b"\x89PNG")
    assert b"image/png" not in dana.content
    assert "week 43: 5,000.00 (+837%)" in priya.text


# --- S10, S06: revisions ---


def test_s10_toms_reply_to_all_corrects_his_own_line_and_the_quoted_table_sells_nothing(desk: Desk) -> None:
    _, _, report, *_ = desk.rings(MONDAY_8)
    assert local(report) == "tom"
    before = len(desk.road.entries())
    text = "Nice one everybody!!! Beers on Dana ;-)\nbtw globex is 1,975.50 not 975.50, typo in my sheet\n" + QUOTED
    at = MONDAY_8 + 31 * MINUTE
    decision = desk.answers(
        report, text, TOM, at, to="desk@harbourpine.example, priya@harbourpine.example",
        Cc="dana@harbourpine.example, jonas@harbourpine.example, lena@harbourpine.example",
    )  # fmt: skip

    assert decision.kind == "correction"
    (changed,) = desk.road.entries()[before:]
    assert (changed.kind, changed.amount, changed.currency) == (EntryKind.CORRECTED, D("1975.50"), "USD")
    assert ("Globex Tools", D("975.50"), "USD") not in desk.road.ledger()
    (answer,) = desk.road.letters_of(decision)
    assert local(answer) == "tom"
    assert desk.rings(at + 3 * MINUTE) == []  # more may come
    (revised,) = desk.rings(at + 8 * MINUTE)
    assert local(revised) == "priya"
    assert revised.subject == "Sales week 44: 47,854.02 USD, 106% of plan (r2)"
    first = revised.text.split("\n")[0]
    assert first == "Changed since 08:00: Tom / Globex Tools +1,000.00 (Tom's correction, 08:32)."
    assert ["Tom", "Okafor", "8,025.50", "7,000.00", "115%"] in table_of(revised)
    assert desk.rings(at + 2 * HOUR) == []
    assert [report.revision for report in desk.reports()] == [1, 2]
    assert desk.road.tasks() == []


def test_s06_several_changes_within_minutes_are_one_revision_and_the_first_line_says_what(desk: Desk) -> None:
    desk.rings(MONDAY_8)
    nine = MONDAY_8 + 86 * MINUTE
    desk.says("sorry, acme corp was 9,300 not 12,000. typed it from memory on friday", DANA, nine)
    desk.says("beta freight is 1,250 not 1,350", DANA, nine + 2 * MINUTE)
    assert desk.rings(nine + 6 * MINUTE) == []
    (revised,) = desk.rings(nine + 9 * MINUTE)
    assert revised.text.split("\n")[0] == (
        "Changed since 08:00: Dana / Acme Corp −2,700.00 (Dana's correction, 09:27); "
        "Dana / Beta Freight −100.00 (Dana's correction, 09:29)."
    )


def test_a_change_that_is_taken_back_is_no_revision(desk: Desk) -> None:
    desk.rings(MONDAY_8)
    at = MONDAY_8 + HOUR
    changed = desk.says("acme corp was 9,300 not 12,000", DANA, at)
    desk.road.take_back(changed, at + 2 * MINUTE)
    assert desk.rings(at + 10 * MINUTE) == []


def test_what_is_booked_for_another_week_does_not_revise_this_one(desk: Desk) -> None:
    desk.rings(MONDAY_8)
    at = MONDAY_8 + HOUR
    assert desk.says("acme corp 500", DANA, at).kind == "numbers"
    assert desk.rings(at + 10 * MINUTE) == []


def test_what_is_booked_for_another_week_is_no_reason_to_add_up_this_one_again(desk: Desk) -> None:
    desk.rings(MONDAY_8)
    desk.says("acme corp 500", DANA, MONDAY_8 + HOUR)
    with desk.road.database.reading() as session:
        assert touched(session, MONDAY_8 - HOUR) == {}
    changed_at = MONDAY_8 + 2 * HOUR
    desk.says("acme corp was 9,300 not 12,000", DANA, changed_at)
    with desk.road.database.reading() as session:
        (since,) = touched(session, MONDAY_8 - HOUR).values()
        assert changed_at < since.first_at == since.last_at
        assert touched(session, MONDAY_8 + HOUR) == {}, "it was looked at although it was made before"


def test_what_is_undone_after_the_report_is_told_as_taken_back(any_road: Road) -> None:
    desk = Desk(any_road)
    friday = datetime(2025, 10, 31, 16, 0, tzinfo=NEW_YORK)
    booked = desk.says("acme corp 12,000\nbeta freight 900", DANA, friday)
    desk.rings(MONDAY_8)
    any_road.take_back(booked, MONDAY_8 + HOUR)
    (revised,) = desk.rings(MONDAY_8 + HOUR + 5 * MINUTE)
    assert "Dana / Acme Corp −12,000.00 (taken back, 09:00)" in revised.text


# --- S08: rates ---


def test_s08_a_missing_rate_is_asked_for_once_and_its_answer_counts(desk: Desk) -> None:
    friday = datetime(2025, 11, 7, 14, 10, tzinfo=NEW_YORK)
    desk.rings(MONDAY_8)
    with desk.road.database.writing() as session:
        Books(session).sold("Jonas Weber", "Müller Bau GmbH", "2000", "CHF", friday.date())
        Books(session).sold("Jonas Weber", "Acme Medical GmbH", "4000", "EUR", friday.date())
        Books(session).sold("Jonas Weber", "Acme Medical GmbH", "1500", "USD", friday.date())
    asked = [letter for letter in desk.rings(friday) if letter.purpose == "rate-wanted"]

    assert [local(letter) for letter in asked] == ["viktor", "mara"]
    assert asked[0].subject == "No CHF rate for November 2025"
    assert 'Reply e.g. "CHF 1.12"' in asked[0].text
    assert [letter for letter in desk.rings(friday + HOUR) if letter.purpose == "rate-wanted"] == []
    monday = MONDAY_8 + timedelta(days=7)
    priya = next(letter for letter in desk.rings(monday) if local(letter) == "priya" and "week 45" in letter.subject)
    assert "2,000.00 CHF: no rate" in priya.text
    assert table_of(priya)[1][:3] == ["Jonas", "Weber", "5,900.00"]

    answered = desk.answers(asked[0], "CHF 1.12\n\nViktor", VIKTOR, monday + HOUR)
    assert answered.kind == "rate-said"
    (rate,) = desk.road.all_of(SalesRate)
    assert (rate.currency, rate.month, rate.value, rate.said_on) == ("CHF", date(2025, 11, 1), D("1.12"), monday.date())
    assert {question.state for question in desk.road.questions()} == {QuestionState.ANSWERED, QuestionState.WITHDRAWN}
    (told,) = desk.road.letters_of(answered)
    assert "one CHF is 1.12 USD from November 2025 on" in told.text
    (revised,) = desk.rings(monday + 2 * HOUR)
    assert revised.text.startswith("Changed since 08:00: plans or rates.")
    assert table_of(revised)[1][:3] == ["Jonas", "Weber", "8,140.00"] or "8,140.00" in revised.text
    assert desk.reports()[-1].rates[0]["value"] == "1.12"


@pytest.mark.parametrize(
    ("text", "value"),
    [("CHF 1,12", "1.12"), ("1.12", "1.12"), ("1 CHF = 1.125 USD", "1.125"), ("chf 1.1", "1.1"), ("CHF: 0.9.", "0.9")],
)
def test_a_rate_is_read_as_people_write_it(desk: Desk, text: str, value: str) -> None:
    question = _asked_for_francs(desk)
    desk.answers(question, text, VIKTOR, MONDAY_8 + HOUR)
    assert [rate.value for rate in desk.road.all_of(SalesRate)] == [D(value)]


@pytest.mark.parametrize("text", ["EUR 1.12", "no idea", "CHF 1,125", "CHF -1", "0", "CHF 1.12 or 1.13", "CHF"])
def test_what_is_no_rate_for_sure_is_none(desk: Desk, text: str) -> None:
    desk.answers(_asked_for_francs(desk), text, VIKTOR, MONDAY_8 + HOUR)
    assert desk.road.all_of(SalesRate) == []


def test_a_rep_says_no_rate(desk: Desk) -> None:
    question = _asked_for_francs(desk)
    desk.answers(question, "CHF 1.12", JONAS, MONDAY_8 + HOUR)
    assert desk.road.all_of(SalesRate) == []


def _asked_for_francs(desk: Desk) -> LetterRow:
    with desk.road.database.writing() as session:
        Books(session).sold("Jonas Weber", "Müller Bau GmbH", "2000", "CHF", date(2025, 11, 3))
    return next(letter for letter in desk.rings(MONDAY_8) if letter.purpose == "rate-wanted")


# --- S05: unplaced ---


def test_s05_a_line_that_nobody_has_placed_is_in_the_report_with_who_was_asked(any_road: Road) -> None:
    desk = Desk(any_road)
    at = datetime(2025, 11, 4, 10, 2, tzinfo=NEW_YORK)
    asking = desk.says("Acme 4.800 €, heute unterschrieben", JONAS, at, "noch was")
    (question,) = any_road.letters_of(asking)
    assert "Welche" in question.subject
    priya = desk.rings(MONDAY_8 + timedelta(days=7))[0]
    assert "4,800.00 EUR (several clients; asked Jonas)" in priya.text
    assert ["Jonas", "Weber", "0.00"] in table_of(priya)  # a line of his came, though it counts for nobody yet
    assert ["Dana", "Reyes", "0.00", "(nothing", "yet)"] in table_of(priya)


def test_s21_nothing_sold_away_and_nothing_heard_are_told_apart(any_road: Road) -> None:
    week = date(2025, 11, 3)
    with any_road.database.writing() as session:
        books = Books(session)
        books.sold("Dana Reyes", "Acme Corp", "100", day=date(2025, 11, 7))
        for rep, said in (("Tom Okafor", WeekSaid.ZERO), ("Lena Brandt", WeekSaid.AWAY)):
            row = SalesWeek(rep_id=books.person(rep), week_start=week, said=said, since=week, words="x")
            session.add(row)
    rows = {
        " ".join(line[:2]): line[3:] for line in table_of(Desk(any_road).rings(MONDAY_8 + timedelta(days=7))[0])[1:]
    }
    assert rows["Dana Reyes"] == []
    assert rows["Tom Okafor"] == ["(reported:", "nothing", "sold)"]
    assert rows["Lena Brandt"] == ["(away)"]
    assert rows["Jonas Weber"] == ["(nothing", "yet)"]


# --- on request ---


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("report", "Sales week 45: 0.00 USD"),
        ("report week 44", "Sales week 44: 46,854.02 USD, 104% of plan"),
        ("Report q4 by product, please", "Sales Q4 2025: 46,854.02 USD"),
        ("report tom october", "Sales October 2025, Tom Okafor: 7,025.50 USD"),
        ("bericht kw 44", "Sales week 44: 46,854.02 USD, 104% of plan"),
        ("Bericht Oktober nach Kunde", "Sales October 2025: 46,854.02 USD"),
        ("report last week", "Sales week 44: 46,854.02 USD, 104% of plan"),
        ("report ytd", "Sales 2025 up to 3 Nov: 46,854.02 USD"),
        ("report 2024", "Sales 2024 up to 31 Dec: 0.00 USD"),
    ],
)
def test_a_manager_asks_for_a_report_in_a_few_words(desk: Desk, text: str, subject: str) -> None:
    desk.rings(MONDAY_8)
    asked = desk.says(text, PRIYA, MONDAY_8 + HOUR, "question")
    assert asked.kind == "report-asked"
    (letter,) = desk.rings(MONDAY_8 + HOUR + MINUTE)
    assert (local(letter), letter.subject) == ("priya", f"Re: question - {subject}")
    assert b"In-Reply-To" in letter.content
    assert desk.rings(MONDAY_8 + 2 * HOUR) == []
    assert desk.reports()[-1].state is ReportState.SENT


def test_a_report_by_client_has_the_clients_in_its_rows(desk: Desk) -> None:
    desk.rings(MONDAY_8)
    desk.says("Bericht Oktober nach Kunde", MARA, MONDAY_8 + HOUR)
    (letter,) = desk.rings(MONDAY_8 + HOUR + MINUTE)
    assert table_of(letter)[:2] == [
        ["client", "actual"], ["Acme", "Medical", "GmbH", "13,750.00", "(12,500.00", "EUR", "at", "1.10)"],
    ]  # fmt: skip


def test_a_table_by_client_has_no_columns_of_plans_that_no_client_has(desk: Desk) -> None:
    with desk.road.database.writing() as session:
        Books(session).plan(None, 45_000, Span.of(SpanKind.MONTH, date(2025, 10, 1)))
    desk.rings(MONDAY_8)
    desk.says("report october by client", PRIYA, MONDAY_8 + HOUR)
    (by_client,) = desk.rings(MONDAY_8 + HOUR + MINUTE)
    desk.says("report october", PRIYA, MONDAY_8 + 2 * HOUR)
    (by_rep,) = desk.rings(MONDAY_8 + 2 * HOUR + MINUTE)

    assert (table_of(by_client)[0], table_of(by_client)[-1]) == (["client", "actual"], ["total", "46,854.02"])
    assert by_client.subject.endswith("46,854.02 USD, 104% of plan")
    assert table_of(by_rep)[-1] == ["team", "46,854.02", "45,000.00", "104%"]


def test_a_year_is_compared_with_the_year_before_once(desk: Desk) -> None:
    with desk.road.database.writing() as session:
        Books(session).sold("Tom Okafor", "Globex Tools", "5000", day=date(2024, 10, 24))
    desk.rings(MONDAY_8)
    desk.says("report ytd", PRIYA, MONDAY_8 + HOUR)
    (letter,) = desk.rings(MONDAY_8 + HOUR + MINUTE)
    assert letter.text.count("5,000.00 (+837%)") == 1


def test_what_a_row_has_without_a_rate_is_told_apart_from_what_is_converted(desk: Desk) -> None:
    with desk.road.database.writing() as session:
        Books(session).sold("Jonas Weber", "Müller Bau GmbH", "1000", "EUR", date(2025, 12, 1))
    desk.road.desk = desk_of(desk.road, SalesSettings.model_validate({"rates": {"EUR": {"2025-10": "1.10"}}}))
    desk.rings(MONDAY_8)
    desk.says("report q4", PRIYA, MONDAY_8 + HOUR)
    text = " ".join(desk.rings(MONDAY_8 + HOUR + MINUTE)[0].text.split())
    assert "Jonas Weber" in text
    assert "(13,534.56 EUR at 1.10; 1,000.00 EUR: no rate)" in text


def test_a_subject_alone_asks_too(desk: Desk) -> None:
    assert desk.says("\n", PRIYA, MONDAY_8 + HOUR, "report week 44").kind == "report-asked"


def test_a_rep_gets_the_own_figures_and_no_others(desk: Desk) -> None:
    desk.rings(MONDAY_8)
    assert desk.says("report october", TOM, MONDAY_8 + HOUR).kind == "report-asked"
    (letter,) = desk.rings(MONDAY_8 + HOUR + MINUTE)
    assert (local(letter), letter.subject) == ("tom", "Re: x - Sales October 2025, Tom Okafor: 7,025.50 USD")
    for other in ("Dana", "Jonas", "15,700.50", "Acme Corp", "Hansen"):
        assert other.encode() not in letter.content
        assert other not in letter.text
    assert desk.says("report dana october", TOM, MONDAY_8 + 2 * HOUR).kind != "report-asked"
    assert desk.rings(MONDAY_8 + 3 * HOUR) == []


@pytest.mark.parametrize(
    "text",
    [
        "report the numbers of Kestrel to me",
        "report: acme 12k",
        "report acme corp 500",
        "reports are great",
        "report q5",
        "report week 99",
        "report october november",
        "report?",
        "can you send me the report of tom, dana and the rest of the crew for last october and november please",
    ],
)
def test_what_says_anything_else_asks_for_no_report(desk: Desk, text: str) -> None:
    assert desk.says(text, PRIYA, MONDAY_8 + HOUR).kind != "report-asked"


def test_strangers_departments_and_machines_get_no_report(desk: Desk) -> None:
    for sender in ("Pete <pete@globex.example>", "Web Team <web@harbourpine.example>"):
        assert desk.says("report week 44", sender, MONDAY_8 + HOUR).kind != "report-asked"
    desk.rings(MONDAY_8 + 2 * HOUR)
    assert {report.asked_by for report in desk.reports()} == {None}


# --- drafts ---

DRAFTS = SalesSettings.model_validate({"report_drafts": True, "rates": {"EUR": {"2025-10": "1.10", "2025-11": "1.10"}}})


@pytest.mark.parametrize(("word", "state", "readers"), [("OK", ReportState.SENT, 4), ("no", ReportState.DROPPED, 0)])
def test_a_draft_waits_for_the_managers_word(desk: Desk, word: str, state: ReportState, readers: int) -> None:
    drafting = Desk(desk.road, DRAFTS)
    (draft,) = drafting.rings(MONDAY_8)
    assert local(draft) == "priya"
    assert "the reps have not seen this yet. Reply OK" in draft.text
    assert drafting.reports()[0].state is ReportState.DRAFT
    assert drafting.rings(MONDAY_8 + HOUR) == []
    answered = drafting.answers(draft, word, PRIYA, MONDAY_8 + 2 * HOUR)
    assert answered.kind == "draft-settled"
    letters = drafting.rings(MONDAY_8 + 2 * HOUR + MINUTE)
    assert len(letters) == readers
    assert {local(letter) for letter in letters} <= {"dana", "tom", "jonas", "lena"}
    assert all("Reply OK" not in letter.text for letter in letters)
    assert [report.state for report in drafting.reports()] == [state]
    assert drafting.rings(MONDAY_8 + 3 * HOUR) == []


def test_a_reps_word_releases_no_draft(desk: Desk) -> None:
    drafting = Desk(desk.road, DRAFTS)
    (draft,) = drafting.rings(MONDAY_8)
    assert drafting.answers(draft, "OK", DANA, MONDAY_8 + HOUR).kind != "draft-settled"
    assert drafting.reports()[0].state is ReportState.DRAFT
