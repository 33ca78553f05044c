"""Periods that stand alone on a line head what is below them; where nobody knows which counts, the line is asked."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Numbers
from tests.duties.sales.mails import DANA, JONAS, mail
from tests.duties.sales.road import Road

THURSDAY = datetime(2025, 11, 13, 15, 0, tzinfo=ZoneInfo("America/New_York"))  # week 46
LAST, THIS = 45, 46


def read(road: Road, text: str, sender: str = DANA, subject: str = "numbers") -> Numbers:
    _, reading = road.reading(mail(text, sender, at=THURSDAY, subject=subject), THURSDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return finding.facts


def weeks(facts: Numbers) -> list[int]:
    """The week of each line that is booked."""
    default = facts.week.number if facts.week else 0
    return [line.said.period.first.isocalendar().week if line.said.period else default for line in facts.lines]


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (JONAS, "KW 45\nMüller Bau 500 €\nKW 46\nAcme Medical 700 €"),
        (JONAS, "KW 45\nMüller Bau 500 €\n\nKW 46\nAcme Medical 700 €"),
        (JONAS, "KW 45:\nMüller Bau 500 €\nKW 46:\nAcme Medical 700 €"),
        (JONAS, "Letzte Woche\nMüller Bau 500 €\n\nDiese Woche\nAcme Medical 700 €"),
        (DANA, "last week:\nacme corp 510\nthis week:\nbeta freight 710"),
        (DANA, "Last week\nacme corp 510\n\nThis week\nbeta freight 710"),
        (DANA, "Last week:\nacme corp 510\n\nThis week: beta freight 710"),
        (DANA, "week ending 9 Nov\nacme corp 510\nweek ending 16 Nov\nbeta freight 710"),
        (DANA, "w/e 7 Nov\nacme corp 510\nw/e 14 Nov\nbeta freight 710"),
    ],
)
def test_a_line_that_is_only_a_period_heads_what_is_below_it(reading_road: Road, sender: str, text: str) -> None:
    facts = read(reading_road, text, sender)
    assert (weeks(facts), facts.unclear) == ([LAST, THIS], ())


def test_the_heading_of_this_week_may_stand_first(reading_road: Road) -> None:
    facts = read(reading_road, "this week\nbeta freight 710\nlast week\nacme corp 510")
    assert weeks(facts) == [THIS, LAST]


def test_months_head_their_lines_and_what_is_closed_is_asked_about(reading_road: Road) -> None:
    facts = read(reading_road, "Oct\nacme corp 510\nNov\nbeta freight 710")
    assert [(line.client.name, line.said.period and line.said.period.first) for line in facts.lines] == [
        ("Beta Freight", date(2025, 11, 1))
    ]
    assert [line.doubt for line in facts.unclear] == [Doubt.OTHER_PERIOD]


def test_where_periods_stand_above_their_lines_or_below_them_all_lines_are_asked_about(reading_road: Road) -> None:
    facts = read(reading_road, "acme corp 510\nweek 45\nbeta freight 710\nweek 46")
    assert facts.lines == ()
    assert {line.doubt for line in facts.unclear} == {Doubt.OTHER_PERIOD}


def test_this_week_behind_last_week_on_one_line_is_not_taken_for_last_week(reading_road: Road) -> None:
    facts = read(reading_road, "Last week: acme corp 507. This week: beta freight 707")
    assert (weeks(facts), [line.doubt for line in facts.unclear]) == ([LAST], [Doubt.OTHER_PERIOD])


def test_a_line_above_several_headings_is_asked_about_and_the_others_are_booked(reading_road: Road) -> None:
    facts = read(reading_road, "north star 400\n\nweek 45\nacme corp 510\nweek 46\nbeta freight 710")
    assert (weeks(facts), [line.doubt for line in facts.unclear]) == ([LAST, THIS], [Doubt.OTHER_PERIOD])


def test_the_week_of_the_subject_is_that_of_the_lines_above_a_heading(reading_road: Road) -> None:
    facts = read(reading_road, "acme corp 510\n\nNachtrag KW 45\nbeta freight 710", subject="Week 46")
    assert (weeks(facts), facts.unclear) == ([THIS, LAST], ())


@pytest.mark.parametrize(
    ("sender", "text", "week"),
    [
        (JONAS, "KW 45\nMüller Bau 500 €", LAST),
        (JONAS, "Müller Bau 500 €\nKW 45", LAST),
        (DANA, "this week:\nacme corp 500", THIS),
        (DANA, "acme corp 500\nthat's all for this week", THIS),
        (DANA, "acme corp 500\nlast week was slow", LAST),
    ],
)
def test_one_period_speaks_for_all_lines(reading_road: Road, sender: str, text: str, week: int) -> None:
    facts = read(reading_road, text, sender)
    assert (weeks(facts), facts.unclear) == ([week], ())


def test_the_date_of_a_letter_is_no_heading(reading_road: Road) -> None:
    facts = read(reading_road, "7 November 2025\n\nacme corp 500")
    assert weeks(facts) == [THIS]


def test_this_week_in_a_remark_leaves_the_week_of_the_subject(reading_road: Road) -> None:
    assert weeks(read(reading_road, "acme corp 500\nsee you this week", subject="Week 45")) == [LAST]
    assert weeks(read(reading_road, "this week\nacme corp 500", subject="Week 45")) == [LAST]
