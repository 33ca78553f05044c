"""The numbered points of a reading, as a letter lists them and as an answer names them: "3 is May-Oct"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mailbot.duties.contracts.facts import ContractReading, Doubt, Promise, Renewal, Term
from mailbot.records.contracts.dates import months_before, notice_by

PointKind = Literal["term", "value", "promise", "renewal", "artwork"]


@dataclass(frozen=True, slots=True)
class Point:
    """One of them. `place` is which of the promises it is, from 0; 0 for all others."""

    number: int
    kind: PointKind
    place: int = 0
    doubt: Doubt | None = None


def points_of(reading: ContractReading) -> tuple[Point, ...]:
    """The time and the value first, then what is promised, then what happens at the end and who sends the artwork."""
    return tuple(_points(reading))


def _points(reading: ContractReading) -> Iterator[Point]:
    yield Point(1, "term", doubt=_doubt_of_term(reading.term))
    yield Point(2, "value", doubt=_doubt_of_value(reading))
    for place, promise in enumerate(reading.promises):
        yield Point(3 + place, "promise", place, _doubt_of_promise(promise))
    behind = 3 + len(reading.promises)
    yield Point(behind, "renewal")
    yield Point(behind + 1, "artwork")


def lacks(reading: ContractReading) -> tuple[Point, ...]:
    """What has to be said before it can be a contract: its time, and what it is worth."""
    return tuple(point for point in points_of(reading) if point.kind in ("term", "value") and point.doubt is not None)


def notice_days(renewal: Renewal, ends_on: date) -> int | None:
    """How many days before the end notice is to be given; months are counted by the calendar."""
    if renewal.months is not None:
        return (ends_on - months_before(ends_on, renewal.months)).days
    return renewal.days


def notice_on(renewal: Renewal | None, ends_on: date) -> date | None:
    """The last day to give notice, where it renews by itself."""
    if renewal is None or not renewal.renews:
        return None
    days = notice_days(renewal, ends_on)
    return None if days is None else notice_by(ends_on, days)


def heads_up_on(notice: date, days: int) -> date:
    """The day on which the rep is told that notice is near."""
    return notice - timedelta(days=days)


def _doubt_of_term(term: Term | None) -> Doubt | None:
    if term is None:
        return Doubt.MISSING
    return Doubt.OVER if term.ends_on < term.starts_on else None


def _doubt_of_value(reading: ContractReading) -> Doubt | None:
    if reading.value is None:
        return Doubt.MISSING
    return Doubt.SEVERAL if reading.value.amount is None else None


def _doubt_of_promise(promise: Promise) -> Doubt | None:
    if promise.issues and len(promise.issues) != promise.quantity:
        return Doubt.COUNT
    if any(issue.due_on is None for issue in promise.issues):
        return Doubt.DEADLINE
    return None
