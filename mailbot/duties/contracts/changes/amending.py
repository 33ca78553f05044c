"""What changes in a contract: "two more banners from March, 2,400 more", "statt 6 nur 4 ganze Seiten". Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from mailbot.duties.contracts.changes.facts import ChangeReading, Deed, Line, NewValue
from mailbot.duties.contracts.changes.said import DROPS, INSTEAD, MORE, NUMBER, TERM, UNTIL, kind_in
from mailbot.duties.contracts.changes.worth import one_of, value_in
from mailbot.duties.contracts.facts import Doubt, Promise
from mailbot.duties.contracts.intake.months import Months, lists_in
from mailbot.duties.contracts.intake.page import Page
from mailbot.duties.contracts.intake.promises import COUNT_WORDS, counted, promise_in
from mailbot.duties.contracts.intake.reading import Reader, unread_in
from mailbot.duties.contracts.settings import Kind
from mailbot.records.contracts.cards import ContractCard, DeliverableCard
from mailbot.records.contracts.tables import DeliverableState, EventKind
from mailbot.sorting.days import Mention, mentions

_COUNT: Final = rf"(?P<{{0}}>[0-9]{{{{1,3}}}}|{COUNT_WORDS})"
_OLD_NEW = re.compile(
    rf"\b(?:statt|anstatt|instead of|from|von)\s{_COUNT.format('was')}\s(?:[^\d\s]+\s){{0,3}}?"
    rf"(?:nur |only |jetzt |now |to |auf )*{_COUNT.format('now')}\b",
    re.IGNORECASE,
)
_NEW_OLD = re.compile(
    rf"\b{_COUNT.format('now')}\s(?:[^\d\s]+\s){{0,4}}?(?:instead of|rather than|statt|anstatt|anstelle von)\s"
    rf"{_COUNT.format('was')}\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"(?<![\w.,]){_COUNT.format('number')}\s", re.IGNORECASE)
_FILLING = re.compile(r"\b(?:more|additional|extra|further|weitere[rsn]?|zusätzliche[rsn]?|mehr|noch)\s", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|starting|beginning|as of|ab|vom|von|seit)\s(?:the |dem |on )?$", re.IGNORECASE)
_ONLY_INSTEAD = re.compile(r"\s*(?:instead of|rather than|statt|anstatt)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LOOK_BACK: Final = 24
_BEFORE_KIND: Final = 40  # characters between a count and the thing it counts
_MOST_LINES: Final = 20
_MOST_CLAUSES: Final = 60
_OPEN_STATES: Final = (
    DeliverableState.PLANNED,
    DeliverableState.ORDERED,
    DeliverableState.CLAIMED,
    DeliverableState.PROBLEM,
)


def amendment(words: str, contract: ContractCard, reader: Reader) -> ChangeReading:
    """All that these words change in a contract."""
    page = Page(words)
    found = _Found()
    for start, end in list(page.clauses(lists_in(page.left)))[:_MOST_CLAUSES]:
        clause = page.text[start:end]
        lines = tuple(_lines(clause, contract, reader, found.deed))
        if lines:
            found.deed = lines[0].deed
            found.lines += lines
        value = value_in(clause, contract, reader)
        if value is not None:
            found.values.append(value)
        ends_on = None if lines else _end_of_contract(clause, contract, reader)
        if ends_on is not None:
            found.ends_on, found.end_words = ends_on, clause
        goes_on = bool(found.deed and _ONLY_INSTEAD.match(clause))  # "bis 30.6. statt 31.3."
        if lines or value is not None or ends_on is not None or goes_on:
            page.take(start, end)
    return ChangeReading(
        kind=EventKind.AMENDED,
        value=one_of(found.values, contract),
        ends_on=found.ends_on,
        end_words=found.end_words,
        lines=tuple(found.lines[:_MOST_LINES]),
        unread=unread_in(page),
    )


class _Found:
    """What the clauses so far have said."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.values: list[NewValue] = []
        self.ends_on: date | None = None
        self.end_words = ""
        self.deed: Deed | None = None


