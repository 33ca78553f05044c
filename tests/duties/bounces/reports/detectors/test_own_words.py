"""The words of a mail system, told from the letter that comes back, and taken apart."""

from __future__ import annotations

import pytest

from mailbot.duties.bounces.reports.detectors.own_words import (
    Beside,
    own_words,
    paragraphs,
    returned_words,
    words_by_address,
)
from tests.duties.bounces.sample_reports import GIL, KAREN, in_words, message

REASON = f"Your message could not be delivered.\n\n<{KAREN}>: mailbox full\n"


@pytest.mark.parametrize(
    "line",
    [
        "--- Below this line is a copy of the message.",
        "------ This is a copy of the message, including all the headers. ------",
        "   ----- Original message -----",
        "Original message follows.",
        "   ----- Unsent message follows -----",
        "---------- Returned Message ----------",
        "-------original mail info",
        "   -- The header and top 20 lines of the message follows --",
        "--- The header of the original message is following. ---",
        "Message headers follow.",
        "Original message headers:",
        "Ursprüngliche Nachrichtenkopfzeilen:",
        "En-têtes de message d'origine :",
        "Received: from mx.example by mx.southstar.example",
        "Return-Path: <desk@harbourpine.example>",
    ],
)
def test_the_returned_letter_begins_where_mail_systems_say_so(line: str) -> None:
    bounce = message(in_words(f"{REASON}\n{line}\n\nTo: {GIL}\nmailbox does not exist\n"))
    assert own_words(bounce).text.strip() == REASON.strip()
    assert GIL in returned_words(bounce)


def test_words_of_the_mail_system_that_speak_of_the_message_do_not_end_it() -> None:
    text = f"I was unable to deliver\nyour message.\n\nThe original message was received on Monday.\n\n{REASON}"
    bounce = message(in_words(text))
    assert own_words(bounce).text == text
    assert returned_words(bounce) == ""


def test_paragraphs_stand_between_blank_lines_and_know_where_they_stood() -> None:
    text = "\n\none\ntwo\n \t\nthree\n"
    found = list(paragraphs(text))
    assert [each.text for each in found] == ["one\ntwo", "three"]
    assert [text[each.start :].startswith(each.text) for each in found] == [True, True]
    assert found[0].one_line == "one two"


def test_everything_that_is_said_of_an_address_is_gathered_and_nothing_that_is_said_of_another() -> None:
    text = f"{KAREN} and\nmore of her\n{GIL}: full\n\nabout nobody\n\nonce more: {KAREN}\n"
    found = words_by_address(text)
    assert found[KAREN] == Beside(f"{KAREN} and more of her", f"{KAREN} and more of her once more: {KAREN}")
    assert found[GIL] == Beside(f"{GIL}: full", f"{GIL}: full")
