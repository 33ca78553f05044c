"""S05: "Acme 4.800 €" - which Acme? One digit settles it, however much of our letter the answer has lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import PendingState, SalesAlias, SalesEntry, SalesPending
from mailbot.records.tables import Client, QuestionRow, QuestionState
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, MAILS, PlayedDesk

JONAS, TOM, MARA = "jonas@harbourpine.example", "tom@harbourpine.example", "mara@harbourpine.example"
TUESDAY = datetime(2025, 11, 4, 9, 20, 44, tzinfo=UTC)
ACME = Decimal(4800)

# Where the answer may still say which letter it answers.
ADDRESS, SUBJECT = (
    "desk+q-0117-h4xm@harbourpine.example",
    "Subject: =?utf-8?q?AW:_Welche_Acme_f=C3=BCr_4.800,00_EUR=3F?=",
)
QUOTE = "Jonas, eine Zeile kann ich nicht zuordnen"


def asked(desk: PlayedDesk, letters: int = 1) -> Received:
    """Jonas' mail came, and our question to him, the last of his letters."""
    desk.receives("S05-in-1.eml")
    written = desk.letters_to(JONAS)
    assert len(written) == letters
    return written[-1]


def answer(words: str = "1", to: str = DESK, *fields: str, below: str = "", subject: str = SUBJECT) -> bytes:
    """What Jonas' program sends: his words above the quoted letter, as Outlook writes it, without any token."""
    raw = (MAILS / "S05-in-2.eml").read_text(encoding="utf-8")
    assert ADDRESS in raw
    assert SUBJECT in raw
    raw = raw.replace(ADDRESS, to).replace(SUBJECT, "\n".join((subject, *fields)))
    return raw.replace("\n1\n", f"\n{words}\n").replace(QUOTE, f"{below}{QUOTE}").encode()


def is_placed(desk: PlayedDesk, told: Told) -> None:
    (entry,) = desk.all_of(SalesEntry)
    assert (told.story.kind, entry.amount, entry.currency) == ("client-answer", ACME, "EUR")
    assert [line.state for line in desk.all_of(SalesPending)] == [PendingState.BOOKED]
    assert [question.state for question in desk.all_of(QuestionRow)] == [QuestionState.ANSWERED]
    (letter,) = told.letters
    assert letter.recipient == JONAS
    assert "Acme Medical GmbH" in letter.text
    assert "4.800,00 EUR" in letter.text


def waits(desk: PlayedDesk, questions: int = 1) -> None:
    assert desk.all_of(SalesEntry) == []
    assert {line.state for line in desk.all_of(SalesPending)} == {PendingState.WAITING}
    assert [each.state for each in desk.all_of(QuestionRow) if each.duty == "sales"] == [QuestionState.OPEN] * questions


def waits_for_another_answer(desk: PlayedDesk) -> None:
    """The first question is answered, a second one is open, and nothing is booked."""
    assert desk.all_of(SalesEntry) == []
    assert {line.state for line in desk.all_of(SalesPending)} == {PendingState.WAITING}
    assert [each.state for each in desk.all_of(QuestionRow)] == [QuestionState.ANSWERED, QuestionState.OPEN]


@pytest.fixture(scope="module")
def question(open_desk: Opener) -> tuple[PlayedDesk, Received]:
    """The question lies in Jonas' mailbox. Only looked at."""
    desk = open_desk()
    return desk, asked(desk)


def test_the_question_names_three_acmes_in_german_and_nothing_is_booked(question: tuple[PlayedDesk, Received]) -> None:
    desk, letter = question

    assert letter.subject == "Welche Acme für 4.800,00 EUR? (eine Ziffer genügt)"
    assert re.findall(r"([123])\. (Acme \w+)", letter.text) == [
        ("1", "Acme Medical"), ("2", "Acme Corp"), ("3", "Acme Media")
    ]  # fmt: skip
    waits(desk)
    assert desk.letters() == {JONAS: 1}


def test_the_question_says_when_the_rep_last_sold_to_the_own_client(desk: PlayedDesk) -> None:
    earlier = (MAILS / "S05-in-1.eml").read_bytes().replace(b"jw-acme@hp", b"jw-before@hp").replace(b"4 Nov", b"3 Nov")
    desk.receives(earlier.replace(b"Acme 4.800", b"Acme Medical 900"))

    text = asked(desk, letters=2).text
    assert "Acme Medical GmbH - dein Kunde, zuletzt 3.11." in text
    assert text.count("zuletzt") == 1


