"""The words of an automatic reply, laid out for reading: sentences, each remembering where it stood in the mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Self

from mailbot.message.clues import addresses_in
from mailbot.message.model import Evidence

_READ: Final = 4_000  # characters: machines come to the point
_SAME: Final = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\u2010": "-", "\u2011": "-", "\u2212": "-"})
_BLANKS = re.compile(r"\s+")
_STOP = re.compile(r"[.!?;]+(?=\s)|\n\n")
_NO_STOP_AFTER: Final = frozenset(
    """tel mr mrs ms dr prof hr fr st nr no ca bzw inkl einschl incl excl vs ggf evtl z.b u.a d.h i.d.r ext phone mob
    mobil fon jan feb mar apr jun jul aug sep sept oct okt nov dec dez mo di mi do sa so mon tue tues wed thu thur
    thurs fri sat sun ing dipl e.g i.e""".split()  # noqa: SIM905
)
_MAY_BE_A_DAY = re.compile(r"(?<![0-9])[0-9]{1,2}$")
_WORD_BEFORE = re.compile(r"[^\s(]{1,12}$")
_CALLED: Final = r"(?:tel(?:efon|ephone)?|phone|ph|mob(?:ile?|il)?|cell(?: ?phone)?|handy|fon|durchwahl|fax)"
_CALLED_BEFORE = re.compile(rf"\b{_CALLED}(?: ?(?:number|no|nr|nummer))?[.: ]{{0,3}}$", re.IGNORECASE)
_LOOK_BACK: Final = 24
_BLOT: Final = "\ufffc"
_DIGITS = re.compile(r"(?<![\w.,/@-])[+(]{0,2}[0-9][0-9 ()/.\u2013-]{5,22}[0-9](?![\w@])")
_AMERICAN = re.compile(r"\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}")
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15  # ITU-T E.164 knows no longer number


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a note and where they stand in it."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """A text with one kind of apostrophe and single blanks, its sentences, and what in it is no prose.

    `lines` is `text` with addresses and phone numbers blotted out, so that no digit of theirs is read as a day;
    `prose`, and with it the sentences, is the same with blanks for line breaks. All three are of one length.
    """

    text: str
    lines: str
    prose: str
    sentences: tuple[Found, ...]
    addresses: tuple[Found, ...]
    phones: tuple[Found, ...]
    _at: Sequence[int]
    _quote: Callable[[int, int], Evidence]

    @classmethod
    def of(cls, written: str, quote: Callable[[int, int], Evidence]) -> Self:
        """The note in these words; `quote` gives the evidence for characters of them. Linear in its length."""
        text, at = _with_single_blanks(written[:_READ].translate(_SAME))
        addresses = _addresses(text)
        phones = _phones(_blotted(text, addresses))
        lines = _blotted(text, (*addresses, *(phone for phone in phones if _is_surely_called(text, phone))))
        return cls(text, lines, lines.replace("\n", " "), _sentences(lines), addresses, phones, at, quote)

    def evidence(self, start: int, end: int) -> Evidence:
        """These characters as they stand in the mail."""
        return self._quote(self._at[start], self._at[end - 1] + 1)


def _with_single_blanks(text: str) -> tuple[str, list[int]]:
    """Every run of white space as one blank, one line break or one blank line; and where each character came from."""
    pieces: list[str] = []
    at: list[int] = []
    position = 0
    for blank in _BLANKS.finditer(text):
        pieces.append(text[position : blank.start()])
        at.extend(range(position, blank.start()))
        breaks = blank[0].count("\n")
        kept = "\n" * min(breaks, 2) or " "
        pieces.append(kept)
        at.extend([blank.start()] * len(kept))
        position = blank.end()
    pieces.append(text[position:])
    at.extend(range(position, len(text)))
    return "".join(pieces), at


def _addresses(text: str) -> tuple[Found, ...]:
    found: list[Found] = []
    position = 0
    for address in addresses_in(text):
        start = text.find(address, position)
        if start >= 0:
            position = start + len(address)
            found.append(Found(address, start, position))
    return tuple(found)


def _phones(text: str) -> tuple[Found, ...]:
    """Numbers that are called a phone, that begin as one, or that are grouped as one."""
    found = []
    for match in _DIGITS.finditer(text):
        number = match[0].rstrip(" (-./")
        phone = Found(" ".join(number.split()), match.start(), match.start() + len(number))
        digits = sum(character.isdigit() for character in number)
        looks_so = number[0] in "+(0" or _AMERICAN.fullmatch(number)
        if _FEWEST_DIGITS <= digits <= _MOST_DIGITS and (looks_so or _is_surely_called(text, phone)):
            found.append(phone)
    return tuple(found)


def _is_surely_called(text: str, phone: Found) -> bool:
    before = text[max(phone.start - _LOOK_BACK, 0) : phone.start]
    return phone.words.startswith("+") or _CALLED_BEFORE.search(before) is not None


def _blotted(text: str, found: Sequence[Found]) -> str:
    for each in found:
        text = text[: each.start] + _BLOT * (each.end - each.start) + text[each.end :]
    return text


def _sentences(text: str) -> tuple[Found, ...]:
    """The sentences; the dot of a day or of an abbreviation ends none, and a colon holds on to the next paragraph."""
    found: list[Found] = []
    start = 0
    for stop in _STOP.finditer(text):
        if not _is_end(text, stop):
            continue
        found.append(Found(text[start : stop.end()].replace("\n", " "), start, stop.end()))
        start = stop.end()
    found.append(Found(text[start:].replace("\n", " "), start, len(text)))
    return tuple(each for each in found if each.words.strip())


def _is_end(text: str, stop: re.Match[str]) -> bool:
    before = _WORD_BEFORE.search(text, max(stop.start() - 12, 0), stop.start())
    if stop[0] == "\n\n":
        return before is None or not before[0].endswith(":")
    if stop[0] != "." or before is None:
        return True
    return not _MAY_BE_A_DAY.search(before[0]) and before[0].casefold() not in _NO_STOP_AFTER
