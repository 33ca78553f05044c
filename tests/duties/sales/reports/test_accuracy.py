"""Forecasts judged later: as they stood when the span began, client by client, beside what was sold."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from mailbot.duties.sales.facts.particulars import Stage
from mailbot.duties.sales.reports.facts import Figures, Judged, Scope
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.tables import SalesForecast
from tests.duties.sales.mails import TOM
from tests.duties.sales.reports.desk import Desk, local
from tests.duties.sales.reports.ledgers import NEW_YORK, Books, told
from tests.duties.sales.road import Road

D = Decimal
OCTOBER = Span.of(SpanKind.MONTH, date(2025, 10, 1))
PRIYA = "Priya Nair <priya@harbourpine.example>"
IN_SEPTEMBER, THIRD, TENTH, LAST = date(2025, 9, 20), date(2025, 10, 3), date(2025, 10, 10), date(2025, 10, 31)


def expects(
    session: Session,
    rep: str,
    client: str,
    amount: str | None,
    said_on: date,
    *,
    ends: date = LAST,
    currency: str = "USD",
    stage: Stage = Stage.OPEN,
    instead_of: SalesForecast | None = None,
) -> SalesForecast:
    books = Books(session)
    row = SalesForecast(
        rep_id=books.person(rep),
        client_id=books.client(client),
        stage=stage,
        amount=None if amount is None else D(amount),
        currency=currency,
        period_start=ends.replace(day=1),
        period_end=ends,
        words=client,
        place="body",
        said_on=said_on,
        supersedes_id=instead_of.id if instead_of else None,
    )
    session.add(row)
    session.flush()
    return row


def judged(road: Road, span: Span = OCTOBER, scope: Scope | None = None) -> dict[str, Judged]:
    found: Figures = told(road, span, scope or Scope())
    return {each.name: each for each in found.judged}


def test_what_came_is_that_of_the_same_clients_and_one_does_not_make_up_for_another(road: Road) -> None:
    with road.database.writing() as session:
        expects(session, "Tom Okafor", "Globex Tools", "1000", IN_SEPTEMBER)
        expects(session, "Tom Okafor", "Blue Ridge Dental", "2000", IN_SEPTEMBER)
        books = Books(session)
        books.sold("Tom Okafor", "Globex Tools", "600", day=THIRD)
        books.sold("Tom Okafor", "Globex Tools", "900", day=TENTH)
        books.sold("Tom Okafor", "South Star Logistics", "5000", day=TENTH)  # nobody expected anything of them
        books.sold("Tom Okafor", "Blue Ridge Dental", "7000", day=date(2025, 11, 1))  # a day too late
    tom = judged(road)["Tom Okafor"]
    assert (tom.expected, tom.came) == (D(3000), D(1500))
    assert tom.percent == 29  # (1,000 + 0) of (1,500 + 2,000)
    assert [(each.client, each.expected, each.came) for each in tom.clients] == [
        ("Blue Ridge Dental", D(2000), D(0)),
        ("Globex Tools", D(1000), D(1500)),
    ]


def test_a_forecast_is_judged_as_it_stood_when_the_month_began(road: Road) -> None:
    with road.database.writing() as session:
        first = expects(session, "Tom Okafor", "Globex Tools", "5000", date(2025, 9, 1))
        second = expects(session, "Tom Okafor", "Globex Tools", "1000", IN_SEPTEMBER, instead_of=first)
        third = expects(session, "Tom Okafor", "Globex Tools", "1500", TENTH, instead_of=second)
        expects(session, "Tom Okafor", "Globex Tools", "1500", LAST, stage=Stage.LOST, instead_of=third)
    assert judged(road)["Tom Okafor"].expected == D(1000)


def test_one_first_said_within_the_month_is_judged_as_it_stood_that_evening(road: Road) -> None:
    with road.database.writing() as session:
        slip = expects(session, "Tom Okafor", "Globex Tools", "10000", THIRD)
        right = expects(session, "Tom Okafor", "Globex Tools", "1000", THIRD, instead_of=slip)
        expects(session, "Tom Okafor", "Globex Tools", "400", TENTH, instead_of=right)
    assert judged(road)["Tom Okafor"].expected == D(1000)


def test_what_cannot_be_judged_is_left_out(road: Road) -> None:
    with road.database.writing() as session:
        expects(session, "Tom Okafor", "Globex Tools", None, THIRD)
        expects(session, "Tom Okafor", "Blue Ridge Dental", "900", THIRD, currency="CHF")
        expects(session, "Tom Okafor", "South Star Logistics", "900", THIRD, stage=Stage.LOST)
        expects(session, "Tom Okafor", "Acme Media", "900", THIRD, ends=date(2025, 11, 30))
    assert judged(road) == {}


def test_other_currencies_are_converted_at_the_rate_of_their_month(road: Road) -> None:
    with road.database.writing() as session:
        expects(session, "Jonas Weber", "Acme Medical GmbH", "8000", IN_SEPTEMBER, currency="EUR")
        Books(session).sold("Jonas Weber", "Acme Medical GmbH", "8800", day=TENTH)
    jonas = judged(road)["Jonas Weber"]
    assert (jonas.expected, jonas.came, jonas.percent) == (D("8800.00"), D("8800.00"), 100)


def test_a_week_judges_only_where_it_is_asked_to_and_a_rep_alone_is_one_row(road: Road) -> None:
    week = Span.of(SpanKind.WEEK, LAST)
    with road.database.writing() as session:
        expects(session, "Tom Okafor", "Globex Tools", "1000", IN_SEPTEMBER)
        expects(session, "Dana Reyes", "Acme Corp", "1000", IN_SEPTEMBER)
        tom = Books(session).person("Tom Okafor")
    assert judged(road, week) == {}
    assert set(judged(road, week, Scope(judges=True))) == {"Dana Reyes", "Tom Okafor"}
    assert set(judged(road, OCTOBER, Scope(rep_id=tom))) == {"Tom Okafor"}


@pytest.fixture
def desk(road: Road) -> Desk:
    with road.database.writing() as session:
        expects(session, "Tom Okafor", "Globex Tools", "1000", IN_SEPTEMBER)
        expects(session, "Dana Reyes", "Acme Corp", "20000", IN_SEPTEMBER)
        Books(session).sold("Tom Okafor", "Globex Tools", "800", day=TENTH)
        Books(session).sold("Dana Reyes", "Acme Corp", "15500", day=TENTH)
    return Desk(road)


NOON = datetime(2025, 11, 4, 12, 0, tzinfo=NEW_YORK)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("words", ["report accuracy", "report forecast accuracy october", "Bericht Treffsicherheit"])
def test_report_accuracy_is_answered_by_mail(desk: Desk, words: str) -> None:
    desk.rings(NOON - MINUTE)
    assert desk.says(words, PRIYA, NOON).kind == "report-asked"
    (letter,) = desk.rings(NOON + 2 * MINUTE)
    assert letter.subject.endswith("Forecasts October 2025: 78% accurate")
    lines = [line.split() for line in letter.text.splitlines()]
    assert ["Dana", "Reyes", "20,000.00", "15,500.00", "78%"] in lines
    assert ["Tom", "Okafor", "1,000.00", "800.00", "80%"] in lines
    assert ["all", "21,000.00", "16,300.00", "78%"] in lines
    assert "Globex Tools: expected 1,000.00, sold 800.00" in letter.text


def test_a_rep_hears_of_the_own_forecasts_alone(desk: Desk) -> None:
    desk.rings(NOON - MINUTE)
    desk.says("report accuracy", TOM, NOON)
    (letter,) = desk.rings(NOON + 2 * MINUTE)
    assert local(letter) == "tom"
    assert "Globex Tools" in letter.text
    assert "Dana" not in letter.text
    assert "Acme Corp" not in letter.text
    assert desk.says("report accuracy dana", TOM, NOON + 3 * MINUTE).kind != "report-asked"


def test_the_report_of_a_month_shows_it_with_the_clients_in_the_workbook(desk: Desk) -> None:
    month = next(
        each for each in desk.rings(datetime(2025, 11, 6, 12, 0, tzinfo=NEW_YORK)) if "October" in each.subject
    )
    said = " ".join(month.text.split())
    assert "Forecasts and what came of them:" in said
    assert "Tom Okafor 1,000.00 800.00 80%" in said
    (book,) = (
        part
        for part in message_from_bytes(month.content, policy=default).iter_attachments()
        if (part.get_filename() or "").endswith(".xlsx")
    )
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.get_content())).get_sheet_by_name("Forecasts").to_python()
    assert ["Tom Okafor", "Globex Tools", 1000.0, 800.0, ""] in rows
    assert ["Dana Reyes", "", 20000.0, 15500.0, 78.0] in rows


def test_a_month_of_which_nobody_expected_anything_says_nothing_of_it(road: Road) -> None:
    with road.database.writing() as session:
        Books(session).sold("Tom Okafor", "Globex Tools", "800", day=TENTH)
    letters = Desk(road).rings(datetime(2025, 11, 6, 12, 0, tzinfo=NEW_YORK))
    assert [each for each in letters if "October" in each.subject]
    assert not [each for each in letters if "Forecasts" in each.text]
