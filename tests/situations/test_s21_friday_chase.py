"""S21: on Friday at 15:00 three of four have sent nothing. One sold nothing, one is away, one promises to send."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.settings import settings_of
from mailbot.duties.sales.tables import SalesEntry, SalesForecast
from mailbot.duties.sales.weeks.facts import WEEK_ASKED
from mailbot.duties.sales.weeks.recalling import weeks_known
from mailbot.duties.sales.weeks.standing import Standing, standing
from mailbot.duties.sales.weeks.tables import SalesWeek
from mailbot.records.tables import Client, Person, QuestionRow, QuestionState, Role
from tests.schemas import migrated_file
from tests.situations.desk import DESK, MAILS, PlayedDesk, played_desk

DANA, TOM, JONAS, LENA = (f"{name}@harbourpine.example" for name in ("dana", "tom", "jonas", "lena"))
PRIYA = "priya@harbourpine.example"
NAMES = {DANA: "Dana Reyes", TOM: "Tom Okafor", JONAS: "Jonas Weber", LENA: "Lena Brandt"}
FRIDAY = datetime(2025, 11, 7, 20, 0, tzinfo=UTC)  # 15:00 in Boston
MONDAY = datetime(2025, 11, 10, 12, 0, tzinfo=UTC)  # 7:00
WEEK_45, WEEK_46 = Week(2025, 45), Week(2025, 46)


@pytest.fixture
def friday(tmp_path: Path) -> Iterator[PlayedDesk]:
    """Jonas has sent numbers on Thursday; it is Friday, 15:00, and everybody else was asked."""
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite"), weeks_of_sales=True) as desk:
        desk.clock.set(FRIDAY - timedelta(days=1))
        sends(desk, JONAS, "Müller Bau 1.500 EUR", FRIDAY - timedelta(days=1))
        desk.waits(timedelta(days=1))
        yield desk


def sends(desk: PlayedDesk, who: str, words: str, at: datetime, subject: str = "numbers") -> Told:
    return desk.receives(mails.written(words, subject, f"{NAMES[who]} <{who}>", DESK, at), at=at)


def chases(desk: PlayedDesk, who: str) -> list[Received]:
    """The letters that ask somebody for the numbers of a week."""
    words = ("nothing from you yet", "Von dir ist noch nichts da", "Gibt es für")
    return [letter for letter in desk.letters_to(who) if any(each in letter.text for each in words)]


def replies(name: str, letter: Received) -> bytes:
    """A mail of the situation, sent to the address that the letter gives."""
    raw = (MAILS / name).read_text(encoding="utf-8")
    to = next(line for line in raw.splitlines() if line.startswith("To: "))
    return raw.replace(to, f"To: {letter.reply_to}").encode()


def stands(desk: PlayedDesk, who: str, week: Week = WEEK_45) -> Standing:
    with desk.database.reading() as session:
        (rep,) = (each for each in session.query(Person) if each.name == NAMES[who])
        known = weeks_known(session, week.first, week.last)
    return standing(known, rep.id, week, settings_of(desk.service.office.desk).numbers_due)


def test_three_are_asked_once_and_who_sent_numbers_is_not(friday: PlayedDesk) -> None:
    assert {who: len(chases(friday, who)) for who in NAMES} == {DANA: 1, TOM: 1, LENA: 1, JONAS: 0}
    (letter,) = chases(friday, TOM)
    assert letter.subject == "Week 45"
    assert "Week 45: nothing from you yet. Reply with your numbers, or ZERO, or AWAY until <date>." in letter.text
    assert len([line for line in letter.text.splitlines() if line.strip()]) <= 15
    (german,) = chases(friday, LENA)
    assert "KW 45: Von dir ist noch nichts da." in german.text
    assert "WEG bis <Datum>" in german.text
    assert {who: stands(friday, who) for who in NAMES} == {
        DANA: Standing.MISSING,
        TOM: Standing.MISSING,
        LENA: Standing.MISSING,
        JONAS: Standing.REPORTED,
    }


def test_tom_reports_nothing_which_is_not_missing_and_2k_is_not_booked(friday: PlayedDesk) -> None:
    (asked,) = chases(friday, TOM)
    told = friday.receives(replies("S21-in-1.eml", asked))

    assert (told.story.kind, told.story.rule, told.story.folder) == ("week", "sales.week-said", "Done")
    assert stands(friday, TOM) is Standing.ZERO
    assert [entry.amount for entry in friday.all_of(SalesEntry)] == [Decimal(1500)]  # Jonas', and no 2k
    (forecast,) = friday.all_of(SalesForecast)
    assert (forecast.amount, forecast.currency, forecast.certainty) == (Decimal(2000), "USD", "maybe")
    blue_ridge = next(each.id for each in friday.all_of(Client) if each.code == "C09")
    assert (forecast.client_id, forecast.period_start, forecast.period_end) == (
        blue_ridge, WEEK_46.first, WEEK_46.last
    )  # fmt: skip
    (letter,) = told.letters
    assert letter.recipient == TOM
    assert "0.00 for week 45" in letter.text
    assert "blue ridge maybe 2k on tue" in letter.text
    friday.waits(timedelta(days=3))
    assert len(chases(friday, TOM)) == 1


def test_lena_is_away_and_week_46_is_asked_of_jonas(friday: PlayedDesk) -> None:
    (asked,) = chases(friday, LENA)
    told = friday.receives(replies("S21-in-2.eml", asked))

    assert (told.story.kind, told.story.rule, told.letters) == ("week", "sales.week-away-note", ())
    (row,) = friday.all_of(SalesWeek)
    assert (row.said, row.until) == ("away", date(2025, 11, 14))
    assert (stands(friday, LENA), stands(friday, LENA, WEEK_46)) == (Standing.AWAY, Standing.AWAY)
    assert stands(friday, LENA, Week(2025, 47)) is Standing.MISSING

    friday.waits(timedelta(days=7))  # Friday 14 November, 15:00
    (deputy,) = chases(friday, JONAS)[-1:]
    assert deputy.subject == "KW 46 von Lena Brandt"
    assert len(chases(friday, LENA)) == 1


def test_lenas_program_is_never_written_to_again_however_often_it_answers(friday: PlayedDesk) -> None:
    (asked,) = chases(friday, LENA)
    for number in range(4):
        note = replies("S21-in-2.eml", asked).replace(b"<l-45@hp>", f"<l-45-{number}@hp>".encode())
        told = friday.receives(note, at=friday.clock.now() + timedelta(minutes=1))
        assert told.letters == ()
    assert len(friday.all_of(SalesWeek)) == 1
    assert len(friday.letters_to(LENA)) == 1
    friday.waits(timedelta(days=3))
    assert len(chases(friday, LENA)) == 1


def test_dana_promises_and_is_asked_once_more_on_monday_at_seven(friday: PlayedDesk) -> None:
    (asked,) = chases(friday, DANA)
    told = friday.receives(replies("S21-in-3.eml", asked))
    assert (told.story.kind, told.letters) == ("week", ())
    assert stands(friday, DANA) is Standing.PROMISED

    for _ in range(3):
        friday.waits(timedelta(hours=16))
        assert len(chases(friday, DANA)) == 1  # neither at night nor at the weekend
    friday.clock.set(MONDAY - timedelta(minutes=1))
    friday.waits(timedelta(0))
    assert len(chases(friday, DANA)) == 1
    friday.waits(timedelta(minutes=1))
    (_, again) = chases(friday, DANA)
    assert "You wrote that they would come" in again.text
    friday.waits(timedelta(hours=10))
    assert len(chases(friday, DANA)) == 2  # and never three


def test_the_report_tells_reported_zero_away_and_promised_apart_and_nobody_of_them_is_missing(
    friday: PlayedDesk,
) -> None:
    (to_tom,), (to_dana,), (to_lena,) = (chases(friday, who) for who in (TOM, DANA, LENA))
    for name, letter in (("S21-in-1.eml", to_tom), ("S21-in-3.eml", to_dana), ("S21-in-2.eml", to_lena)):
        friday.receives(replies(name, letter))
    friday.clock.set(MONDAY + timedelta(minutes=59))
    friday.waits(timedelta(minutes=1))

    report = next(each for each in friday.letters_to(PRIYA) if each.subject.startswith("Sales week 45"))
    rows = {" ".join(line.split()[:2]): line for line in report.text.splitlines() if line.startswith(" ")}
    assert "1,650.00" in rows["Jonas Weber"]
    assert "(reported: nothing sold)" in rows["Tom Okafor"]
    assert "(away)" in rows["Lena Brandt"]
    assert "(promised)" in rows["Dana Reyes"]
    assert "nothing yet" not in report.text


def test_her_numbers_of_the_same_evening_to_the_plain_address_end_the_chase(friday: PlayedDesk) -> None:
    (asked,) = chases(friday, DANA)
    friday.receives(replies("S21-in-3.eml", asked))
    told = sends(friday, DANA, "acme corp 12k", datetime(2025, 11, 8, 2, 40, tzinfo=UTC))

    assert told.story.kind == "numbers"
    assert stands(friday, DANA) is Standing.REPORTED
    states = {each.asked_key: each.state for each in friday.all_of(QuestionRow) if each.kind == WEEK_ASKED}
    assert states[DANA] is QuestionState.ANSWERED
    friday.clock.set(MONDAY)
    friday.waits(timedelta(minutes=5))
    assert len(chases(friday, DANA)) == 1


def test_what_is_only_expected_does_not_end_the_chase(friday: PlayedDesk) -> None:
    sends(friday, DANA, "expecting 5k from acme corp next week", FRIDAY + timedelta(hours=1))
    assert stands(friday, DANA) is Standing.MISSING
    friday.clock.set(MONDAY)
    friday.waits(timedelta(0))
    assert len(chases(friday, DANA)) == 2


def test_numbers_on_monday_in_answer_to_the_question_count_for_the_week_that_was_asked(friday: PlayedDesk) -> None:
    friday.clock.set(MONDAY)
    friday.waits(timedelta(minutes=1))
    (_, again) = chases(friday, DANA)
    told = friday.is_answered(again, "acme corp 12k", by=f"{NAMES[DANA]} <{DANA}>")

    assert told.story.kind == "numbers"
    entry = friday.all_of(SalesEntry)[-1]
    assert (entry.period_start, entry.counts_on) == (WEEK_45.first, WEEK_45.last)
    assert stands(friday, DANA) is Standing.REPORTED
    assert stands(friday, DANA, WEEK_46) is Standing.MISSING


@pytest.mark.parametrize("words", ["ZERO", "zero, sorry", "0", "nichts", "nichts diese Woche", "No sales this week."])
def test_one_word_is_a_report_of_nothing(friday: PlayedDesk, words: str) -> None:
    (asked,) = chases(friday, TOM)
    friday.is_answered(asked, words, by=f"{NAMES[TOM]} <{TOM}>")
    assert stands(friday, TOM) is Standing.ZERO


@pytest.mark.parametrize("words", ["nothing this week yet", "noch nichts diese Woche", "zero idea", "why?", "ok"])
def test_what_is_no_report_of_nothing_leaves_the_week_open(friday: PlayedDesk, words: str) -> None:
    (asked,) = chases(friday, TOM)
    friday.is_answered(asked, words, by=f"{NAMES[TOM]} <{TOM}>")
    assert stands(friday, TOM) is Standing.MISSING


@pytest.mark.parametrize(
    ("who", "words", "until"),
    [
        (DANA, "AWAY until 14 Nov", date(2025, 11, 14)),
        (DANA, "away till nov 14", date(2025, 11, 14)),
        (LENA, "bin bis 14.11. weg", date(2025, 11, 14)),
        (LENA, "WEG bis 14.11.", date(2025, 11, 14)),
        (DANA, "I'm on vacation, back on 17 November", date(2025, 11, 16)),
        (DANA, "away", None),
    ],
)
def test_away_until_a_day_is_understood(friday: PlayedDesk, who: str, words: str, until: date | None) -> None:
    (asked,) = chases(friday, who)
    told = friday.is_answered(asked, words, by=f"{NAMES[who]} <{who}>")

    (row,) = friday.all_of(SalesWeek)
    assert (row.said, row.until) == ("away", until)
    assert stands(friday, who) is Standing.AWAY
    assert [letter.recipient for letter in told.letters] == [who]
    friday.clock.set(MONDAY)
    friday.waits(timedelta(0))
    assert len(chases(friday, who)) == 1


def test_what_was_noted_is_taken_back_by_undo_and_the_week_is_missing_again(friday: PlayedDesk) -> None:
    (asked,) = chases(friday, TOM)
    friday.is_answered(asked, "ZERO", by=f"{NAMES[TOM]} <{TOM}>")
    noted = friday.letters_to(TOM)[-1]
    friday.is_answered(noted, "UNDO", by=f"{NAMES[TOM]} <{TOM}>")
    assert stands(friday, TOM) is Standing.MISSING


def test_nobody_but_reps_is_asked(friday: PlayedDesk) -> None:
    asked = {each.asked_key for each in friday.all_of(QuestionRow) if each.kind == WEEK_ASKED}
    assert asked == {DANA, TOM, LENA}
    assert {each.role for each in friday.all_of(Person) if each.name in NAMES.values()} == {Role.REP}
