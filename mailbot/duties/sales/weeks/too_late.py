"""Which lines of a mail came too late: they are clear, but the month that they count for is closed. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import ClearLine, Numbers, UnclearLine
from mailbot.duties.sales.facts.particulars import Particulars
from mailbot.duties.sales.numbers.periods import Period
from mailbot.duties.sales.weeks.closings import Closings, month_of
from mailbot.letters.model import Language
from mailbot.sorting.days import mentions


def with_late_lines(facts: Numbers, subject: str, closings: Closings, written_in: Language) -> Numbers:
    """The same mail, in which every line for a closed month is late instead of booked, or of another period.

    Nothing is late that names two months, or none.
    """
    said_on = facts.said_on
    if said_on is None or not closings.months:
        return facts
    late = [(line, when) for line in facts.lines if (when := _of_clear(line, facts, said_on, closings))]
    kept = tuple(line for line in facts.lines if line not in [each for each, _ in late])
    unclear = tuple(_judged(line, subject, said_on, closings, written_in) for line in facts.unclear)
    return replace(facts, lines=kept, unclear=(*(_late(line, when) for line, when in late), *unclear))


def _of_clear(line: ClearLine, facts: Numbers, said_on: date, closings: Closings) -> Particulars | None:
    """When a clear line counts, where that is in a closed month: by the mail's own week, or by what the line says."""
    period = line.said.period or (facts.week.period if facts.week else None)
    if period is None or closings.closed_at(period.counting_day(said_on, line.said.day)) is None:
        return None
    return replace(line.said, period=period)


def _late(line: ClearLine, when: Particulars) -> UnclearLine:
    return UnclearLine(
        line.evidence, Doubt.LATE, name=line.client.name, price=line.price, client=line.client, said=when
    )


def _judged(line: UnclearLine, subject: str, said_on: date, closings: Closings, written_in: Language) -> UnclearLine:
    """A line of another period, if nothing else is in doubt, by the month that it or the subject names."""
    if line.doubt is not Doubt.OTHER_PERIOD or line.client is None or line.price is None:
        return line
    when = _named(line, subject, said_on, written_in)
    if when is None or when.period is None or closings.closed_at(when.period.last) is None:
        return line
    return replace(line, doubt=Doubt.LATE, said=when)


def _named(line: UnclearLine, subject: str, said_on: date, written_in: Language) -> Particulars | None:
    """The day and the month that the line names, or the subject for it; None where they name more than one month."""
    if line.said.period is not None or line.said.day is not None:
        return replace(line.said, period=line.said.period or month_of(line.said.day or said_on))
    spans = [
        each.gone(said_on) for text in (line.evidence.words, subject) for each in mentions(text, written_in, said_on)
    ]
    months: set[Period] = {month_of(day) for span in spans for day in (span.first, span.last)}
    days = {span.first for span in spans if span.first == span.last}
    if len(months) != 1 or len(days) > 1:
        return None
    return replace(line.said, day=next(iter(days), None), period=months.pop())
