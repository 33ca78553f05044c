"""The words in which people name a span and a report: "q3 by product", "tom october", "kw 44 nach Kunde". Pure.

Every word has to be understood: with one that is not, it is no order, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mailbot.duties.sales.reports.facts import By
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.sorting.months import MONTH_OF

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_MOST_WORDS: Final = 12
_LONGEST: Final = 120  # characters
_OPENINGS: Final = frozenset(("report", "bericht", "figures", "zahlen"))
_BY: Final = frozenset(("by", "per", "nach", "je", "pro"))
_DIMENSIONS: Final[Mapping[str, By]] = {
    word: by
    for by, words in (
        (By.REP, ("rep", "reps", "person", "vertrieb", "vertriebler", "verkäufer", "mitarbeiter")),
        (By.CLIENT, ("client", "clients", "customer", "customers", "kunde", "kunden")),
        (By.PRODUCT, ("product", "products", "produkt", "produkten", "produkte")),
        (By.STAGE, ("stage", "stages", "stufe", "stand", "status", "phase")),
    )
    for word in words
}
_FILLERS: Final = frozenset(
    ("the", "for", "of", "in", "please", "pls", "bitte", "für", "fuer", "vom", "von", "den", "das", "die", "im", "für",
     "thanks", "thx", "danke", "a", "send", "me", "schick", "mir", "hi", "hello", "hallo")
)  # fmt: skip
_THIS, _LAST = (
    ("this", "diese", "dieser", "dieses", "diesen", "current", "aktuelle"),
    ("last", "letzte", "letzter", "letztes", "letzten", "previous", "vorige", "voriger", "voriges"),
)
_ACCURACY: Final = frozenset(
    ("accuracy", "genauigkeit", "prognosegüte", "prognosegenauigkeit", "treffsicherheit", "trefferquote")
)
_OF_FORECASTS: Final = frozenset(
    ("forecast", "forecasts", "prognose", "prognosen", "erwartung", "erwartungen", "der", "unserer", "our")
)
_KINDS: Final[Mapping[str, SpanKind]] = {
    "week": SpanKind.WEEK, "woche": SpanKind.WEEK,
    "month": SpanKind.MONTH, "monat": SpanKind.MONTH,
    "quarter": SpanKind.QUARTER, "quartal": SpanKind.QUARTER,
    "year": SpanKind.YEAR, "jahr": SpanKind.YEAR,
}  # fmt: skip
_SHORT: Final[Mapping[str, tuple[SpanKind, int]]] = {
    "ytd": (SpanKind.YEAR, 0),
    "vorwoche": (SpanKind.WEEK, -1),
    "vormonat": (SpanKind.MONTH, -1),
    "vorquartal": (SpanKind.QUARTER, -1),
    "vorjahr": (SpanKind.YEAR, -1),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the words ask for: the span and the rows, None where they do not say; and the words that may be a name.

    `judges`: they ask what became of forecasts."""

    span: Span | None
    by: By | None
    names: tuple[str, ...]
    judges: bool = False


def asked_for(text: str, today: date, *, opened: bool = True) -> Asked | None:
    """The report that a text asks for, and nothing else; None where it says anything more. Without a year, the last
    span of that name that has begun is meant. `opened`: it has to begin with the word "report"."""
    words = _WORD.findall(text.casefold())
    if len(text) > _LONGEST or len(words) > _MOST_WORDS or re.search(r"[0-9][.,][0-9]|[@€$£%?]", text):
        return None
    words = [word for word in words if word not in _FILLERS]
    if opened:
        if not words or words[0] not in _OPENINGS:
            return None
        words = words[1:]
    return _Reader(today).read(words)


