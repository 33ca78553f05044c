"""The text of a bounce as paragraphs, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mailbot.message.addresses import address_key
from mailbot.message.clues import addresses_in
from mailbot.message.model import Evidence, Place

MOST_TEXT = 100_000  # characters of a bounce that are looked at: behind that stands the returned letter
_LONGEST = 2_000

_BLANK_LINE = re.compile(r"\n[ \t\r>]*\n")
_RETURNED_LETTER = re.compile(
    r"^(?:-{2,}[ \t]*(?:below this line is a copy of the message|this is a copy of (?:the|your) message"
    r"|original message|included is a copy|returned message|unsent message|the header of the original message"
    r"|message header follows)"
    r"|message headers follow|={2,}[ \t]*original message|received: from |return-path: <)",
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


def words_by_address(text: str) -> Mapping[str, str]:
    """What a mail system wrote about each address, by its key, on one line: from the first line that names the address
    to the end of the paragraph, or to a line that names another one. Linear."""
    found: dict[str, str] = {}
    for paragraph in paragraphs(text):
        keys: frozenset[str] = frozenset()
        lines: list[str] = []
        for line in paragraph.text.splitlines():
            named = frozenset(map(address_key, addresses_in(line)))
            if named and not named & keys:
                _keep(found, keys, lines)
                keys, lines = named, []
            lines.append(line)
        _keep(found, keys, lines)
    return found


def _keep(found: dict[str, str], keys: frozenset[str], lines: list[str]) -> None:
    for key in keys:
        found.setdefault(key, " ".join(" ".join(lines).split()))
