"""What is read in the lines of a rep's mail: sales to be booked, and what stands in the way of the others."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import ClearLine, Numbers, UnclearLine
from mailbot.duties.sales.facts.particulars import Stage
from mailbot.duties.sales.numbers.periods import Period
from mailbot.records.tables import LetterRow, LetterState
from tests.duties.sales.mails import DANA, S01, mail
from tests.duties.sales.road import Road

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=NEW_YORK)


def numbers(
    reading_road: Road, text: str, sender: str = DANA, at: datetime = FRIDAY, subject: str = "numbers"
) -> Numbers:
    """What the duty reads in a mail."""
    _, reading = reading_road.reading(mail(text, sender, at=at, subject=subject), at)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return finding.facts


def clear(line: ClearLine) -> tuple[str, Decimal, str]:
    return line.client.name, line.price.amount, line.price.currency


def doubts(facts: Numbers) -> list[Doubt]:
    return [line.doubt for line in facts.unclear]


def test_s01_nothing_of_the_signature_is_evidence_even_where_nobody_cut_it_off(reading_road: Road) -> None:
    text = S01.partition(b"\n\n")[2].decode().replace("Sent from my iPhone", "")
    message, reading = reading_road.reading(S01, FRIDAY)
    untrimmed = text.replace("thx\n\nDana Reyes", "thx\n\n.\nDana Reyes\n.") + "\nplease call me back any time"
    facts = numbers(reading_road, untrimmed)

    assert "617" not in message.body.for_people.text
    assert all("617" not in str(evidence) for evidence in reading.findings[0].evidence)
    assert [clear(line)[:2] for line in facts.lines] == [
        ("Acme Corp", Decimal(12000)),
        ("Beta Freight", Decimal(1350)),
        ("North Star Logistics", Decimal("2350.50")),
    ]
    assert facts.unclear == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("12k acme corp", ("Acme Corp", Decimal(12000), "USD")),
        ("1. Beta Freight - 450", ("Beta Freight", Decimal(450), "USD")),
        ("* beta freight banner 450", ("Beta Freight", Decimal(450), "USD")),
        ("Beta Freight: €450", ("Beta Freight", Decimal(450), "EUR")),
        ("Beta Freight credit 200", ("Beta Freight", Decimal(-200), "USD")),
        ("Beta Freight (200.00)", ("Beta Freight", Decimal(-200), "USD")),
        ("Studio 54 900", ("Studio 54", Decimal(900), "USD")),
        ("beta freight 450, signed 30 Oct", ("Beta Freight", Decimal(450), "USD")),
        ("week 44: beta freight 450", ("Beta Freight", Decimal(450), "USD")),
    ],
)
def test_a_clear_line_is_read(reading_road: Road, text: str, line: tuple[str, Decimal, str]) -> None:
    facts = numbers(reading_road, text)
    assert [clear(each) for each in facts.lines] == [line]
    assert facts.unclear == ()


@pytest.mark.parametrize("mark", [">", "> ", ">> ", "  > "])
def test_what_a_rep_cites_of_others_is_no_sale_of_his(reading_road: Road, mark: str) -> None:
    facts = numbers(reading_road, f"{mark}Acme Corp 12,000\n\nBeta Freight 450\n")

    assert [clear(line)[:2] for line in facts.lines] == [("Beta Freight", Decimal(450))]
    assert facts.unclear == ()


def test_two_sales_on_one_line_are_two_lines(reading_road: Road) -> None:
    facts = numbers(reading_road, "Acme corp 15,200, Beta 900")
    assert [clear(line)[:2] for line in facts.lines] == [("Acme Corp", Decimal(15200)), ("Beta Freight", Decimal(900))]
    assert [line.evidence.words for line in facts.lines] == ["Acme corp 15,200", "Beta 900"]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Beta freight 450 for the banner, the papers are on their way\nand nothing is certain", Doubt.DENIED),
        ("Beta freight was 450 on the list", Doubt.NO_SALE),
        ("Beta freight 5-6k", Doubt.RANGE),
        ("Beta freight 20%", Doubt.PERCENTAGE),
        ("Beta freight 1.500", Doubt.TWO_READINGS),
        ("Beta freight 450 kr", Doubt.UNKNOWN_CURRENCY),
        ("Beta freight 400 EUR + 500 EUR", Doubt.TWO_AMOUNTS),
        ("Beta freight 450 for September", Doubt.OTHER_PERIOD),
        ("Beta freight 450, signed 20 Sep", Doubt.OTHER_PERIOD),
        ("Beta freight 450, KW 36", Doubt.OTHER_PERIOD),
        ("Beta freight signed, maybe 450", Doubt.EXPECTED),
        ("Beta freight is 450 instead of 540", Doubt.CORRECTS),
        ("please delete Beta freight 450 again", Doubt.DROPS),
        ("Beta freight 3 ads at 450", Doubt.TWO_READINGS),
        ("Beta freight ($450)", Doubt.TWO_READINGS),
        ("Beta freight 450 per month", Doubt.RATE),
        ("Beta freight 450, half of it is Tom's", Doubt.COLLEAGUE),
        ("Beta freight 450 via north star", Doubt.SEVERAL_CLIENTS),
        ("Beta freight at 1630", Doubt.TWO_READINGS),
        ("see you\n\nBeta freight at 1630", Doubt.TWO_READINGS),
        ("lunch with someone of Beta freight: beta freight 86.40 lunch", Doubt.NO_SALE),
        ("South Star Logistics 450", Doubt.ANOTHERS_CLIENT),
        ("Star Logistics 450", Doubt.SEVERAL_CLIENTS),
        ("Kröger Fenster 2.150,00", Doubt.UNKNOWN_CLIENT),
        ("Beta Freight Holding 450", Doubt.UNKNOWN_CLIENT),
        ("450.00", Doubt.NO_CLIENT),
        ("Beta Freight 0.00", Doubt.NO_SALE),
    ],
)
def test_a_line_that_is_not_certain_waits_with_its_reason(reading_road: Road, text: str, doubt: Doubt) -> None:
    facts = numbers(reading_road, text)
    assert facts.lines == ()
    assert doubt in doubts(facts)


def test_a_client_with_a_slip_of_the_keyboard_is_booked_where_no_other_is_near(reading_road: Road) -> None:
    (line,) = numbers(reading_road, "Beta Frieght 450").lines
    assert line.client.name == "Beta Freight"


def test_a_misspelt_client_is_asked_about_with_the_likely_one(reading_road: Road) -> None:
    (line,) = numbers(reading_road, "Beto Freigt 450").unclear
    assert [client.name for client in line.choices] == ["Beta Freight"]


def test_a_line_with_two_doubts_offers_no_choice_that_would_settle_only_one(reading_road: Road) -> None:
    (line,) = numbers(reading_road, "Star Logistics maybe 450").unclear
    assert (line.doubt, line.choices) == (Doubt.EXPECTED, ())


def test_totals_are_checked_and_never_booked(reading_road: Road) -> None:
    right = numbers(reading_road, "acme corp 12k\nbeta freight 450\ntotal 12,450")
    wrong = numbers(reading_road, "acme corp 12k\nbeta freight 450\nSum: 12,550.00")

    assert (len(right.lines), right.unclear) == (2, ())
    assert len(wrong.lines) == 2
    (total,) = wrong.unclear
    assert isinstance(total, UnclearLine)
    assert total.doubt is Doubt.TOTAL_DIFFERS
    assert total.price is not None
    assert total.other is not None
    assert (total.price.amount, total.other.amount) == (Decimal("12550.00"), Decimal(12450))


@pytest.mark.parametrize(
    ("subject", "at", "week"),
    [
        ("numbers", datetime(2025, 11, 2, 23, 30, tzinfo=NEW_YORK), 44),
        ("numbers", datetime(2025, 11, 3, 4, 30, tzinfo=BERLIN), 44),  # still Sunday in New York
        ("wk 44", datetime(2025, 11, 3, 9, 0, tzinfo=NEW_YORK), 44),
        ("numbers", datetime(2025, 11, 3, 9, 0, tzinfo=NEW_YORK), 45),
    ],
)
def test_the_week_is_the_stated_one_or_that_of_the_mail_in_the_zone_of_the_desk(
    reading_road: Road, subject: str, at: datetime, week: int
) -> None:
    facts = numbers(reading_road, "beta freight 450", at=at, subject=subject)
    assert facts.week is not None
    assert (facts.week.number, len(facts.lines)) == (week, 1)


@pytest.mark.parametrize(
    ("text", "stage", "certainty"),
    [
        ("Beta freight maybe 450", Stage.OPEN, "maybe"),
        ("Beta freight ~450", Stage.OPEN, ""),
        ("forecast:\nBeta freight 450", Stage.OPEN, ""),
        ("Pipeline: Beta freight 450, 60%", Stage.OPEN, "60%"),
        ("Beta freight 450\nnot signed yet", Stage.OPEN, ""),
        ("lost: beta freight 450", Stage.LOST, ""),
    ],
)
def test_what_is_open_or_lost_is_noted_and_never_booked(
    reading_road: Road, text: str, stage: Stage, certainty: str
) -> None:
    facts = numbers(reading_road, text)
    assert (facts.lines, facts.unclear) == ((), ())
    (line,) = facts.expected
    assert line.price is not None
    assert (line.client.name, line.price.amount, line.said.stage) == ("Beta Freight", Decimal(450), stage)
    assert line.certainty == certainty


def test_a_range_that_is_expected_is_noted_without_an_amount(reading_road: Road) -> None:
    (line,) = numbers(reading_road, "Beta freight maybe 5-6k EUR").expected
    assert (line.price, line.currency) == (None, "EUR")


@pytest.mark.parametrize(
    "text",
    [
        "Target for Q4 is 60k so we are at about 34%",
        "Pipeline unchanged at about 120k",
        "Approvals up to 5.000 EUR: Viktor",
        "quota attainment 62%",
        "Stammkapital: 50.000,00 EUR",
    ],
)
def test_a_figure_of_no_deal_is_neither_a_line_nor_a_question(reading_road: Road, text: str) -> None:
    facts = numbers(reading_road, f"Beta freight 450\n\n{text}")
    assert [clear(line)[:2] for line in facts.lines] == [("Beta Freight", Decimal(450))]
    assert (facts.unclear, facts.expected) == ((), ())


def test_two_currencies_on_one_line_are_two_entries(reading_road: Road) -> None:
    facts = numbers(reading_road, "Beta freight 400 EUR + 500 USD (US edition)")
    assert [clear(line) for line in facts.lines] == [
        ("Beta Freight", Decimal(400), "EUR"),
        ("Beta Freight", Decimal(500), "USD"),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Beta freight 450 for October", date(2025, 10, 1), date(2025, 10, 31)),
        ("Beta freight 450, KW 43", date(2025, 10, 20), date(2025, 10, 26)),
        ("Beta freight 450, signed 20 Oct", date(2025, 10, 20), date(2025, 10, 26)),
        ("last week:\nBeta freight 450", date(2025, 10, 20), date(2025, 10, 26)),
    ],
)
def test_a_line_of_a_time_that_is_still_open_is_booked_for_that_time(
    reading_road: Road, text: str, first: date, last: date
) -> None:
    facts = numbers(reading_road, text)
    assert facts.unclear == ()
    assert [line.said.period for line in facts.lines] == [Period(first, last)]


@pytest.mark.parametrize("subject", ["wk 30", "numbers for September"])
def test_a_subject_that_speaks_of_a_closed_month_holds_every_line(reading_road: Road, subject: str) -> None:
    facts = numbers(reading_road, "beta freight 450\nacme corp 12k", subject=subject)
    assert facts.lines == ()
    assert len(facts.unclear) == 2


@pytest.mark.parametrize("subject", ["wk 46", "forecast"])
def test_a_subject_that_speaks_of_what_is_to_come_makes_expectations_of_all_lines(
    reading_road: Road, subject: str
) -> None:
    facts = numbers(reading_road, "beta freight 450\nacme corp 12k", subject=subject)
    assert (facts.lines, facts.unclear) == ((), ())
    assert len(facts.expected) == 2


def test_s07_lines_of_a_closed_month_are_never_booked_into_this_one(reading_road: Road) -> None:
    text = (
        "Delphi windows 6,400 - signed 30 Oct, and north star 1,150, that's for Oct too.\n"
        "Can they still go in? Quarter bonus..."
    )
    facts = numbers(
        reading_road, text, at=datetime(2025, 11, 6, 11, 14, tzinfo=NEW_YORK), subject="forgot these for October"
    )
    assert facts.lines == ()
    assert doubts(facts) == [Doubt.OTHER_PERIOD, Doubt.OTHER_PERIOD]
    assert [line.price.amount for line in facts.unclear if line.price] == [Decimal(6400), Decimal(1150)]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("brochures", "down to my last 20 media kits!! hartford regional is on the 24th, need 150"),
        ("hello", "see you at 5, my number is 617 555 0142"),
        ("oops", "will send tonight, in the car"),
        ("FW: Undeliverable", "their 802 555 0177 is disconnected"),
    ],
)
def test_other_mail_of_a_rep_is_not_this_dutys(reading_road: Road, subject: str, text: str) -> None:
    _, reading = reading_road.reading(mail(text, at=FRIDAY, subject=subject), FRIDAY)
    assert reading.findings == ()


def test_a_line_of_five_thousand_characters_and_a_thousand_lines_are_said_to_be_unread(reading_road: Road) -> None:
    long = numbers(reading_road, "beta freight 450\n" + "acme 1 " * 1000)
    many = numbers(reading_road, "beta freight 450\n" * 1000)

    assert (len(long.lines), doubts(long)) == (1, [Doubt.TOO_LONG])
    assert Doubt.TOO_LONG in doubts(many)


def test_the_answer_to_another_dutys_letter_is_no_sale_whatever_numbers_stand_in_it(reading_road: Road) -> None:
    raw = mail(
        "Acme Corp 12k",
        DANA,
        at=FRIDAY,
        subject="Re: Karen's address",
        headers={"In-Reply-To": "<b-0101-x@harbourpine.example>"},
    )
    letter = LetterRow(
        ref="B-0101",
        duty="bounces",
        purpose="dead",
        object="karen.holt@southstar.example",
        recipient=DANA,
        recipient_key=DANA,
        envelope_sender="desk@harbourpine.example",
        message_id="b-0101-x@harbourpine.example",
        subject="Karen's address",
        text="",
        content=b"",
        state=LetterState.SENT,
        created_at=FRIDAY,
        try_after=FRIDAY,
        sent_at=FRIDAY,
    )
    with reading_road.database.writing() as session:
        session.add(letter)
    _, reading = reading_road.reading(raw, FRIDAY)
    assert not reading.findings
    assert "which was not about numbers" in reading.asked[0].why
