"""The sheets of the workbooks of a mail as grids, and which of them could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailbot.duties.sales.grids.grid import MOST_ROWS, Grid, Row, place_of_row
from mailbot.workbooks.values import Sheet, SheetRow, Unopened, Workbook


def grids_of_workbooks(workbooks: Iterable[Workbook]) -> Iterator[Grid]:
    """Every sheet that was read and is not blank."""
    for workbook in workbooks:
        for sheet in workbook.contents.sheets:
            if sheet.rows:
                yield _grid(workbook, sheet)


def unread_workbooks(workbooks: Iterable[Workbook]) -> Iterator[tuple[str, Unopened]]:
    """The workbooks and sheets that were not read, by their names, and why."""
    for workbook in workbooks:
        if workbook.contents.unopened is not None:
            yield workbook.filename, workbook.contents.unopened
        for sheet in workbook.contents.sheets:
            if sheet.unread is not None:
                yield f"{workbook.filename}/{sheet.name}", sheet.unread


def _grid(workbook: Workbook, sheet: Sheet) -> Grid:
    source = f"{workbook.filename}/{sheet.name}"
    return Grid(
        source=source,
        rows=tuple(_row(source, sheet, row) for row in sheet.rows),
        title=sheet.name,
        is_file=True,
        is_hidden=sheet.is_hidden,
        is_cut=sheet.is_cut or len(sheet.rows) > MOST_ROWS,
        hidden_columns=sheet.hidden_columns,
        knows_hidden=workbook.contents.knows_hidden,
    )


def _row(source: str, sheet: Sheet, row: SheetRow) -> Row:
    return Row(
        number=row.number,
        cells=row.cells,
        evidence=place_of_row(source, row.number, row.cells, sign="!"),
        is_hidden=row.is_hidden,
        reached=frozenset(column for number, column in sheet.merged if number == row.number),
    )
