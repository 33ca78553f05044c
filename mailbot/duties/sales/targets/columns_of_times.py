"""A file of targets with a column for each time ("rep;2026-01;2026-02" or "Vertrieb;Jan;Feb"), told as one with a line
for each. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from mailbot.duties.sales.reports.spans import Span
from mailbot.duties.sales.targets.facts import Open
from mailbot.duties.sales.targets.times import span_in
from mailbot.records.importing.columns import FIELDS
from mailbot.records.importing.sheet import Line, Sheet
from mailbot.records.names import name_words

_PERIOD, _TARGET = "period", "target"
_SAID: Final = frozenset((*FIELDS["plan"][_PERIOD], *FIELDS["plan"][_TARGET]))


def line_by_line(sheet: Sheet, today: date) -> Sheet:
    """The sheet as it is, unless the heads of some of its columns are times and no other one holds a time or a target:
    then each cell below such a head is a line of its own, and an empty one is none."""
    times = [place for place, head in enumerate(sheet.headers) if _is_time(head, today)]
    others = [place for place in range(len(sheet.headers)) if place not in times]
    if not times or any(" ".join(name_words(sheet.headers[place])) in _SAID for place in others):
        return sheet
    lines = tuple(each for line in sheet.lines for each in _lines_of(line, times, others, sheet.headers))
    heads = (*(sheet.headers[place] for place in others), _PERIOD, _TARGET)
    return Sheet(sheet.charset, sheet.separator, heads, lines, sheet.rejected)


def _is_time(head: str, today: date) -> bool:
    """Whether a head says a time, be it one that may be that of this year or of the next."""
    found = span_in(head, today)
    return isinstance(found, Span) or found is Open.TWO_YEARS


def _lines_of(line: Line, times: list[int], others: list[int], heads: tuple[str, ...]) -> Iterator[Line]:
    kept = tuple(line.cells[place] for place in others)
    for place in times:
        if line.cells[place].strip():
            yield Line(line.number, (*kept, heads[place], line.cells[place]))