def _lines(clause: str, contract: ContractCard, reader: Reader, before: Deed | None) -> Iterator[Line]:
    """What a clause does to the things of a contract; a clause that only names a thing goes on with what was done
    before."""
    kind = kind_in(clause, reader.arrangements.kinds)
    if kind is None:
        return
    counts = _OLD_NEW.search(clause) or _NEW_OLD.search(clause)
    is_more = bool(MORE.search(clause)) and not INSTEAD.search(clause)
    if not is_more and (until := _mention_behind(UNTIL, clause, reader)):
        yield from _moved(clause, until, kind, contract)
    elif counts:
        yield _other_count(clause, counted(counts["was"]), counted(counts["now"]), kind, contract, reader)
    elif DROPS.search(clause):
        yield from _dropped(clause, kind, contract, reader)
    elif is_more or before is Deed.ADD:
        yield _added(clause, contract, reader)


def _moved(clause: str, until: Mention, kind: Kind, contract: ContractCard) -> Iterator[Line]:
    """It runs until another day: of the years that are not written, the one nearest to the day that held so far."""
    for line, rows in _meant(Deed.MOVE, clause, kind, contract):
        was = rows[0].ends_on if rows else None
        yield replace(line, ends_on=nearest(until, was or contract.ends_on))


def _dropped(clause: str, kind: Kind, contract: ContractCard, reader: Reader) -> Iterator[Line]:
    """What is not delivered yet falls away; what runs already ends now."""
    for line, rows in _meant(Deed.DROP, clause, kind, contract):
        runs = bool(rows) and all(row.state is DeliverableState.DELIVERED for row in rows)
        yield replace(line, deed=Deed.MOVE, ends_on=reader.signed_on) if runs else line


def _meant(
    deed: Deed, clause: str, kind: Kind, contract: ContractCard
) -> Iterator[tuple[Line, Sequence[DeliverableCard]]]:
    """The lines of the contract of that kind; with several of them it is asked which is meant."""
    lines = lines_of(contract, kind.name, with_running=True)
    doubt = Doubt.SEVERAL if len(lines) > 1 else None
    words = " ".join(clause.split())
    for rows in lines:
        yield Line(deed, words, rows[0].words, rows=tuple(row.id for row in rows), doubt=doubt), rows
    if not lines:
        yield Line(deed, words, kind.name, doubt=Doubt.MISSING), ()


def nearest(mention: Mention, day: date) -> date:
    """Of the days that may be meant, the nearest to this one."""
    return min((span.last for span in mention.choices), key=lambda each: abs((each - day).days))


def lines_of(contract: ContractCard, kind: str, *, with_running: bool = False) -> list[list[DeliverableCard]]:
    """The rows of each line of a contract that are of this kind and to be delivered, and those that run until a day."""
    lines: dict[int, list[DeliverableCard]] = defaultdict(list)
    for row in contract.deliverables:
        runs = with_running and row.state is DeliverableState.DELIVERED and row.ends_on is not None
        if row.kind == kind and (row.state in _OPEN_STATES or runs):
            lines[row.position].append(row)
    return list(lines.values())


def _other_count(clause: str, was: int, now: int, kind: Kind, contract: ContractCard, reader: Reader) -> Line:
    """Another number of the same thing: what is too much falls away from the end, what is missing is added."""
    words = " ".join(clause.split())
    if now >= was:
        return replace(_added(clause, contract, reader, quantity=now - was), words=words)
    lines = lines_of(contract, kind.name)
    every = {row.position: row for row in contract.deliverables if row.state is not DeliverableState.DROPPED}
    fitting = [rows for rows in lines if _sold(contract, rows[0].position) == was and rows[0].position in every]
    if len(fitting) != 1:
        what = lines[0][0].words if len(lines) == 1 else kind.name
        sold = _sold(contract, lines[0][0].position) if len(lines) == 1 else None
        doubt = Doubt.COUNT if len(lines) == 1 else Doubt.SEVERAL if lines else Doubt.MISSING
        return Line(Deed.FEWER, words, what, count_was=sold or was, count=now, doubt=doubt)
    return _fewer(words, fitting[0], was, now)


