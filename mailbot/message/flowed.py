"""Texts in format=flowed (RFC 3676): lines that a program broke are one line again, as their reader sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_SIGNATURE: Final = "-- "
# A program breaks a line because it is long. Where the next word would have stood within these bytes, a person ended
# the line, and left a blank at its end.
_SHORTEST_BROKEN_LINE: Final = 50
_COLUMNS: Final = "   "  # what a person set in columns no program has broken


def is_flowed(parameters: Mapping[str, str]) -> bool:
    """Whether the parameters of a text/plain part say that it is."""
    return parameters.get("format", "").strip().lower() == "flowed"


def unflowed(text: str, *, del_sp: bool) -> str:
    """The text with its soft line breaks taken out; `del_sp` says that the blank before one is no part of it.

    Lines flow on only into lines of the same quote depth, and never out of or into the signature delimiter. The blank
    with which a line was stuffed is taken off. A short line that ends in a blank is not broken,
    nor is a row of columns: many programs say format=flowed of texts that people have wrapped. Linear in the length of
    the text.
    """
    written = [_unquoted(line) for line in text.split("\n")]
    following = [*written[1:], (0, "")]
    # A program that breaks lines at blanks writes a second one there; where none stands anywhere, it does not.
    keeps_blanks = "  \n" in text
    lines: list[str] = []
    pieces: list[str] = []
    for (depth, content), (next_depth, next_content) in zip(written, following, strict=True):
        if not pieces and depth:
            pieces.append(">" * depth + " ")
        if depth == next_depth and _is_broken(content, next_content):
            pieces.append(content[:-1] if del_sp and (keeps_blanks or " " not in content[:-1]) else content)
            continue
        pieces.append(content)
        lines.append("".join(pieces))
        pieces = []
    return "\n".join(lines)


def _unquoted(line: str) -> tuple[int, str]:
    """The quote depth, and what stands behind the marks, unstuffed (section 4.5)."""
    content = line.lstrip(">")
    return len(line) - len(content), content.removeprefix(" ")


def _is_broken(content: str, following: str) -> bool:
    if not content.endswith(" ") or _SIGNATURE in {content, following} or not following.strip():
        return False
    if _COLUMNS in content.strip() or "\t" in content:
        return False
    joined = content + following.partition(" ")[0]
    return len(joined) > _SHORTEST_BROKEN_LINE or len(joined.encode("utf-8", "replace")) > _SHORTEST_BROKEN_LINE
