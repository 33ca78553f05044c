"""The answer to a change that was read: "2 is 30 June", "1 is 16,600", "drop 3", "keep 4". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mailbot.duties.contracts.changes.amending import amendment
from mailbot.duties.contracts.changes.ending import ended
from mailbot.duties.contracts.changes.facts import ChangeCard, ChangeReading, Deed, Line, NewValue
from mailbot.duties.contracts.changes.points import Point, points_of
from mailbot.duties.contracts.changes.worth import figures_in
from mailbot.duties.contracts.facts import Doubt
from mailbot.duties.contracts.intake.correcting import CHANGES, DROPS, lines_in
from mailbot.duties.contracts.intake.reading import Reader
from mailbot.errors import OurBug
from mailbot.records.contracts.cards import ContractCard
from mailbot.records.contracts.tables import EventKind
from mailbot.sorting.days import mentions

_KEEP: Final = re.compile(
    r"\s*(?:keep|leave|behalte[n]?|lass(?:en)?)\s(?P<number>[0-9]{1,2})\s*[.!]?\s*$", re.IGNORECASE
)
_LATE: Final = re.compile(r"\s*#?(?P<number>[12])\s*[.!)]?\s*$")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The reading as it would be: what was changed, and the lines that were not understood."""

    reading: ChangeReading
    changed: tuple[str, ...]
    unclear: tuple[str, ...]


def corrected(text: str, card: ChangeCard, reader: Reader) -> Corrected:
    """What these lines make of a change. Points keep the numbers that the letter gave them until all are read."""
    reading, contract = card.reading, card.contract
    if reading is None or contract is None:
        raise OurBug(f"{card.ref} was corrected before it was known which contract it is about")
    numbered = {point.number: point for point in points_of(reading, contract)}
    changed: list[str] = []
    unclear: list[str] = []
    dropped: set[int] = set()
    for line in lines_in(text):
        point = _point(line, numbered)
        after = None
        if reading.late_ends and reading.ends_on is None and (late := _LATE.fullmatch(line)):
            after = ended(reading, contract, reading.late_ends[int(late["number"]) - 1])
        elif point is not None and (found := CHANGES.fullmatch(line)):
            after = _changed(reading, point, found["words"].strip(" \"'„“”."), contract, reader)
        elif point is not None and point.kind == "line":
            dropped.add(point.place)
            after = reading
        (unclear if after is None else changed).append(line)
        reading = after or reading
    lines = tuple(each for place, each in enumerate(reading.lines) if place not in dropped)
    return Corrected(replace(reading, lines=_without_doubt(lines)), tuple(changed), tuple(unclear))


def _point(line: str, numbered: dict[int, Point]) -> Point | None:
    for pattern in (CHANGES, DROPS, _KEEP):
        if found := pattern.fullmatch(line):
            number = next(each for each in found.groupdict().values() if each and each.isdigit())
            return numbered.get(int(number))
    return None


def _changed(
    reading: ChangeReading, point: Point, words: str, contract: ContractCard, reader: Reader
) -> ChangeReading | None:
    """The reading with one point read anew; None where these words are nothing of its kind."""
    days = [each for each in mentions(words, reader.language, reader.signed_on) if not each.is_loose]
    match point.kind:
        case "value":
            amounts = figures_in(words, reader)
            is_one = len(amounts) == 1 and amounts[0].amount is not None
            return replace(reading, value=NewValue(words, amount=amounts[0].amount)) if is_one else None
        case "end":
            if len(days) != 1:
                return None
            day = days[0].coming(reader.signed_on).last
            is_cancelled = reading.kind is EventKind.CANCELLED
            return ended(reading, contract, day) if is_cancelled else replace(reading, ends_on=day, end_words=words)
        case "line":
            last = days[0].coming(reader.signed_on).last if len(days) == 1 else None
            after = _line(reading.lines[point.place], words, last, contract, reader)
            before, behind = reading.lines[: point.place], reading.lines[point.place + 1 :]
            return replace(reading, lines=(*before, after, *behind)) if after else None


def _line(line: Line, words: str, day: date | None, contract: ContractCard, reader: Reader) -> Line | None:
    """Another last day of the same thing, or something else in its place."""
    if day is not None and line.deed is Deed.MOVE:
        return replace(line, ends_on=day, words=words)
    if day is not None and line.promise is not None and not line.promise.issues:
        return replace(line, promise=replace(line.promise, ends_on=day), words=words, doubt=None)
    anew = amendment(words, contract, reader).lines
    return anew[0] if len(anew) == 1 and anew[0].doubt is None else None


def _without_doubt(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Of several lines that may be meant by the same words, the last one left is."""
    said = [each.words for each in lines if each.doubt is Doubt.SEVERAL and each.rows]
    return tuple(
        replace(each, doubt=None) if each.doubt is Doubt.SEVERAL and said.count(each.words) == 1 and each.rows else each
        for each in lines
    )
