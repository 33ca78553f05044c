"""text/enriched (RFC 1896), and its older form text/richtext (RFC 1341 section 7.1.3), to the text a reader sees."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

_TAG: Final = re.compile(r"<(/?)([a-zA-Z0-9-]{1,60})>")
_LINE_ENDS: Final = re.compile(r"\n+")
_UNSEEN: Final = frozenset({"param", "comment"})
# Words of somebody else, as mails of that time were quoted.
_QUOTES: Final = frozenset({"excerpt", "quotation"})
_SIGNS: Final = {"lt": "<", "nl": "\n", "np": "\n\n", "paragraph": "\n\n"}


def read_enriched(text: str, most_tags: int = 50_000, *, is_richtext: bool) -> str:
    """The text without its tags, lines joined as its reader sees them, quoted ones marked with "> ".

    In enriched text one line end is a blank, and n are n - 1; in richtext all are blanks, and `<nl>` ends a line.
    Those behind the first `most_tags` are read as words. Never raises; linear in the length of the text.
    """
    writer = _Writer()
    at = 0
    for tag in islice(_TAG.finditer(text), most_tags):
        writer.say(_flowed(text[at : tag.start()], writer.is_verbatim, is_richtext))
        at = tag.end()
        name = tag[2].lower()
        if is_richtext and name in _SIGNS and (not tag[1] or name == "paragraph"):
            writer.say(_SIGNS[name])
        else:
            writer.mark(name, is_end=bool(tag[1]))
    writer.say(_flowed(text[at:], writer.is_verbatim, is_richtext))
    return writer.text()


def _flowed(text: str, is_verbatim: bool, is_richtext: bool) -> str:
    if is_richtext:
        return text.replace("\n", " ")
    if not is_verbatim:
        text = _LINE_ENDS.sub(lambda ends: "\n" * (len(ends[0]) - 1) or " ", text)
    return text.replace("<<", "<")


class _Writer:
    """Writes lines; what is quoted stands on lines of its own."""

    __slots__ = ("_line", "_lines", "_quotes", "_unseen", "is_verbatim")

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._unseen = 0
        self.is_verbatim = False

    def say(self, text: str) -> None:
        if self._unseen:
            return
        first, *others = text.split("\n")
        self._line.append(first)
        for line in others:
            self._end_line()
            self._line.append(line)

    def mark(self, name: str, *, is_end: bool) -> None:
        step = -1 if is_end else 1
        if name in _UNSEEN:
            self._unseen = max(self._unseen + step, 0)
        elif name in _QUOTES:
            if "".join(self._line).strip():
                self._end_line()
            self._quotes = max(self._quotes + step, 0)
        elif name == "nofill":
            self.is_verbatim = not is_end

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def _end_line(self) -> None:
        line = "".join(self._line).strip() if self._quotes else "".join(self._line).rstrip()
        self._lines.append(f"{'>' * min(self._quotes, 9)} {line}".rstrip() if self._quotes else line)
        self._line.clear()
