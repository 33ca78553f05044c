"""Rows as a workbook (Office Open XML). What strangers wrote stays text, never a formula and never a link. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mailbot.letters.cleaning import clean

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_CELL: Final = 2_000
_MOST_DIGITS: Final = 15  # a spreadsheet keeps no more of a number
_WIDEST: Final = 60
_MEASURED: Final = 500  # rows by which a column gets its width
_MOST_ROWS: Final = 1_048_575  # below the heads: a sheet has 2^20 (ECMA-376 part 1, 18.3.1.73)
_DAY_NOUGHT: Final = date(1899, 12, 30).toordinal()  # days are counted from here (ECMA-376 part 1, 18.17.4.1)

Cell = None | str | int | Decimal | date


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the heads of its columns, and its rows."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def workbook(sheets: Sequence[Sheet], made_at: datetime) -> bytes:
    """The sheets as the bytes of an .xlsx; the same sheets and moment give the same bytes.

    An amount with more digits than a spreadsheet keeps is written as text, so that none is ever rounded. Of more rows
    than a sheet can hold, the last one says how many are left out.
    """
    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(written, options) as book:
        book.set_properties({"created": made_at.replace(tzinfo=None)})
        formats = _Formats(
            head=book.add_format({"bold": True, "bottom": 1}),
            amount=book.add_format({"num_format": "#,##0.00"}),
            number=book.add_format({"num_format": "0.########"}),
            day=book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, formats)
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Format
    amount: Format
    number: Format
    day: Format


def that_fit(rows: Sequence[tuple[Cell, ...]], most: int = _MOST_ROWS) -> Sequence[tuple[Cell, ...]]:
    """All rows; of more than `most`, the first ones, and in the last place how many are left out."""
    if len(rows) <= most:
        return rows
    left_out = len(rows) - most + 1
    return (*rows[: most - 1], (f"{left_out} more, left out: a sheet ends here / weitere fehlen: Das Blatt ist voll.",))


def _write(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    for place, head in enumerate(sheet.heads):
        page.write_string(0, place, head, formats.head)
        longest = max((len(str(row[place] or "")) for row in sheet.rows[:_MEASURED]), default=0)
        page.set_column(place, place, min(_WIDEST, max(len(head), longest) + 2))
    page.freeze_panes(1, 0)
    for number, row in enumerate(that_fit(sheet.rows), start=1):
        for place, cell in enumerate(row):
            _write_cell(page, number, place, cell, formats)


def _write_cell(page: Worksheet, row: int, place: int, cell: Cell, formats: _Formats) -> None:
    match cell:
        case None | "":
            pass
        case str():
            page.write_string(row, place, clean(cell, _LONGEST_CELL))
        case Decimal():
            _write_decimal(page, row, place, cell, formats)
        case int():
            page.write_number(row, place, cell)
        case date():
            page.write_number(row, place, cell.toordinal() - _DAY_NOUGHT, formats.day)


def _write_decimal(page: Worksheet, row: int, place: int, cell: Decimal, formats: _Formats) -> None:
    _, digits, exponent = cell.as_tuple()
    if len(digits) > _MOST_DIGITS:
        page.write_string(row, place, f"{cell:f}")
        return
    is_money = isinstance(exponent, int) and (exponent >= -2 or not any(digits[exponent + 2 :]))
    page.write_number(row, place, float(cell), formats.amount if is_money else formats.number)
