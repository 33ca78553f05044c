"""Data tables of an HTML part as grids (HTML Living Standard, section 4.9.12, "forming a table")."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from mailbot.message.limits import Limits
from mailbot.message.model import Table
from mailbot.message.raised import RAISED, beside

_BLANKS = re.compile(r"\s+")
_TWO_CELLS = ":is(td, th) ~ :is(td, th)"
_INNERMOST = "table:not(:has(table))"
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})


def may_hold_data(node: LexborNode) -> bool:
    """Whether two cells stand in a row somewhere: mail programs lay out whole letters in tables of one column."""
    return node.css_first(_TWO_CELLS) is not None


def read_tables(root: LexborNode, hidden: frozenset[int], limits: Limits) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The tables that hold data: at least two columns and two rows, or one row with two filled cells.

    A table that holds other tables is layout, its inner ones are read. A cell that spans columns or rows stands once,
    where it begins, and leaves "" in its other places: no amount is ever there twice. `hidden` are the `mem_id` of
    the elements that a reader does not see. The second value says what was left out for size.
    """
    tables: list[Table] = []
    cut: list[str] = []
    for node in root.css(_INNERMOST):
        if len(tables) == limits.tables:
            cut.append(f"more than {limits.tables} tables, the others are not read")
            break
        if may_hold_data(node) and not _inside_hidden(node, hidden):
            table = _read(node, hidden, limits, cut)
            if table is not None:
                tables.append(table)
    return tuple(tables), tuple(cut)


def _inside_hidden(node: LexborNode | None, hidden: frozenset[int]) -> bool:
    while hidden and node is not None:
        if node.mem_id in hidden:
            return True
        node = node.parent
    return False


def _read(table: LexborNode, hidden: frozenset[int], limits: Limits, cut: list[str]) -> Table | None:
    rows: list[tuple[str, ...]] = []
    reached: set[tuple[int, int]] = set()
    hidden_rows = width = 0
    reaching_down: dict[int, int] = {}
    for row in _rows(table):
        if row.mem_id in hidden or (row.parent is not None and row.parent.mem_id in hidden):
            hidden_rows += 1
            continue
        taken = {column for column, high in reaching_down.items() if high > 0}
        read = _row(row, reaching_down, hidden, limits.table_columns)
        width = max(width, len(read))
        if (len(rows) + 1) * width > limits.table_cells:
            cut.append(f"a table of more than {limits.table_cells} cells, read as far as row {len(rows)}")
            break
        if any(read):
            reached.update((len(rows), column) for column in taken)
            rows.append(read)
    width = max(map(len, rows), default=0)
    if width < 2 or not any(sum(map(bool, row)) >= 2 for row in rows):
        return None
    return Table(tuple(row + ("",) * (width - len(row)) for row in rows), hidden_rows, frozenset(reached))


def _rows(table: LexborNode) -> list[LexborNode]:
    rows: list[LexborNode] = []
    for child in _children(table):
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in _SECTIONS:
            rows.extend(row for row in _children(child) if row.tag == "tr")
    return rows


def _row(row: LexborNode, reaching_down: dict[int, int], hidden: frozenset[int], most: int) -> tuple[str, ...]:
    """The texts of one row; `reaching_down` says for how many more rows a column is taken by a cell from above."""
    texts: list[str] = []

    def skip_taken() -> None:
        while reaching_down.get(len(texts), 0) > 0:
            reaching_down[len(texts)] -= 1
            texts.append("")

    for cell in _children(row):
        if cell.tag not in {"td", "th"}:
            continue
        skip_taken()
        if len(texts) >= most:
            break
        wide, high = _span(cell, "colspan", most - len(texts)), _span(cell, "rowspan", 10_000)
        for column in range(len(texts), len(texts) + wide):
            reaching_down[column] = high - 1
        texts.append("" if cell.mem_id in hidden else _cell_text(cell, hidden))
        texts.extend([""] * (wide - 1))
    skip_taken()
    return tuple(texts)


def _span(cell: LexborNode, name: str, most: int) -> int:
    written = (cell.attributes.get(name) or "").strip()
    return max(1, min(int(written), most)) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _cell_text(cell: LexborNode, hidden: frozenset[int]) -> str:
    pieces: list[str] = []
    stack: list[LexborNode | None] = [cell]
    is_raised = False  # whether the next text stands higher or lower than the one before it
    while stack:
        node = stack.pop()
        if node is None:
            is_raised = True
        elif node.tag == "-text":
            text = node.text_content or ""
            pieces.append(beside(pieces[-1] if pieces else "", text) if is_raised else text)
            is_raised = is_raised and not text
        elif node.tag == "br":
            pieces.append(" ")
        elif node.tag not in {"style", "script", "-comment"} and node.mem_id not in hidden:
            if node.tag in {"p", "div", "li"}:
                pieces.append(" ")
            border = [None] if node.tag in RAISED else []
            stack.extend((*border, *reversed(_children(node)), *border))
    return _BLANKS.sub(" ", "".join(pieces)).strip()


def _children(node: LexborNode) -> list[LexborNode]:
    children: list[LexborNode] = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children
