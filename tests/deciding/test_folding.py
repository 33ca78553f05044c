"""Text is casefolded, and marks are one with their letters, in linear time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.deciding.folding import folded

TEXTS = st.text(max_size=300)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("ẞ", "ss"),
        ("Größe", "GRÖSSE"),
        ("Mu\u0308ller", "MÜLLER"),  # as some phones type it: u and two dots
        ("ﬁle oﬃce", "FILE OFFICE"),
        ("İstanbul", "i\u0307stanbul"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("Å", "\u212b"),  # ångström sign
    ],
)
def test_two_ways_to_write_a_word_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Müller", "Muller"), ("İ", "i"), ("ı", "i"), ("Öl", "Ol")])
def test_two_letters_that_differ_are_not_made_one(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text("abcXYZ äöüÄÖÜßéÉ", max_size=200))
def test_capitals_and_small_letters_are_one(text: str) -> None:
    assert folded(text.upper()) == folded(text) == folded(text.lower())


def test_a_run_of_marks_that_python_normalises_in_quadratic_time_is_folded_in_pieces() -> None:
    marks = "a" + "\u0301" * 500_000 + "\u0327" * 500_000  # in one piece this takes half an hour

    assert len(folded(marks)) >= 999_000
