"""A contract is cancelled: its last day, and what falls away with it. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from mailbot.duties.contracts.changes.facts import ChangeReading, Deed, Line
from mailbot.duties.contracts.changes.worth import values_in
from mailbot.duties.contracts.intake.reading import Reader
from mailbot.records.contracts.cards import ContractCard, DeliverableCard
from mailbot.records.contracts.dates import last_day
from mailbot.records.contracts.tables import DeliverableState, EventKind, Use
from mailbot.sorting.days import Mention, mentions

_END = re.compile(
    r"\b(?:ends?|ending|effective|as of|until|per|zum|bis|endet|mit ablauf(?: des)?)\s(?:on |the |am |zum |des )?$",
    re.IGNORECASE,
)
_LOOK_BACK: Final = 24


def cancellation(words: str, contract: ContractCard, reader: Reader) -> ChangeReading:
    """The day on which it ends, and what comes of what was to be delivered later.

    Where nothing is said of the day, it is the last one of the contract. Where notice could no longer be given, nobody
    but a person can say when it ends.
    """
    end = _end_in(words, reader)
    ends_on = end.coming(reader.signed_on).last if end else contract.ends_on
    end_words = words[end.start : end.end] if end else ""
    said = values_in(words, contract, reader)
    if is_late(contract, reader.signed_on, ends_on):
        return ChangeReading(
            EventKind.CANCELLED, value=said, end_words=end_words, late_ends=(ends_on, next_end(contract))
        )
    return ended(ChangeReading(EventKind.CANCELLED, value=said, end_words=end_words), contract, ends_on)


def is_late(contract: ContractCard, said_on: date, ends_on: date) -> bool:
    """Whether it renews by itself, and notice for that end could no longer be given."""
    return (
        contract.renews
        and contract.notice_on is not None
        and said_on > contract.notice_on
        and ends_on <= contract.ends_on
    )


def next_end(contract: ContractCard) -> date:
    """Its last day after it has renewed by itself for as long as it was."""
    after = contract.ends_on + timedelta(days=1)
    months = (after.year - contract.starts_on.year) * 12 + after.month - contract.starts_on.month
    return last_day(after, max(months, 1))


def ended(reading: ChangeReading, contract: ContractCard, ends_on: date) -> ChangeReading:
    """The reading with that last day, and with all that falls away by it."""
    lines = tuple(_lines(contract, ends_on))
    return ChangeReading(
        kind=reading.kind,
        value=reading.value,
        ends_on=ends_on,
        end_words=reading.end_words,
        lines=lines,
        unread=reading.unread,
    )


def _lines(contract: ContractCard, ends_on: date) -> Iterator[Line]:
    """What comes later is dropped; what runs longer runs until then. What was delivered or used stays."""
    parts: dict[tuple[int, Deed], list[DeliverableCard]] = defaultdict(list)
    for row in contract.deliverables:
        deed = _deed(row, ends_on)
        if deed is not None:
            parts[row.position, deed].append(row)
    for (_, deed), rows in parts.items():
        keys = tuple(row.id for row in rows)
        yield Line(deed, "", rows[0].words, rows=keys, ends_on=ends_on if deed is Deed.MOVE else None)


def _deed(row: DeliverableCard, ends_on: date) -> Deed | None:
    if row.state is DeliverableState.DROPPED or row.use is Use.USED:
        return None
    days = [day for day in (row.starts_on, row.due_on) if day is not None]
    if row.state is not DeliverableState.DELIVERED and days and max(days) > ends_on:
        return Deed.DROP
    return Deed.MOVE if row.ends_on is not None and row.ends_on > ends_on else None


def _end_in(words: str, reader: Reader) -> Mention | None:
    """The day that is called the end, or the only one there is."""
    named = [each for each in mentions(words, reader.language, reader.signed_on) if not each.is_loose]
    ends = [each for each in named if _END.search(words, max(each.start - _LOOK_BACK, 0), each.start)]
    return ends[0] if ends else named[0] if len(named) == 1 else None
