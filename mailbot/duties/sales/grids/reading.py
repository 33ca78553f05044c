"""The tables of a mail, from wherever they stand to the lines they say: judged as the lines of its text are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Aside, SetAside, UnclearLine
from mailbot.duties.sales.grids.amounts import is_money
from mailbot.duties.sales.grids.column_names import Of
from mailbot.duties.sales.grids.grid import Grid
from mailbot.duties.sales.grids.headings import Headings, headings_by_content, headings_of
from mailbot.duties.sales.grids.in_csv import grid_of_csv, is_csv
from mailbot.duties.sales.grids.in_html import blanked, grids_of_html, without_tables
from mailbot.duties.sales.grids.in_text import TEXT_TABLE, grids_in_text
from mailbot.duties.sales.grids.in_workbooks import grids_of_workbooks, unread_workbooks
from mailbot.duties.sales.grids.leads import about_files
from mailbot.duties.sales.grids.orders import Order, order_about, orders_in
from mailbot.duties.sales.grids.row_lines import Line, line_of, price_of, with_tax, wrong_total
from mailbot.duties.sales.grids.rows import Entries, Entry, entries_of
from mailbot.duties.sales.grids.stages import speaks_of_plans, speaks_of_the_past
from mailbot.duties.sales.naming.clients import Book, Meant, Unknown, meaning_of
from mailbot.duties.sales.numbers.case import Bench
from mailbot.duties.sales.numbers.periods import FIRST_YEAR
from mailbot.message.model import Evidence, Message, Place, Words
from mailbot.money.numerals import Habit
from mailbot.workbooks.values import Unopened

_WHY_UNREAD: Final = {
    Unopened.MACROS: Doubt.MACROS,
    Unopened.PASSWORD: Doubt.PASSWORD,
    Unopened.LINKS: Doubt.LINKS,
    Unopened.TOO_LARGE: Doubt.TOO_LARGE,
    Unopened.BROKEN: Doubt.BROKEN,
    Unopened.SHUT: Doubt.SHUT,
}


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a mail that speak of amounts of clients, each with its headings, and the files that nobody could
    read. `text_spans` and `html_tables` are where they stand among the words of the mail."""

    grids: tuple[tuple[Grid, Headings], ...]
    unread: tuple[UnclearLine, ...]
    text_spans: tuple[tuple[int, int], ...]
    html_tables: tuple[tuple[tuple[str, ...], ...], ...]

    def outside(self, text: str) -> str:
        """The new words of the mail without its tables, every other character in its place."""
        for start, end in self.text_spans:
            text = blanked(text, start, end)
        return without_tables(text, self.html_tables)

    def outside_in_html(self, shown: str) -> str:
        """The same for the text of the HTML."""
        return without_tables(shown, self.html_tables)

    @property
    def title(self) -> str:
        """What stands over them: names of files and sheets, and what is written above their columns."""
        return " \n ".join(headings.title for _, headings in self.grids)


@dataclass(frozen=True, slots=True)
class Tabled:
    """What the tables of a mail say: those that are drawn in its text, and each of the others by itself.

    `wrong_totals` are those that are not what their rows add up to.
    """

    in_text: tuple[Line, ...]
    lines: tuple[tuple[Line, ...], ...]
    asides: tuple[Aside, ...]
    wrong_totals: tuple[UnclearLine, ...]


def tables_in(message: Message, book: Book, habit: Habit) -> Tables:
    """Every table of the mail, in its order: those of its text, then its files."""
    words = message.body.for_people
    of_html = [(grid, found) for grid in grids_of_html(message) if (found := _headings(grid, book, habit))]
    drawn = [
        (each, found)
        for each in (() if of_html else grids_in_text(words))
        if (found := _headings(each.grid, book, habit))
    ]
    unread = [*_unread(message)]
    lead = about_files(words.text) if message.attachments else ""
    of_files = [
        (grid, found)
        for file in _of_files(message, unread)
        if (found := _headings(grid := replace(file, lead=lead), book, habit))
    ]
    read = (*of_html, *((each.grid, found) for each, found in drawn), *of_files)
    return Tables(
        grids=tuple((grid, headings) for grid, found in read for headings in found),
        unread=tuple(unread),
        text_spans=tuple((each.start, each.end) for each, _ in drawn),
        html_tables=tuple(tuple(tuple(cell.text for cell in row.cells) for row in grid.rows) for grid, _ in of_html),
    )


def said_in(tables: Tables, bench: Bench, habit: Habit, words: Words) -> Tabled:
    """What the rows of the tables say, judged, on a mail that has a date. `words` are those of its text."""
    orders = orders_in(words)
    read = [_read(grid, headings, bench, habit, orders) for grid, headings in tables.grids]
    in_text: list[Line] = []
    of_one: dict[int, list[Line]] = {}  # a table with columns of times is read once for each of them
    for (grid, _), each in zip(tables.grids, read, strict=True):
        is_drawn = grid.source.startswith(TEXT_TABLE) and not grid.is_file
        (in_text if is_drawn else of_one.setdefault(id(grid), [])).extend(each.lines)
    return Tabled(
        in_text=tuple(in_text),
        lines=tuple(map(tuple, of_one.values())),
        asides=tuple(aside for each in read for aside in each.asides),
        wrong_totals=tuple(total for each in read for total in each.wrong_totals),
    )


