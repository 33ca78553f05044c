"""What was sold day by day: read once for all the spans that a report is compared with, however they overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from mailbot.duties.sales.reports import ledger
from mailbot.duties.sales.reports.ledger import DaySum, Sum
from mailbot.duties.sales.reports.spans import Span


@dataclass(frozen=True, slots=True)
class Days:
    """The sums of single days, in their order."""

    sums: tuple[DaySum, ...]

    @classmethod
    def of(cls, session: Session, spans: Iterable[Span], rep_id: int | None) -> Days:
        """Every day that lies in one of the spans; of one rep, or of the team."""
        found = (ledger.by_day(session, first, last, rep_id) for first, last in _stretches(spans))
        return cls(tuple(each for sums in found for each in sums))

    def within(self, span: Span) -> tuple[Sum, ...]:
        """What the days of a span add up to, for each month and currency. The span is one of those that were read."""
        amounts: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
        lines: dict[tuple[date, str], int] = defaultdict(int)
        for each in self.sums:
            if span.holds(each.day):
                key = each.day.replace(day=1), each.currency
                amounts[key] += each.amount
                lines[key] += each.lines
        return tuple(
            Sum(None, month, currency, amounts[month, currency], count) for (month, currency), count in lines.items()
        )


def _stretches(spans: Iterable[Span]) -> Iterator[tuple[date, date]]:
    """The first and last days of what the spans cover together, each day once."""
    first: date | None = None
    last = date.min
    for span in sorted(spans, key=lambda each: each.first):
        if first is None or span.first > last + timedelta(days=1):
            if first is not None:
                yield first, last
            first, last = span.first, span.last
        last = max(last, span.last)
    if first is not None:
        yield first, last
