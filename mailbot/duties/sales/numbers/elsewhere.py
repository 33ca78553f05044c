"""Numbers that stand elsewhere than in the lines of a mail: in a table, in an attached sheet. A person reads those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from mailbot.duties.sales.facts import Doubt, UnclearLine
from mailbot.message.model import Evidence, Message, Place

_SHEETS: Final = (".xlsx", ".xls", ".xlsm", ".ods", ".csv", ".numbers")


def tables(message: Message) -> Iterator[UnclearLine]:
    """A table with figures among the new words: a person reads it, and nobody reads its cells torn apart."""
    new_words = " ".join(message.body.for_people.text.split())
    for table in message.tables:
        rows = [" ".join(" ".join(row).split()) for row in table.rows]
        figures = [row for row, cells in zip(rows, table.rows, strict=True) if _has_figure(cells, new_words)]
        if len(figures) > 1:
            yield UnclearLine(Evidence(figures[0][:200], Place("table", 0, len(figures[0][:200]))), Doubt.TABLE)


def _has_figure(cells: Sequence[str], new_words: str) -> bool:
    texts = [" ".join(cell.split()) for cell in cells]
    return len(texts) > 1 and any(any(sign.isdigit() for sign in text) and text in new_words for text in texts)


def sheets(message: Message) -> Iterator[UnclearLine]:
    """The attached sheets, by their names."""
    for attachment in message.attachments:
        if attachment.filename.casefold().endswith(_SHEETS):
            place = Place("attachment", 0, len(attachment.filename))
            yield UnclearLine(Evidence(attachment.filename, place), Doubt.ATTACHMENT)
