"""The manager says what is to be sold: set with before and after, asked about where it is not clear, nobody else's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from mailbot.duties.sales.reports.tables import SalesPlan
from mailbot.records.decision import Decision
from mailbot.records.tables import Address, Person
from tests.duties.sales.mails import DANA, mail
from tests.duties.sales.road import Road

D = Decimal
PRIYA = "Priya Nair <priya@harbourpine.example>"
NOVEMBER = datetime(2025, 11, 4, 15, 0, tzinfo=UTC)
Q4 = (date(2025, 10, 1), date(2025, 12, 31))


def says(road: Road, text: str, sender: str = PRIYA, at: datetime = NOVEMBER) -> Decision:
    return road.arrives(mail(text, sender, at=at, subject="plan"), at + timedelta(minutes=1))


def current(road: Road) -> set[tuple[str, date, date, Decimal, str]]:
    names = {each.id: each.name.split()[0] for each in road.all_of(Person)}
    plans = [each for each in road.all_of(SalesPlan) if each.undone_by is None]
    superseded = {each.supersedes_id for each in plans}
    return {
        (names[each.rep_id] if each.rep_id else "", each.first, each.last, each.amount, each.currency)
        for each in plans
        if each.id not in superseded
    }


def test_a_target_is_set_and_told_with_what_it_was_before(road: Road) -> None:
    first = says(road, "target Dana Q4 60k")
    assert current(road) == {("Dana", *Q4, D(60_000), "USD")}
    (letter,) = road.letters_of(first)
    assert "Dana Reyes, Q4 2025: 60,000.00 USD (new)" in letter.text

    second = says(road, "Target for Dana Q4: 65,000 USD\n\nThanks\nPriya", at=NOVEMBER + timedelta(hours=1))
    assert current(road) == {("Dana", *Q4, D(65_000), "USD")}
    (letter,) = road.letters_of(second)
    assert "Dana Reyes, Q4 2025: 65,000.00 USD (before: 60,000.00 USD)" in letter.text
    assert [each.supersedes_id for each in road.all_of(SalesPlan)] == [None, road.all_of(SalesPlan)[0].id]


def test_undo_brings_the_target_before_back(road: Road) -> None:
    says(road, "target Dana Q4 60k")
    second = says(road, "target Dana Q4 65k", at=NOVEMBER + timedelta(hours=1))
    road.take_back(second, NOVEMBER + timedelta(hours=2))
    assert current(road) == {("Dana", *Q4, D(60_000), "USD")}


def test_the_same_target_again_changes_nothing_and_says_so(road: Road) -> None:
    says(road, "target Dana Q4 60k")
    again = says(road, "target Dana Q4 60,000 USD", at=NOVEMBER + timedelta(hours=1))
    assert len(road.all_of(SalesPlan)) == 1
    (letter,) = road.letters_of(again)
    assert "nothing has changed" in letter.text
    assert "UNDO" not in letter.text


def test_several_lines_set_several_targets_and_team_is_everybody(road: Road) -> None:
    decision = says(road, "Hi desk,\n\nTargets Q1 2026:\nDana 60k\nJonas 52.500 EUR\nteam 240k\n\nThanks\nPriya")
    spans = (date(2026, 1, 1), date(2026, 3, 31))
    letters = road.letters_of(decision)
    assert [each.text for each in letters if "not clear" in each.text]
    assert current(road) == set()  # 52.500 is one thing to an American, another to a German

    says(road, "Targets Q1 2026:\nDana 60k\nJonas 52,500 EUR\nteam 240k", at=NOVEMBER + timedelta(hours=1))
    assert current(road) == {
        ("Dana", *spans, D(60_000), "USD"),
        ("Jonas", *spans, D(52_500), "EUR"),
        ("", *spans, D(240_000), "USD"),
    }


def test_who_writes_german_is_read_as_german(road: Road) -> None:
    says(road, "Ziel Jonas November 14.000 EUR")
    assert current(road) == {("Jonas", date(2025, 11, 1), date(2025, 11, 30), D(14_000), "EUR")}


def test_a_german_manager_is_answered_in_german(road: Road) -> None:
    with road.database.writing() as session:
        priya = session.query(Person).filter_by(name="Priya Nair").one()
        priya.language, priya.locale = "de", "de_DE"
    (letter,) = road.letters_of(says(road, "Ziele\nJonas KW 46 3.500 EUR\nTeam 2026 1,2 Mio EUR"))
    assert "Jonas Weber, KW 46/2025: 3.500,00 EUR (neu)" in letter.text
    assert "Team, 2026" in letter.text
    assert letter.subject.endswith("Ziele eingetragen")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("target Bruno Q4 60k", "no rep of that name"),
        ("target Q4 60k", "no rep of that name"),
        ("target Priya Q4 60k", "no rep of that name"),
        ("target Dana 60k", "for which month"),
        ("target Dana Q3 60k", "which year"),
        ("target Dana Q4", "no amount"),
        ("target Dana Q4 60-70k", "in two ways"),
        ("target Dana Q4 60k 70k", "in two ways"),
        ("target Jonas Q4 60k", "in which currency"),
        ("target Dana Q4 60k, Tom 50k", "in two ways"),
        ("target Dana Q4 60k?", "more than name"),
        ("target Dana Q4 Q1 60k", "more than name"),
        ("target Dana Tom Q4 60k", "no rep of that name"),
        ("target Dana Q4 60k\ntarget dana q4 70k", "two lines for the same"),
        ("target Dana Q4 -60k", "no amount"),
    ],
)
def test_what_is_not_clear_sets_nothing_of_the_mail_and_is_asked_about(road: Road, line: str, why: str) -> None:
    decision = says(road, f"target Tom Q4 50k\n{line}")
    assert current(road) == set()
    (letter,) = road.letters_of(decision)
    assert why in letter.text
    assert "set nothing yet" in letter.text


def test_the_answer_to_our_question_sets_the_targets(road: Road) -> None:
    (letter,) = road.letters_of(says(road, "target Jonas Q4 60k"))
    later = NOVEMBER + timedelta(hours=1)
    headers = {"In-Reply-To": f"<{letter.message_id}>"}
    road.arrives(mail("target Jonas Q4 60k EUR", PRIYA, at=later, subject="Re: plan", headers=headers), later)
    assert current(road) == {("Jonas", *Q4, D(60_000), "EUR")}


def test_two_reps_of_one_name_are_asked_about(road: Road) -> None:
    with road.database.writing() as session:
        tom = session.query(Person).filter_by(name="Tom Okafor").one()
        hale = Person(name="Tom Hale", role=tom.role, language="en", locale="en_US", currency="USD")
        session.add(hale)
        session.flush()
        session.add(Address(key="hale@harbourpine.example", written="hale@harbourpine.example", person_id=hale.id))
    (letter,) = road.letters_of(says(road, "target Tom Q4 50k"))
    assert "more than one rep has that name" in letter.text
    assert current(road) == set()
    says(road, "target Tom Okafor Q4 50k", at=NOVEMBER + timedelta(hours=1))
    assert current(road) == {("Tom", *Q4, D(50_000), "USD")}


@pytest.mark.parametrize("text", ["Target for Q4 is 60k", "target Dana Q4 60k", "target Acme Corp Q4 60k"])
def test_a_rep_sets_no_target_and_books_none_as_a_sale(road: Road, text: str) -> None:
    says(road, text, sender=DANA)
    assert current(road) == set()
    assert road.ledger() == []


def test_a_manager_who_is_not_proven_sets_no_target(road: Road) -> None:
    raw = mail("target Dana Q4 60k", PRIYA, at=NOVEMBER, subject="plan").replace(b"dmarc=pass", b"dmarc=fail")
    road.arrives(raw, NOVEMBER)
    assert current(road) == set()


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("target Dana next quarter 60k", (date(2026, 1, 1), date(2026, 3, 31))),
        ("Ziel Dana nächstes Quartal 60.000", (date(2026, 1, 1), date(2026, 3, 31))),
        ("target Dana this quarter 60k", Q4),
        ("target Dana next month 60k", (date(2025, 12, 1), date(2025, 12, 31))),
        ("target Dana next year 60k", (date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_the_next_quarter_month_and_year_are_those_after_the_day_of_the_mail(
    road: Road, words: str, span: tuple[date, date]
) -> None:
    says(road, words)
    assert current(road) == {("Dana", *span, D(60_000), "USD")}


def test_a_target_of_one_product_stands_beside_that_of_all(road: Road) -> None:
    road.arrives(mail("Acme Corp 12k print\nBeta Freight 3k web", DANA, at=NOVEMBER), NOVEMBER)
    products = {entry.product for entry in road.entries()} - {""}
    says(road, "target Dana Q4 60k", at=NOVEMBER + timedelta(hours=1))
    (product, *_) = sorted(products)
    own = says(road, f"target Dana {product} Q4 20k\ntarget team {product} Q4 90k", at=NOVEMBER + timedelta(hours=2))

    plans = {(each.rep_id is None, each.product, each.amount) for each in road.all_of(SalesPlan)}
    assert plans == {(False, "", D(60_000)), (False, product, D(20_000)), (True, product, D(90_000))}
    (letter,) = road.letters_of(own)
    assert f"Dana Reyes, {product}, Q4 2025: 20,000.00 USD (new)" in letter.text
    again = says(road, f"target Dana {product} Q4 25k", at=NOVEMBER + timedelta(hours=3))
    assert "(before: 20,000.00 USD)" in road.letters_of(again)[0].text


def test_a_product_that_nobody_sold_or_planned_is_a_name_that_is_not_known(road: Road) -> None:
    says(road, "target Dana balloons Q4 20k")
    assert road.all_of(SalesPlan) == []