class _Reader:
    """Goes through the words from left to right; each way of naming something takes its words, or leaves them."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._span: Span | None = None
        self._by: By | None = None
        self._names: list[str] = []
        self._judges = False

    def read(self, words: Sequence[str]) -> Asked | None:
        place = 0
        while place < len(words):
            rest = words[place:]
            taken = next((taken for way in self._ways if (taken := way(self, rest))), 0)
            if not taken:
                return None
            place += taken
        return Asked(self._span, self._by, tuple(self._names), self._judges)

    def _dimension(self, words: Sequence[str]) -> int:
        if words[0] not in _BY or len(words) < 2 or words[1] not in _DIMENSIONS or self._by is not None:
            return 0
        self._by = _DIMENSIONS[words[1]]
        return 2

    def _accuracy(self, words: Sequence[str]) -> int:
        """accuracy, forecast accuracy, Prognosegüte, Treffsicherheit der Prognosen."""
        taken = next((place for place, word in enumerate(words[:4], 1) if word not in _OF_FORECASTS), 0)
        if self._judges or not taken or words[taken - 1] not in _ACCURACY:
            return 0
        self._judges = True
        rest = words[taken:]
        return taken + next((place for place, word in enumerate(rest) if word not in _OF_FORECASTS), len(rest))

    def _numbered_week(self, words: Sequence[str]) -> int:
        """week 44, kw 44 2024, w44."""
        joined = re.fullmatch(r"(?:kw|w|wk|week|woche)([0-9]{1,2})?", words[0])
        if joined is None:
            return 0
        digits, taken = (joined[1], 1) if joined[1] else (words[1] if len(words) > 1 else "", 2)
        if not re.fullmatch(r"[0-9]{1,2}", digits):
            return 0
        year = self._year(words[taken:])
        week = self._week(int(digits), year)
        return self._is(week, taken + (year is not None)) if week else 0

    def _quarter(self, words: Sequence[str]) -> int:
        """q3, q3 2024, 3 quartal."""
        found = re.fullmatch(r"q([1-4])", words[0]) or (
            re.fullmatch(r"([1-4])(?:st|nd|rd|th)?", words[0])
            if words[1:2] and words[1] in ("quarter", "quartal")
            else None
        )
        if found is None:
            return 0
        taken = 1 if words[0].startswith("q") else 2
        year = self._year(words[taken:])
        month = 3 * int(found[1]) - 2
        return self._is(self._begun(SpanKind.QUARTER, month, year), taken + (year is not None))

    def _month(self, words: Sequence[str]) -> int:
        """october, okt 2024."""
        month = MONTH_OF.get(words[0])
        if month is None:
            return 0
        year = self._year(words[1:])
        return self._is(self._begun(SpanKind.MONTH, month, year), 1 + (year is not None))

    def _relative(self, words: Sequence[str]) -> int:
        """this week, letzter Monat, ytd, vormonat."""
        if words[0] in _SHORT:
            kind, steps = _SHORT[words[0]]
            return self._is(self._stepped(kind, steps), 1)
        if len(words) > 1 and words[0] in (*_THIS, *_LAST) and words[1] in _KINDS:
            return self._is(self._stepped(_KINDS[words[1]], -1 if words[0] in _LAST else 0), 2)
        return self._is(self._stepped(_KINDS[words[0]], 0), 1) if words[0] in _KINDS else 0

    def _whole_year(self, words: Sequence[str]) -> int:
        year = self._year(words)
        if year is None or year > self._today.year:
            return 0
        last = self._today if year == self._today.year else date(year, 12, 31)
        return self._is(Span.of(SpanKind.YEAR, last), 1)

    def _name(self, words: Sequence[str]) -> int:
        if len(self._names) >= 3 or any(sign.isdigit() for sign in words[0]):
            return 0
        self._names.append(words[0])
        return 1

    _ways: Final[Sequence[Callable[[_Reader, Sequence[str]], int]]] = (
        _dimension, _accuracy, _numbered_week, _quarter, _month, _relative, _whole_year, _name,
    )  # fmt: skip

    def _is(self, span: Span, taken: int) -> int:
        """The span, if it is the first that is named."""
        if self._span is not None:
            return 0
        self._span = span
        return taken

    def _year(self, words: Sequence[str]) -> int | None:
        return int(words[0]) if words and re.fullmatch(r"20[0-9]{2}", words[0]) else None

    def _week(self, number: int, year: int | None) -> Span | None:
        """The week of that number; without a year, the last one that has begun."""
        years = (self._today.isocalendar().year, self._today.isocalendar().year - 1) if year is None else (year,)
        for each in years:
            try:
                first = date.fromisocalendar(each, number, 1)
            except ValueError:
                continue  # that year has no such week
            if year is not None or first <= self._today:
                return Span.of(SpanKind.WEEK, first)
        return None

    def _begun(self, kind: SpanKind, month: int, year: int | None) -> Span:
        """The month, or the quarter of a month; without a year, the last one that has begun."""
        if year is None:
            year = self._today.year - (month > self._today.month)
        return Span.of(kind, date(year, month, 1))

    def _stepped(self, kind: SpanKind, steps: int) -> Span:
        span = Span.of(kind, self._today)
        if not steps:
            return span
        if kind is SpanKind.YEAR:
            return Span.of(kind, date(self._today.year - 1, 12, 31))
        return Span.of(kind, span.first - timedelta(days=1))
