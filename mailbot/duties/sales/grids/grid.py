"""A table of a mail, whatever it came in: rows of cells, each row with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.message.model import Evidence, Place
from mailbot.workbooks.values import SheetCell as Cell

__all__ = ["MOST_ROWS", "NO_CELL", "Cell", "Grid", "Row", "place_of_row"]

MOST_ROWS: Final = 500  # of one table; a longer one is no week of one rep, and is left to a person
NO_CELL: Final = Cell()
_LONGEST_SOURCE: Final = 40
_LONGEST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank. `reached` are the columns that a merged cell from above takes."""

    number: int
    cells: tuple[Cell, ...]
    evidence: Evidence
    is_hidden: bool = False
    reached: frozenset[int] = frozenset()

    def cell(self, column: int | None) -> Cell:
        """The cell of a column; a blank one where there is none."""
        return self.cells[column] if column is not None and column < len(self.cells) else NO_CELL


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `source` says which ("table 1", "KW44.xlsx/Ist"); `title` are words that stand over all of it.

    `lead` is what the mail says above it, or of the file it came in.

    `is_file`: it came as a file or in one. `is_hidden`: its writer does not see it either. `is_cut`: it has more rows
    than are read. `knows_hidden`: it can be told what is hidden in it. `says_formulas`: stored values were taken.
    `is_parted`: a sign parts its cells that may stand inside of them as well.
    """

    source: str
    rows: tuple[Row, ...]
    title: str = ""
    lead: str = ""
    is_file: bool = False
    is_hidden: bool = False
    is_cut: bool = False
    hidden_columns: frozenset[int] = frozenset()
    knows_hidden: bool = True
    is_parted: bool = False


def place_of_row(source: str, number: int, cells: tuple[Cell, ...], sign: str = " ") -> Evidence:
    """The words of a row, and where it stands."""
    words = " ".join(cell.text for cell in cells if cell.text)[:_LONGEST_WORDS]
    return Evidence(words, Place(f"{source[-_LONGEST_SOURCE:]}{sign}row {number}", 0, len(words)))
