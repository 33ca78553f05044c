from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.message.model import Message
from mailbot.records.known import LetterCard
from mailbot.sorting.answers import answers
from mailbot.sorting.model import Automatic, AutomaticKind, Trust
from mailbot.sorting.subjects import fits, is_reply, without_prefixes
from tests.sorting.world import DANA, JONAS, from_staff, known, letter, mail, question

PLUS = "To: desk+q-0117-9kq2x7m3ab@harbourpine.example"
OUR_ID = "<q-0117-9kq2x7m3ab@harbourpine.example>"


def found_by(message: Message, *letters: LetterCard, trust: Trust = Trust.T3) -> tuple[str, bool, str] | None:
    found = answers(message, known(JONAS, letters, (question(),)), trust, None)
    return None if found is None else (found.letter.ref, found.question is not None, found.how)


def test_a_reply_to_the_signed_address_answers_the_question() -> None:
    found = found_by(from_staff(JONAS, PLUS, text="1"), letter(proven=True))
    assert found is not None
    assert found[:2] == ("Q-0117", True)
    assert "reply address" in found[2]


@pytest.mark.parametrize(
    ("field", "how"),
    [
        (f"In-Reply-To: {OUR_ID}", "In-Reply-To"),
        (f"References: <x@y.example> {OUR_ID}", "References"),
        (f"References: {OUR_ID} " + " ".join(f"<{n}@y.example>" for n in range(31)), "References"),
        ("Subject: AW: Welche Acme für 4.800,00 EUR? Ref Q-0117", "it names Q-0117"),
        ("Subject: AW: Welche Acme für 4.800,00 EUR?", "its subject"),
        ("Subject: Re: AW: [2] x Q-0117", "it names Q-0117"),
        ("Subject: AW: Welche Acme", "its subject"),
    ],
)
def test_a_reply_that_lost_its_address_is_found_by_what_is_left(field: str, how: str) -> None:
    found = found_by(from_staff(JONAS, field, text="1"), letter())
    assert found is not None
    assert found[:2] == ("Q-0117", True)
    assert how in found[2]


@pytest.mark.parametrize(
    "field",
    [
        "In-Reply-To: <other@client.example>",
        f"References: {OUR_ID} " + " ".join(f"<{n}@y.example>" for n in range(40)),
        "Subject: Welche Acme",
        "Subject: AW: Welche",
        "Subject: AW: Welche Acmes",
        "Subject: AW: something else altogether",
        "Subject: AW: x Q-01177",
        "Subject: AW: x Q-0117.2",
        "Subject: AW: x FAQ-0117",
    ],
)
def test_a_mail_that_names_no_letter_answers_none(field: str) -> None:
    assert found_by(from_staff(JONAS, field, text="1"), letter()) is None


@pytest.mark.parametrize("subject", ["AW: Welche Acme", "x, Ref. Q-0117"])
def test_a_reply_that_lost_everything_still_finds_what_its_sender_was_asked(subject: str) -> None:
    message = from_staff(JONAS, f"Subject: {subject}", text="1")
    found = answers(message, known(JONAS, questions=(question(),), asked_letters=(letter(),)), Trust.T3, None)
    assert found is not None
    assert found.question == question()
    assert answers(message, known(JONAS, questions=(question(),)), Trust.T3, None) is None


def test_a_letter_behind_the_signed_reference_in_the_text_is_found() -> None:
    found = found_by(from_staff(JONAS, "Subject: x", text="1"), letter(proven=True))
    assert found is not None
    assert "signed reference" in found[2]


@pytest.mark.parametrize("text", ["1\n\nQ-0117", "1, Ref Q-0117"])
def test_a_number_typed_by_hand_finds_the_letter(text: str) -> None:
    found = found_by(from_staff(JONAS, "Subject: AW: the deck", text=text), letter())
    assert found is not None
    assert "it names Q-0117" in found[2]


@pytest.mark.parametrize(
    "quoted",
    [
        "On Fri, 31 Oct 2025, evil@attacker.example wrote:\n> Is it done?\n> Q-0117",
        "> Is it done? Q-0117",
        "-----Original Message-----\nFrom: evil@attacker.example\n\nIs it done? Ref Q-0117",
    ],
)
def test_a_number_that_a_stranger_wrote_into_the_quoted_words_finds_nothing(quoted: str) -> None:
    assert found_by(from_staff(JONAS, "Subject: AW: the deck", text=f"1\n\n{quoted}"), letter()) is None


