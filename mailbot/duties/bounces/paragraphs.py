"""The text of a bounce as paragraphs, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.message.model import Evidence, Place

MOST_TEXT = 100_000  # characters of a bounce that are looked at: behind that stands the returned letter
_LONGEST = 2_000

_BLANK_LINE = re.compile(r"\n[ \t\r>]*\n")
_RETURNED_LETTER = re.compile(
    r"^(?:-{2,}\s*(?:below this line is a copy of the message|this is a copy of (?:the|your) message|original message"
    r"|included is a copy|returned message|unsent message|the header of the original message|message header follows)"
    r"|={2,}\s*original message|received: from |return-path: <)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of the text between two blank ones."""

    text: str
    start: int

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.text, Place("text", self.start, self.start + len(self.text)))

    @property
    def one_line(self) -> str:
        return " ".join(self.text.split())


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of what the server itself wrote, in order; the returned letter is left out. Linear."""
    text = text[:MOST_TEXT]
    returned = _RETURNED_LETTER.search(text)
    end = returned.start() if returned else len(text)
    start = 0
    for blank in _BLANK_LINE.finditer(text, 0, end):
        yield from _paragraph(text, start, blank.start())
        start = blank.end()
    yield from _paragraph(text, start, end)


def _paragraph(text: str, start: int, end: int) -> Iterator[Paragraph]:
    words = text[start:end]
    stripped = words.strip("\r\n")
    if stripped.strip():
        yield Paragraph(stripped[:_LONGEST], start + words.index(stripped))


def paragraph_about(addresses: tuple[str, ...], text: str) -> str:
    """The first paragraph that names one of these addresses, on one line; "" where none does."""
    lower = tuple(address.lower() for address in addresses)
    for paragraph in paragraphs(text):
        if any(address in paragraph.text.lower() for address in lower):
            return paragraph.one_line
    return ""
