"""The rows of a grid, each as the line it says: client, amount, and what else its columns tell. Nothing is judged here
but what only a table can say: that it is a total, that it is hidden, that its columns contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from mailbot.duties.sales.facts.particulars import Particulars, Stage
from mailbot.duties.sales.grids.amounts import figure_in, habit_in, is_zero
from mailbot.duties.sales.grids.column_names import Of
from mailbot.duties.sales.grids.grid import NO_CELL, Cell, Grid, Row
from mailbot.duties.sales.grids.headings import Headings, is_blank
from mailbot.duties.sales.grids.split_rows import is_torn
from mailbot.duties.sales.grids.stages import stage_in
from mailbot.duties.sales.grids.total_words import says_total
from mailbot.duties.sales.numbers.periods import Mention, Period, mentions
from mailbot.duties.sales.numbers.phrases import words_of
from mailbot.money.currencies import MARKS, UNKNOWN
from mailbot.money.figure import Figure
from mailbot.money.numerals import Habit

_LONGEST_PRODUCT: Final = 200
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/(?:[0-9]{2}){1,2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that says an amount. `figure` is None where it has none; `product` is quantity × unit price where the
    columns have both and it is another amount."""

    row: Row
    client: str
    figure: Figure | None
    said: Particulars
    remark: str
    times: tuple[Mention, ...]
    product: Decimal | None = None
    has_own_stage: bool = False  # a column says the stage, understood or not
    stage_words: str = ""
    chance: str = ""
    lacks_value: bool = False
    is_torn: bool = False  # nobody knows which of its cells belong together


@dataclass(frozen=True, slots=True)
class Total:
    """A row that sums others up. `entries` are those above it, `since` those below the total before."""

    row: Row
    figure: Figure | None
    entries: tuple[Entry, ...]
    since: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """All rows of a grid that say an amount, and its totals."""

    entries: tuple[Entry, ...]
    totals: tuple[Total, ...]


def entries_of(grid: Grid, headings: Headings, habit: Habit, today: date) -> Entries:
    """The rows below the header; those that say nothing are passed over."""
    reader = _Reader(grid, headings, habit, today)
    entries: list[Entry] = []
    totals: list[Total] = []
    begun = 0
    below = grid.rows[headings.first :]
    for row in below:
        if reader.is_total(row) or (row is below[-1] and reader.sums_up(row, entries)):
            totals.append(Total(row, reader.amount(row), tuple(entries), tuple(entries[begun:])))
            begun = len(entries)
        elif (entry := reader.entry(row)) is not None:
            entries.append(entry)
    return Entries(tuple(entries), tuple(totals))


