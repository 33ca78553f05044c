"""The days that running text names, in English and German: what the notes of absence are full of.

A note is read by the day on which it was sent, never by a clock. A day whose year is not written may lie in several
years: which of them is meant depends on what is said of it, so each mention keeps them all.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mailbot.letters.model import Language
from mailbot.sorting.months import IS_A_VERB_TOO, MONTH_OF, MONTHS

_FORGOTTEN: Final = timedelta(days=31)  # so long after its day a note was more likely forgotten than sent a year early


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last of the days that are meant."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a time, where they stand, and the days they can mean: one span for each year that is possible.

    `is_loose`: a month or a week as a whole ("in January", "next week"), of which no day is named.
    """

    start: int
    end: int
    choices: tuple[Span, ...]
    is_loose: bool = False

    def coming(self, today: date) -> Span:
        """The next such days. Those that passed within a month are meant too: a note that nobody has switched off."""
        ahead = (span for span in self.choices if span.last >= today - _FORGOTTEN)
        return next(ahead, self.choices[-1])

    def gone(self, today: date) -> Span:
        """The latest such days that have begun."""
        begun = [span for span in self.choices if span.first <= today]
        return begun[-1] if begun else self.choices[0]


_WEEKDAYS: Final = (
    ("monday", "mon", "montag", "mo"),
    ("tuesday", "tues", "tue", "dienstag", "di"),
    ("wednesday", "wed", "mittwoch", "mi"),
    ("thursday", "thurs", "thur", "thu", "donnerstag", "do"),
    ("friday", "fri", "freitag", "fr"),
    ("saturday", "sat", "samstag", "sonnabend", "sa"),
    ("sunday", "sun", "sonntag", "so"),
)
_WEEKDAY_OF: Final = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_LOOK_BACK: Final = 32  # characters before a day in which its weekday, or the opening of its range, stands


def _one_of(names: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(names, key=len, reverse=True)) + ")"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_MONTH: Final = _one_of(MONTH_OF) + r"\b\.?"
_FULL_MONTH: Final = _one_of(name for names in MONTHS for name in names[1:] if len(name) > 3) + "|may|mai"
_FULL_WEEKDAY: Final = _one_of(name for name in _WEEKDAY_OF if len(name) > 5)
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_TH: Final = r"(?:\.|st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>20[0-9]{2})(?![0-9])"
_ANY_YEAR: Final = r"(?P<year>(?:20)?[0-9]{2})(?![0-9])"
_UNTO: Final = r"\s?(?:-|–|—|to|until|till|thru|through|and|bis|und)\s?(?:(?:the|zum|einschließlich)\s)?"

_ISO = _pattern(rf"(?<![0-9-])(?P<year>20[0-9]{{2}})-(?P<month>[0-9]{{2}})-{_DAY}(?![0-9-])")
_DAY_MONTH = _pattern(rf"(?<![0-9.,]){_DAY}{_TH}[\s-]?(?:of\s)?(?P<name>{_MONTH})(?:,?[\s-]{_YEAR})?")
_MONTH_DAY = _pattern(rf"\b(?P<name>{_MONTH})[\s-](?:the\s)?{_DAY}(?![0-9]){_TH}(?:,?\s{_YEAR})?")
_POINTED = _pattern(
    rf"(?<![0-9.,]){_DAY}\.\s?(?P<month>[0-9]{{1,2}})(?![0-9])(?:\.(?:\s(?=20[0-9]{{2}}))?{_ANY_YEAR}|\.)?"
)
_DASHED = _pattern(rf"(?<![0-9-]){_DAY}-(?P<month>[0-9]{{1,2}})-{_ANY_YEAR}(?!-)")
_SLASHED = _pattern(rf"(?<![0-9/]){_DAY}/(?P<month>[0-9]{{1,2}})(?![0-9])(?:/{_ANY_YEAR})?(?!/)")
_NUMBERED: Final = (_POINTED, _DASHED, _SLASHED)
_ROUND_THE_CLOCK: Final = "24/7"
_WEEKDAY_BEFORE = _pattern(
    rf"\b(?:(?P<weekday>{_one_of(name for name in _WEEKDAY_OF if len(name) > 2)})\b[.,]?"
    rf"|(?P<short>{_one_of(name for name in _WEEKDAY_OF if len(name) == 2)})[.,]),?\s?\(?(?:(?:the|den|dem|der)\s)?$"
)
# The other end of a range, which shares the month: "3. bis 14. November", "3.-14.11.", "Nov 3-14".
_OPENING = _pattern(rf"(?<![0-9.,/]){_DAY}{_TH}{_UNTO}$")
_CLOSING = _pattern(rf"{_UNTO}{_DAY}(?![0-9]|[/.:][0-9]|{_TH}\s?(?:of\s)?{_MONTH}){_TH}(?:,?\s{_YEAR})?")