def _sold(contract: ContractCard, position: int) -> int:
    return sum(
        row.quantity
        for row in contract.deliverables
        if row.position == position and row.state is not DeliverableState.DROPPED
    )


def _fewer(words: str, rows: Sequence[DeliverableCard], was: int, now: int) -> Line:
    too_many, dropped = was - now, []
    shrunk: DeliverableCard | None = None
    for row in sorted(rows, key=lambda each: (each.due_on or each.starts_on or date.max, each.part), reverse=True):
        if too_many >= row.quantity:
            too_many -= row.quantity
            dropped.append(row.id)
        elif too_many:
            shrunk, left = row, row.quantity - too_many
            too_many = 0
    return Line(
        Deed.FEWER,
        words,
        rows[0].words,
        rows=tuple(reversed(dropped)),
        count_was=was,
        count=now,
        shrunk=shrunk.id if shrunk else None,
        left=left if shrunk else None,
        doubt=Doubt.COUNT if too_many else None,
    )


def _added(clause: str, contract: ContractCard, reader: Reader, quantity: int | None = None) -> Line:
    words, months = " ".join(clause.split()), _months(contract, reader)
    sold = _FILLING.sub("", _from_the_count(clause, reader.arrangements.kinds))
    promise = promise_in(sold, reader.arrangements.kinds, months, reader.habit)
    if promise is None:
        return Line(Deed.ADD, words, words, doubt=Doubt.MISSING)
    promise = _in_time(promise, clause, contract, reader)
    if quantity is not None:
        promise = replace(promise, quantity=quantity)
    is_over = promise.starts_on is not None and promise.ends_on is not None and promise.ends_on < promise.starts_on
    return Line(Deed.ADD, words, promise.kind, promise=promise, doubt=Doubt.OVER if is_over else None)


def _from_the_count(clause: str, kinds: Sequence[Kind]) -> str:
    """The clause from the number that counts the thing: "adds two more banners" without who adds them."""
    place = next((found.start() for found in _WORD.finditer(clause) if kind_in(found[0], kinds)), 0)
    counts = list(_COUNTED.finditer(clause, max(place - _BEFORE_KIND, 0), place))
    return clause[counts[-1].start() if counts else place :]


def _in_time(promise: Promise, clause: str, contract: ContractCard, reader: Reader) -> Promise:
    """From the day that is named on, until the one that is named, or the last of the contract."""
    if promise.issues:
        return promise
    until = _mention_behind(UNTIL, clause, reader)
    starts_on, ends_on = None, until.coming(reader.signed_on).last if until else None
    for each in mentions(clause, reader.language, reader.signed_on):
        if _FROM.search(clause, max(each.start - _LOOK_BACK, 0), each.start):
            starts_on = each.coming(reader.signed_on).first
            break
    kind = next(each for each in reader.arrangements.kinds if each.name == promise.kind)
    if kind.in_issues:
        return replace(promise, starts_on=starts_on, ends_on=ends_on)
    first = max(contract.starts_on, reader.signed_on)
    return replace(promise, starts_on=starts_on or first, ends_on=ends_on or contract.ends_on)


def _months(contract: ContractCard, reader: Reader) -> Months:
    return Months(max(contract.starts_on, reader.signed_on), contract.ends_on, reader.arrangements.issues)


def _mention_behind(pattern: re.Pattern[str], clause: str, reader: Reader) -> Mention | None:
    """The day that stands right behind such a word."""
    for word in pattern.finditer(clause):
        for each in mentions(clause, reader.language, reader.signed_on):
            if 0 <= each.start - word.end() <= _LOOK_BACK and not INSTEAD.search(clause, word.end(), each.start):
                return each
    return None


def _end_of_contract(clause: str, contract: ContractCard, reader: Reader) -> date | None:
    """Another last day of the contract itself."""
    if not (TERM.search(clause) or NUMBER.search(clause)):
        return None
    until = _mention_behind(UNTIL, clause, reader)
    return nearest(until, contract.ends_on) if until else None