def test_the_newest_of_the_signed_references_counts() -> None:
    old, new = letter("Q-0100", proven=True, sent=timedelta(days=3)), letter(proven=True, sent=timedelta(hours=1))
    found = found_by(from_staff(JONAS, "Subject: x"), old, new)
    assert found is not None
    assert found[0] == "Q-0117"


def test_the_address_weighs_more_than_the_thread() -> None:
    other = letter("N-0409", subject="Umsätze KW44")
    message = from_staff(JONAS, PLUS, "In-Reply-To: <n-0409-9kq2x7m3ab@harbourpine.example>", text="1")
    found = found_by(message, other, letter(proven=True))
    assert found is not None
    assert found[0] == "Q-0117"


def test_an_unsigned_number_in_the_address_is_no_proof() -> None:
    message = from_staff(JONAS, "To: desk+q-0117-0000000000@harbourpine.example", "Subject: x")
    assert found_by(message, letter(proven=False)) is None


def test_a_token_in_other_hands_finds_the_letter_but_answers_nothing() -> None:
    message = from_staff(DANA, PLUS, text="1")
    found = answers(message, known(DANA, (letter(proven=True),), (question(),)), Trust.T3, None)
    assert found is not None
    assert found.question is None
    assert "jonas@harbourpine.example was asked, not dana@harbourpine.example" in found.how


def test_an_unproven_mail_answers_nothing() -> None:
    found = found_by(from_staff(JONAS, PLUS), letter(proven=True), trust=Trust.T0)
    assert found is not None
    assert found[1] is False
    assert "not proven" in found[2]


def test_a_machine_answers_nothing() -> None:
    machine = Automatic(AutomaticKind.AUTO_REPLY, "Auto-Submitted: auto-replied")
    world = known(JONAS, (letter(proven=True),), (question(),))
    found = answers(from_staff(JONAS, PLUS), world, Trust.T3, machine)
    assert found is not None
    assert (found.question, "machine" in found.how) == (None, True)


def test_a_letter_without_an_open_question_is_still_found() -> None:
    found = answers(from_staff(JONAS, PLUS), known(JONAS, (letter(proven=True),)), Trust.T3, None)
    assert found is not None
    assert (found.question, "no question is open" in found.how) == (None, True)


def test_a_mail_from_nobody_answers_nothing() -> None:
    found = found_by(mail(PLUS, "From: a@b.example, c@d.example"), letter(proven=True))
    assert found is not None
    assert found[1] is False


def test_a_subject_that_fits_two_open_questions_fits_none() -> None:
    letters = (letter(), letter("Q-0118"))
    world = known(JONAS, letters, (question(), replace(question("Q-0118"), id=2)))
    message = from_staff(JONAS, "Subject: AW: Welche Acme für 4.800,00 EUR?")
    assert answers(message, world, Trust.T3, None) is None
    assert answers(message, replace(world, questions=world.questions[:1]), Trust.T3, None) is not None


def test_a_subject_fits_only_for_the_one_who_was_asked() -> None:
    world = known(DANA, (letter(),), (question(),))
    assert answers(from_staff(DANA, "Subject: AW: Welche Acme für 4.800,00 EUR?"), world, Trust.T3, None) is None


@pytest.mark.parametrize(
    ("subject", "bare", "reply"),
    [
        ("Re: numbers", "numbers", True),
        ("RE: AW: Antw: SV: numbers", "numbers", True),
        ("Re[2]: numbers", "numbers", True),
        ("Re^3: numbers", "numbers", True),
        ("WG: numbers", "numbers", False),
        ("Fwd: Re: numbers", "numbers", True),
        ("回复：numbers", "numbers", True),
        ("RIF: numbers", "numbers", True),
        ("Re : numbers", "numbers", True),
        ("Reminder: numbers", "reminder: numbers", False),
        ("numbers", "numbers", False),
        ("", "", False),
    ],
)
def test_prefixes_come_off_in_many_languages(subject: str, bare: str, reply: bool) -> None:
    assert (without_prefixes(subject), is_reply(subject)) == (bare, reply)


def test_empty_subjects_never_fit() -> None:
    assert fits("", "", exactly=False) is False
    assert fits("", "which acme", exactly=False) is False
    assert fits("which acme", "which acme", exactly=True) is True
