"""The words of the tables of a mail, as far as clients are looked for in them before anything is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mailbot.duties.sales.grids.in_csv import is_csv, text_of_csv
from mailbot.message.model import Message

_LONGEST: Final = 20_000  # characters, of all tables together


def text_of_tables(message: Message) -> str:
    """The cells of its tables, a line each: of the HTML, of workbooks, and what CSV files begin with."""
    taken: list[str] = []
    room = _LONGEST
    for text in _cells(message):
        taken.append(text[:room])
        room -= len(text) + 1
        if room <= 0:
            break
    return "\n".join(taken)


def _cells(message: Message) -> Iterator[str]:
    for table in message.tables:
        yield from (text for row in table.rows for text in row if text)
    for workbook in message.workbooks:
        for sheet in workbook.contents.sheets:
            yield from (cell.text for row in sheet.rows for cell in row.cells if cell.text and cell.number is None)
    for file in message.attachments:
        if is_csv(file):
            yield text_of_csv(file.content[:_LONGEST]).replace(";", "\n").replace(",", "\n").replace("\t", "\n")
