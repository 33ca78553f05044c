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

Cell = None | str | int | Decimal | date


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the heads of its columns, and its rows."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def workbook(sheets: Sequence[Sheet], made_at: datetime) -> bytes:
    """The sheets as the bytes of an .xlsx; the same sheets and moment give the same bytes.

    An amount with more digits than a spreadsheet keeps is written as text, so that none is ever rounded.
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


def _write(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    for place, head in enumerate(sheet.heads):
        page.write_string(0, place, head, formats.head)
        longest = max((len(str(row[place] or "")) for row in sheet.rows), default=0)
        page.set_column(place, place, min(_WIDEST, max(len(head), longest) + 2))
    page.freeze_panes(1, 0)
    for number, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            _write_cell(page, number, place, cell, formats)


def _write_cell(page: Worksheet, row: int, place: int, cell: Cell, formats: _Formats) -> None:
    match cell:
        case None | "":
            page.write_blank(row, place, None)
        case str():
            page.write_string(row, place, clean(cell, _LONGEST_CELL))
        case Decimal() if len(cell.as_tuple().digits) > _MOST_DIGITS:
            page.write_string(row, place, f"{cell:f}")
        case Decimal():
            places = cell.normalize().as_tuple().exponent
            is_money = isinstance(places, int) and places >= -2
            page.write_number(row, place, float(cell), formats.amount if is_money else formats.number)
        case int():
            page.write_number(row, place, cell)
        case date():
            page.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), formats.day)  # noqa: DTZ001
