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
from mailbot.money.numerals import Habit
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
    """Words that name a time, where they stand, and its first and last day; `week` where it was named as a week.

    Of a time that comes again and was named without its year or its week ("March", "on Tuesday"), `first` and `last`
    are those of the one that figures of sales mean, and `coming` is the next one, which an expectation means. `is_now`:
    it is the week of the day itself, "this week", in a heading.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    week: Week | None = None
    coming: Period | None = None
    is_now: bool = False

    @property
    def period(self) -> Period | None:
        """Its days; None where it could not be placed."""
        return None if self.first is None or self.last is None else Period(self.first, self.last)

    @property
    def ahead(self) -> Period | None:
        """Its days, where it is named of something that is still to come."""
        return self.coming or self.period

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last


FIRST_YEAR: Final = 1990  # nothing that is booked is older


def day_of(moment: datetime | None, zone: ZoneInfo) -> date | None:
    """The day on which a mail was written, in the zone of the desk; None where the mail does not say."""
    return local_date(moment, zone) if moment else None


_MONTH: Final = "(" + "|".join(sorted(MONTH_OF, key=len, reverse=True)) + r")\b\.?"

_WEEK = re.compile(
    r"\b(?:(?:kw|cw|wk)[ .#]{0,2}|(?:week|woche|kalenderwoche)[ #]{0,2})([0-9]{1,2})\b(?![.,]?[0-9])", re.IGNORECASE
)
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
_MONTH_ALONE = re.compile(r"\b" + _MONTH + r"(?:[ \u00a0](?P<year>20[0-9]{2})\b(?![.,'][0-9]))?", re.IGNORECASE)
_BY_WEEKS: Final = (
    (re.compile(r"\b(?:next week|n(?:ä|ae)chste[rn]? woche|kommende[rn]? woche)\b", re.IGNORECASE), 1),
    (
        re.compile(
            r"\b(?:last week|letzte[rn]? woche|vorige[rn]? woche|vergangene[rn]? woche|vorwoche)\b", re.IGNORECASE
        ),
        -1,
    ),
)
_BY_DAYS: Final = (
    (re.compile(r"\b(?:yesterday|gestern)\b", re.IGNORECASE), -1),
    (re.compile(r"\b(?:day before yesterday|vorgestern)\b", re.IGNORECASE), -2),
    (re.compile(r"\btomorrow\b", re.IGNORECASE), 1),
)
_WEEKDAY = re.compile(
    r"\b(?:(?:on|last|next|by|until|am|bis|letzten|n(?:ä|ae)chsten|kommenden) )"
    r"(mon(?:day|tag)?|tue(?:s|sday)?|dienstag|wed(?:nesday)?|mittwoch|thu(?:r|rs|rsday)?|donnerstag|fri(?:day)?|freitag"
    r"|sat(?:urday)?|samstag|sun(?:day)?|sonntag)\b",
    re.IGNORECASE,
)
_DAY_OF_THE_WEEK: Final = {
    "mon": 0,
    "tue": 1,
    "die": 1,
    "wed": 2,
    "mit": 2,
    "thu": 3,
    "don": 3,
    "fri": 4,
    "fre": 4,
    "sat": 5,
    "sam": 5,
    "sun": 6,
    "son": 6,
}
_QUARTER = re.compile(r"\b(?:q([1-4])|([1-4])\. ?quartal)\b(?:[ /]{0,2}(?:of )?(20[0-9]{2})\b)?", re.IGNORECASE)
_MONTHS_AWAY: Final = (
    (
        re.compile(r"\b(?:last|previous) month\b|\bvormonats?\b|\b(?:letzte|vorige)[nrs]? monats?\b", re.IGNORECASE),
        -1,
    ),
    (re.compile(r"\bnext month\b|\b(?:n(?:ä|ae)chste|kommende)[nrs]? monats?\b", re.IGNORECASE), 1),
)
_QUARTERS_AWAY: Final = (
    (re.compile(r"\b(?:last|previous) quarter\b|\b(?:letzte|vorige)[nrs]? quartals?\b", re.IGNORECASE), -1),
    (re.compile(r"\bnext quarter\b|\b(?:n(?:ä|ae)chste|kommende)[nrs]? quartals?\b", re.IGNORECASE), 1),
)
_VAGUE = re.compile(
    r"\b(?:(?:last|next|previous) year|vorjahr|week before"
    r"|(?:letzte[nrs]?|n(?:ä|ae)chste[nrs]?|vorige[nrs]?|kommende[nrs]?) jahre?s?)\b",
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
    yield from _days_beside_today(text, today)
    for match in _MONTH_ALONE.finditer(text):
        if match[1].casefold() not in IS_A_VERB_TOO or match[1][0].isupper():
            yield _month(match, MONTH_OF[match[1].casefold()], today)
    yield from _quarters(text, today)
    for pattern, away in _MONTHS_AWAY:
        for match in pattern.finditer(text):
            yield _placed(match, _months_of(today, away, 1))
    for match in _VAGUE.finditer(text):
        yield Mention(match.start(), match.end(), None, None)


def _days_beside_today(text: str, today: date) -> Iterator[Mention]:
    for pattern, days in _BY_DAYS:
        for match in pattern.finditer(text):
            day = today + timedelta(days=days)
            yield Mention(match.start(), match.end(), day, day)
    for match in _WEEKDAY.finditer(text):
        yield _weekday(match, today)


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


def _weekday(match: re.Match[str], today: date) -> Mention:
    """The last such day up to today, and the next one."""
    wanted = _DAY_OF_THE_WEEK[match[1][:3].casefold()]
    last = today - timedelta(days=(today.weekday() - wanted) % 7)
    coming = last + timedelta(days=7)
    return Mention(match.start(), match.end(), last, last, coming=Period(coming, coming))


def _month(match: re.Match[str], month: int, today: date) -> Mention:
    """The month of that name: of the year that is written, else the nearest one; and the next one."""
    written = match.groupdict().get("year")
    if written:
        return _placed(match, _months(int(written), month, 1))
    year = min((today.year - 1, today.year, today.year + 1), key=lambda each: abs(date(each, month, 15) - today))
    coming = today.year if (today.month <= month) else today.year + 1
    return _placed(match, _months(year, month, 1), _months(coming, month, 1))


def _quarters(text: str, today: date) -> Iterator[Mention]:
    """Quarters by their number, of the year that is written or the last that has begun; and those beside today's."""
    now = (today.month - 1) // 3 + 1
    for match in _QUARTER.finditer(text):
        number = int(match[1] or match[2])
        if match[3]:
            yield _placed(match, _months(int(match[3]), 3 * number - 2, 3))
        else:
            begun, coming = today.year - (number > now), today.year + (number < now)
            yield _placed(match, _months(begun, 3 * number - 2, 3), _months(coming, 3 * number - 2, 3))
    for pattern, away in _QUARTERS_AWAY:
        for match in pattern.finditer(text):
            yield _placed(match, _months_of(today.replace(month=3 * now - 2, day=1), 3 * away, 3))


def _placed(match: re.Match[str], period: Period, coming: Period | None = None) -> Mention:
    return Mention(match.start(), match.end(), period.first, period.last, coming=coming)


def _months_of(day: date, away: int, length: int) -> Period:
    """`length` months, from the one that lies `away` months from that of the day."""
    year, month = divmod(day.year * 12 + day.month - 1 + away, 12)
    return _months(year, month + 1, length)


def _months(year: int, month: int, length: int) -> Period:
    last = month + length - 1
    return Period(date(year, month, 1), date(year, last, monthrange(year, last)[1]))


def _is_fraction(first: int, second: int) -> bool:
    """1/2, 1/4, 2/3, 3/4 … of a page; 1/1 is a whole one, 2/1 are two."""
    return (first, second) in {(1, 1), (2, 1), (1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 6), (1, 8)}