_NEXT: Final = r"(?:next|coming|n(?:ä|ae)chste[rnms]?|kommende[rnms]?)"
_WEEKDAY_ALONE = _pattern(
    rf"\b(?:(?P<next>{_NEXT})\s)?(?P<weekday>{_FULL_WEEKDAY})\b(?P<behind>\s{_NEXT}\s(?:week|woche))?"
)
_OF_MONTH: Final = rf"\s(?P<name>{_FULL_MONTH})\b(?:,?\s{_YEAR})?"
_END_OF = _pattern(rf"\b(?:end of|ende){_OF_MONTH}")
_PART_OF = _pattern(rf"\b(?:(?P<mid>mid-?|middle of|mitte)|early|beginning of|start of|anfang){_OF_MONTH}")
_MONTH_ALONE = _pattern(rf"\b(?P<name>{_FULL_MONTH})\b(?:\s{_YEAR})?")
_WEEK = _pattern(r"\b(?:kw|kalenderwoche|calendar week|week)\.?\s?(?P<week>[0-9]{1,2})\b")
_END_OF_WEEK = _pattern(r"\b(?:end of (?:the|this) week|ende (?:der|dieser) woche|wochenende)\b")
_END_OF_MONTH = _pattern(r"\b(?:end of (?:the|this) month|ende (?:des|dieses) monats|monatsende)\b")
_END_OF_YEAR = _pattern(r"\b(?:end of (?:the|this) year|(?:ende (?:des|dieses) jahres|jahresende))\b")
_THIS_WEEK = _pattern(r"\b(?:this week|diese[r]? woche|rest (?:of the week|der woche))\b")
_NEXT_WEEK = _pattern(rf"\b{_NEXT}\s(?:week|woche)\b")
_NEXT_YEAR = _pattern(r"\b(?:new year|neue[nms]? jahr|next year|n(?:ä|ae)chste[nsm]? jahr)\b")
_DAY_ALONE = _pattern(rf"\b(?:the|zum|dem|den|am)\s{_DAY}(?:\.|st|nd|rd|th)(?=[\s.,;)]|$)(?!\sof\b)")
_NEAR: Final = (
    (_pattern(r"\b(?:today|heute)\b"), 0),
    (_pattern(r"\btomorrow\b"), 1),
    (re.compile(r"\bmorgen\b"), 1),  # with a capital it is the morning
    (_pattern(r"\bübermorgen\b"), 2),
)


def mentions(text: str, language: Language, today: date) -> tuple[Mention, ...]:
    """Every time that the text names, in its order. `today` is the day on which it was sent.

    Where a day is written as 3/4, the language says which is the month. Linear in the length of the text.
    """
    found: list[Mention] = []
    taken = bytearray(len(text) + 1)
    for mention in _all(text, language, today):
        if mention.choices and not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _all(text: str, language: Language, today: date) -> Iterator[Mention]:
    """The most telling first: what stands inside words that were read already is left out by the caller."""
    for match in _ISO.finditer(text):
        yield _day(text, match, int(match["month"]), int(match["day"]), today)
    for match in _DAY_MONTH.finditer(text):
        yield from _with_opening(text, _day(text, match, _month(match), int(match["day"]), today))
    for match in _MONTH_DAY.finditer(text):
        yield from _with_closing(text, match, today)
    for pattern in _NUMBERED:
        for match in pattern.finditer(text):
            if match[0] != _ROUND_THE_CLOCK:
                month, day = _month_and_day(match, language if pattern is _SLASHED else "de")
                yield from _with_opening(text, _day(text, match, month, day, today))
    yield from _parts_of_months(text, today)
    yield from _near(text, today)


def _month(match: re.Match[str]) -> int:
    return MONTH_OF[match["name"].rstrip(".").casefold()]


def _month_and_day(match: re.Match[str], language: Language) -> tuple[int, int]:
    """By the habit of the language, unless there is no such month."""
    first, second = int(match["day"]), int(match["month"])
    month, day = (second, first) if language == "de" else (first, second)
    return (day, month) if month > 12 >= day else (month, day)


def _day(text: str, match: re.Match[str], month: int, day: int, today: date) -> Mention:
    """The day that was named, with its weekday; in each of three years where none is written."""
    choices = _choices(month, day, match["year"], today)
    start = match.start()
    before = _WEEKDAY_BEFORE.search(text, max(start - _LOOK_BACK, 0), start)
    if before is None:
        return Mention(start, match.end(), choices)
    weekday = _WEEKDAY_OF[(before["weekday"] or before["short"]).casefold()]
    fitting = tuple(span for span in choices if span.first.weekday() == weekday)
    return Mention(before.start(), match.end(), fitting or choices)


