"""What a mail system itself wrote in a bounce: without the letter that comes back, by paragraphs and by address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mailbot.duties.bounces.reports.detectors.wording import RETURNED_LETTER
from mailbot.message.addresses import address_key
from mailbot.message.clues import addresses_in
from mailbot.message.model import Evidence, Message, Place

MOST_TEXT = 100_000  # characters of a bounce that are looked at: behind that stands the returned letter
_LONGEST = 4_000  # characters of what is said about one recipient

_BLANK_LINE = re.compile(r"\n[ \t\r>]*\n")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of the text that belong together, and the character of the body where they begin."""

    text: str
    start: int

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.text, Place("text", self.start, self.start + len(self.text)))

    @property
    def one_line(self) -> str:
        return " ".join(self.text.split())

    def part(self, start: int, end: int) -> Paragraph:
        """Characters `start` to `end` of it, as many as are looked at."""
        return Paragraph(self.text[start : min(end, start + _LONGEST)].rstrip(), self.start + start)


def own_words(message: Message) -> Paragraph:
    """Everything above the returned letter; all of the text where that begins at once."""
    return _above_the_letter(message.body.original[:MOST_TEXT])


@lru_cache(maxsize=4)  # every detector asks for those of the same mail
def _above_the_letter(text: str) -> Paragraph:
    for returned in RETURNED_LETTER.finditer(text):
        if text[: returned.start()].strip(" \t\r\n-=_*#>"):
            return Paragraph(text[: returned.start()], 0)
    return Paragraph(text, 0)


def returned_words(message: Message) -> str:
    """The letter that comes back, where it stands in the text."""
    return message.body.original[len(own_words(message).text) : MOST_TEXT]


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a text, in order. Linear."""
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        yield from _paragraph(text, start, blank.start())
        start = blank.end()
    yield from _paragraph(text, start, len(text))


def _paragraph(text: str, start: int, end: int) -> Iterator[Paragraph]:
    words = text[start:end]
    stripped = words.strip("\r\n")
    if stripped.strip():
        yield Paragraph(stripped[:_LONGEST], start + words.index(stripped))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a mail system wrote about one address, on one line: `first` in the first paragraph that names it, and all
    of it in `text`."""

    first: str
    text: str


def words_by_address(text: str) -> Mapping[str, Beside]:
    """What a mail system wrote about each address, by its key: from every line that names the address to the end of
    the paragraph, or to a line that names another one. Linear."""
    found: dict[str, list[list[str]]] = {}
    for paragraph in paragraphs(text):
        entries: dict[str, list[str]] = {}
        keys: frozenset[str] = frozenset()
        for line in paragraph.text.splitlines():
            named = frozenset(map(address_key, addresses_in(line)))
            keys = named or keys
            for key in keys:
                entries.setdefault(key, []).append(line)
        for key, lines in entries.items():
            found.setdefault(key, []).append(lines)
    return {
        key: Beside(_one_line(entries[0]), _one_line(line for lines in entries for line in lines))
        for key, entries in found.items()
    }


def _one_line(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())[:_LONGEST]
