"""Rows that are torn apart: a comma inside of an amount, or of a name, parts the cells of a file as well (RFC 4180 has
such cells quoted, and not every program does that)."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.sales.grids.column_names import Of
from mailbot.duties.sales.grids.grid import Grid, Row
from mailbot.duties.sales.grids.headings import Headings

_BEGUN: Final = re.compile(r"[^\d.,]{0,5}[0-9]{1,12}")  # 1 | 834 and 12 | 345.67 and 1234 | 56
_ENDED: Final = re.compile(r"(?:[0-9]{3}(?:\.[0-9]{1,2})?|[0-9]{2})[^\d.,]{0,5}")


def is_torn(grid: Grid, headings: Headings, row: Row) -> bool:
    """Whether nobody can know which cells of the row belong together: it has more of them than the header has, or its
    amount goes on in a cell that has no name, or whose own content was pushed on."""
    if not headings.has_header or not grid.is_parted or headings.first < 1:
        return False
    header = grid.rows[headings.first - 1]
    filled = max((place for place, cell in enumerate(row.cells, start=1) if cell.text), default=0)
    return filled > len(header.cells) or _goes_on(header, headings, row)


def _goes_on(header: Row, headings: Headings, row: Row) -> bool:
    column = headings.column(Of.AMOUNT)
    if column is None or (header.cell(column + 1).text and len(row.cells) <= len(header.cells)):
        return False
    first, second = row.cell(column).text, row.cell(column + 1).text
    return bool(_BEGUN.fullmatch(first) and _ENDED.fullmatch(second))
