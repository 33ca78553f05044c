"""The rows of a sheet as the library gives them, made into frozen values."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import islice
from typing import Final

from python_calamine import CalamineSheet

from mailbot.workbooks.markup import SheetMarkup
from mailbot.workbooks.values import Sheet, SheetCell, SheetRow

MOST_ROWS: Final = 501  # with something in them: one more than is ever taken, so that it shows
_MOST_LOOKED_AT: Final = 20_000
_MOST_COLUMNS: Final = 60
LONGEST_TEXT: Final = 300
_PLACES: Final = Decimal("0.0000001")  # a float is exact to some fifteen digits, and no sheet means more than these
Value = int | float | str | bool | time | date | datetime | timedelta


def sheet_of(name: str, read: CalamineSheet, markup: SheetMarkup | None, is_hidden: bool) -> Sheet:
    """The sheet with its first rows that are not blank; `markup` is None where the file does not tell."""
    told = markup or SheetMarkup()
    top, left = read.start or (0, 0)
    rows: list[SheetRow] = []
    for number, values in enumerate(islice(read.iter_rows(), _MOST_LOOKED_AT), start=top + 1):
        cells = (SheetCell(),) * left + tuple(
            _cell(value, told, (number, column)) for column, value in enumerate(values[:_MOST_COLUMNS], start=left)
        )
        cells += _left_out(told, number, len(cells))
        if any(cell.text or cell.lacks_value for cell in cells):
            rows.append(SheetRow(number, cells, number in told.hidden_rows))
        if len(rows) > MOST_ROWS:
            break
    return Sheet(
        name=name[:LONGEST_TEXT],
        rows=tuple(rows[:MOST_ROWS]),
        is_hidden=is_hidden,
        hidden_columns=frozenset(told.hidden_columns),
        merged=_merged(read),
        is_cut=len(rows) > MOST_ROWS or read.height > _MOST_LOOKED_AT,
    )


def _left_out(told: SheetMarkup, row: int, behind: int) -> tuple[SheetCell, ...]:
    """Formulas without a stored value behind the last cell that the library gives."""
    columns = range(behind, min(told.last_column + 1, _MOST_COLUMNS))
    return tuple(SheetCell(lacks_value=(row, column) in told.without_value) for column in columns)


def _cell(value: Value, told: SheetMarkup, place: tuple[int, int]) -> SheetCell:
    mark = told.marks.get(place, "")
    if isinstance(value, str):
        text = " ".join(value.split())[:LONGEST_TEXT]
        return SheetCell(text, lacks_value=not text and place in told.without_value)
    if isinstance(value, bool):
        return SheetCell(str(value))
    if isinstance(value, int | float):
        return _numeral(value, mark) if place not in told.without_value else SheetCell(lacks_value=True)
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return SheetCell(day.isoformat(), day=day)
    return SheetCell(str(value))


def _numeral(value: float, mark: str) -> SheetCell:
    try:
        number = Decimal(repr(value)).quantize(_PLACES, ROUND_HALF_UP).normalize()
    except InvalidOperation:
        return SheetCell(str(value))
    shown = (number * 100).normalize() if mark == "%" else number
    return SheetCell(f"{shown:f}{mark}" if mark == "%" else f"{shown:f} {mark}".strip(), number, mark=mark)


def _merged(read: CalamineSheet) -> frozenset[tuple[int, int]]:
    """The cells below the first one of every range that is merged over several rows, in its first column."""
    below: set[tuple[int, int]] = set()
    for (top, left), (bottom, _) in (read.merged_cell_ranges or [])[:_MOST_LOOKED_AT]:
        below.update((row + 1, left) for row in range(top + 1, min(bottom, top + MOST_ROWS) + 1))
    return frozenset(below)
