"""CSV files of any charset and dialect as grids (RFC 4180, and what programs write instead).

Which charset and which separator it is, nobody says: both are guessed, by what makes a table of it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal

from mailbot.duties.sales.grids.grid import MOST_ROWS, Cell, Grid, Row, place_of_row
from mailbot.message.model import Attachment
from mailbot.workbooks.bounds import is_text

MOST_BYTES: Final = 5_000_000
_NAMES: Final = (".csv", ".tsv", ".tab", ".txt", ".xls")
_TYPES: Final = ("text/csv", "text/tab-separated-values", "text/comma-separated-values", "application/csv")
_SEPARATORS: Final = (";", ",", "\t", "|")
_SAMPLE_LINES: Final = 60
_SAMPLE: Final = 50_000  # characters
_MOST_COLUMNS: Final = 60
_LONGEST_CELL: Final = 300
_MOST_BREAKS: Final = 20  # in one cell; with more, a quotation mark was opened and never closed
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSETS: Final = ("cp1252", "mac_roman", "cp850")
# Letters of names in the languages of our clients: a wrong charset turns them into signs that nobody writes.
_LETTERS: Final = frozenset("äöüÄÖÜßéèêëàâáåæøñçôóòîíúûùœÉÅØłśżźćńęą€£’–")
_COMMON: Final = frozenset("äöüÄÖÜßé€")
_NAMES_ITS_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def is_csv(file: Attachment) -> bool:
    """Whether a file is a table in text; an ".xls" of some programs is one."""
    named = file.filename.casefold().endswith(_NAMES) or file.content_type.startswith(_TYPES)
    return named and (is_text(file.content) or _wide_charset(file.content[:4_000]) is not None)


def text_of_csv(raw: bytes) -> str:
    """The file as text, in the charset that makes words of it."""
    for mark, charset in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(charset, "replace")
    if wide := _wide_charset(raw[:4_000]):
        return raw.decode(wide, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        beginning = raw[:_SAMPLE]
        fitting = max(_CHARSETS, key=lambda charset: _sense(beginning.decode(charset, "replace")))
        return raw.decode(fitting, "replace")


def grid_of_csv(file: Attachment) -> Grid | None:
    """The table of the file; None where it is too large, or no table."""
    if len(file.content) > MOST_BYTES:
        return None
    text = text_of_csv(file.content).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    separator, text, skipped = _separator(text)
    rows: list[Row] = []
    try:
        for number, cells in _records(text, separator, MOST_ROWS + 1):
            row = tuple(Cell(" ".join(cell.split())[:_LONGEST_CELL]) for cell in cells[:_MOST_COLUMNS])
            if any(cell.text for cell in row):
                where = number + skipped
                rows.append(Row(where, row, place_of_row(file.filename, where, row)))
    except csv.Error:
        return None
    return Grid(
        source=file.filename,
        rows=tuple(rows),
        title=file.filename.rpartition(".")[0],
        is_file=True,
        is_cut=len(rows) > MOST_ROWS,
        is_parted=True,
    )


def _wide_charset(beginning: bytes) -> str | None:
    """UTF-16 without a byte order mark: in Western text every other byte is zero."""
    even, odd = beginning[0::2].count(0), beginning[1::2].count(0)
    if len(beginning) < 4 or max(even, odd) < len(beginning) // 2 * 0.7:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _sense(text: str) -> int:
    """How many letters make words, less the signs that do not."""
    return sum(2 if sign in _COMMON else 1 if sign in _LETTERS else -1 for sign in text if not sign.isascii())


def _separator(text: str) -> tuple[str, str, int]:
    """The separator, the text without a line that only names it (Excel's `sep=;`), and how many lines that were."""
    if named := _NAMES_ITS_SEPARATOR.match(text):
        return named[1], text[named.end() :], 1
    sample = "\n".join(text[:_SAMPLE].split("\n")[:_SAMPLE_LINES])
    return max(_SEPARATORS, key=lambda separator: _fit(sample, separator)), text, 0


def _fit(sample: str, separator: str) -> tuple[float, int]:
    """In how many of its lines a separator makes cells of the commonest number, and of which."""
    try:
        widths = [len(cells) for _, cells in _records(sample, separator, _SAMPLE_LINES) if any(cells)]
    except csv.Error:
        return 0.0, 0
    common, count = (
        Counter(width for width in widths if width > 1).most_common(1)[0] if max(widths, default=0) > 1 else (0, 0)
    )
    return count / max(len(widths), 1), common


def _records(text: str, separator: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """The records with the line each begins in; read plainly where a quotation mark was never closed."""
    read = list(_read(text, separator, most, csv.QUOTE_MINIMAL))
    if any(cell.count("\n") > _MOST_BREAKS for _, cells in read for cell in cells):
        read = list(_read(text, separator, most, csv.QUOTE_NONE))
    return iter(read)


def _read(text: str, separator: str, most: int, quoting: Literal[0, 3]) -> Iterator[tuple[int, list[str]]]:
    if len(separator) != 1 or separator in '"\n':
        raise csv.Error("no separator")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    line = 1
    for _ in range(most):
        cells = next(reader, None)
        if cells is None:
            return
        yield line, cells
        line = reader.line_num + 1