# --- what an answer has lost ---


def test_the_signed_address_alone_is_enough(desk: PlayedDesk) -> None:
    letter = asked(desk)
    is_placed(desk, desk.receives(answer("1", letter.reply_to, subject="Subject: AW: Acme")))


@pytest.mark.parametrize("name", ["In-Reply-To", "References"])
def test_the_signed_message_id_alone_is_enough(desk: PlayedDesk, name: str) -> None:
    letter = asked(desk)
    thread = f"{name}: {letter.message_id}"
    is_placed(desk, desk.receives(answer("1", DESK, thread, subject="Subject: AW: Acme")))


def test_the_signed_reference_in_the_quoted_text_alone_is_enough(desk: PlayedDesk) -> None:
    letter = asked(desk)
    reference = next(line for line in letter.text.splitlines() if line.startswith("Ref"))
    is_placed(desk, desk.receives(answer("1", below=f"{reference}\n\n", subject="Subject: AW: Acme")))


@pytest.mark.parametrize("subject", [SUBJECT, "Subject: AW: Welche Acme", "Subject: RE: AW: Welche Acme"])
def test_the_subject_alone_is_enough_where_one_question_is_open(desk: PlayedDesk, subject: str) -> None:
    asked(desk)
    is_placed(desk, desk.receives(answer(subject=subject)))


def test_the_subject_alone_is_not_guessed_by_where_two_questions_are_open(desk: PlayedDesk) -> None:
    asked(desk)
    again = (MAILS / "S05-in-1.eml").read_bytes().replace(b"jw-acme@hp", b"jw-acme-b@hp").replace(b"10:02", b"10:05")
    desk.receives(again.replace(b"4.800", b"5.200"))
    assert len(desk.letters_to(JONAS)) == 2

    told = desk.receives(answer(subject="Subject: AW: Welche Acme"))
    assert (told.story.kind, told.story.folder) == ("which-question", "Asked")
    waits(desk, questions=2)
    (letter,) = told.letters
    assert letter.recipient == JONAS
    assert "du schreibst „1“" in letter.text
    assert "Welche Acme für 4.800,00 EUR?" in letter.text
    assert "Welche Acme für 5.200,00 EUR?" in letter.text

    first = desk.letters_to(JONAS)[0]
    desk.receives(answer("1", first.reply_to).replace(b"<jw-acme-2@hp>", b"<jw-acme-3@hp>"))
    assert [(entry.amount, entry.currency) for entry in desk.all_of(SalesEntry)] == [(ACME, "EUR")]


def test_whoever_writes_more_than_a_short_answer_is_read_by_a_person(desk: PlayedDesk) -> None:
    asked(desk)
    again = (MAILS / "S05-in-1.eml").read_bytes().replace(b"jw-acme@hp", b"jw-acme-b@hp").replace(b"10:02", b"10:05")
    desk.receives(again.replace(b"4.800", b"5.200"))
    long = "die erste ist Medical, bei der zweiten bin ich mir noch nicht sicher und frage erst im Büro nach"
    told = desk.receives(answer(long, subject="Subject: AW: Welche Acme"))
    assert told.story.folder == "Held"
    waits(desk, questions=2)
    assert {letter.recipient for letter in told.letters} == {MARA, JONAS}


def test_each_of_two_questions_is_answered_by_its_own_token(desk: PlayedDesk) -> None:
    asked(desk)
    again = (MAILS / "S05-in-1.eml").read_bytes().replace(b"jw-acme@hp", b"jw-acme-b@hp").replace(b"10:02", b"10:05")
    desk.receives(again.replace(b"4.800", b"5.200"))
    _, second = desk.letters_to(JONAS)

    desk.receives(answer("1", second.reply_to))
    assert [(entry.amount, entry.currency) for entry in desk.all_of(SalesEntry)] == [(Decimal(5200), "EUR")]
    states = [each.state for each in desk.all_of(QuestionRow)]
    assert states == [QuestionState.OPEN, QuestionState.ANSWERED]


def test_a_subject_that_answers_nothing_is_not_taken_for_the_answer(desk: PlayedDesk) -> None:
    asked(desk)
    desk.receives(answer(subject="Subject: Welche Acme"))
    waits(desk)


# --- what it says ---


@pytest.mark.parametrize("words", ["1", "medical", "die 1 bitte", "Medical, danke!", "1.\n\nViele Grüße\nJonas"])
def test_one_word_or_digit_is_read_above_the_quoted_choices(desk: PlayedDesk, words: str) -> None:
    letter = asked(desk)
    is_placed(desk, desk.receives(answer(words, letter.reply_to)))