class _Reader:
    """Reads rows one after the other: a merged client stands over several of them."""

    def __init__(self, grid: Grid, headings: Headings, habit: Habit, today: date) -> None:
        self._grid = grid
        self._headings = headings
        self._rows = grid.rows[headings.first :]
        self._today = today
        self._own_habit = habit
        self._habit = habit_in((cell for of in (Of.AMOUNT, Of.UNIT_PRICE) for cell in self._column(of)), habit)
        self._days_first = _days_first(self._column(Of.DAY), habit)
        self._title_times = tuple(
            time
            for time in mentions(headings.time or headings.title, habit, today)
            if time.week or time.first != time.last
        )
        self._client = ""

    def _column(self, of: Of) -> Iterator[Cell]:
        column = self._headings.column(of)
        return (row.cell(column) for row in self._rows) if column is not None else iter(())

    def _cell(self, row: Row, of: Of) -> Cell:
        return row.cell(self._headings.column(of))

    def is_total(self, row: Row) -> bool:
        """Whether its first words, or those where the client would stand, are those of a total."""
        client = self._cell(row, Of.CLIENT).text
        texts = [client] if client else [cell.text for cell in row.cells if cell.text and cell.number is None]
        return any(says_total(text, self._own_habit, self._today) for text in texts[:3])

    def sums_up(self, row: Row, entries: Sequence[Entry]) -> bool:
        """Whether a row without a word is what all those above it add up to."""
        figure = self.amount(row)
        if figure is None or len(entries) < _FEWEST_SUMMED or any(_has_words(cell.text) for cell in row.cells):
            return False
        amounts = [entry.figure.amount for entry in entries if entry.figure is not None]
        return figure.amount is not None and sum(amount or 0 for amount in amounts) == figure.amount

    def entry(self, row: Row) -> Entry | None:
        client = self._named(row)
        cell = self._amount_cell(row)
        figure, product = self.amount(row), self._product(row)
        if figure is None and product is not None and is_blank(cell):
            figure, product = product, None
        lacks_value = cell.lacks_value or (figure is None and any(each.lacks_value for each in row.cells))
        if is_torn(self._grid, self._headings, row):
            return _torn(row, client)
        if figure is None and not lacks_value:
            return None
        if figure is not None and product is not None and figure.amount == product.amount:
            figure, product = replace(figure, quantity=product.quantity, unit=product.unit), None
        stage = self._cell(row, Of.STAGE).text
        said = self._said(row, stage)
        return Entry(
            row=row,
            client=client,
            figure=figure,
            said=said,
            remark=self._cell(row, Of.REMARK).text,
            times=self._times(row),
            product=product.amount if product is not None and self._headings.column(Of.DISCOUNT) is None else None,
            has_own_stage=bool(stage),
            stage_words=stage,
            chance=self._cell(row, Of.CHANCE).text,
            lacks_value=lacks_value,
        )

    def _named(self, row: Row) -> str:
        """The client of the row: where its cell is part of a merged one, that of the row above."""
        column = self._headings.column(Of.CLIENT)
        text = row.cell(column).text
        if text or column not in row.reached:
            self._client = text
        return self._client

    def _amount_cell(self, row: Row) -> Cell:
        """The cell of the amount; a currency that stands in a cell of its own before it is not yet the amount."""
        column = self._headings.column(Of.AMOUNT)
        if column is None:
            return NO_CELL
        cell, behind = row.cell(column), row.cell(column + 1)
        known = set(self._headings.columns.values()) - {column}
        if cell.text.casefold() in MARKS and column + 1 not in known and behind.text:
            joined = f"{cell.text} {behind.text}"
            return replace(behind, text=joined, mark=cell.text if behind.number is not None else behind.mark)
        if self._headings.time:
            return cell
        if is_blank(cell) and column + 1 not in known and self._has_no_words(column + 1):
            return behind
        return cell

    def _has_no_words(self, column: int) -> bool:
        """Whether a column without a header holds digits alone, as the second half of a split amount does."""
        return not any(any(map(str.isalpha, row.cell(column).text)) for row in self._rows)

    def amount(self, row: Row) -> Figure | None:
        """The amount in its currency; None where the row has none, or says that there is nothing."""
        cell = self._amount_cell(row)
        if is_torn(self._grid, self._headings, row):
            return None
        if is_zero(cell):
            return Figure(0, 0, Decimal(0), is_marked=True)
        column = self._headings.column(Of.AMOUNT)
        figure = figure_in(cell, self._headings.marks.get(column, "") if column is not None else "", self._habit)
        return self._in_currency(row, figure)

    def _in_currency(self, row: Row, figure: Figure | None) -> Figure | None:
        if figure is None:
            return None
        said = self._cell(row, Of.CURRENCY).text.casefold()
        currency = MARKS.get(said, UNKNOWN) if said else figure.currency
        if currency is None:
            currency = next((MARKS[word] for word in _marks_in(self._headings.title)), None)
        return replace(figure, start=0, end=0, currency=currency, is_marked=True)

    def _product(self, row: Row) -> Figure | None:
        """Quantity × unit price, where the row has both."""
        quantity, price = self._quantity(row), self._unit_price(row)
        if quantity is None or price is None or price.amount is None:
            return None
        product = quantity * price.amount
        if product != round(product, 2):
            return None
        return replace(price, amount=round(product, 2), quantity=quantity, unit=price.amount)

    def _unit_price(self, row: Row) -> Figure | None:
        column = self._headings.column(Of.UNIT_PRICE)
        if column is None:
            return None
        return self._in_currency(row, figure_in(row.cell(column), self._headings.marks.get(column, ""), self._habit))

    def _quantity(self, row: Row) -> Decimal | None:
        cell = self._cell(row, Of.QUANTITY)
        if cell.number is not None:
            return cell.number
        figure = figure_in(Cell(" ".join(cell.text.split()[:1])), "", self._habit)
        return figure.amount if figure is not None else None

    def _said(self, row: Row, stage: str) -> Particulars:
        period = next((time for time in self._times(row) if time.first != time.last), None)
        return Particulars(
            product=_product_of(self._cell(row, Of.PRODUCT)),
            quantity=self._quantity(row),
            stage=stage_in(stage) if stage else _stage_by(self._cell(row, Of.CHANCE)),
            day=self._day(row),
            period=Period(period.first, period.last) if period and period.first and period.last else None,
        )

    def _day(self, row: Row) -> date | None:
        cell = self._cell(row, Of.DAY)
        if cell.day is not None or not cell.text:
            return cell.day
        slashed = _SLASHED.fullmatch(cell.text)
        habit = self._days_first if slashed else self._own_habit
        named = [time.first for time in mentions(cell.text, habit, self._today) if time.first == time.last]
        return named[0] if len(named) == 1 else None

    def _times(self, row: Row) -> tuple[Mention, ...]:
        """The day of the row, else the period that it names, else the one that stands over the whole table."""
        day = self._day(row)
        if day is not None:
            return (Mention(0, 0, day, day),)
        return mentions(self._cell(row, Of.PERIOD).text, self._own_habit, self._today) or self._title_times


