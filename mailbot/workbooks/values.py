"""A workbook that came with a mail, as frozen values: what was found in it.

Nothing in it was computed: the value of a formula is the one that the program of its writer had stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Unopened(StrEnum):
    """Why a workbook was not read."""

    MACROS = "macros"
    PASSWORD = "a password"  # noqa: S105  (why a file is closed, not what opens it)
    LINKS = "links to other files"
    TOO_LARGE = "too large"
    BROKEN = "not readable"
    SHUT = "left shut"  # nobody who is believed has sent it


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell: its text as it would be written in English without signs for thousands, and what it is.

    `mark` is what its format shows beside the number: a currency, or "%", of which `number` are the hundredths.
    `lacks_value`: a formula whose value was not stored.
    """

    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    mark: str = ""
    lacks_value: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not blank: its number as the program shows it, from 1, and its cells from column A on."""

    number: int
    cells: tuple[SheetCell, ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `hidden_columns` count from 0; `merged` are (row number, column) of cells that belong to one above.

    `is_cut`: it has more rows than were read. `unread`: it was not read at all, and why.
    """

    name: str
    rows: tuple[SheetRow, ...] = ()
    is_hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merged: frozenset[tuple[int, int]] = frozenset()
    is_cut: bool = False
    unread: Unopened | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The sheets of a workbook in their order, or why there are none.

    `knows_hidden`: it can be told which rows and columns are hidden; files of Excel 97 (.xls) do not tell. `formulas`
    counts the cells whose stored value was taken.
    """

    sheets: tuple[Sheet, ...] = ()
    unopened: Unopened | None = None
    knows_hidden: bool = True
    formulas: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook of a mail. `sha256` is that of its attachment."""

    filename: str
    sha256: str
    contents: Contents
