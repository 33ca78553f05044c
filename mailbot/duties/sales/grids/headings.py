"""What the columns of a grid are: by the words of its header, or, without one, by what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Final

from mailbot.duties.sales.grids.column_names import Of, column_of
from mailbot.duties.sales.grids.grid import Cell, Grid, Row
from mailbot.duties.sales.grids.header_marks import mark_of, scale_said, under, without_mark
from mailbot.duties.sales.numbers.periods import mentions
from mailbot.duties.sales.numbers.phrases import TOTALS, is_only, words_of
from mailbot.duties.sales.numbers.units import unit_in
from mailbot.money.currencies import CODES, MARKS
from mailbot.money.numerals import Habit

_HEADER_AMONG: Final = 25  # first rows
_MOST_HEADER_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: what it holds, and the currency and the scale that its header names ("k$", "TEUR", "Betrag EUR")."""

    of: Of
    words: str = ""
    mark: str = ""
    time: str = ""  # the words for the week, month or quarter that it names


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a grid. `first` is the place of its first row below the header, among all its rows."""

    columns: Mapping[Of, int]
    first: int
    marks: Mapping[int, str] = field(default_factory=dict)
    title: str = ""  # what stands above the header, and in those of its cells that name a time
    has_header: bool = True
    over_amounts: str = ""  # the words above the column of the amounts: "Commission", "Offene Posten"
    time: str = ""  # of all amounts, where their column bears one
    is_gross: bool = False  # the only amounts are those with tax

    def column(self, of: Of) -> int | None:
        """Which column holds it; None where none does."""
        return self.columns.get(of)


def headings_of(grid: Grid) -> tuple[Headings, ...]:
    """What the columns are, where a row says so; nothing where no row names an amount.

    Where several columns hold amounts, each of a time of its own ("Sep", "Oct"), there is one for each of them.
    """
    for place, row in enumerate(grid.rows[:_HEADER_AMONG]):
        if not _may_be_header(row):
            continue
        found = [_heading(cell.text) for cell in row.cells]
        below = place + 1
        if below < len(grid.rows) and _may_be_header(grid.rows[below]):
            both = _together(found, [_heading(cell.text) for cell in grid.rows[below].cells])
            if _count(both) > max(_count(found), 1) and not _is_complete(found):
                found, below = both, below + 1
        if _is_complete(found):
            one = _headings(grid, found, below)
            return tuple(_of_a_time(one, column, found[column]) for column in _columns_of_times(found)) or (one,)
    return ()


def _columns_of_times(found: Sequence[Heading]) -> list[int]:
    """The columns of amounts that are named by their times: by nothing else, or beside the same word; none where there
    is another column of amounts that is no sum of them."""
    amounts = [column for column, heading in enumerate(found) if heading.of is Of.AMOUNT and heading.time]
    bare = [column for column, heading in enumerate(found) if heading.of is Of.TIME]
    others = [heading for heading in found if heading.of in {Of.AMOUNT, Of.UNIT_PRICE} and not heading.time]
    columns = amounts or ([] if any(not is_only(each.words, TOTALS) for each in others) else bare)
    return columns if len({found[column].time for column in columns}) == len(columns) > 1 else []


def _of_a_time(one: Headings, column: int, heading: Heading) -> Headings:
    """The same columns, with that of one time as the amount."""
    return replace(one, columns={**one.columns, Of.AMOUNT: column}, time=heading.time, over_amounts="", is_gross=False)


def _headings(grid: Grid, found: Sequence[Heading], first: int) -> Headings:
    columns: dict[Of, int] = {}
    for column, heading in enumerate(found):
        if heading.of not in {Of.NOTHING, Of.TIME} and column not in grid.hidden_columns:
            columns.setdefault(heading.of, column)
    is_gross = Of.AMOUNT not in columns and Of.GROSS in columns and Of.UNIT_PRICE not in columns
    if Of.AMOUNT not in columns and Of.GROSS in columns:
        columns[Of.AMOUNT] = columns[Of.GROSS]
    if Of.AMOUNT not in columns and Of.QUANTITY not in columns and Of.UNIT_PRICE in columns:
        columns[Of.AMOUNT] = columns.pop(Of.UNIT_PRICE)
    over_all = _unit_over([grid.lead, *(cell.text for row in grid.rows[:first] for cell in row.cells)], found)
    marks = {column: mark for column, heading in enumerate(found) if (mark := under(over_all, heading.mark))}
    above = " ".join(cell.text for row in grid.rows[:first] for cell in row.cells)
    amount = columns.get(Of.AMOUNT)
    over = found[amount].words if amount is not None else ""
    title = f"{_said_by_name(grid)} {grid.lead if not grid.is_file else ''} {above}"
    return Headings(columns, first, marks, title, over_amounts=over, is_gross=is_gross)


def _unit_over(texts: Iterable[str], found: Sequence[Heading]) -> str:
    """The currency and the scale that stand over the whole table, and not in its header."""
    own = {heading.words for heading in found}
    said = (mark_of(unit_in(text)) or scale_said(text) for text in texts if text not in own)
    return next(filter(None, said), "")


def _together(upper: Sequence[Heading], lower: Sequence[Heading]) -> list[Heading]:
    """A header over two rows: of each column the one that says what it is."""
    width = max(len(upper), len(lower))
    blank = Heading(Of.NOTHING)
    pairs = (
        (upper[column] if column < len(upper) else blank, lower[column] if column < len(lower) else blank)
        for column in range(width)
    )
    return [
        Heading(
            low.of if low.of is not Of.NOTHING else up.of,
            f"{up.words} {low.words}".strip(),
            low.mark or up.mark,
            low.time or up.time,
        )
        for up, low in pairs
    ]


def _count(found: Sequence[Heading]) -> int:
    return sum(heading.of is not Of.NOTHING for heading in found)


def _is_complete(found: Sequence[Heading]) -> bool:
    """Whether there is a client, and an amount or what makes one."""
    kinds = {heading.of for heading in found}
    has_amounts = not kinds.isdisjoint((Of.AMOUNT, Of.GROSS, Of.UNIT_PRICE)) or bool(_columns_of_times(found))
    return Of.CLIENT in kinds and has_amounts


def _may_be_header(row: Row) -> bool:
    """Whether it holds words alone: a numeral of a year or a quarter may stand among them."""
    texts = [cell.text for cell in row.cells if cell.text]
    if len(texts) < 2 or any(cell.number is not None or cell.day is not None for cell in row.cells):
        return False
    return all(len(words_of(text)) <= _MOST_HEADER_WORDS for text in texts)


@lru_cache(maxsize=2_000)
def _heading(text: str) -> Heading:
    mark, words = without_mark(text)
    if not words:
        return Heading(Of.AMOUNT, text, mark) if mark else Heading(Of.NOTHING, text)
    time, others = _time_in(text)
    if time and not set(words_of(others)) - set(words_of(mark)):
        return Heading(Of.TIME, text, mark, time)
    return Heading(column_of(words), text, mark, time)


def _time_in(text: str) -> tuple[str, str]:
    """The week, month or quarter that a header names, "" for none; and its other words."""
    found = [each for each in mentions(text, _GERMAN, _ANY_DAY) if each.week or each.first != each.last]
    if len(found) != 1:
        return "", text
    return text[found[0].start : found[0].end], text[: found[0].start] + text[found[0].end :]


_GERMAN: Final = Habit(".", ",")
_ANY_DAY: Final = date(2000, 6, 15)  # which days are meant is read with the rows


# --- without a header ------------------------------------------------------------------------------------------------


def headings_by_content(grid: Grid, are_amounts: Sequence[bool], are_names: Sequence[bool]) -> Headings | None:
    """(client | amount) without a header: one column of names, and one of amounts, and no doubt which."""
    names = [column for column, is_it in enumerate(are_names) if is_it]
    amounts = [column for column, is_it in enumerate(are_amounts) if is_it]
    if not names or len(amounts) != 1:
        return None
    columns = {Of.CLIENT: names[0], Of.AMOUNT: amounts[0]}
    for column in names[1:]:
        of = Of.CURRENCY if _is_currency(grid, column) else Of.PRODUCT
        columns.setdefault(of, column)
    return Headings(columns, 0, {}, _said_by_name(grid), has_header=False)


def _said_by_name(grid: Grid) -> str:
    """What the names of its file and its sheet say; a table of the mail itself has none."""
    return grid.source.replace("_", " ").replace("/", " ") if grid.is_file else ""


def _is_currency(grid: Grid, column: int) -> bool:
    texts = {row.cell(column).text for row in grid.rows} - {""}
    return bool(texts) and all(text in CODES or text.casefold() in MARKS for text in texts)


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in it."""
    return not cell.text and not cell.lacks_value
