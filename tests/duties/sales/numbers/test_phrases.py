"""Phrases are found in a text whole, wherever they stand in it, and however long it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.duties.sales.numbers.phrases import first_word_of, said, words_of

LISTED = frozenset(("on hold", "not", "not sure", "up to the end"))
_LONG = "and that was all of what we had heard from them in these last weeks "


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Acme 1,200 - on hold", "on hold"),
        ("not sure", "not"),
        ("On\tHold!", "on hold"),
        ("hold on", None),
        ("nothing on holding", None),
        ("", None),
    ],
)
def test_a_phrase_is_found_in_a_short_text_as_in_a_long_one(text: str, found: str | None) -> None:
    assert said(text, LISTED) == found
    assert said(f"{_LONG}. {text}", LISTED) == found
    assert said(f"{text}. {_LONG}", LISTED) == found


@given(st.lists(st.sampled_from(("on", "hold", "not", "sure", "up", "to", "the", "end", "acme")), max_size=30))
def test_the_first_phrase_by_its_letters_is_found_whatever_the_length(words: list[str]) -> None:
    padded = f" {' '.join(words)} "
    assert said(" ".join(words), LISTED) == min((each for each in LISTED if f" {each} " in padded), default=None)


@pytest.mark.parametrize("text", ["Dana Reyes", "  jonas-weber", "O'Brien, Tom", "--", ""])
def test_the_first_word_is_the_first_of_all_words(text: str) -> None:
    assert first_word_of(text) == next(iter(words_of(text)), "")
