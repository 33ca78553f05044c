"""Tables drawn in plain text: with bars, with tabs, or with columns that stand below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mailbot.duties.sales.grids.grid import Cell, Grid, Row
from mailbot.duties.sales.grids.leads import line_above
from mailbot.message.model import Words

TEXT_TABLE: Final = "text table "  # with its number
_MOST_LINES: Final = 400
_LONGEST_LINE: Final = 300
_RULE = re.compile(r"[\s|+:=_*\u2500-\u257f-]*[-=_\u2500-\u257f]{2}[\s|+:=_*\u2500-\u257f-]*")
_PIECE = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True, slots=True)
class TextGrid:
    """A table of the text, and the characters that it takes there."""

    grid: Grid
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text that may be a row: where it begins, and its pieces with theirs."""

    start: int
    text: str
    pieces: tuple[tuple[int, int], ...]
    separator: str

    def cells(self) -> tuple[str, ...]:
        return tuple(self.text[start:end].strip() for start, end in self.pieces)


def grids_in_text(words: Words) -> Iterator[TextGrid]:
    """Every block of lines that can be a table; whether it is one, its first row says."""
    for number, block in enumerate(_blocks(words.text), start=1):
        rows = tuple(_rows(block, words))
        if len(rows) > 1:
            end = block[-1].start + len(block[-1].text)
            lead = line_above(words.text, block[0].start)
            yield TextGrid(Grid(f"{TEXT_TABLE}{number}", rows, lead=lead), block[0].start, end)


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines that are parted in the same way, rules between them left out."""
    block: list[_Line] = []
    at = 0
    for raw in text.split("\n")[:_MOST_LINES]:
        line = None if len(raw) > _LONGEST_LINE or raw.lstrip().startswith(">") else _parted(raw, at)
        at += len(raw) + 1
        if line is None and _RULE.fullmatch(raw) and block:
            continue
        if line is not None and (not block or block[-1].separator == line.separator):
            block.append(line)
            continue
        if len(block) > 1:
            yield block
        block = [line] if line is not None else []
    if len(block) > 1:
        yield block


def _parted(raw: str, start: int) -> _Line | None:
    """The line in pieces, by the strongest separator that it has; None where it has none, or is only a rule."""
    if not raw.strip() or _RULE.fullmatch(raw):
        return None
    for separator in ("|", "\t", ";"):
        if separator in raw:
            return _Line(start, raw, _between(raw, separator), separator)
    pieces = tuple(match.span() for match in _PIECE.finditer(raw))
    return _Line(start, raw, pieces, " ") if len(pieces) > 1 else None


def _between(raw: str, separator: str) -> tuple[tuple[int, int], ...]:
    """What stands between the separators; a bar at the edge of the line parts nothing."""
    first, last = 0, len(raw)
    if separator == "|":
        first = raw.index("|") + 1 if raw.lstrip().startswith("|") else 0
        last = raw.rindex("|") if raw.rstrip().endswith("|") and raw.rindex("|") >= first else last
    pieces: list[tuple[int, int]] = []
    at = first
    for piece in raw[first:last].split(separator):
        pieces.append((at, at + len(piece)))
        at += len(piece) + 1
    return tuple(pieces)


def _rows(block: Sequence[_Line], words: Words) -> Iterator[Row]:
    columns = block[0].pieces
    for number, line in enumerate(block, start=1):
        texts = line.cells() if line.separator != " " else _below(line, columns)
        cells = tuple(Cell(text) for text in texts)
        start = line.start + len(line.text) - len(line.text.lstrip())
        yield Row(number, cells, words.evidence(start, line.start + len(line.text.rstrip())))


def _below(line: _Line, columns: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The pieces of a line, each in the column of the heading that it stands below, or nearest to."""
    texts = [""] * len(columns)
    for start, end in line.pieces:
        column = min(range(len(columns)), key=lambda each: _distance((start, end), columns[each]))
        texts[column] = f"{texts[column]} {line.text[start:end]}".strip()
    return tuple(texts)


def _distance(piece: tuple[int, int], column: tuple[int, int]) -> tuple[int, int]:
    """How far apart they are, and, where they overlap, how far their edges are from each other."""
    gap = max(column[0] - piece[1], piece[0] - column[1], 0)
    return gap, min(abs(piece[0] - column[0]), abs(piece[1] - column[1]))
