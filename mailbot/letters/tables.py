"""Tables in letters: aligned lines in the text part, a real table in the HTML part, from the same rows.

A column is written `field:style`. Styles: words (the default), note (in the HTML part behind the first cell), quoted,
amount, money (with the `currency` of the same row), number, percent, bar (a percentage, in the HTML part with a bar
below it), date, time, moment. Amounts stand to the right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from rich.cells import cell_len, set_cell_size

from mailbot.letters.slots import in_slot
from mailbot.letters.wording import QUOTES, Wording

WIDEST_CELL: Final = 44  # columns of a cell in the text part, so that a line stays below about 78
_GAP = "   "
_TO_THE_RIGHT: Final = frozenset({"amount", "number", "money", "percent", "bar"})
STYLES: Final = ("words", "note", "quoted", "amount", "money", "number", "percent", "bar", "date", "time", "moment")


@dataclass(frozen=True, slots=True)
class Column:
    """Which field of a row is shown, and how."""

    field: str
    style: str

    @classmethod
    def parse(cls, written: str) -> Column:
        """Takes apart "amount:money". An unknown style is a ValueError."""
        field, _, style = written.partition(":")
        if style and style not in STYLES:
            raise ValueError(f"unknown column style '{style}': write one of {', '.join(STYLES)}")
        return cls(field.strip(), style or "words")

    @property
    def to_the_right(self) -> bool:
        return self.style in _TO_THE_RIGHT


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose values are already words: headings (or none), rows, and rows of totals below them."""

    columns: tuple[Column, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, ...], ...]
    numbered: bool
    bars: tuple[tuple[int | None, ...], ...] = ()  # of each row, how long the bar of each cell is, in percent

    def as_text(self) -> str:
        """Lines of the text part: ` 1  Acme Corp   12,000.00 USD   "acme corp 12k"`, without trailing spaces."""
        lines = (*([self.heads] if self.heads else []), *self.rows, *self.totals)
        cut = [[_cut(cell) for cell in line] for line in lines]
        widths = [max((cell_len(line[place]) for line in cut), default=0) for place in range(len(self.columns))]
        marks = self._marks()
        return "\n".join(
            f"{mark}{_GAP.join(map(_aligned, line, widths, self.columns))}".rstrip()
            for mark, line in zip(marks, cut, strict=True)
        )

    def as_markdown(self) -> str:
        """The same as a Markdown table, every value in its slot; notes stand behind the first cell of their row."""
        cells = [place for place, column in enumerate(self.columns) if column.style != "note"]
        heads = self.heads or ("",) * len(self.columns)
        rules = ["--:" if self.columns[place].to_the_right else "---" for place in cells]
        first = ["--:"] if self.numbered else []
        top = [in_slot(heads[place]) for place in cells]
        lines = [_piped([""] * self.numbered + top), _piped(first + rules)]
        for number, (row, bars) in enumerate(zip(self.rows, self.bars, strict=True), 1):
            shown = [_with_bar(row[place], bars[place]) for place in cells]
            notes = [f" *{in_slot(row[place])}*" for place in range(len(row)) if place not in cells and row[place]]
            lines.append(_piped([str(number)] * self.numbered + [shown[0] + "".join(notes), *shown[1:]]))
        lines.extend(_piped([""] * self.numbered + [_strong(total[place]) for place in cells]) for total in self.totals)
        return "\n" + "\n".join(lines) + "\n"

    def _marks(self) -> tuple[str, ...]:
        """What stands before each line of the text part: its number, or as many spaces."""
        width = len(str(len(self.rows))) + 1 if self.numbered else 0
        blank = " " * (width + 2) if self.numbered else " "
        numbers = (f"{number:>{width}}  " if self.numbered else blank for number in range(1, len(self.rows) + 1))
        return (*([blank] if self.heads else []), *numbers, *([blank] * len(self.totals)))


def table_of(
    wording: Wording,
    rows: Sequence[Mapping[str, object]],
    columns: Sequence[str],
    heads: Sequence[str] = (),
    total: Mapping[str, object] | Sequence[Mapping[str, object]] = (),
    numbered: bool = True,
) -> Table:
    """A table of rows: a field that a row lacks is a LookupError, a total may leave fields out."""
    parsed = tuple(Column.parse(column) for column in columns)
    if heads and len(heads) != len(parsed):
        raise ValueError(f"{len(heads)} headings stand over {len(parsed)} columns")
    totals = (total,) if isinstance(total, Mapping) else tuple(total)
    return Table(
        columns=parsed,
        heads=tuple(wording.plain(head) for head in heads),
        rows=tuple(
            tuple(_cell(wording, column, row, number) for column in parsed) for number, row in enumerate(rows, 1)
        ),
        totals=tuple(tuple(_total_cell(wording, column, row) for column in parsed) for row in totals),
        numbered=numbered,
        bars=tuple(tuple(_bar(column, row) for column in parsed) for row in rows),
    )


def _bar(column: Column, row: Mapping[str, object]) -> int | None:
    """How long the bar of a cell is, in percent: never longer than its cell."""
    value = row.get(column.field)
    if column.style != "bar" or not isinstance(value, Decimal | int):
        return None
    return int(max(0, min(100, value)))


def _cell(wording: Wording, column: Column, row: Mapping[str, object], number: int) -> str:
    needed = (column.field, "currency") if column.style == "money" else (column.field,)
    for field in needed:
        if field not in row:
            raise LookupError(f"row {number} of the table has no '{field}'")
    value = row[column.field]
    return "" if value is None else _in_style(wording, column.style, value, row.get("currency"))


def _total_cell(wording: Wording, column: Column, total: Mapping[str, object]) -> str:
    value = total.get(column.field)
    if value is None or isinstance(value, str):
        return "" if value is None else wording.plain(value)
    return _in_style(wording, column.style, value, total.get("currency"))


def _in_style(wording: Wording, style: str, value: object, currency: object) -> str:
    match style, value:
        case "words" | "note", _:
            return wording.plain(value)
        case "quoted", _:
            return wording.quoted(wording.plain(value))
        case "money", Decimal() | int():
            return wording.money(value, str(currency))
        case "amount", Decimal() | int():
            return wording.amount(value)
        case "number", Decimal() | int():
            return wording.number(value)
        case "percent" | "bar", Decimal() | int():
            return wording.percent(value)
        case "time", datetime():
            return wording.time(value)
        case "moment", datetime():
            return wording.moment(value)
        case "date", date():
            return wording.day(value)
    raise TypeError(f"a column '{style}' cannot show a {type(value).__name__}")


def _cut(cell: str) -> str:
    if cell_len(cell) <= WIDEST_CELL:
        return cell
    is_quoted = (cell[:1], cell[-1:]) in QUOTES.values()
    closing = f"…{cell[-1]}" if is_quoted else "…"
    return set_cell_size(cell, WIDEST_CELL - len(closing)).rstrip() + closing


def _aligned(cell: str, width: int, column: Column) -> str:
    gap = " " * (width - cell_len(cell))
    return gap + cell if column.to_the_right else cell + gap


def _with_bar(cell: str, length: int | None) -> str:
    return in_slot(cell) + ("" if length is None else f" {{bar {length}}}")


def _piped(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _strong(cell: str) -> str:
    return f"**{in_slot(cell)}**" if cell else ""
