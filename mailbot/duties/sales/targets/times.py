"""The time that a target is for: "Q4", "November 2026", "KW 46", "next quarter", "2026", "2026-11". Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.targets.facts import Open
from mailbot.sorting.months import MONTH_OF

_QUARTER: Final = r"q([1-4])|([1-4])\.?\s?(?:quartal|quarter)"
_KINDS: Final = {
    "week": SpanKind.WEEK, "woche": SpanKind.WEEK, "month": SpanKind.MONTH, "monat": SpanKind.MONTH,
    "quarter": SpanKind.QUARTER, "quartal": SpanKind.QUARTER, "year": SpanKind.YEAR, "jahr": SpanKind.YEAR,
}  # fmt: skip
TIME: Final = re.compile(
    rf"\b(?:(?:{_QUARTER})|(?P<month>{'|'.join(sorted(map(re.escape, MONTH_OF), key=len, reverse=True))})\.?"
    r"|(?:kw|week|wk|woche)\s?(?P<week>[0-9]{1,2}))(?:[\s/]{1,2}(?P<year>20[0-9]{2}))?(?![\w.,]?[0-9])(?!\w)"
    r"|\b(?P<which>next|this|current|nächste[nrs]?|diese[nrs]?|dieses|kommende[nrs]?|laufende[nrs]?)\s"
    rf"(?P<kind>{'|'.join(_KINDS)})(?!\w)"
    r"|\b(?P<alone>20[0-9]{2})(?![\w.,]?[0-9])(?!\s?(?:k|€|\$|eur|usd)\b)(?!\w)",
    re.IGNORECASE,
)
_NEXT: Final = ("next", "nächst", "kommend")
_ISO: Final = re.compile(
    r"(?P<year>20[0-9]{2})[-/ ]?(?:q(?P<quarter>[1-4])|(?:w|kw)\s?(?P<week>[0-9]{1,2})|(?P<month>[0-9]{1,2}))"
    r"|(?P<of_month>[0-9]{1,2})[./](?P<in_year>20[0-9]{2})",
    re.IGNORECASE,
)


def span_in(cell: str, today: date) -> Span | Open:
    """The time that the cell of a file says, and nothing else: "Q4 2025", "2025-Q4", "2025-11", "11/2025"."""
    bare = " ".join(cell.split())
    if found := _ISO.fullmatch(bare):
        year = int(found["year"] or found["in_year"])
        month = found["month"] or found["of_month"]
        if found["quarter"]:
            return Span.of(SpanKind.QUARTER, date(year, 3 * int(found["quarter"]) - 2, 1))
        if found["week"]:
            return _week(year, int(found["week"]))
        return Span.of(SpanKind.MONTH, date(year, int(month), 1)) if 1 <= int(month) <= 12 else Open.NO_SPAN
    whole = TIME.fullmatch(bare)
    return span_of(whole, today) if whole else Open.NO_SPAN


def span_of(match: re.Match[str], today: date) -> Span | Open:
    """The time that is named. Without a year it is this year's, if that is not over."""
    if match["which"]:
        return _relative(match, today)
    if match["alone"]:
        return _year(int(match["alone"]))
    span = _of_year(match, int(match["year"] or today.year))
    if isinstance(span, Span) and match["year"] is None and span.last < today:
        return Open.TWO_YEARS
    return span


def _relative(match: re.Match[str], today: date) -> Span:
    """ "this quarter", "next month"."""
    kind = _KINDS[match["kind"].casefold()]
    is_next = match["which"].casefold().startswith(_NEXT)
    if kind is SpanKind.YEAR:
        return _year(today.year + is_next)
    this = Span.of(kind, today)
    return Span.of(kind, this.last + timedelta(days=1)) if is_next else this


def _of_year(match: re.Match[str], year: int) -> Span | Open:
    if match["week"]:
        return _week(year, int(match["week"]))
    if match["month"]:
        return Span.of(SpanKind.MONTH, date(year, MONTH_OF[match["month"].casefold()], 1))
    return Span.of(SpanKind.QUARTER, date(year, 3 * int(match[1] or match[2]) - 2, 1))


def _week(year: int, number: int) -> Span | Open:
    try:
        return Span.of(SpanKind.WEEK, date.fromisocalendar(year, number, 1))
    except ValueError:  # that year has no such week
        return Open.NO_SPAN


def _year(year: int) -> Span:
    return Span(SpanKind.YEAR, date(year, 1, 1), date(year, 12, 31))