_FEWEST_SUMMED: Final = 2  # rows


def _torn(row: Row, client: str) -> Entry | None:
    """A row of which no amount is taken; none where it holds no digits either."""
    if not any(any(map(str.isdigit, cell.text)) for cell in row.cells):
        return None
    return Entry(row, client, None, Particulars(), "", (), is_torn=True)


def _has_words(text: str) -> bool:
    return any(word not in MARKS and not word.isdigit() for word in words_of(text))


def _product_of(cell: Cell) -> str:
    return "" if is_zero(cell) else cell.text[:_LONGEST_PRODUCT]


def _stage_by(cell: Cell) -> Stage | None:
    """Without a column for the stage: what is not certain is open."""
    digits = re.fullmatch(r"([0-9]{1,3})(?:[.,][0-9]+)? ?%", cell.text)
    if digits is None:
        return None
    return Stage.WON if int(digits[1]) == 100 else Stage.OPEN


def _days_first(cells: Iterator[Cell], own: Habit) -> Habit:
    """Whether 11/09 is in September: a column with a 13th says so, else the habit of its writer."""
    pairs = [(int(found[1]), int(found[2])) for cell in cells if (found := _SLASHED.fullmatch(cell.text))]
    if any(first > 12 for first, _ in pairs) and not any(second > 12 for _, second in pairs):
        return Habit(".", ",")
    if any(second > 12 for _, second in pairs):
        return Habit(",", ".")
    return own


def _marks_in(text: str) -> Iterator[str]:
    """The currencies that a title names: "all amounts in CHF"."""
    return (piece.casefold() for piece in re.findall(r"[^\s()\[\]/,;:]+", text) if piece in _TITLE_MARKS)


_TITLE_MARKS: Final = frozenset(code.upper() for code in MARKS if len(code) == 3 and MARKS[code] != UNKNOWN) | {
    "€", "£", "$"
}  # fmt: skip
