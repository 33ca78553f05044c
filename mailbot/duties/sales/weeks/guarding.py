"""Which answers would change a month that is closed: a person reads them, and nothing is changed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mailbot.duties.sales.facts.answers import ClientAnswer, Corrections, InHalves, NewClient, ResendAnswer
from mailbot.duties.sales.facts.cards import EntryCard, PendingCard
from mailbot.duties.sales.talks.offered import OfferAnswer
from mailbot.duties.sales.weeks.closings import Closings


def touches_closed_month(facts: object, closings: Closings) -> bool:
    """Whether a correction changes an entry of a closed month, or an answer places a waiting line into one."""
    return any(closings.closed_at(day) is not None for day in _days(facts))


def _days(facts: object) -> Iterator[date]:
    match facts:
        case Corrections():
            for change in facts.changes:
                yield day_of_entry(change.entry)
                if change.period is not None:
                    yield change.period.counting_day(change.entry.said_on, change.day)
        case ClientAnswer() if facts.chosen is not None:
            yield day_of_waiting(facts.pending)
        case OfferAnswer():
            yield facts.sale.said_on
        case NewClient() | InHalves():
            yield day_of_waiting(facts.pending)
        case ResendAnswer():
            yield day_of_waiting(facts.pending)
            if facts.earlier is not None:
                yield day_of_entry(facts.earlier)


def day_of_entry(entry: EntryCard) -> date:
    """The day whose month an entry counts for."""
    return entry.counts_on or entry.week.period.counting_day(entry.said_on)


def day_of_waiting(line: PendingCard) -> date:
    """The day whose month a waiting line would count for."""
    return line.counts_on or line.week.period.counting_day(line.said_on)
