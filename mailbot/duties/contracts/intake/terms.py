"""From when until when a contract runs: "12 months from 1 Dec", "1.1. bis 31.12.2026", "Jan-Dec 2026"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from mailbot.duties.contracts.facts import Term
from mailbot.duties.contracts.intake.months import range_in
from mailbot.duties.contracts.intake.page import Page
from mailbot.letters.model import Language
from mailbot.records.contracts.dates import first_day, last_day
from mailbot.sorting.days import Mention, mentions

_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12, "eighteen": 18, "twenty-four": 24,
    "a": 1, "ein": 1, "eine": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "zwölf": 12,
}  # fmt: skip
_LENGTH = re.compile(
    rf"(?<![\w.,])(?P<number>[0-9]{{1,3}}|{'|'.join(_NUMBERS)})[\s-]?"
    r"(?P<unit>months?|mos?|monate?n?|years?|yrs?|jahre?n?|jahr)\b(?!\s?(?:of\s)?notice|\s(?:vor|before|prior|kündigung))",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|starting|beginning|begins?|starts?|as of|effective|ab|vom|von|beginn|beginnend|seit)\b"
    r"[\s:]*(?:on|am|dem|the)?\s*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:\b(?:to|until|till|through|thru|ends?|ending|bis|endet)\b|[-–—])[\s:]*(?:on|am|zum|the|einschließlich)?\s*$",
    re.IGNORECASE,
)
_LOOK_BACK: Final = 24


def term_in(page: Page, language: Language, signed_on: date) -> Term | None:
    """The time that the words give, taken out of the page; None where they give none, or no end of it."""
    text = page.left
    named = [each for each in mentions(text, language, signed_on) if not each.is_loose]
    starts = next((each for each in named if _FROM.search(text, max(each.start - _LOOK_BACK, 0), each.start)), None)
    ends = next((each for each in named if each is not starts and _is_end(text, each, starts)), None)
    if starts is None and ends is not None:
        starts = next((each for each in named if each.end <= ends.start and ends.start - each.end <= _LOOK_BACK), None)
    length = _LENGTH.search(text)
    months = _months(length) if length else None
    if starts is not None and ends is not None:
        return _between(page, starts, ends, signed_on, length)
    if months is not None and length is not None and (starts is not None or ends is not None):
        return _so_long(page, starts, ends, months, length, signed_on)
    return _of_months(page, text, signed_on)


def term_of(words: str, language: Language, signed_on: date) -> Term | None:
    """The time that these words are: days, a length from a day on, or a range of months."""
    found = term_in(Page(words), language, signed_on)
    months = range_in(words, signed_on) if found is None else None
    return Term(*months, words) if months else found


def _is_end(text: str, each: Mention, starts: Mention | None) -> bool:
    return bool(_UNTIL.search(text, max(each.start - _LOOK_BACK, 0), each.start)) and (
        starts is None or each.start > starts.end
    )


def _between(page: Page, starts: Mention, ends: Mention, signed_on: date, length: re.Match[str] | None) -> Term | None:
    """Of the years that are not written, those in which it ends first after it has begun."""
    first, last = starts.coming(signed_on).first, None
    later = [span.last for span in ends.choices if span.last >= first]
    if later:
        last = later[0]
    else:
        last = ends.choices[-1].last
        earlier = [span.first for span in starts.choices if span.first <= last]
        if not earlier:
            return None
        first = earlier[-1]
    return Term(first, last, _words(page, starts, ends, length))


def _so_long(
    page: Page, starts: Mention | None, ends: Mention | None, months: int, length: re.Match[str], signed_on: date
) -> Term | None:
    if starts is not None:
        first = starts.coming(signed_on).first
        return Term(first, last_day(first, months), _words(page, starts, None, length))
    if ends is None:
        return None
    last = ends.coming(signed_on).last
    return Term(first_day(last, months), last, _words(page, None, ends, length))


def _of_months(page: Page, text: str, signed_on: date) -> Term | None:
    """ "Laufzeit Januar bis Dezember 2026", where no promise has those months to itself."""
    for start, end in page.clauses():
        found = range_in(text[start:end], signed_on)
        if found is not None and _SAYS_TERM.search(text[start:end]):
            return Term(*found, page.take(start, end))
    return None


_SAYS_TERM: Final = re.compile(
    r"\b(?:term|runs?|running|period|contract|laufzeit|läuft|vertrag|zeitraum)\b", re.IGNORECASE
)


def _months(length: re.Match[str]) -> int:
    number = length["number"].casefold()
    count = int(number) if number.isdigit() else _NUMBERS[number]
    return count * 12 if length["unit"].casefold().startswith(("y", "j")) else count


def _words(page: Page, starts: Mention | None, ends: Mention | None, length: re.Match[str] | None) -> str:
    """Takes out the words that say it, with those between them; a length far from the days is taken out alone."""
    spans = [(each.start, each.end) for each in (starts, ends) if each is not None]
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    if length is not None and (length.start() > last + _LOOK_BACK or length.end() < first - _LOOK_BACK):
        page.take(*length.span())
    elif length is not None:
        first, last = min(first, length.start()), max(last, length.end())
    before = _FROM.search(page.left, max(first - _LOOK_BACK, 0), first)
    return page.take(before.start() if before else first, last)
