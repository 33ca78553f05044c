"""A text of which everything that was read is taken out: nothing is read twice, and what is left can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

TAKEN: Final = "\0"
LONGEST: Final = 20_000  # characters that are read
_WRAPPED: Final = 60  # a line of so many characters was broken by a mail program, and goes on in the next
_END_OF_CLAUSE: Final = re.compile(
    r"[;\n]|,(?=\s)|\.(?=\s|$)|\s(?:and|und|plus|sowie)\s|\s[-–—•*·](?=\s)", re.IGNORECASE
)
_AROUND: Final = " \t\r\n.,;:!-–—•*·" + TAKEN


class Page:
    """The words of one mail, or of one file."""

    def __init__(self, text: str) -> None:
        self.text = _unwrapped(text[:LONGEST].replace(TAKEN, " ").replace("\r", ""))
        self._left = list(self.text)

    @property
    def left(self) -> str:
        """What was not read yet, each character in its place."""
        return "".join(self._left)

    def take(self, start: int, end: int) -> str:
        """Takes characters out, and gives them as they were written."""
        self._left[start:end] = TAKEN * (end - start)
        return " ".join(self.text[start:end].split()).strip(_AROUND)

    def clauses(self, whole: tuple[tuple[int, int], ...] = ()) -> Iterator[tuple[int, int]]:
        """Where the clauses of what is left stand; nothing is cut in parentheses, nor in the spans of `whole`."""
        left = self.left
        inside = _in_parentheses(left)
        for start, end in whole:
            inside[start:end] = b"\x01" * (end - start)
        start = 0
        for cut in _END_OF_CLAUSE.finditer(left):
            if not inside[cut.start()]:
                yield from _clause(left, start, cut.start())
                start = cut.end()
        yield from _clause(left, start, len(left))


def _clause(left: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clause without what stands around it; none where nothing is left of it."""
    words = left[start:end]
    first = start + len(words) - len(words.lstrip(_AROUND))
    last = end - (len(words) - len(words.rstrip(_AROUND)))
    if any(sign.isalnum() for sign in left[first:last]):
        yield first, last


def _in_parentheses(text: str) -> bytearray:
    """For each character whether it stands in parentheses; one that is never closed opens nothing."""
    inside = bytearray(len(text) + 1)
    opened: int | None = None
    for place, sign in enumerate(text):
        if sign == "(":
            opened = place
        elif sign == ")" and opened is not None:
            inside[opened : place + 1] = b"\x01" * (place + 1 - opened)
            opened = None
    return inside


def _unwrapped(text: str) -> str:
    """The text with the line breaks of mail programs as blanks; every character keeps its place."""
    lines = text.split("\n")
    joined = [lines[0]]
    for before, line in pairwise(lines):
        goes_on = len(before) >= _WRAPPED and line[:1].isalnum()
        joined.append((" " if goes_on else "\n") + line)
    return "".join(joined)
