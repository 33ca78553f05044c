"""The same sale in several sources of one mail: its text, each of its tables, each file, each sheet. Pure.

It is booked once, and two amounts for one thing are a question. Within one source two equal lines are two sales.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Aside, ClearLine, ForecastLine, SetAside, UnclearLine
from mailbot.duties.sales.facts.particulars import Particulars, Price
from mailbot.duties.sales.grids.row_lines import Line
from mailbot.duties.sales.numbers.phrases import phrases, said

_Key = tuple[object, ...]
# As in: "acme corp another 500", "not in the sheet: acme corp 500".
_FURTHER: Final = phrases(
    """
    another, additional, additionally, further, extra, on top, in addition, weitere, weiterer, weiteren, zusätzlich,
    zusätzliche, zusätzlicher, obendrauf
    """
)
_NOT_IN_THE_FILE: Final = phrases(
    """
    not in the sheet, not in the list, not in the table, not in the file, not in the attachment, not on the sheet, not
    on the list, not in there, missing in the sheet, missing in the list, missing in the file, missing in the table,
    missing from the sheet, missing from the list, missing from the file, missing from the table, on top of the sheet,
    on top of the list, in addition to the sheet, in addition to the list, in addition to the file, in addition to the
    attached, nicht in der liste, nicht in der tabelle, nicht in der datei, nicht im anhang, nicht in der anlage,
    fehlt in der liste, fehlt in der tabelle, fehlt in der datei, fehlen in der liste, fehlen in der tabelle, fehlen
    in der datei, zusätzlich zur liste, zusätzlich zur tabelle, zusätzlich zur datei, zusätzlich zum anhang
    """
)


@dataclass(frozen=True, slots=True)
class Once:
    """What several sources say, each thing once; `twice` are the lines that only say one of them again."""

    lines: tuple[Line, ...]
    twice: tuple[Aside, ...]


def said_once(text: Sequence[Line], tables: Sequence[Sequence[Line]], words: str) -> Once:
    """The lines of a mail in their order, where one source may repeat another. `words` are those of its text.

    What the text says to come on top of a table is compared with none.
    """
    is_outside = said(words, _NOT_IN_THE_FILE) is not None
    comes_on_top = [is_outside or _is_further(line) for line in text]
    compared = [line for line, is_apart in zip(text, comes_on_top, strict=True) if not is_apart]
    once = _compared((compared, *tables))
    lines = iter(once.lines)  # those of the text first, and all of them
    own = [line if is_apart else next(lines) for line, is_apart in zip(text, comes_on_top, strict=True)]
    return Once((*own, *lines), once.twice)


def _compared(sources: Sequence[Sequence[Line]]) -> Once:
    if sum(map(bool, sources)) < _FEWEST:
        return Once(tuple(line for source in sources for line in source), ())
    taken: list[_Taken] = []
    twice: list[Aside] = []
    for source in sources:
        taken += _beside(source, taken, twice)
    return Once(tuple(each.judged() for each in taken), tuple(twice))


_FEWEST: Final = 2  # sources that can repeat each other


@dataclass(slots=True)
class _Taken:
    """A line that was taken, and the amount with which another source contradicts it."""

    line: Line
    other: Price | None = None

    def judged(self) -> Line:
        line = self.line
        if self.other is None or not isinstance(line, ClearLine):
            return line
        return UnclearLine(
            line.evidence,
            Doubt.TWO_SOURCES,
            line.client.name,
            line.price,
            line.client,
            other=self.other,
            said=line.said,
        )


def _beside(source: Sequence[Line], taken: Sequence[_Taken], twice: list[Aside]) -> list[_Taken]:
    """What a source adds to those before it; what only repeats them goes to `twice`."""
    free: dict[_Key, list[_Taken]] = defaultdict(list)
    for each in taken:
        if (key := _key(each.line)) is not None:
            free[key].append(each)
    added: list[_Taken] = []
    for line in source:
        if (same := _taken_from(free, line)) is None:
            added.append(_Taken(line))
        else:
            same.line = _with_more(same.line, line)
            twice.append(_again(line))
    _contradict(added, (each for unmatched in free.values() for each in unmatched))
    return added


def _taken_from(free: dict[_Key, list[_Taken]], line: Line) -> _Taken | None:
    """The line of an earlier source that says the same: each of them is said again once by every source."""
    key = _key(line)
    if key is None:
        return None
    alike = free.get(key, [])
    place = next((at for at, each in enumerate(alike) if _may_be_one(each.line, line)), None)
    return None if place is None else alike.pop(place)


def _contradict(added: Iterable[_Taken], before: Iterable[_Taken]) -> None:
    """Two sources that each have an amount for a client which the other one does not have: nobody knows which holds."""
    earlier, later = _of_clients(before), _of_clients(added)
    for client, news in later.items():
        olds = earlier.get(client, [])
        if len(olds) * len(news) > _MOST_PAIRS:
            pairs = [*((old, news[0]) for old in olds), *((olds[0], new) for new in news)]
        else:
            pairs = [(old, new) for old in olds for new in news if _may_be_one(old.line, new.line)]
        for old, new in pairs:
            old.other, new.other = old.other or new.line.price, new.other or old.line.price


_MOST_PAIRS: Final = 10_000  # of one client; with more, nobody looks at what else they say


def _of_clients(taken: Iterable[_Taken]) -> dict[int, list[_Taken]]:
    """The lines that would be booked, by the client."""
    of_client: dict[int, list[_Taken]] = defaultdict(list)
    for each in taken:
        if isinstance(each.line, ClearLine):
            of_client[each.line.client.id].append(each)
    return of_client


def _key(line: Line) -> _Key | None:
    """What two lines have alike that may be one; None of a line that is never taken for another."""
    if line.price is None:
        return None
    price = (line.price.amount, line.price.currency)
    match line:
        case ClearLine():
            return (line.client.id, *price)
        case ForecastLine():
            return ("expected", line.client.id, line.said.stage, *price)
        case UnclearLine():
            name = line.client.id if line.client else line.name.casefold()
            return (line.doubt, name, *price) if name else None


def _may_be_one(one: Line, other: Line) -> bool:
    """Whether nothing that both say tells them apart: another product, another day, another time."""
    a, b = one.said, other.said
    return all(
        not mine or not theirs or mine == theirs
        for mine, theirs in (
            (a.product.casefold(), b.product.casefold()),
            (a.day, b.day),
            (a.period, b.period),
        )
    )


def _is_further(line: Line) -> bool:
    """Whether its own words say that it comes on top."""
    return said(line.evidence.words, _FURTHER) is not None


def _with_more(line: Line, other: Line) -> Line:
    """The line with what only the other one says of it."""
    a, b = line.said, other.said
    more = Particulars(
        product=a.product or b.product,
        quantity=b.quantity if a.quantity is None else a.quantity,
        stage=a.stage or b.stage,
        day=a.day or b.day,
        period=a.period or b.period,
    )
    if isinstance(line, ClearLine) and isinstance(other, ClearLine):
        price = other.price if line.price.unit is None else line.price
        return replace(line, price=price, said=more, contract_of=line.contract_of or other.contract_of)
    return replace(line, said=more)


def _again(line: Line) -> Aside:
    client = line.client
    name = client.name if client is not None else line.name if isinstance(line, UnclearLine) else ""
    return Aside(line.evidence, SetAside.TWICE, name, line.price, client=client)
