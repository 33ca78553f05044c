"""The months and issues of the magazine that words name: "every odd issue", "May-Oct", "Jan, Mar and May"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from mailbot.duties.contracts.facts import Issue
from mailbot.sorting.months import IS_A_VERB_TOO, MONTH_OF

_MOST_MONTHS: Final = 120
_NAME: Final = r"(?:" + "|".join(sorted(MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_YEAR: Final = r"(?:\s?'?(?P<{0}>20[0-9]{{2}}))?"
_MONTH = re.compile(rf"\b(?P<name>{_NAME}){_YEAR.format('year')}", re.IGNORECASE)
_RANGE = re.compile(
    rf"\b(?P<first>{_NAME}){_YEAR.format('first_year')}\s?(?:-|–|—|to|until|through|thru|bis)\s?"
    rf"(?P<last>{_NAME}){_YEAR.format('last_year')}",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"\b{_NAME}(?:\s20[0-9]{{2}})?(?:(?:\s?[,/&+]\s?|\s(?:and|und)\s)(?:and\s|und\s)?{_NAME})+", re.IGNORECASE
)
_OF_MONTHS: Final = r"(?:issues?|months?|ausgaben?|hefte?|monate?)"
_ODD = re.compile(r"\b(?:odd|ungerade[nrs]?)\b", re.IGNORECASE)
_EVEN = re.compile(r"\b(?:even|gerade[nrs]?)\b", re.IGNORECASE)
_SECOND = re.compile(r"\b(?:(?:every|each) (?:other|second)|jede[rn]? zweite[nr]?)\b", re.IGNORECASE)
_EVERY = re.compile(rf"\b(?:every|each|all|jede[rn]?|allen?)\s(?:\w+\s)?{_OF_MONTHS}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Months:
    """The months of a contract, and the copy deadlines of the magazine by the first day of the month of an issue."""

    first: date
    last: date
    deadlines: Mapping[date, date]

    def issues_in(self, words: str) -> tuple[Issue, ...]:
        """The issues that these words name, the earliest first; () where they name none."""
        months = tuple(self.named_in(words))
        if not months:
            months = tuple(self._every(words))
        return tuple(Issue(month, self.deadlines.get(month)) for month in sorted(set(months)))

    def named_in(self, words: str) -> Iterator[date]:
        """The months that are named, one by one or as a range, of which those without an issue are left out."""
        rest = words
        for found in _RANGE.finditer(words):
            first = self.month(found["first"], found["first_year"] or found["last_year"])
            last = self.month(found["last"], found["last_year"], not_before=first)
            yield from (month for month in _from_to(first, last) if self._has_issue(month))
            rest = rest[: found.start()] + " " * (found.end() - found.start()) + rest[found.end() :]
        for found in _MONTH.finditer(rest):
            is_verb = found["name"].casefold().rstrip(".") in IS_A_VERB_TOO and not found["name"][0].isupper()
            if not is_verb:
                yield self.month(found["name"], found["year"])

    def _every(self, words: str) -> Iterator[date]:
        """Issues have the number of their month; "every other issue" begins with the first."""
        issues = [month for month in _from_to(self.first, self.last) if self._has_issue(month)]
        if _ODD.search(words):
            yield from (month for month in issues if month.month % 2 == 1)
        elif _EVEN.search(words):
            yield from (month for month in issues if month.month % 2 == 0)
        elif _SECOND.search(words):
            yield from issues[::2]
        elif _EVERY.search(words):
            yield from issues

    def _has_issue(self, month: date) -> bool:
        """Whether there is an issue of that month; nobody knows of those behind the last that is configured."""
        return not self.deadlines or month in self.deadlines or month > max(self.deadlines)

    def month(self, name: str, year: str | None, not_before: date | None = None) -> date:
        """The first day of the month; without a year, the first one in the time of the contract."""
        number = MONTH_OF[name.rstrip(".").casefold()]
        if year is not None:
            return date(int(year), number, 1)
        earliest = max(self.first.replace(day=1), not_before or date.min)
        month = date(earliest.year, number, 1)
        return month if month >= earliest else date(earliest.year + 1, number, 1)


def lists_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where several months stand in a row, parted by commas that end no clause."""
    return tuple(found.span() for found in _LIST.finditer(text))


def range_in(words: str, not_before: date) -> tuple[date, date] | None:
    """The first and the last day of a range of months: "Jan-Dec 2026"; None where there is none."""
    found = _RANGE.search(words)
    if found is None:
        return None
    months = Months(not_before, date.max, {})
    first = months.month(found["first"], found["first_year"] or found["last_year"])
    last = months.month(found["last"], found["last_year"], not_before=first)
    return (first, _last_of(last)) if first <= last else None


def _from_to(first: date, last: date) -> Iterator[date]:
    """The first days of the months between the two, ten years of them at most."""
    for number in range(_MOST_MONTHS):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        if (year, month + 1) > (last.year, last.month):
            return
        yield date(year, month + 1, 1)


def _last_of(month: date) -> date:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
