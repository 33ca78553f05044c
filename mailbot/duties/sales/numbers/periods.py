"""The time that a line of a mail speaks of: weeks, days, months, quarters, in English and German.

Weeks are ISO weeks (ISO 8601), Monday to Sunday. A period that is named but cannot be placed has no days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from mailbot.clock import local_date
from mailbot.duties.sales.money.numerals import Habit
from mailbot.sorting.months import IS_A_VERB_TOO, MONTH_OF


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a figure counts for, the first and the last: a week, a month, a quarter."""

    first: date
    last: date

    def counting_day(self, said_on: date, day: date | None = None) -> date:
        """The one day whose week, month and quarter a figure of this period counts for.

        That is the day which the mail gives for it, else the day it was written; the last day of the period where
        that day lies outside.
        """
        counts_on = day or said_on
        return counts_on if self.first <= counts_on <= self.last else self.last


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Week:
        """The week a day lies in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @property
    def first(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a time, where they stand, and its first and last day; `week` where it was named as a week."""

    start: int
    end: int
    first: date | None
    last: date | None
    week: Week | None = None

    def lies_in(self, week: Week, today: date) -> bool:
        """Whether it is that week, or a day of it that has come."""
        if self.first is None or self.last is None:
            return False
        if self.week is not None:
            return self.week == week
        return week.first <= self.first and self.last <= min(week.last, today)


FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2100


def day_of(moment: datetime | None, zone: ZoneInfo) -> date | None:
    """The day on which a mail was written, in the zone of the desk; None where its Date is nobody's clock."""
    if moment is None or not FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return local_date(moment, zone)


_MONTH: Final = "(" + "|".join(sorted(MONTH_OF, key=len, reverse=True)) + r")\b\.?"

_WEEK = re.compile(r"\b(?:kw|week|wk|woche|kalenderwoche)[ .#]{0,2}([0-9]{1,2})\b(?![.,]?[0-9])", re.IGNORECASE)
_ISO_DAY = re.compile(r"(?<![0-9-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_POINTED = re.compile(r"(?<![0-9.,])([0-9]{1,2})\.([0-9]{1,2})\.((?:20)?[0-9]{2}(?![0-9.,]))?")
_SLASHED = re.compile(r"(?<![0-9/])([0-9]{1,2})/([0-9]{1,2})(?:/((?:20)?[0-9]{2}))?(?![0-9/])")
_DAY_MONTH = re.compile(
    r"(?<![0-9.,])([0-9]{1,2})(?:\.|st|nd|rd|th)?[ \u00a0]{1,2}(?:of )?" + _MONTH + r"(?:,? (20[0-9]{2})\b)?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"\b" + _MONTH + r"[ \u00a0]([0-9]{1,2})(?:st|nd|rd|th)?\b(?![.,'][0-9]|[ \u00a0]?[€$£%])(?:,? (20[0-9]{2})\b)?",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(r"\b" + _MONTH, re.IGNORECASE)
_BY_WEEKS: Final = (
    (re.compile(r"\b(?:next week|n(?:ä|ae)chste[rn]? woche|kommende[rn]? woche)\b", re.IGNORECASE), 1),
    (
        re.compile(
            r"\b(?:last week|letzte[rn]? woche|vorige[rn]? woche|vergangene[rn]? woche|vorwoche)\b", re.IGNORECASE
        ),
        -1,
    ),
)
_YESTERDAY = re.compile(r"\b(?:yesterday|gestern)\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:(?:last|next|previous) (?:month|quarter|year)|vormonat|vorjahr|q[1-4]|[1-4]\. ?quartal|tomorrow|week before"
    r"|(?:letzte[nrs]?|n(?:ä|ae)chste[nrs]?|vorige[nrs]?|kommende[nrs]?) (?:monat|quartal|jahr)s?)\b",
    re.IGNORECASE,
)


def mentions(text: str, habit: Habit, today: date) -> tuple[Mention, ...]:
    """Every time that the text names, in its order. `today` is the day on which it was written."""
    found: list[Mention] = []
    for mention in _all(text, habit, today):
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _all(text: str, habit: Habit, today: date) -> Iterator[Mention]:
    """The most telling first: what stands inside words that were read already is left out by the caller."""
    yield from _weeks(text, today)
    yield from _days(text, habit, today)
    for pattern, weeks in _BY_WEEKS:
        for match in pattern.finditer(text):
            week = Week.of(today + timedelta(weeks=weeks))
            yield Mention(match.start(), match.end(), week.first, week.last, week)
    for match in _YESTERDAY.finditer(text):
        yield Mention(match.start(), match.end(), today - timedelta(days=1), today - timedelta(days=1))
    for match in _MONTH_ALONE.finditer(text):
        if match[1].casefold() not in IS_A_VERB_TOO or match[1][0].isupper():
            yield _month(match, MONTH_OF[match[1].casefold()], today)
    for match in _VAGUE.finditer(text):
        yield Mention(match.start(), match.end(), None, None)


def _weeks(text: str, today: date) -> Iterator[Mention]:
    for match in _WEEK.finditer(text):
        week = _nearest_week(int(match[1]), today)
        if week is None:
            yield Mention(match.start(), match.end(), None, None)
        else:
            yield Mention(match.start(), match.end(), week.first, week.last, week)


def _nearest_week(number: int, today: date) -> Week | None:
    """The week of that number that lies nearest to today: in January, week 52 is that of last year."""
    weeks = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            weeks.append(Week.of(date.fromisocalendar(year, number, 1)))
        except ValueError:
            continue  # that year has no such week
    return min(weeks, key=lambda week: abs(week.first - today), default=None)


def _days(text: str, habit: Habit, today: date) -> Iterator[Mention]:
    for match in _ISO_DAY.finditer(text):
        yield from _day(match, int(match[3]), int(match[2]), match[1], today)
    for match in _POINTED.finditer(text):
        if match[3] or habit.writes_points_in_dates:
            yield from _day(match, int(match[1]), int(match[2]), match[3], today)
    for match in _DAY_MONTH.finditer(text):
        yield from _day(match, int(match[1]), MONTH_OF[match[2].casefold()], match[3], today)
    for match in _MONTH_DAY.finditer(text):
        yield from _day(match, int(match[2]), MONTH_OF[match[1].casefold()], match[3], today)
    for match in _SLASHED.finditer(text):
        first, second = int(match[1]), int(match[2])
        if match[3] or not _is_fraction(first, second):
            day, month = (first, second) if habit.writes_points_in_dates else (second, first)
            yield from _day(match, day, month, match[3], today)


def _day(match: re.Match[str], day: int, month: int, year: str | None, today: date) -> Iterator[Mention]:
    """The day that was named; without a year, the nearest one. Nothing where there is no such day."""
    years = (today.year - 1, today.year, today.year + 1) if year is None else (int(year[-2:]) + 2000,)
    days = [date(each, month, day) for each in years if 1 <= month <= 12 and 1 <= day <= monthrange(each, month)[1]]
    if days:
        nearest = min(days, key=lambda each: abs(each - today))
        yield Mention(match.start(), match.end(), nearest, nearest)


def _month(match: re.Match[str], month: int, today: date) -> Mention:
    year = min((today.year - 1, today.year, today.year + 1), key=lambda each: abs(date(each, month, 15) - today))
    return Mention(match.start(), match.end(), date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _is_fraction(first: int, second: int) -> bool:
    """1/2, 1/4, 2/3, 3/4 … of a page."""
    return (first, second) in {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 6), (1, 8)}
