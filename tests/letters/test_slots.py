"""Markdown never reads a value, and the HTML shows each as it is."""

from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from mailbot.letters.cleaning import one_line
from mailbot.letters.slots import around_slots, in_slot, in_two_forms, markdown_of, slot, taken_out, text_of

SIGNS = "ab1 *_`[]()<>!#|&;:~+-.\\=\"'@/\x01\x02\x03\x04\x05\xa0"


@given(st.lists(st.text(alphabet=SIGNS, max_size=60), max_size=5))
def test_values_are_shown_as_they_are_and_never_read_as_markdown(texts: list[str]) -> None:
    lines = [one_line(text) for text in texts]
    words, values = taken_out("x" + " y ".join(map(in_slot, lines)))
    tokens = MarkdownIt("commonmark", {"html": True}).parse(words)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in tokens[1].children or []} <= {"text"}
    assert unescape(around_slots(words)(values)) == "x" + " y ".join(lines)


@given(st.text(alphabet=SIGNS, max_size=60))
def test_a_value_makes_no_html(text: str) -> None:
    shown = around_slots(f"<p>{slot('it')}</p>")({"it": text})
    document = LexborHTMLParser(shown)
    assert [node.text() for node in document.css("p")] == [text]
    assert [node.tag for node in document.css("*")] == ["html", "head", "body", "p"]


@given(st.text(alphabet=SIGNS, max_size=60))
def test_a_value_does_not_leave_the_attribute_it_stands_in(text: str) -> None:
    document = LexborHTMLParser(around_slots(f'<p title="{slot("it")}">')({"it": text}))
    assert [node.attributes for node in document.css("p")] == [{"title": text}]


def test_a_number_is_no_value_to_be_filled_in_so_that_it_may_number_a_list() -> None:
    assert taken_out(f"{in_slot('2')}. two {in_slot('2a')}{in_slot('')}") == (f"2. two {slot('1')}", {"1": "2a"})


@given(st.text(alphabet=SIGNS, max_size=60), st.text(alphabet=SIGNS, max_size=60))
def test_what_has_two_forms_stands_in_the_text_in_the_one_and_in_markdown_in_the_other(one: str, other: str) -> None:
    one, other = one_line(one), one_line(other)
    written = f"{in_slot(one)}, {in_two_forms(one, in_slot(other))}."
    words, values = taken_out(markdown_of(written))
    assert text_of(written) == f"{one}, {one}."
    assert unescape(around_slots(words)(values)) == f"{one}, {other}."
