"""Words of strangers made harmless before they stand in a letter: no control, no direction, no end to them.

Nothing here judges what a text says. It takes out what a reader cannot see and what a header, a table or a
terminal would obey.
"""

from __future__ import annotations

import re

LONGEST_VALUE = 300  # characters of one value on one line
LONGEST_QUOTE = 2_000  # characters of a quotation
MOST_QUOTED_LINES = 12

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

# Control characters but tab and line feed; soft hyphen; marks, embeddings, overrides and isolates of direction
# (Unicode TR 9); zero-width space, word joiner and invisible operators; byte order mark; interlinear annotation; tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str, longest: int) -> str:
    """At most `longest` characters of the text, with line feeds as its only line breaks and only tabs as controls."""
    cut = text[:longest]
    if cut.isprintable():  # nearly every text: no control, no format character, no separator but the space
        return cut
    seen = _UNSEEN.sub("", _LINE_BREAK.sub("\n", cut))
    return _LONE_SURROGATE.sub("\ufffd", seen)


def one_line(text: str, longest: int = LONGEST_VALUE) -> str:
    """The text on one line: runs of white space become one space, and what is too long ends in an ellipsis."""
    line = " ".join(clean(text, 4 * longest).split())
    if len(line) <= longest and len(text) <= 4 * longest:
        return line
    return line[: longest - 1].rstrip() + "…"


def header_words(text: str, longest: int) -> str:
    """The text as words of a header: on one line, and without anything that reads as an encoded word (RFC 2047).

    The library decodes an encoded word that it is given, and line breaks come out of it.
    """
    return one_line(text, longest).replace("=?", "= ?")


def quoted_lines(text: str) -> tuple[str, ...]:
    """The text line by line, without blank lines, as much of it as a letter quotes."""
    cut = clean(text, LONGEST_QUOTE)
    lines = [one_line(line) for line in cut.split("\n") if line.strip()]
    if len(text) > LONGEST_QUOTE or len(lines) > MOST_QUOTED_LINES:
        lines = [*lines[:MOST_QUOTED_LINES], "…"]
    return tuple(lines)
