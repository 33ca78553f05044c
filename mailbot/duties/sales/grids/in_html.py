"""The tables of the HTML part as grids, and where the same cells stand in the text of the mail, torn apart or not.

The text a mail is trimmed in may be its plain alternative. Letters and digits are compared, for blanks and signs
change on the way from one to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mailbot.duties.sales.grids.grid import Cell, Grid, Row, place_of_row
from mailbot.duties.sales.grids.leads import line_above
from mailbot.message.html import read_html
from mailbot.message.limits import Limits
from mailbot.message.model import Message, Table
from mailbot.message.trimmer import trim

TABLE: Final = "table "  # with its number: where a row stands
_MOST_TEXT: Final = 200_000  # characters
_MOST_ROWS: Final = 600


def grids_of_html(message: Message) -> Iterator[Grid]:
    """The tables among the new words: those of a quoted mail were said by somebody else, or before."""
    if not message.tables:
        return
    text = _shown(message)
    new = Signs.of(text)
    for number, table in enumerate(message.tables, start=1):
        place = new.place_of(table.rows[:_MOST_ROWS])
        if place is not None:
            yield _grid(f"{TABLE}{number}", table, line_above(text, place[0]))


def _shown(message: Message) -> str:
    """The new words of the HTML, with the signature: a table may stand below the name of its writer."""
    if message.html is None:
        return message.body.for_figures.text
    shown = read_html(message.html, Limits()).text
    if shown == message.body.original:
        return message.body.for_figures.text
    name = message.sender.name if message.sender else ""
    return trim(shown, Limits(), name).for_figures.text


def _grid(source: str, table: Table, lead: str) -> Grid:
    rows = tuple(
        _row(source, number, texts, table.reached) for number, texts in enumerate(table.rows[:_MOST_ROWS], start=1)
    )
    return Grid(source, rows, lead=lead, is_cut=len(table.rows) > _MOST_ROWS)


def _row(source: str, number: int, texts: Sequence[str], reached: frozenset[tuple[int, int]]) -> Row:
    cells = tuple(Cell(" ".join(text.split())) for text in texts)
    taken = frozenset(column for row, column in reached if row == number - 1)
    return Row(number, cells, place_of_row(source, number, cells), reached=taken)


@dataclass(frozen=True, slots=True)
class Signs:
    """The letters and digits of a text, and where each stands in it."""

    signs: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Signs:
        """Of the beginning of a text, as far as tables are looked for in it."""
        signs: list[str] = []
        places: list[int] = []
        for place, sign in enumerate(text[:_MOST_TEXT]):
            if sign.isalnum():
                folded = sign.casefold()
                signs.append(folded)
                places.extend([place] * len(folded))
        return cls("".join(signs), tuple(places))

    def place_of(self, rows: Sequence[Sequence[str]]) -> tuple[int, int] | None:
        """Where in the text the rows stand one below the other; None where one of them does not."""
        first = None
        at = 0
        for row in rows:
            signs = "".join(sign.casefold() for text in row for sign in text if sign.isalnum())
            found = self.signs.find(signs, at)
            if found < 0:
                return None
            if signs:
                first = found if first is None else first
                at = found + len(signs)
        return None if first is None else (self.places[first], self.places[at - 1] + 1)


def without_tables(text: str, tables: Sequence[Sequence[Sequence[str]]]) -> str:
    """The text with these tables blanked out where they stand in it; all other characters keep their places."""
    signs = Signs.of(text) if tables else None
    for rows in tables:
        place = signs.place_of(rows) if signs else None
        if place is not None:
            text = blanked(text, *place)
    return text


def blanked(text: str, start: int, end: int) -> str:
    """The text with blanks from `start` to `end`; its lines stay."""
    inside = "".join("\n" if sign == "\n" else " " for sign in text[start:end])
    return text[:start] + inside + text[end:]