@pytest.mark.parametrize("words", ["weiß nicht", "4", "", "die 1 oder die 2?", "nicht die 1"])
def test_what_is_no_single_choice_is_left_to_mara_and_the_line_waits(desk: PlayedDesk, words: str) -> None:
    letter = asked(desk)
    told = desk.receives(answer(words, letter.reply_to))

    assert told.story.folder == "Held"
    waits(desk)
    assert {written.recipient for written in told.letters} == {MARA, JONAS}


def test_without_an_answer_the_line_waits_and_nobody_is_asked_twice(desk: PlayedDesk) -> None:
    asked(desk)
    desk.waits(timedelta(days=3))
    waits(desk)
    assert len(desk.letters_to(JONAS)) == 1


# --- what is learned ---


def another(words: str, who: str = "Jonas Weber <jonas@", day: int = 5) -> bytes:
    """A later mail like the first one."""
    raw = (MAILS / "S05-in-1.eml").read_bytes()
    raw = raw.replace(b"jw-acme@hp", f"jw-acme-{day}@hp".encode()).replace(b"4 Nov", f"{day} Nov".encode())
    raw = raw.replace("Acme 4.800 €, heute unterschrieben".encode(), words.encode())
    return raw.replace(b"Jonas Weber <jonas@", who.encode())


def test_the_answer_is_learned_for_jonas_alone_and_he_is_never_asked_twice(desk: PlayedDesk) -> None:
    told = desk.receives(answer("1", asked(desk).reply_to))
    (alias,) = desk.all_of(SalesAlias)
    assert alias.words == "Acme"
    assert "Künftig meint „Acme“ bei dir Acme Medical GmbH. Wenn nicht, antworte UNDO." in told.letters[0].text

    again = desk.receives(another("Acme 1.000 €"))
    assert [entry.amount for entry in desk.all_of(SalesEntry)] == [ACME, Decimal(1000)]
    assert "Acme Medical GmbH" in again.letters[0].text

    lenas = desk.receives(another("Acme 700 €", "Lena Brandt <lena@", day=6))
    assert len(desk.all_of(SalesEntry)) == 2
    assert lenas.letters[0].subject.startswith("Welche Acme")


def test_what_was_learned_does_not_decide_where_the_mail_itself_says_more(desk: PlayedDesk) -> None:
    desk.receives(answer("1", asked(desk).reply_to))

    told = desk.receives(another("Acme (die von Media) 900 €"))
    assert len(desk.all_of(SalesEntry)) == 1
    assert told.letters[0].subject.startswith("Welche Acme")


def test_undo_takes_the_booking_and_what_was_learned_back(desk: PlayedDesk) -> None:
    desk.receives(answer("1", asked(desk).reply_to))
    letter = desk.letters_to(JONAS)[-1]
    desk.is_answered(letter, "UNDO", by=JONAS)
    assert desk.all_of(SalesAlias) == []
    waits(desk)

    told = desk.receives(another("Acme 1.000 €"))
    assert told.letters[0].subject.startswith("Welche Acme")


def test_two_answers_that_contradict_each_other_teach_nothing(desk: PlayedDesk) -> None:
    first = asked(desk)
    desk.receives(another("Acme 5.200 €", day=4).replace(b"10:02", b"10:05"))
    second = desk.letters_to(JONAS)[1]
    desk.receives(answer("1", first.reply_to))
    assert len(desk.all_of(SalesAlias)) == 1

    desk.is_answered(second, "neu", by=JONAS)
    desk.is_answered(desk.letters_to(JONAS)[-1], "Acme Solar GmbH", by=JONAS)
    assert [alias.words for alias in desk.all_of(SalesAlias)] == ["Acme"]


# --- a new client ---


def test_neu_asks_for_the_name_and_the_name_creates_the_client_and_books(desk: PlayedDesk) -> None:
    told = desk.receives(answer("neu", asked(desk).reply_to))
    waits_for_another_answer(desk)
    assert told.letters[0].subject == "Wie heißt der neue Kunde? (4.800,00 EUR)"

    named = desk.is_answered(desk.letters_to(JONAS)[-1], "Acme Solar GmbH\n\nGruß\nJonas", by=JONAS)
    (entry,) = desk.all_of(SalesEntry)
    assert (named.story.kind, entry.amount) == ("new-client", ACME)
    client = next(each for each in desk.all_of(Client) if each.id == entry.client_id)
    assert (client.name, client.language) == ("Acme Solar GmbH", "de")
    assert "Acme Solar GmbH ist neu angelegt" in named.letters[0].text

    desk.is_answered(desk.letters_to(JONAS)[-1], "UNDO", by=JONAS)
    assert "Acme Solar GmbH" not in {each.name for each in desk.all_of(Client)}
    waits_for_another_answer(desk)


