"""What counts as WHY or UNDO, and what does not."""

from __future__ import annotations

import pytest

from mailbot.duties.desk.words import Command, command_in
from mailbot.message import read
from tests.clerk import Desk, mail


def command(desk: Desk, words: str) -> Command | None:
    raw = mail(words)
    return command_in(read(raw), desk.known_about(raw))


@pytest.mark.parametrize(
    ("words", "does", "ref"),
    [
        ("why N-0412", "why", "N-0412"),
        ("WHY?", "why", None),
        ("Warum N-0412?", "why", "N-0412"),
        ("why is that\n\nPriya", "why", None),
        ("undo n-0412", "undo", "N-0412"),
        ("Undo N-0412.2 please", "undo", "N-0412"),
        ("UNDO n-0412-9kq2x7m3ab", "undo", "N-0412"),
        ("Hi, please undo it, thanks!\nDana", "undo", None),
        ("Bitte rückgängig: N-0412. Danke", "undo", "N-0412"),
        ("undo\n\n> Got it, Dana. Booked for week 44", "undo", None),
    ],
)
def test_a_command_and_what_it_is_about(desk: Desk, words: str, does: str, ref: str | None) -> None:
    found = command(desk, words)

    assert found is not None
    assert (found.does, found.ref) == (does, ref)
    assert found.written in found.words.words


@pytest.mark.parametrize(
    "words",
    [
        "why not",
        "don't undo N-0412",
        "undo or not?",
        "undo N-0412 and N-0413",
        "undo the Kestrel thing until I've talked to Dana",
        "Why was Acme 12,500 last week, it said 15,200 on Friday",
        "acme corp 12k",
        "",
        "Thanks!\n\n> Reply WHY or UNDO any time",
        "undo " + "please " * 60,
    ],
)
def test_what_is_no_command(desk: Desk, words: str) -> None:
    assert command(desk, words) is None


def test_a_reply_without_a_reference_is_about_the_letter_it_answers(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    raw = mail("undo", to=desk.letter_of(opened).envelope_sender)

    found = command_in(read(raw), desk.known_about(raw))

    assert found is not None
    assert found.ref == opened.ref


def test_the_words_of_a_command_are_evidence(desk: Desk) -> None:
    found = command(desk, "Hi, please undo N-0412, thanks")

    assert found is not None
    assert found.words.words == "undo N-0412"