def _headings(grid: Grid, book: Book, habit: Habit) -> tuple[Headings, ...]:
    """The ways to read the columns: one for each time that has a column of its own; none where it is no table."""
    return headings_of(grid) or _by_content(grid, book, habit)


def _of_files(message: Message, unread: list[UnclearLine]) -> Iterator[Grid]:
    """The tables of the attached files; what is no table after all is added to `unread`."""
    for file in message.attachments:
        if is_csv(file):
            grid = grid_of_csv(file)
            if grid is None:
                unread.append(_of_a_file(file.filename, Doubt.TOO_LARGE))
            elif grid.rows:
                yield grid
    yield from grids_of_workbooks(message.workbooks)


def _unread(message: Message) -> Iterator[UnclearLine]:
    for name, why in unread_workbooks(message.workbooks):
        yield _of_a_file(name, _WHY_UNREAD[why])


def _of_a_file(name: str, doubt: Doubt) -> UnclearLine:
    return UnclearLine(Evidence(name, Place("attachment", 0, len(name))), doubt)


# --- one grid --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    lines: tuple[Line, ...] = ()
    asides: tuple[Aside, ...] = ()
    wrong_totals: tuple[UnclearLine, ...] = ()


def _read(grid: Grid, headings: Headings, bench: Bench, habit: Habit, orders: Sequence[Order]) -> _Read:
    """What one grid says."""
    if grid.is_cut:
        return _Read(lines=(_of_a_file(grid.source, Doubt.TOO_MANY_ROWS),))
    found = entries_of(grid, headings, habit, bench.today or date(FIRST_YEAR, 1, 1))
    of_the_sheet = _of_the_sheet(grid)
    if of_the_sheet is not None:
        return _Read(asides=tuple(_aside(entry, bench, of_the_sheet) for entry in found.entries))
    bench = replace(bench, subject=f"{bench.subject} | {headings.over_amounts}")
    read = _lines(grid, found, bench, orders)
    return replace(read, lines=tuple(map(with_tax, read.lines))) if headings.is_gross else read


def _by_content(grid: Grid, book: Book, habit: Habit) -> tuple[Headings, ...]:
    """The columns of a table without a header, where one of its cells is a client that the records know."""
    if not (grid.is_file or grid.source.startswith("table")) or not grid.rows:
        return ()
    rows = grid.rows[1:] if len(grid.rows) > 1 and not any(_is_figure(grid, 0, habit)) else grid.rows
    width = max(len(row.cells) for row in rows)
    columns = [[cell for row in rows if (cell := row.cell(column)).text] for column in range(width)]
    amounts = [bool(cells) and all(is_money(cell, habit) for cell in cells) for cells in columns]
    known = [sum(_is_known(cell.text, book) for cell in cells) for cells in columns]
    if not any(known):
        return ()
    names = [bool(cells) and not is_it and any(any(map(str.isalpha, cell.text)) for cell in cells)
             for cells, is_it in zip(columns, amounts, strict=True)]  # fmt: skip
    best = known.index(max(known))
    headings = headings_by_content(grid, amounts, [names[column] and column >= best for column in range(width)])
    if headings is None or len(rows) == len(grid.rows):
        return () if headings is None else (headings,)
    return (replace(headings, first=1, over_amounts=grid.rows[0].cell(headings.column(Of.AMOUNT)).text),)


def _is_figure(grid: Grid, row: int, habit: Habit) -> list[bool]:
    return [bool(cell.text) and is_money(cell, habit) for cell in grid.rows[row].cells]


def _is_known(name: str, book: Book) -> bool:
    return any(map(str.isalpha, name)) and not isinstance(meaning_of(name, book), Unknown)


def _of_the_sheet(grid: Grid) -> SetAside | None:
    """Why nothing of a sheet is counted, whatever it holds."""
    if grid.is_hidden:
        return SetAside.HIDDEN_SHEET
    if speaks_of_the_past(grid.title):
        return SetAside.EARLIER
    return SetAside.PLANNED if speaks_of_plans(grid.title) else None


def _lines(grid: Grid, found: Entries, bench: Bench, orders: Sequence[Order]) -> _Read:
    lines: list[Line] = []
    asides: list[Aside] = []
    for entry in found.entries:
        order = order_about(orders, entry.client, entry.row.number)
        if entry.row.is_hidden:
            asides.append(_aside(entry, bench, SetAside.HIDDEN))
        elif order is not None:
            asides.append(replace(_aside(entry, bench, SetAside.LEFT_OUT), order=order.evidence))
        elif entry.figure is None or entry.figure.amount != 0:
            lines.append(line_of(grid, entry, bench))
    wrong = [total for each in found.totals if (total := wrong_total(each, lines, bench)) is not None]
    return _Read(tuple(lines), tuple(asides), tuple(wrong))


def _aside(entry: Entry, bench: Bench, why: SetAside) -> Aside:
    meaning = meaning_of(entry.client, bench.book)
    client = meaning.client if isinstance(meaning, Meant) else None
    return Aside(entry.row.evidence, why, entry.client, price_of(entry, bench), client=client)
