"""Whole mails through the whole road: numbers (S01, S02), a question (S05), corrections, resends (S09), no numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from mailbot.config import Level
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.particulars import Stage
from mailbot.duties.sales.tables import EntryKind, PendingState, SalesForecast
from mailbot.errors import TryAgain
from mailbot.records.decision import Decision, Folder
from mailbot.records.tables import LetterRow, Person, QuestionState, TaskState
from tests.duties.road import desk_card
from tests.duties.sales.mails import DANA, JONAS, LENA, S01, S02, S05_QUOTE, TOM, mail
from tests.duties.sales.road import Road

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=NEW_YORK)
TUESDAY = datetime(2025, 11, 4, 10, 2, tzinfo=BERLIN)
MINUTE = timedelta(minutes=1)

S01_LEDGER = [
    ("Acme Corp", Decimal(12000), "USD"),
    ("Beta Freight", Decimal(1350), "USD"),
    ("North Star Logistics", Decimal("2350.50"), "USD"),
]


def reply(road: Road, to: Decision, text: str, sender: str = DANA, at: datetime = FRIDAY + 5 * MINUTE) -> Decision:
    """A reply to the last letter of a decision, as a mail program writes it."""
    letter = road.letters_of(to)[-1]
    raw = mail(text, sender, at=at, subject=f"Re: {letter.subject}", to=letter.envelope_sender)
    return road.arrives(raw, at + MINUTE)


def only_letter(road: Road, decision: Decision) -> LetterRow:
    (letter,) = road.letters_of(decision)
    return letter


# --- S01 ---


def test_s01_three_lines_from_a_telephone_are_booked_and_confirmed_to_dana_alone(any_road: Road) -> None:
    decision = any_road.arrives(S01, FRIDAY)

    assert (decision.kind, decision.folder) == ("numbers", Folder.DONE)
    assert any_road.ledger() == S01_LEDGER
    assert sum(amount for _, amount, _ in any_road.ledger()) == Decimal("15700.50")
    assert any_road.pending() == []
    assert any_road.tasks() == []
    entries = any_road.entries()
    assert {(entry.period_start, entry.period_end) for entry in entries} == {(date(2025, 10, 27), date(2025, 11, 2))}
    assert [(entry.quantity, entry.unit_amount) for entry in entries] == [(None, None), (3, 450), (None, None)]
    assert [entry.words for entry in entries] == ["acme corp 12k", "Beta freight 3 x 450", "North star 2,350.50"]
    letter = only_letter(any_road, decision)
    assert letter.recipient == "dana@harbourpine.example"
    assert letter.subject == "Re: numbers - booked 3 lines, 15,700.50 USD (week 44)"
    assert [line.split() for line in letter.text.splitlines()[2:6]] == [
        ["1", "Acme", "Corp", "12,000.00", "USD", '"acme', "corp", '12k"'],
        ["2", "Beta", "Freight", "1,350.00", "USD", '"Beta', "freight", "3", "x", '450"'],
        ["3", "North", "Star", "Logistics", "2,350.50", "USD", '"North', "star", '2,350.50"'],
        ["total", "15,700.50", "USD"],
    ]
    assert letter.text.startswith("Got it, Dana. Booked for week 44 (27 Oct - 2 Nov):")
    assert 'Reply e.g. "2 is 1,500" or "drop 3"' in letter.text
    assert b"In-Reply-To: <5A1C77@iphone.dana>" in letter.content
    assert b"Auto-Submitted: auto-replied" in letter.content


def test_s01_taken_back_leaves_the_entries_in_the_book_and_none_of_them_counts(any_road: Road) -> None:
    decision = any_road.arrives(S01, FRIDAY)
    any_road.take_back(decision, FRIDAY + MINUTE)

    assert any_road.ledger() == []
    again = any_road.arrives(mail("beta freight 3 x 450", at=FRIDAY + 2 * MINUTE), FRIDAY + 2 * MINUTE)
    assert any_road.ledger() == [S01_LEDGER[1]]
    assert again.kind == "numbers"


# --- S02 ---


def test_s02_german_amounts_a_credit_a_colleagues_line_and_an_expectation(any_road: Road) -> None:
    decision = any_road.arrives(S02, datetime(2025, 10, 31, 16, 0, tzinfo=BERLIN))

    assert any_road.ledger() == [
        ("Müller Bau GmbH", Decimal("1234.56"), "EUR"),
        ("Acme Medical GmbH", Decimal(12500), "EUR"),
        ("Müller Bau GmbH", Decimal(-200), "EUR"),
    ]
    assert sum(amount for _, amount, _ in any_road.ledger()) == Decimal("13534.56")
    (hansen,) = any_road.pending()
    assert (hansen.doubt, hansen.amount, hansen.currency) == (Doubt.ANOTHERS_CLIENT, Decimal(3000), "EUR")
    assert hansen.client_id is not None
    (expected,) = any_road.all_of(SalesForecast)
    assert (expected.amount, expected.currency, expected.stage) == (Decimal(8000), "EUR", Stage.OPEN)
    assert (expected.period_start, expected.period_end) == (date(2025, 11, 3), date(2025, 11, 9))
    assert expected.certainty == "noch nicht sicher"
    letter, question = any_road.letters_of(decision)
    assert (letter.recipient, question.recipient) == ("jonas@harbourpine.example", "lena@harbourpine.example")
    assert letter.subject == "Re: Umsätze KW44 - 3 Zeilen gebucht, 13.534,56 EUR"
    assert "Danke, Jonas. Gebucht für KW 44" in letter.text
    assert "Nicht gebucht: Hansen & Söhne KG 3.000,00 EUR - ich frage Lena Brandt." in letter.text
    assert "Als Erwartung notiert (zählt nicht als Umsatz): Acme Medical GmbH 8.000,00 EUR." in letter.text
    words = " ".join(letter.text.split())
    assert "Bitte den unterschriebenen Vertrag von Acme Medical GmbH vom 29.10. an diese Adresse schicken." in words
    assert "118 442" not in letter.text
    (task,) = any_road.tasks()
    assert (task.state, task.kind) == (TaskState.OPEN, "signed-contract")
    assert "der unterschriebene Vertrag von Acme Medical GmbH vom 29.10. fehlt noch" in task.words
    assert decision.folder is Folder.ASKED


def test_a_newer_expectation_takes_the_place_of_the_last_one_and_another_stands_beside_it(road: Road) -> None:
    for days, text in enumerate(
        ("beta freight maybe 450 next week", "acme corp maybe 5k", "beta freight maybe 900 KW 45")
    ):
        at = FRIDAY - timedelta(days=2 - days)
        road.arrives(mail(text, at=at), at)

    first, other, newer = road.all_of(SalesForecast)
    assert (first.amount, other.amount, newer.amount) == (Decimal(450), Decimal(5000), Decimal(900))
    assert (first.supersedes_id, other.supersedes_id, newer.supersedes_id) == (None, None, first.id)
    assert (road.ledger(), road.pending()) == ([], [])


def test_the_task_of_a_german_coordinator_is_in_german(road: Road) -> None:
    with road.database.writing() as session:
        session.execute(update(Person).where(Person.name == "Mara Lindqvist").values(language="de"))
    at = datetime(2025, 10, 31, 16, 0, tzinfo=BERLIN)
    road.arrives(mail("Müller Bau 1.234,56 EUR\nHansen vielleicht 3.000", JONAS, at=at, subject="KW 44"), at)

    (task,) = road.tasks()
    assert "nicht gebuchte Zeilen von Jonas Weber: " in task.words
    assert "„Hansen vielleicht 3.000“ (Kunde von jemand anderem)" in task.words
    assert "another" not in task.words


def test_a_german_coordinator_reads_in_german_what_would_be_done(any_road: Road) -> None:
    with any_road.database.writing() as session:
        session.execute(update(Person).where(Person.name == "Mara Lindqvist").values(language="de"))
    any_road.desk = desk_card(any_road.duty, Level.PROPOSE)
    decision = any_road.arrives(S02, datetime(2025, 10, 31, 16, 0, tzinfo=BERLIN))

    steps = " ".join(only_letter(any_road, decision).text.split())
    assert "1. 1.234,56 EUR für Müller Bau GmbH buchen (KW 44), aus „Müller Bau 1.234,56 EUR“" in steps
    assert "nicht buchen, sondern offen halten: Kunde von jemand anderem" in steps
    assert "an jonas@harbourpine.example schreiben: Re: Umsätze KW44" in steps
    assert not any(english in steps for english in (" book ", " keep ", " write to ", " open a task"))
    assert any_road.ledger() == []


# --- S05: which client ---


def ask(road: Road) -> Decision:
    return road.arrives(mail("Acme 4.800 €, heute unterschrieben", JONAS, at=TUESDAY, subject="noch was"), TUESDAY)


def test_s05_a_name_that_three_clients_share_is_asked_about_and_nothing_is_booked(any_road: Road) -> None:
    decision = ask(any_road)

    assert decision.folder is Folder.ASKED
    assert any_road.ledger() == []
    (waiting,) = any_road.pending()
    assert (waiting.amount, waiting.state) == (Decimal(4800), PendingState.WAITING)
    letter = only_letter(any_road, decision)
    assert letter.subject == "Welche Acme für 4.800,00 EUR? (eine Ziffer genügt)"
    assert "1. Acme Medical GmbH - dein Kunde" in letter.text
    assert "2. Acme Corp - Kunde von Dana Reyes" in letter.text
    assert any_road.tasks() == []


@pytest.mark.parametrize("answer", ["1", "medical", "die 1 bitte", "Medical, danke!", "1\n" + S05_QUOTE])
def test_s05_one_digit_or_word_places_the_line_and_the_quoted_choices_are_no_answer(road: Road, answer: str) -> None:
    decision = reply(road, ask(road), answer, JONAS, TUESDAY + 18 * MINUTE)

    assert (decision.kind, decision.folder) == ("client-answer", Folder.DONE)
    assert road.ledger() == [("Acme Medical GmbH", Decimal(4800), "EUR")]
    (entry,) = road.entries()
    assert entry.period_start == date(2025, 11, 3)
    assert [waiting.state for waiting in road.pending()] == [PendingState.BOOKED]
    assert [question.state for question in road.questions()] == [QuestionState.ANSWERED]
    assert "4.800,00 EUR" in only_letter(road, decision).text


@pytest.mark.parametrize("answer", ["weiß nicht", "2 oder 3", "1, aber nur 4.000"])
def test_s05_any_other_answer_books_nothing_and_goes_to_a_person(road: Road, answer: str) -> None:
    decision = reply(road, ask(road), answer, JONAS, TUESDAY + 18 * MINUTE)

    assert decision.folder is Folder.HELD
    assert road.ledger() == []
    assert [waiting.state for waiting in road.pending()] == [PendingState.WAITING]
    to_mara, to_jonas = road.letters_of(decision)
    assert (to_mara.recipient, to_jonas.recipient) == ("mara@harbourpine.example", "jonas@harbourpine.example")
    assert f"> {answer}" in to_jonas.text
    assert "Mara Lindqvist hat sie jetzt" in to_jonas.text


def test_s05_only_the_one_who_was_asked_can_answer(road: Road) -> None:
    asked = ask(road)
    letter = road.letters_of(asked)[-1]
    raw = mail("1", LENA, at=TUESDAY + MINUTE, subject=f"Re: {letter.subject}", to=letter.envelope_sender)
    road.arrives(raw, TUESDAY + MINUTE)

    assert road.ledger() == []
    assert [question.state for question in road.questions()] == [QuestionState.OPEN]


def test_s05_placing_can_be_taken_back_and_the_line_waits_again(any_road: Road) -> None:
    asked = ask(any_road)
    placing = reply(any_road, asked, "1", JONAS, TUESDAY + 18 * MINUTE)
    with pytest.raises(TryAgain):
        any_road.take_back(asked, TUESDAY + 20 * MINUTE)
    any_road.take_back(placing, TUESDAY + 20 * MINUTE)

    assert any_road.ledger() == []
    assert [waiting.state for waiting in any_road.pending()] == [PendingState.WAITING]
    assert [question.state for question in any_road.questions()] == [QuestionState.OPEN]


# --- corrections ---


@pytest.mark.parametrize(
    ("text", "ledger"),
    [
        ("2 is 1,500", [S01_LEDGER[0], S01_LEDGER[2], ("Beta Freight", Decimal(1500), "USD")]),
        ("sorry, line 2 is 1,500 please", [S01_LEDGER[0], S01_LEDGER[2], ("Beta Freight", Decimal(1500), "USD")]),
        ("2 is 1,500, not 1,350", [S01_LEDGER[0], S01_LEDGER[2], ("Beta Freight", Decimal(1500), "USD")]),
        ("2 = 4 x 450", [S01_LEDGER[0], S01_LEDGER[2], ("Beta Freight", Decimal(1800), "USD")]),
        ("drop 3", S01_LEDGER[:2]),
        ("3 streichen, danke", S01_LEDGER[:2]),
        ("2 is 1,500 and drop 3\n\nthx\nDana", [S01_LEDGER[0], ("Beta Freight", Decimal(1500), "USD")]),
    ],
)
def test_a_short_line_corrects_what_was_booked_and_the_old_entry_stays(
    road: Road, text: str, ledger: list[tuple[str, Decimal, str]]
) -> None:
    booked = road.arrives(S01, FRIDAY)
    decision = reply(road, booked, text)

    assert (decision.kind, decision.folder) == ("correction", Folder.DONE)
    assert road.ledger() == ledger
    assert [entry.amount for entry in road.entries()[:3]] == [Decimal(12000), Decimal(1350), Decimal("2350.50")]
    assert only_letter(road, decision).recipient == "dana@harbourpine.example"


@pytest.mark.parametrize(
    "words", ["1 ist 2.500", "1 ist 2500,00 EUR", "Zeile 1 lautet 2.500", "1 soll 2.500", "1=2.500"]
)
def test_a_german_rep_corrects_in_the_words_that_our_letter_shows(road: Road, words: str) -> None:
    booked = road.arrives(mail("Hansen 3.000 EUR", LENA, at=TUESDAY, subject="KW 45"), TUESDAY)
    assert "Antworte z. B. „1 ist 1.500“" in only_letter(road, booked).text

    decision = reply(road, booked, words, LENA, TUESDAY + MINUTE)
    assert (decision.kind, decision.folder) == ("correction", Folder.DONE)
    assert road.ledger() == [("Hansen & Söhne KG", Decimal(2500), "EUR")]


def test_a_correction_says_before_and_after_and_books_into_the_week_of_the_original(any_road: Road) -> None:
    booked = any_road.arrives(S01, FRIDAY)
    decision = reply(any_road, booked, "2 is 1,500\ndrop 3", at=FRIDAY + timedelta(days=10))

    letter = only_letter(any_road, decision)
    assert "- 2: Beta Freight, week 44: 1,350.00 USD → 1,500.00 USD" in letter.text
    assert "- 3: North Star Logistics, week 44: 2,350.50 USD → dropped" in letter.text
    assert "Difference: -2,200.50 USD" in letter.text
    new = any_road.entries()[3:]
    assert [(entry.kind, entry.period_start) for entry in new] == [
        (EntryKind.CORRECTED, date(2025, 10, 27)),
        (EntryKind.CANCELLED, date(2025, 10, 27)),
    ]


def test_a_correction_can_be_corrected_by_either_letter_and_taken_back(any_road: Road) -> None:
    booked = any_road.arrives(S01, FRIDAY)
    first = reply(any_road, booked, "2 is 1,500")
    second = reply(any_road, first, "2 is 1,600", at=FRIDAY + 9 * MINUTE)
    third = reply(any_road, booked, "2 is 1,700", at=FRIDAY + 12 * MINUTE)

    assert any_road.ledger()[-1] == ("Beta Freight", Decimal(1700), "USD")
    assert "1,600.00 USD → 1,700.00 USD" in only_letter(any_road, third).text
    with pytest.raises(TryAgain):
        any_road.take_back(second, FRIDAY + 15 * MINUTE)
    any_road.take_back(third, FRIDAY + 15 * MINUTE)
    assert any_road.ledger()[-1] == ("Beta Freight", Decimal(1600), "USD")


@pytest.mark.parametrize(
    "text",
    [
        "7 is 1,500",
        "2 is maybe 1,500",
        "2 is 1,500 or 1,600",
        "drop 3 if you can",
        "2 is 15%",
        "also beta 900",
        "2 is 1,500\nwhat about 4?",
    ],
)
def test_a_reply_that_is_not_understood_whole_changes_nothing_and_goes_to_a_person(road: Road, text: str) -> None:
    booked = road.arrives(S01, FRIDAY)
    decision = reply(road, booked, text)

    assert decision.folder is Folder.HELD
    assert road.ledger() == S01_LEDGER
    to_mara, to_dana = road.letters_of(decision)
    assert (to_mara.recipient, to_dana.recipient) == ("mara@harbourpine.example", "dana@harbourpine.example")
    assert f"> {text.splitlines()[0]}" in to_dana.text
    assert '"2 is 1,500" or "drop 2"' in " ".join(to_dana.text.split())


def test_a_colleague_cannot_correct_what_dana_booked(road: Road) -> None:
    booked = road.arrives(S01, FRIDAY)
    reply(road, booked, "2 is 1,500", sender=TOM)

    assert road.ledger() == S01_LEDGER


def test_thanks_are_filed_without_an_answer(road: Road) -> None:
    booked = road.arrives(S01, FRIDAY)
    decision = reply(road, booked, "Great, thanks!")

    assert (decision.folder, road.letters_of(decision)) == (Folder.DONE, [])
    assert road.ledger() == S01_LEDGER


def test_why_and_undo_are_left_to_the_desk(road: Road) -> None:
    booked = road.arrives(S01, FRIDAY)
    letter = road.letters_of(booked)[-1]
    for word in ("why", "Why?", "WARUM?", "Why N-0001?", "UNDO"):
        _, reading = road.reading(mail(word, at=FRIDAY + MINUTE, subject="Re: x", to=letter.envelope_sender), FRIDAY)
        assert reading.findings == ()


# --- corrections that name the old amount ---

MONDAY = datetime(2025, 11, 10, 9, 26, tzinfo=NEW_YORK)


def on_friday_the_7th(road: Road) -> Decision:
    at = datetime(2025, 11, 7, 21, 40, tzinfo=NEW_YORK)
    return road.arrives(mail("Acme corp 15,200, Beta 900", at=at, subject="Re: week 45"), at)


def test_s06_the_old_amount_says_which_line_is_meant_and_the_new_one_supersedes_it(any_road: Road) -> None:
    on_friday_the_7th(any_road)
    text = "sorry, Acme was 12,500 not 15,200. typed it from memory on friday\n\nSent from my iPhone"
    decision = any_road.arrives(mail(text, at=MONDAY, subject="oops"), MONDAY)

    assert (decision.kind, decision.folder) == ("correction", Folder.DONE)
    assert any_road.ledger() == [("Beta Freight", Decimal(900), "USD"), ("Acme Corp", Decimal(12500), "USD")]
    assert {entry.period_start for entry in any_road.entries()} == {date(2025, 11, 3)}
    letter = only_letter(any_road, decision)
    assert letter.recipient == "dana@harbourpine.example"
    assert "Acme Corp, week 45: 15,200.00 USD → 12,500.00 USD" in letter.text
    assert "Difference: -2,700.00 USD" in letter.text


@pytest.mark.parametrize(
    "text",
    [
        "sorry, Acme was 12,500 not 15,300",
        "sorry, Globex was 12,500 not 15,200",
        "Acme was 12,500 not 15,200, and delphi windows is 6,400",
    ],
)
def test_s06_without_exactly_one_line_of_that_amount_and_name_nothing_changes(road: Road, text: str) -> None:
    on_friday_the_7th(road)
    before = road.ledger()
    decision = road.arrives(mail(text, at=MONDAY, subject="oops"), MONDAY)

    assert (road.ledger(), decision.folder) == (before, Folder.HELD)


# --- the same lines again ---


def test_s09_a_resend_books_nothing_twice_and_a_changed_line_is_asked_about(any_road: Road) -> None:
    any_road.arrives(S01, FRIDAY)
    again = "resending, not sure it went through!!\n\nacme corp 12k\nbeta freight 3x450\nnorth star 2,530.50"
    decision = any_road.arrives(mail(again, at=FRIDAY + 38 * MINUTE, subject="Fwd: numbers"), FRIDAY + 39 * MINUTE)

    assert any_road.ledger() == S01_LEDGER
    (differs,) = any_road.pending()
    assert (differs.doubt, differs.amount) == (Doubt.DIFFERS, Decimal("2530.50"))
    letter = only_letter(any_road, decision)
    assert "I already had Acme Corp and Beta Freight from 16:43, not booked again." in letter.text
    assert "2,350.50 USD earlier" in letter.text


def test_the_same_amount_on_the_next_day_is_another_sale(road: Road) -> None:
    road.arrives(mail("beta freight 450", at=FRIDAY - timedelta(days=1)), FRIDAY - timedelta(days=1))
    road.arrives(mail("beta freight 450", at=FRIDAY), FRIDAY)

    assert road.ledger() == [("Beta Freight", Decimal(450), "USD")] * 2


# --- what is no mail of numbers, or nothing to book ---


def test_a_line_without_a_client_waits_and_the_rep_is_told(road: Road) -> None:
    at = datetime(2025, 11, 21, 10, 20, tzinfo=BERLIN)
    decision = road.arrives(mail("Umsatz KW47: 12500,00 EUR", JONAS, at=at, subject="Umsatz KW47"), at)

    assert road.ledger() == []
    (waiting,) = road.pending()
    assert (waiting.amount, waiting.currency, waiting.doubt) == (Decimal(12500), "EUR", Doubt.NO_CLIENT)
    assert waiting.period_start == date(2025, 11, 17)
    letter = only_letter(road, decision)
    assert "„Umsatz KW47: 12500,00 EUR“: kein Kunde genannt" in letter.text
    assert decision.folder is Folder.HELD
    assert len(road.tasks()) == 1


@pytest.mark.parametrize(
    ("sender", "dmarc", "headers"),
    [
        (DANA, "fail", {}),
        ("Dana Reyes <danareyes1984@gmail.example>", "pass", {}),
        ("Priya Nair <priya@harbourpine.example>", "pass", {}),
        ("Web Team <web@harbourpine.example>", "pass", {}),
        (DANA, "pass", {"Auto-Submitted": "auto-replied"}),
    ],
)
def test_nobody_but_a_believed_rep_books_anything(road: Road, sender: str, dmarc: str, headers: dict[str, str]) -> None:
    raw = mail("acme corp 12k", sender, at=FRIDAY, dmarc=dmarc, headers=headers)
    decision = road.arrives(raw, FRIDAY)

    assert (road.entries(), road.pending(), road.letters_of(decision)) == ([], [], [])
    assert decision.duty == "desk"


def test_nothing_sold_beside_a_sale_is_held_for_a_person(road: Road) -> None:
    text = "nothing this week\nGlobex Tools 1,200"
    decision = road.arrives(mail(text, TOM, at=FRIDAY, subject="RE: week 44"), FRIDAY)

    assert (road.ledger(), decision.folder) == ([], Folder.HELD)
    assert decision.rule == "sales.zero"


def test_a_table_is_read_row_by_row_and_its_torn_cells_are_not_read(road: Road) -> None:
    rows = "".join(
        f"<tr><td>{client}</td><td>$</td><td>{amount}</td></tr>"
        for client, amount in (("Blue Ridge Dental", "1,800.00"), ("Globex Tools", "975.50"), ("TOTAL", "7,125.50"))
    )
    text = (
        "Client\n\nNet\n\nBlue Ridge Dental\n\n$\n\n1,800.00\n\nGlobex Tools\n\n$\n\n975.50\n\nTOTAL\n\n$\n\n7,125.50\n"
    )
    raw = mail(text, TOM, at=FRIDAY, subject="wk 44", html=f"<html><body><table>{rows}</table></body></html>")
    decision = road.arrives(raw, FRIDAY)

    assert road.ledger() == [
        ("Blue Ridge Dental", Decimal("1800.00"), "USD"),
        ("Globex Tools", Decimal("975.50"), "USD"),
    ]
    assert [waiting.doubt for waiting in road.pending()] == [Doubt.TOTAL_DIFFERS]
    assert b"7,125.50" in road.letters_of(decision)[-1].content


def test_a_file_that_is_no_workbook_is_said_politely_and_waits(road: Road) -> None:
    raw = mail("Anbei KW44. LG Lena", LENA, at=FRIDAY, subject="KW44 Brandt", sheet="KW44_Brandt.xlsx")
    decision = road.arrives(raw, FRIDAY)

    assert [waiting.doubt for waiting in road.pending()] == [Doubt.BROKEN]
    assert "die Tabelle in die Mail einfügen" in only_letter(road, decision).text
