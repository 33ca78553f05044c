"""The answer to "this address is dead, what now?": a digit, a new address, or something that a person must read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.duties.bounces.facts import Choice
from mailbot.duties.bounces.returned.answer import said_in


@pytest.mark.parametrize(
    ("text", "choice", "address"),
    [
        ("1", Choice.NEXT, None),
        ("1.\n\nTom", Choice.NEXT, None),
        ("die 1 bitte", Choice.NEXT, None),
        ("3 please", Choice.CALL, None),
        ("Nr. 3, danke", Choice.CALL, None),
        ("2 k.holt@southstar.example", Choice.ADDRESS, "k.holt@southstar.example"),
        ("2: <k.holt@southstar.example>", Choice.ADDRESS, "k.holt@southstar.example"),
        ("2 - mailto:k.holt@southstar.example.", Choice.ADDRESS, "k.holt@southstar.example"),
        ("k.holt@southstar.example", Choice.ADDRESS, "k.holt@southstar.example"),
        ("2 + K.Holt@SouthStar.example thanks\nTom", Choice.ADDRESS, "K.Holt@SouthStar.example"),
        ("2\nholt3@southstar.example", Choice.ADDRESS, "holt3@southstar.example"),
    ],
)
def test_a_digit_or_an_address_is_an_answer(text: str, choice: Choice, address: str | None) -> None:
    said = said_in(text)
    assert (said.choice, said.address) == (choice, address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2",
        "4",
        "1 and 3",
        "1 or 2?",
        "not 1",
        "1 k.holt@southstar.example",
        "2 k.holt@southstar.example or karen@southstar.example",
        "2 k.holt@localhost",
        "2 k.holt@southstar",
        "she left last week, I will ask around and tell you who is responsible for ads there",
        "1\nbut please wait with that until I have talked to Gil on Monday",
    ],
)
def test_everything_else_is_left_to_a_person(text: str) -> None:
    said = said_in(text)
    assert (said.choice, said.address) == (Choice.UNCLEAR, None)


@given(st.text(max_size=700))
def test_no_answer_makes_the_reader_raise(text: str) -> None:
    assert isinstance(said_in(text).choice, Choice)
