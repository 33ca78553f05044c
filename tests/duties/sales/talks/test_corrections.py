"""Corrections by line and by amount: in the words that people use, several in one mail, and whole or not at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.tables import EntryKind, PendingState
from mailbot.records.decision import Decision, Folder
from mailbot.records.tables import Person
from tests.duties.sales.mails import DANA, JONAS, LENA, S01, mail
from tests.duties.sales.road import Road

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))
MINUTE = timedelta(minutes=1)
ACME, BETA, NORTH = Decimal(12000), Decimal(1350), Decimal("2350.50")


def reply(road: Road, to: Decision, text: str, sender: str = DANA, at: datetime = FRIDAY + 5 * MINUTE) -> Decision:
    letter = next(each for each in road.letters_of(to) if each.recipient in sender)
    raw = mail(text, sender, at=at, subject=f"Re: {letter.subject}", to=letter.envelope_sender)
    return road.arrives(raw, at + MINUTE)


def of_jonas(
    road: Road, text: str = "Müller Bau 1.234,56\nAcme Medical 12.000\nMüller Bau 3.000 Messestand"
) -> Decision:
    return road.arrives(mail(text, JONAS, at=FRIDAY, subject="KW 44"), FRIDAY)


def amounts(road: Road) -> list[Decimal]:
    return sorted(amount for _, amount, _ in road.ledger())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("hi, line 2 should have been 1,500 - my bad, and please drop 3", [Decimal(1500), ACME]),
        ("2 is 1,500. Typed it in the car", [Decimal(1500), NORTH, ACME]),
        ("2 is 1,500, they changed the order", [Decimal(1500), NORTH, ACME]),
        ("drop 2 and 3", [ACME]),
        ("drop lines 2, 3 please", [ACME]),
        ("please cancel line 3", [BETA, ACME]),
        ("can you delete the 3", [BETA, ACME]),
        ("lösch die 3", [BETA, ACME]),
        ("Streiche Zeile 3 bitte", [BETA, ACME]),
    ],
)
def test_orders_by_line_are_followed_with_words_around(road: Road, text: str, left: list[Decimal]) -> None:
    decision = reply(road, road.arrives(S01, FRIDAY), text)
    assert (decision.kind, decision.folder) == ("correction", Folder.DONE)
    assert amounts(road) == left


@pytest.mark.parametrize(
    "text",
    [
        "drop 3 unless they pay",
        "2 is 1,500, except for beta",
        "2 is 1,500, same for north star",
        "drop 2 and maybe 3",
        "2 is 1,500 and what about the rest?",
        "2 is 1,500?",
        "2 ist 1.500?",
        "3 is for October?",
        "drop 2\nundo",
        "undo\n2 is 1,500",
        "3 is for Narnia",
        "3 is for next year",
        "3 is for October 2023",
        "9 is for October",
    ],
)
def test_what_is_not_understood_whole_changes_nothing(road: Road, text: str) -> None:
    decision = reply(road, road.arrives(S01, FRIDAY), text)
    assert decision.folder is Folder.HELD
    assert amounts(road) == [BETA, NORTH, ACME]


@pytest.mark.parametrize(
    "text", ["2 ist 11.000", "2 ist 11.000 statt 12.000", "Zeile 2: 11 TEUR", "2 muss 11.000 sein bitte"]
)
def test_a_german_correction_keeps_the_other_lines(road: Road, text: str) -> None:
    decision = reply(road, of_jonas(road), text, JONAS)
    assert decision.folder is Folder.DONE
    assert amounts(road) == [Decimal("1234.56"), Decimal(3000), Decimal(11000)]


@pytest.mark.parametrize("text", ["3 gehört zu Acme Medical", "3 ist für Acme Medical", "3 is for acme medical, sorry"])
def test_a_line_goes_to_another_client_of_the_same_rep(road: Road, text: str) -> None:
    decision = reply(road, of_jonas(road), text, JONAS)

    assert decision.folder is Folder.DONE
    assert road.ledger()[-1] == ("Acme Medical GmbH", Decimal(3000), "EUR")
    assert len(road.ledger()) == 3
    (letter,) = road.letters_of(decision)
    assert "Müller Bau GmbH, KW 44: 3.000,00 EUR → Acme Medical GmbH" in letter.text
    assert "Unterschied" not in letter.text


def test_a_line_for_a_colleagues_client_waits_for_the_colleagues_word(road: Road) -> None:
    decision = reply(road, of_jonas(road), "3 gehört zu Hansen", JONAS)

    assert decision.folder is Folder.ASKED
    assert amounts(road) == [Decimal("1234.56"), Decimal(12000)]
    (waiting,) = road.pending()
    assert (waiting.amount, waiting.state) == (Decimal(3000), PendingState.WAITING)
    to_jonas, to_lena = road.letters_of(decision)
    assert "Hansen & Söhne KG, nicht mehr bei dir gebucht, ich frage Lena Brandt" in to_jonas.text
    assert "Unterschied: -3.000,00 EUR" in to_jonas.text
    reply(road, decision, "ja", LENA, FRIDAY + 20 * MINUTE)
    entry = road.entries()[-1]
    assert (entry.amount, entry.period_start) == (Decimal(3000), date(2025, 10, 27))
    with road.database.reading() as session:
        assert session.get_one(Person, entry.rep_id).name == "Lena Brandt"
    assert to_lena.recipient == "lena@harbourpine.example"


@pytest.mark.parametrize(
    ("text", "first", "last", "counts_on"),
    [
        ("1 is for October", date(2025, 10, 1), date(2025, 10, 31), date(2025, 10, 31)),
        ("1 belongs to week 43", date(2025, 10, 20), date(2025, 10, 26), date(2025, 10, 26)),
        ("1 gehört in den Oktober", date(2025, 10, 1), date(2025, 10, 31), date(2025, 10, 31)),
    ],
)
def test_a_line_counts_for_the_period_that_it_is_said_to_be_of(
    road: Road, text: str, first: date, last: date, counts_on: date
) -> None:
    at = FRIDAY + timedelta(days=4)
    booked = road.arrives(mail("beta freight 900", at=at, subject="week 45"), at)
    decision = reply(road, booked, text, at=at + 5 * MINUTE)

    assert decision.folder is Folder.DONE
    old, new = road.entries()
    assert (old.period_start, new.supersedes_id, new.amount) == (date(2025, 11, 3), old.id, Decimal(900))
    assert (new.period_start, new.period_end, new.counts_on) == (first, last, counts_on)


@pytest.mark.parametrize(
    "text",
    [
        "Müller Bau 1.234,56 bitte stornieren",
        "bitte Müller Bau 1.234,56 löschen",
        "storniere Müller Bau GmbH 1.234,56 EUR",
    ],
)
def test_client_and_amount_say_which_line_is_dropped(road: Road, text: str) -> None:
    of_jonas(road)
    at = FRIDAY + timedelta(days=3)
    decision = road.arrives(mail(text, JONAS, at=at, subject="Korrektur"), at)

    assert (decision.kind, decision.folder) == ("correction", Folder.DONE)
    assert amounts(road) == [Decimal(3000), Decimal(12000)]
    assert road.entries()[-1].kind is EntryKind.CANCELLED


@pytest.mark.parametrize(
    "text", ["Müller Bau 1.234,57 bitte stornieren", "Müller Bau 1.234,56 stornieren?", "Hansen 1.234,56 stornieren"]
)
def test_a_cancellation_that_fits_no_line_drops_nothing(road: Road, text: str) -> None:
    of_jonas(road)
    at = FRIDAY + timedelta(days=3)
    road.arrives(mail(text, JONAS, at=at, subject="Korrektur"), at)
    assert amounts(road) == [Decimal("1234.56"), Decimal(3000), Decimal(12000)]
