"""What of a colleague's words is for the client, and what stays inside."""

from __future__ import annotations

import pytest

from mailbot.duties.issues.voices.asides import Said, parted, speaks_to_the_client


@pytest.mark.parametrize(
    ("text", "outside", "inside"),
    [
        ("Hello Ellen, it is fixed.", "Hello Ellen, it is fixed.", ""),
        ("NOTE: she is difficult", "", "NOTE: she is difficult"),
        ("intern: Rabatt ginge", "", "intern: Rabatt ginge"),
        ("Hello Ellen,\nall good.\n\nNote: bill it to us\nand not to her", "Hello Ellen,\nall good.",
         "Note: bill it to us\nand not to her"),
        ("Internal - ask Priya first\n\nHello Ellen, we look.", "Hello Ellen, we look.", "Internal - ask Priya first"),
        ("Guten Tag,\nwir prüfen das.\nIntern: das war unser Fehler", "Guten Tag,\nwir prüfen das.",
         "Intern: das war unser Fehler"),
        ("*Note:* no refund", "", "*Note:* no refund"),
    ],
)  # fmt: skip
def test_what_a_label_opens_stays_inside_to_the_end_of_its_paragraph(text: str, outside: str, inside: str) -> None:
    assert parted(text) == Said(outside, inside)


def test_a_label_in_the_middle_of_a_sentence_keeps_everything_inside() -> None:
    text = "Hello Ellen, we fix it (intern: costs us 300)"
    assert parted(text) == Said("", text)


def test_a_note_that_is_no_label_is_for_the_client() -> None:
    assert parted("Please note that you have the new banner now.").inside == ""


@pytest.mark.parametrize(
    "text",
    [
        "Hi Ellen, sorry, we look into it.",
        "Could you send us the new address?",
        "Your banner leads to the right page now.",
        "Guten Tag Frau Schmidt, das Logo ist drin.",
        "Wir haben Ihnen die Druckfahne geschickt.",
        "Which page should it lead to?",
    ],
)
def test_what_speaks_to_the_client_is_for_the_client(text: str) -> None:
    assert speaks_to_the_client(text)


@pytest.mark.parametrize(
    "text",
    [
        "on it",
        "done?",
        "not done yet",
        "I call her tomorrow",
        "is she the one with the red logo?",
        "The client is wrong here, you know that.",
        "Die Kundin irrt sich.",
        "Sie ist im Urlaub",
        "What shall we tell them now?",
        "undo this please, can you?",
        "ok",
        "",
    ],
)
def test_what_speaks_of_the_client_or_of_nobody_is_said_to_the_desk(text: str) -> None:
    assert not speaks_to_the_client(text)
