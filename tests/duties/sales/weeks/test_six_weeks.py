"""Six weeks with a change of the clocks, holidays of two countries and an absence: every letter is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from mailbot.clock import SetClock
from mailbot.duties.sales import DUTY
from mailbot.duties.sales.tables import SalesEntry
from mailbot.duties.sales.weeks import chasing
from mailbot.duties.sales.weeks.tables import SalesWeek, WeekSaid
from mailbot.records.tables import Client, Person, QuestionRow, QuestionState
from mailbot.service.office import Office
from mailbot.service.upkeep import Maintenance
from tests.duties.road import SECRET
from tests.duties.sales.road import Road

Letters = dict[str, list[tuple[datetime, str]]]

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY, LAST_MONDAY = date(2026, 3, 24), date(2026, 5, 4)  # the clocks go forward on Sunday 29 March
LOOKS_AT = (time(6, 59), time(7, 0), time(11, 30), time(14, 59), time(15, 0), time(19, 0))
# Good Friday is the third, Easter Monday the sixth, and the first of May is a Friday: in Germany, not in America.
GERMAN_FIRSTS = [date(2026, 3, 27), *(date(2026, 4, day) for day in (2, 10, 17, 24, 30))]
GERMAN_AGAINS = [date(2026, 3, 30), *(date(2026, 4, day) for day in (7, 13, 20, 27)), LAST_MONDAY]
AMERICAN_FIRSTS = [date(2026, 3, 27), *(date(2026, 4, day) for day in (3, 10, 17, 24)), date(2026, 5, 1)]
AMERICAN_AGAINS = [date(2026, 3, 30), *(date(2026, 4, day) for day in (6, 13, 20, 27)), LAST_MONDAY]


@pytest.fixture
def six_weeks(road: Road) -> Letters:
    """The letters of six weeks, by whom they went to: when, and their subjects.

    Dana and Jonas never answer, Tom sends numbers every Thursday, Lena is away in three of the weeks and has named
    Jonas.
    """
    _settle(road)
    clock = SetClock(datetime.combine(TUESDAY, time(5), BERLIN))
    desk = replace(road.desk, zone=BERLIN, holidays="DE-HH")
    chased = replace(DUTY, upkeep=(chasing.BEFORE, chasing.AFTER))
    maintenance = Maintenance(Office(road.database, road.orders, (chased,), desk, SECRET, clock, "six weeks"), 365)
    for days in range((LAST_MONDAY - TUESDAY).days + 1):
        for at in LOOKS_AT:
            clock.set(datetime.combine(TUESDAY + timedelta(days=days), at, BERLIN))
            maintenance.step()
            maintenance.step()  # whoever rings twice asks nobody twice
    found: Letters = {}
    for letter in road.letters():
        name = letter.recipient.partition("@")[0]
        found.setdefault(name, []).append((letter.created_at.astimezone(BERLIN), letter.subject))
    return found


def _settle(road: Road) -> None:
    with road.database.writing() as session:
        people = {each.name.partition(" ")[0]: each for each in session.scalars(select(Person))}
        people["Dana"].holidays = people["Tom"].holidays = "US"
        globex = session.scalars(select(Client).where(Client.name == "Globex Tools")).one()
        for weeks in range(-1, 7):
            session.add(_sale(globex.id, people["Tom"].id, date(2026, 3, 26) + timedelta(weeks=weeks)))
        session.add(
            SalesWeek(
                rep_id=people["Lena"].id,
                week_start=date(2026, 4, 6),
                said=WeekSaid.AWAY,
                since=date(2026, 4, 8),
                until=date(2026, 4, 24),
                deputy_id=people["Jonas"].id,
                words="Ich bin bis 24.4. im Urlaub. Vertretung: Jonas Weber.",
            )
        )


def _sale(client_id: int, rep_id: int, day: date) -> SalesEntry:
    monday = day - timedelta(days=day.weekday())
    return SalesEntry(
        client_id=client_id,
        rep_id=rep_id,
        amount=Decimal(100),
        currency="USD",
        period_start=monday,
        period_end=monday + timedelta(days=6),
        counts_on=day,
        words="globex 100",
        place="text 0-10",
        line=1,
        said_on=day,
    )


def _days(letters: list[tuple[datetime, str]], at: time) -> list[date]:
    return [moment.date() for moment, _ in letters if moment.time() == at]


def test_each_is_asked_once_before_and_once_after_on_what_are_working_days_at_home(six_weeks: Letters) -> None:
    own = [letter for letter in six_weeks["jonas"] if "Lena" not in letter[1]]
    assert (_days(own, time(15)), _days(own, time(7))) == (GERMAN_FIRSTS, GERMAN_AGAINS)
    dana = six_weeks["dana"]
    assert (_days(dana, time(15)), _days(dana, time(7))) == (AMERICAN_FIRSTS, AMERICAN_AGAINS)

    # at three and at seven, and at no other hour, on no weekend
    moments = [moment for letters in six_weeks.values() for moment, _ in letters]
    assert {moment.time() for moment in moments} == {time(15), time(7)}
    assert [moment for moment in moments if moment.weekday() > 4] == []

    # away is not asked; the deputy is, once for each week
    lena = six_weeks["lena"]
    assert _days(lena, time(15)) == [date(2026, 3, 27), date(2026, 4, 2), date(2026, 4, 30)]
    assert _days(lena, time(7)) == [date(2026, 3, 30), date(2026, 4, 7), LAST_MONDAY]
    for_lena = [(moment.date().day, subject) for moment, subject in six_weeks["jonas"] if "Lena" in subject]
    assert for_lena == [(day, f"KW {week} von Lena Brandt") for day, week in ((10, 15), (17, 16), (24, 17))]

    # who sends numbers every week is never asked, and nobody but reps is
    assert {name: len(letters) for name, letters in six_weeks.items()} == {"dana": 12, "jonas": 12 + 3, "lena": 6}


def test_nobody_is_left_with_more_than_the_questions_of_the_last_week(six_weeks: Letters, road: Road) -> None:
    open_ones = [each for each in road.all_of(QuestionRow) if each.state is QuestionState.OPEN]
    assert len(six_weeks["dana"]) > 2
    assert len(open_ones) == 6  # two for each of three
    assert {each.context["monday"] for each in open_ones} == {"2026-04-27"}


def test_on_a_free_day_nobody_is_asked(road: Road) -> None:
    saturday = SetClock(datetime(2026, 3, 28, 20, 0, tzinfo=UTC))
    Maintenance(Office(road.database, road.orders, (DUTY,), road.desk, SECRET, saturday, "saturday"), 365).step()
    assert road.questions() == []