@pytest.mark.parametrize(
    "words", ["neu: Acme Solar GmbH", "neuer Kunde, Acme Solar GmbH", "Neu Acme Solar GmbH, danke"]
)
def test_neu_with_the_name_beside_it_creates_the_client_at_once(desk: PlayedDesk, words: str) -> None:
    desk.receives(answer(words, asked(desk).reply_to))
    assert "Acme Solar GmbH" in {each.name for each in desk.all_of(Client)}
    assert [entry.amount for entry in desk.all_of(SalesEntry)] == [ACME]


@pytest.mark.parametrize("words", ["weiß ich nicht", "frag Tom?", "das ist der Kunde aus Hamburg oder so"])
def test_what_is_no_name_creates_nobody(desk: PlayedDesk, words: str) -> None:
    desk.receives(answer("neu", asked(desk).reply_to))
    before = len(desk.all_of(Client))

    told = desk.is_answered(desk.letters_to(JONAS)[-1], words, by=JONAS)
    assert told.story.folder == "Held"
    assert len(desk.all_of(Client)) == before
    assert desk.all_of(SalesEntry) == []


def test_the_name_of_a_client_who_is_there_already_creates_no_second_one(desk: PlayedDesk) -> None:
    desk.receives(answer("neu", asked(desk).reply_to))
    before = len(desk.all_of(Client))

    desk.is_answered(desk.letters_to(JONAS)[-1], "Acme Medical", by=JONAS)
    assert len(desk.all_of(Client)) == before
    assert [entry.amount for entry in desk.all_of(SalesEntry)] == [ACME]


# --- half each ---


@pytest.mark.parametrize("words", ["1 und 3 je zur Hälfte", "1 and 3, half each", "1 + 3 50/50"])
def test_halves_are_shown_first_and_parted_after_a_yes(desk: PlayedDesk, words: str) -> None:
    told = desk.receives(answer(words, asked(desk).reply_to))
    waits_for_another_answer(desk)
    assert told.letters[0].text.count("2.400,00 EUR") == 2

    agreed = desk.is_answered(desk.letters_to(JONAS)[-1], "ja", by=JONAS)
    assert [entry.amount for entry in desk.all_of(SalesEntry)] == [Decimal(2400)]
    states = sorted(line.state.value for line in desk.all_of(SalesPending))
    assert states == ["booked", "parted", "waiting"]
    assert {letter.recipient for letter in agreed.letters} == {JONAS, TOM}

    desk.is_answered(desk.letters_to(TOM)[-1], "YES", by=TOM)
    assert [entry.amount for entry in desk.all_of(SalesEntry)] == [Decimal(2400), Decimal(2400)]
    assert desk.all_of(SalesAlias) == []


@pytest.mark.parametrize(
    "words", ["1 oder 3 je zur Hälfte?", "1, 2 und 3 je zur Hälfte", "nicht 1 und 3 je zur Hälfte"]
)
def test_halves_that_are_in_doubt_are_left_to_a_person(desk: PlayedDesk, words: str) -> None:
    told = desk.receives(answer(words, asked(desk).reply_to))
    assert told.story.folder == "Held"
    waits(desk)


# --- who says it ---


def test_the_digit_of_somebody_else_places_nothing(desk: PlayedDesk) -> None:
    letter = asked(desk)
    raw = answer("1", letter.reply_to).replace(b"Jonas Weber <jonas@", b"Dana Reyes <dana@")
    told = desk.receives(raw)

    waits(desk)
    assert JONAS not in {written.recipient for written in told.letters}


def test_the_digit_in_a_forged_mail_of_jonas_places_nothing(desk: PlayedDesk) -> None:
    letter = asked(desk)
    told = desk.receives(answer("1", letter.reply_to).replace(b"dmarc=pass", b"dmarc=fail"))

    assert told.story.kind == "forged"
    waits(desk)


def test_the_absence_note_of_jonas_places_nothing(desk: PlayedDesk) -> None:
    letter = asked(desk)
    told = desk.receives(answer("1", letter.reply_to, "Auto-Submitted: auto-replied"))

    waits(desk)
    assert told.letters == ()
