"""The numbers that ticket systems give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.duties.issues.robots import ticket_number
from mailbot.message.model import Passage, Words


def number(text: str, subject: str = "") -> str | None:
    found = ticket_number(subject, Words((Passage(text, 0),)))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your request #55812 has been received", "55812"),
        ("Your request (#55812) has been received", "55812"),
        ("Ticket-ID: ABC-1234", "ABC-1234"),
        ("Ihre Vorgangsnummer lautet 2025-0815.", "2025-0815"),
        ("Vorgangs-Nr.: 4711", "4711"),
        ("Ticket#2025110410000012", "2025110410000012"),
        ("Your case number is 00012345.", "00012345"),
        ("Ihre Anfrage Nr. 99-81 ist eingegangen", "99-81"),
        ("We answer to I-0091. Your ticket is [#8812]", "8812"),
        ("Reference I-0091, our ticket 55", "55"),
    ],
)
def test_their_number_is_read(text: str, expected: str) -> None:
    assert number(text) == expected


def test_a_number_in_the_subject_counts_where_the_text_has_none() -> None:
    assert number("We are on it.", "[#55812] banner") == "55812"
    assert number("Ticket 71 is open.", "[#55812] banner") == "71"


@pytest.mark.parametrize(
    "text",
    [
        "We received your request about case studies",
        "Your request has been received on 4 November",
        "Call us on 617 555 0142",
        "Your reference: I-0091",
        "Ticket system",
        "",
    ],
)
def test_what_is_no_ticket_number_is_not_taken_for_one(text: str) -> None:
    assert number(text) is None


@given(st.text(alphabet="ticket#:- 0123[]()ABz\n", max_size=200))
def test_a_number_always_holds_a_digit_and_stands_in_the_text(text: str) -> None:
    found = number(text)

    assert found is None or (any(sign.isdigit() for sign in found) and found in text and len(found) <= 40)
