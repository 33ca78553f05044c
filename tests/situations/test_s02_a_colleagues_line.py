"""S02: one of Jonas' lines is for Lena's client: she is asked one question, and he hears what comes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mailbot.cli.demo.mails import Received
from mailbot.duties.sales.tables import PendingState, SalesEntry, SalesForecast, SalesPending
from mailbot.records.tables import Client, Person, QuestionRow, TaskRow
from tests.situations.conftest import Opener
from tests.situations.desk import PlayedDesk

JONAS, LENA, MARA = "jonas@harbourpine.example", "lena@harbourpine.example", "mara@harbourpine.example"
BY_LENA = f"Lena Brandt <{LENA}>"
HANSEN = Decimal(3000)


def person(desk: PlayedDesk, name: str) -> int:
    return next(each.id for each in desk.all_of(Person) if each.name == name)


def hansen(desk: PlayedDesk) -> SalesPending:
    return next(each for each in desk.all_of(SalesPending) if each.amount == HANSEN)


def asked(desk: PlayedDesk) -> Received:
    desk.receives("S02-in-1.eml")
    (letter,) = desk.letters_to(LENA)
    return letter


@pytest.fixture(scope="module")
def question(open_desk: Opener) -> tuple[PlayedDesk, Received]:
    """Only looked at."""
    desk = open_desk()
    return desk, asked(desk)


def test_lena_gets_one_question_with_the_line_in_jonas_words(question: tuple[PlayedDesk, Received]) -> None:
    desk, letter = question
    assert letter.subject == "Hansen & Söhne KG, 3.000,00 EUR: deins?"
    assert "Hansen 3.000 - bitte bei Lena eintragen, war ihr Termin" in " ".join(letter.text.split())
    assert "Antworte JA und ich buche sie für dich." in letter.text
    assert len([each for each in desk.all_of(QuestionRow) if each.asked_key == LENA]) == 1


def test_the_line_waits_for_lena_and_is_in_nobodys_ledger(question: tuple[PlayedDesk, Received]) -> None:
    desk, _ = question
    waiting = hansen(desk)
    assert (waiting.rep_id, waiting.state) == (person(desk, "Lena Brandt"), PendingState.WAITING)
    assert all(each.amount != HANSEN for each in desk.all_of(SalesEntry))


def test_his_own_lines_are_booked_to_the_cent_and_what_he_hopes_for_is_no_sale(
    question: tuple[PlayedDesk, Received],
) -> None:
    desk, _ = question
    codes = {client.id: client.code for client in desk.all_of(Client)}
    assert [(codes[each.client_id], each.amount, each.currency) for each in desk.all_of(SalesEntry)] == [
        ("C05", Decimal("1234.56"), "EUR"), ("C02", Decimal(12500), "EUR"), ("C05", Decimal(-200), "EUR"),
    ]  # fmt: skip
    assert {each.rep_id for each in desk.all_of(SalesEntry)} == {person(desk, "Jonas Weber")}
    (hoped,) = desk.all_of(SalesForecast)
    assert (codes[hoped.client_id], hoped.amount, hoped.currency) == ("C02", Decimal(8000), "EUR")
    assert (hoped.period_start, hoped.certainty) == (date(2025, 11, 3), "noch nicht sicher")
    assert len(desk.all_of(SalesPending)) == 1
    assert [task.kind for task in desk.all_of(TaskRow)] == ["signed-contract"]


def test_jonas_reads_his_lines_in_german_and_no_figure_of_his_signature(
    question: tuple[PlayedDesk, Received],
) -> None:
    desk, _ = question
    (letter,) = desk.letters_to(JONAS)
    assert letter.subject == "Re: Umsätze KW44 - 3 Zeilen gebucht, 13.534,56 EUR"
    text = " ".join(letter.text.split())
    assert text.startswith("Danke, Jonas. Gebucht für KW 44")
    for words in ("1.234,56 EUR", "12.500,00 EUR", "-200,00 EUR", "Summe 13.534,56 EUR",
                  "Als Erwartung notiert (zählt nicht als Umsatz): Acme Medical GmbH 8.000,00 EUR",
                  "unterschriebenen Vertrag von Acme Medical GmbH vom 29.10."):  # fmt: skip
        assert words in text
    assert not any(figure in text for figure in ("118 442", "20457", "555 01"))


def test_jonas_reads_that_lena_is_asked(question: tuple[PlayedDesk, Received]) -> None:
    desk, _ = question
    letter = desk.letters_to(JONAS)[0]
    assert "Nicht gebucht: Hansen & Söhne KG 3.000,00 EUR - ich frage Lena Brandt." in " ".join(letter.text.split())


@pytest.mark.parametrize("word", ["JA", "ja, ist meiner", "yes"])
def test_yes_books_it_for_lena_and_jonas_is_told(desk: PlayedDesk, word: str) -> None:
    letter = asked(desk)
    before = len(desk.letters_to(JONAS))
    told = desk.is_answered(letter, word, by=BY_LENA)

    assert told.story.kind == "client-answer"
    entry = desk.all_of(SalesEntry)[-1]
    assert (entry.rep_id, entry.amount, entry.currency) == (person(desk, "Lena Brandt"), HANSEN, "EUR")
    assert entry.period_start == date(2025, 10, 27)
    assert hansen(desk).state is PendingState.BOOKED
    (heard,) = desk.letters_to(JONAS)[before:]
    assert "Lena Brandt hat ja gesagt" in heard.text


def test_no_leaves_it_unbooked_and_jonas_and_mara_hear_of_it(desk: PlayedDesk) -> None:
    letter = asked(desk)
    told = desk.is_answered(letter, "NEIN", by=BY_LENA)

    assert all(each.amount != HANSEN for each in desk.all_of(SalesEntry))
    assert hansen(desk).state is PendingState.WAITING
    assert JONAS in {each.recipient for each in told.letters}


def test_jonas_himself_cannot_say_yes_for_lena(desk: PlayedDesk) -> None:
    letter = asked(desk)
    desk.is_answered(letter, "JA", by=f"Jonas Weber <{JONAS}>")
    assert all(each.amount != HANSEN for each in desk.all_of(SalesEntry))


def test_a_second_yes_hears_that_it_is_settled_and_books_nothing(desk: PlayedDesk) -> None:
    letter = asked(desk)
    desk.is_answered(letter, "JA", by=BY_LENA)
    count = len(desk.all_of(SalesEntry))
    told = desk.is_answered(letter, "JA", by=BY_LENA)
    assert told.story.kind == "late-answer"
    assert len(desk.all_of(SalesEntry)) == count
