"""The numbered points of a change, as its letter lists them and as an answer names them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mailbot.duties.contracts.changes.facts import ChangeReading, NewValue
from mailbot.duties.contracts.facts import Doubt
from mailbot.records.contracts.cards import ContractCard
from mailbot.records.contracts.tables import EventKind


@dataclass(frozen=True, slots=True)
class Point:
    """One of them. `place` is which of the lines it is, from 0; 0 for all others."""

    number: int
    kind: Literal["end", "value", "line"]
    place: int = 0
    doubt: Doubt | None = None


def points_of(reading: ChangeReading, contract: ContractCard) -> tuple[Point, ...]:
    """The last day, where it changes; what the contract is worth; then each thing that changes."""
    kinds = list(_kinds(reading, contract))
    return tuple(Point(number, *each) for number, each in enumerate(kinds, start=1))


def lacks(reading: ChangeReading, contract: ContractCard) -> tuple[Point, ...]:
    """What has to be said before it can hold."""
    return tuple(point for point in points_of(reading, contract) if point.doubt is not None)


def _kinds(
    reading: ChangeReading, contract: ContractCard
) -> Iterator[tuple[Literal["end", "value", "line"], int, Doubt | None]]:
    if reading.kind is EventKind.CANCELLED or reading.ends_on is not None:
        yield "end", 0, _doubt_of_end(reading, contract)
    yield "value", 0, _doubt_of_value(reading, contract)
    for place, line in enumerate(reading.lines):
        yield "line", place, line.doubt


def _doubt_of_end(reading: ChangeReading, contract: ContractCard) -> Doubt | None:
    if reading.ends_on is None:
        return Doubt.SEVERAL
    return Doubt.OVER if reading.ends_on < contract.starts_on else None


def _doubt_of_value(reading: ChangeReading, contract: ContractCard) -> Doubt | None:
    value: NewValue | None = reading.value
    if value is None:
        return Doubt.MISSING if reading.kind is EventKind.REFUNDED else None
    if reading.kind is EventKind.REFUNDED:
        return None if value.amount is not None else Doubt.SEVERAL
    after = value.after(contract.value)
    if after is None:
        return Doubt.SEVERAL
    return Doubt.OVER if after < 0 else None
