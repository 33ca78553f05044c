"""Lines that are nothing but a period, and head what stands below them: "KW 45", "last week", "week ending 9 Nov"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from mailbot.duties.sales.numbers.periods import Mention, Week
from mailbot.duties.sales.numbers.phrases import ABOUT_NUMBERS, BESIDE_A_NAME, words_of
from mailbot.duties.sales.numbers.statement import Statement

_THIS_WEEK: Final = re.compile(
    r"\b(?:(?:this|the current) week|(?:diese|laufende|aktuelle)[rn]? woche)\b", re.IGNORECASE
)
_WEEK_OF_A_DAY: Final = re.compile(
    r"\b(?:week\s(?:ending|ended|commencing|beginning|starting|of|to)|w/[ec]|woche\s(?:vom|bis|ab|zum))", re.IGNORECASE
)
_MOST_WORDS: Final = 6  # beside the period
_BESIDE: Final = (
    BESIDE_A_NAME
    | ABOUT_NUMBERS
    | frozenset(
        (
            *("in", "of", "to", "ending", "ended", "commencing", "beginning", "starting", "w", "e", "c", "month"),
            *("quarter", "only", "ab", "bis", "vom", "zum", "aus", "im", "in", "den", "dem", "des", "monat", "quartal"),
        )
    )
)


def periods_in_heading(line: str, times: Sequence[Mention], today: date) -> tuple[Mention, ...]:
    """The periods of a line that is nothing but these, with words that speak of sales in general; else none.

    A day alone is none: it may be the date of the mail.
    """
    now = _now(line, today)
    placed = tuple(_week_of(time, line) for time in times) or now
    if not placed or any(time.is_day for time in placed):
        return ()
    words = words_of(_without(line, placed))
    return placed if len(words) <= _MOST_WORDS and all(word in _BESIDE for word in words) else ()


def periods_before_colon(line: str, times: tuple[Mention, ...], today: date) -> tuple[Mention, ...]:
    """The times of a heading with other words in it; that of "this week" too, where it names no other."""
    return times or _now(line, today)


def with_this_week(line: str, times: tuple[Mention, ...], above: Sequence[Mention], today: date) -> tuple[Mention, ...]:
    """The times of a line with amounts; "this week" is one of them where another week is named on it or above it."""
    names_a_week = any(time.week is not None or time.is_now for time in (*times, *above))
    return (*times, *_now(line, today)) if names_a_week else times


def weeks_announced(periods: Sequence[Mention]) -> tuple[Mention, ...]:
    """This week, where it heads lines beside another period: then it is announced as that is."""
    if len({time.period for time in periods}) < 2:
        return ()
    return tuple(replace(time, week=Week.of(time.first)) for time in periods if time.is_now and time.first)


def put_in_place(
    found: Sequence[Statement], headings: Sequence[Mention], *, is_last_empty: bool
) -> tuple[tuple[Statement, ...], tuple[Mention, ...]]:
    """The statements with their periods, and the periods that head them, once the whole text is read.

    `is_last_empty`: nothing stands below the last heading. One period alone then speaks of all that stands above it.
    Of several, nobody knows whether they stand above their lines or below them: no line has one then. "This week" by
    itself says nothing that would not be taken anyway.
    """
    several = len({time.period for time in headings}) > 1
    if not several and headings and headings[-1].week is None and is_last_empty:
        return tuple(_with(each, headings[-1]) for each in found), tuple(headings)
    if several and is_last_empty:
        return tuple(_without_times(each, headings) for each in found), tuple(headings)
    if not several and all(time.is_now or time.is_day for each in found for time in each.times):
        return tuple(_without_this_week(each) for each in found), tuple(headings)
    return tuple(found), tuple(headings)


def _now(line: str, today: date) -> tuple[Mention, ...]:
    """ "This week": no week that a mail announces, for it is the one that is taken where nothing is said."""
    week = Week.of(today)
    return tuple(
        Mention(match.start(), match.end(), week.first, week.last, is_now=True) for match in _THIS_WEEK.finditer(line)
    )[:1]


def _week_of(time: Mention, line: str) -> Mention:
    """Of "week ending 9 Nov" the week, and of all others the time itself."""
    if not time.is_day or time.first is None or not _WEEK_OF_A_DAY.search(line):
        return time
    week = Week.of(time.first)
    return replace(time, first=week.first, last=week.last, week=week, coming=None)


def _without(line: str, times: Sequence[Mention]) -> str:
    for time in times:
        line = line[: time.start] + " " * (time.end - time.start) + line[time.end :]
    return line


def _with(statement: Statement, time: Mention) -> Statement:
    if any(not each.is_day for each in statement.times) or time.is_now:
        return statement
    return replace(statement, times=(*statement.times, time))


def _without_this_week(statement: Statement) -> Statement:
    now = [time for time in statement.times if time.is_now]
    return _without_times(statement, now) if now else statement


def _without_times(statement: Statement, times: Sequence[Mention]) -> Statement:
    return replace(statement, times=tuple(time for time in statement.times if time not in times))
