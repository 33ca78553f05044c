"""Remarks that say not to book: whatever they speak of is not booked, and what they do not speak of is."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.lines import Numbers
from tests.duties.sales.mails import DANA, JONAS, mail
from tests.duties.sales.road import Road

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))
ACME, BETA, NORTH = "Acme Corp", "Beta Freight", "North Star Logistics"


def read(road: Road, text: str, sender: str = DANA, subject: str = "numbers") -> Numbers:
    _, reading = road.reading(mail(text, sender, at=FRIDAY, subject=subject), FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return finding.facts


def booked(facts: Numbers) -> list[str]:
    return [line.client.name for line in facts.lines]


def left(facts: Numbers) -> int:
    """How many lines are asked about, or noted as not won yet."""
    return len(facts.unclear) + len(facts.expected)


@pytest.mark.parametrize(
    "remark",
    [
        "please don't book this yet",
        "Please do not book these until I confirm.",
        "not to be booked yet please",
        "hold these until monday",
        "ignore the above",
        "please hold off on both",
        "neither is signed yet",
        "none of them has signed so far",
        "test mail, please ignore",
        "this is only a test",
        "Did I already send you these?",
        "bitte noch nicht buchen",
        "Bitte nichts davon buchen!",
        "bucht das bitte noch nicht",
        "bitte ignorieren",
        "beide haben noch nicht unterschrieben",
        "keiner hat unterschrieben",
        "Ist nur ein Test",
        "Hatte ich die schon geschickt?",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "acme corp 505\nbeta freight 705\n{}",
        "acme corp 505\nbeta freight 705\n\n{}\n\nThanks\nDana",
        "{}\nacme corp 505\nbeta freight 705",
        "Hi,\n{}\n\nacme corp 505\nbeta freight 705",
    ],
)
def test_a_remark_against_booking_is_heard_above_the_lines_and_below_them(
    reading_road: Road, text: str, remark: str
) -> None:
    facts = read(reading_road, text.format(remark))
    assert (booked(facts), left(facts)) == ([], 2)


@pytest.mark.parametrize(
    ("remark", "rest"),
    [
        ("please ignore the second line", [ACME, NORTH]),
        ("bitte die letzte Zeile ignorieren", [ACME, BETA]),
        ("please ignore line 2", [ACME, NORTH]),
        ("please don't book the 705 yet", [ACME, NORTH]),
        ("please don't book beta yet", [ACME, NORTH]),
        ("acme and north star please do not count yet", [BETA]),
    ],
)
def test_a_remark_about_one_line_leaves_the_others_booked(reading_road: Road, remark: str, rest: list[str]) -> None:
    facts = read(reading_road, f"acme corp 505\nbeta freight 705\nnorth star 905\n{remark}")
    assert (booked(facts), left(facts)) == (rest, 3 - len(rest))


def test_a_remark_below_a_block_speaks_of_that_block(reading_road: Road) -> None:
    facts = read(reading_road, "acme corp 505\n\nbeta freight 705\nplease don't book this yet\n\nnorth star 905")
    assert (booked(facts), left(facts)) == ([ACME, NORTH], 1)


@pytest.mark.parametrize(
    "line",
    [
        "acme corp 505, beta freight 705. Please don't book these yet.",
        "acme corp 505, beta freight 705 - please don't book yet",
        "Please don't book these yet. acme corp 505, beta freight 705",
        "This is only a test:\nacme corp 505\nbeta freight 705",
    ],
)
def test_a_remark_on_the_line_itself_speaks_of_all_its_amounts(reading_road: Road, line: str) -> None:
    facts = read(reading_road, line)
    assert (booked(facts), left(facts)) == ([], 2)


def test_a_mail_with_the_subject_test_books_nothing(reading_road: Road) -> None:
    facts = read(reading_road, "acme corp 505", subject="TEST")
    assert (booked(facts), left(facts)) == ([], 1)


@pytest.mark.parametrize(
    ("sender", "remark"),
    [
        (DANA, "resending, not sure it went through!!"),
        (DANA, "nothing else signed this week"),
        (DANA, "please ignore the typos, on my phone"),
        (DANA, "I couldn't get to it earlier, sorry"),
        (DANA, "Can they still go in? Quarter bonus..."),
        (DANA, "Did you see the game?"),
        (DANA, "on hold with the airline, more on Monday"),
        (DANA, "please don't book Delphi Windows yet"),
        (JONAS, "Sonst nichts gebucht diese Woche"),
        (JONAS, "Mehr ist noch nicht unterschrieben"),
        (JONAS, "War im Urlaub, konnte nicht früher schreiben"),
    ],
)
def test_other_remarks_stand_in_the_way_of_nothing(reading_road: Road, sender: str, remark: str) -> None:
    text, name = ("acme corp 505", ACME) if sender == DANA else ("Müller Bau 505 €", "Müller Bau GmbH")
    facts = read(reading_road, f"{text}\n\n{remark}", sender)
    assert (booked(facts), left(facts)) == ([name], 0)


def test_a_correction_that_is_not_to_be_booked_yet_is_no_correction(road: Road) -> None:
    road.arrives(mail("acme corp 15,200", DANA, at=FRIDAY, subject="numbers"), FRIDAY)
    words = "acme corp 12,500 not 15,200\nplease don't book this yet"
    road.arrives(mail(words, DANA, at=FRIDAY, subject="numbers"), FRIDAY)
    assert [str(entry.amount) for entry in road.entries()] == ["15200.00"]