def _choices(month: int, day: int, year: str | None, today: date) -> tuple[Span, ...]:
    """No span where there is no such day."""
    years = (today.year - 1, today.year, today.year + 1) if year is None else (2000 + int(year[-2:]),)
    days = [date(each, month, day) for each in years if 1 <= month <= 12 and 1 <= day <= monthrange(each, month)[1]]
    return tuple(Span(each, each) for each in days)


def _with_opening(text: str, day: Mention) -> Iterator[Mention]:
    yield day
    opening = _OPENING.search(text, max(day.start - _LOOK_BACK, 0), day.start)
    if opening:
        choices = _same_month(day.choices, int(opening["day"]))
        yield Mention(opening.start("day"), opening.end("day"), choices)


def _with_closing(text: str, match: re.Match[str], today: date) -> Iterator[Mention]:
    day = _day(text, match, _month(match), int(match["day"]), today)
    closing = _CLOSING.match(text, match.end()) if match["year"] is None else None
    if closing and closing["year"]:
        yield Mention(day.start, day.end, _choices(_month(match), int(match["day"]), closing["year"], today))
    else:
        yield day
    if closing:
        choices = _choices(_month(match), int(closing["day"]), closing["year"], today)
        yield Mention(closing.start("day"), closing.end(), choices)


def _same_month(choices: tuple[Span, ...], day: int) -> tuple[Span, ...]:
    days = [span.first.replace(day=day) for span in choices if 1 <= day <= span.first.day]
    return tuple(Span(each, each) for each in days)


def _parts_of_months(text: str, today: date) -> Iterator[Mention]:
    for match in _END_OF.finditer(text):
        spans = _month_spans(match, today)
        yield Mention(match.start(), match.end(), tuple(Span(span.last, span.last) for span in spans))
    for match in _PART_OF.finditer(text):
        day = 15 if match["mid"] else 1
        yield Mention(match.start(), match.end(), _choices(_month(match), day, match["year"], today))
    for match in _MONTH_ALONE.finditer(text):
        if match["name"].casefold() not in IS_A_VERB_TOO or match["name"][0].isupper():
            yield Mention(match.start(), match.end(), _month_spans(match, today), is_loose=True)


def _month_spans(match: re.Match[str], today: date) -> tuple[Span, ...]:
    firsts = [span.first for span in _choices(_month(match), 1, match["year"], today)]
    return tuple(Span(first, first.replace(day=monthrange(first.year, first.month)[1])) for first in firsts)


def _near(text: str, today: date) -> Iterator[Mention]:
    """Times that only the day of the note places: Friday, this week, today."""
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    end_of_month = today.replace(day=monthrange(today.year, today.month)[1])
    new_year = date(today.year + 1, 1, 1)
    for match in _WEEKDAY_ALONE.finditer(text):
        yield _weekday(match, today)
    for match in _DAY_ALONE.finditer(text):
        yield Mention(match.start("day"), match.end(), _next_of_number(int(match["day"]), today))
    for match in _WEEK.finditer(text):
        yield Mention(match.start(), match.end(), _weeks(int(match["week"]), today))
    for pattern, first, last, is_loose in (
        (_END_OF_WEEK, sunday, sunday, False),
        (_END_OF_MONTH, end_of_month, end_of_month, False),
        (_END_OF_YEAR, new_year - timedelta(days=1), new_year - timedelta(days=1), False),
        (_THIS_WEEK, today, sunday, False),
        (_NEXT_WEEK, sunday + timedelta(days=1), sunday + timedelta(days=7), True),
        (_NEXT_YEAR, new_year, new_year, True),
        *((near, today + timedelta(days=days), today + timedelta(days=days), False) for near, days in _NEAR),
    ):
        for match in pattern.finditer(text):
            yield Mention(match.start(), match.end(), (Span(first, last),), is_loose)


def _weekday(match: re.Match[str], today: date) -> Mention:
    """The next one, today included: a note was written before it is sent. "Next Friday" is not today."""
    ahead = (_WEEKDAY_OF[match["weekday"].casefold()] - today.weekday()) % 7
    if match["behind"]:
        ahead = _WEEKDAY_OF[match["weekday"].casefold()] - today.weekday() + 7
    elif match["next"] and ahead == 0:
        ahead = 7
    day = today + timedelta(days=ahead)
    return Mention(match.start(), match.end(), (Span(day, day),))


def _next_of_number(number: int, today: date) -> tuple[Span, ...]:
    """The next day of that number, in this month or in one of the two behind it: not every month has a 31st."""
    days = (today + timedelta(days=ahead) for ahead in range(62))
    return tuple(Span(day, day) for day in days if day.day == number)[:1]


def _weeks(number: int, today: date) -> tuple[Span, ...]:
    """The ISO weeks of that number (ISO 8601), Monday to Sunday."""
    spans = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            spans.append(Span(date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7)))
        except ValueError:
            continue  # that year has no such week
    return tuple(spans)
