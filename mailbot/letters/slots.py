"""Where the values of a letter stand in what a template writes, and in the HTML that is made of it.

A template writes once: its text part is that with the values in their places. The Markdown of the HTML part has slots
instead: Markdown never reads a value, and no sign in one can make a link, a list or a tag. What a template says around
its values is laid out once for all the letters that say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

# Control characters, which `cleaning.clean` lets into no value.
_OPENS: Final = "\x01"
_CLOSES: Final = "\x02"
_TEXT: Final = "\x03"
_MARKDOWN: Final = "\x04"
_END: Final = "\x05"
_BETWEEN: Final = re.compile(f"{_OPENS}([^{_OPENS}{_CLOSES}]*+){_CLOSES}")
_TWO_FORMS: Final = re.compile(f"{_TEXT}([^{_TEXT}-{_END}]*+){_MARKDOWN}([^{_TEXT}-{_END}]*+){_END}")
_IN_HTML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\xa0": "&nbsp;"})


def in_slot(value: str) -> str:
    """A cleaned value as a template writes it. Digits alone say what they say: "2" may stand before "." and
    number a list."""
    return value if value.isdigit() or not value else f"{_OPENS}{value}{_CLOSES}"


def in_two_forms(text: str, markdown: str) -> str:
    """What stands in the text part in another form than in the Markdown: a table, a picture."""
    return f"{_TEXT}{text}{_MARKDOWN}{markdown}{_END}"


def text_of(written: str) -> str:
    """The text part of what a template wrote."""
    return _BETWEEN.sub(r"\1", _TWO_FORMS.sub(r"\1", written))


def markdown_of(written: str) -> str:
    """The Markdown of what a template wrote, its values in slots."""
    return _TWO_FORMS.sub(r"\2", written)


def taken_out(markdown: str) -> tuple[str, dict[str, str]]:
    """The Markdown with a number in each slot instead of its value, and the values by these numbers."""
    values: list[str] = []

    def numbered(slot: re.Match[str]) -> str:
        values.append(slot[1])
        return f"{_OPENS}{len(values)}{_CLOSES}"

    words = _BETWEEN.sub(numbered, markdown)
    return words, {str(number): value for number, value in enumerate(values, 1)}


def slot(name: str) -> str:
    """The slot of that name, to be filled in HTML."""
    return f"{_OPENS}{name}{_CLOSES}"


def around_slots(html: str) -> Callable[[Mapping[str, str]], str]:
    """Fills the slots of the HTML with values, given by their names; each is written so that it is safe as the text of
    an element and within a quoted attribute (HTML Living Standard, section 13.3)."""
    pieces: list[str] = _BETWEEN.split(html)  # at every second place the name of a slot
    static, names = pieces[::2], pieces[1::2]

    def filled(values: Mapping[str, str]) -> str:
        shown = [values[name].translate(_IN_HTML) for name in names]
        return "".join([piece for pair in zip(static, shown, strict=False) for piece in pair]) + static[-1]

    return filled
