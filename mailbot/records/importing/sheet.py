"""Bytes of a CSV file as lines of cells, whatever program wrote them: charset, separator and quotes are guessed.

Nothing here is trusted: a line that cannot be read is set aside with its reason, and the others are kept.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mailbot.errors import Never

MOST_BYTES: Final = 50_000_000
_SEPARATORS: Final = (",", ";", "\t", "|")
_LINES_TO_GUESS_BY = 100
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMULA_BEGINS: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # the last four: fullwidth, as in East Asia


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the file: the line it begins in, from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that is not taken, and why."""

    line: Line
    why: str

    def __str__(self) -> str:
        return f"line {self.line.number}: {self.why}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read. `charset` and `separator` are what was guessed."""

    charset: str
    separator: str
    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    rejected: tuple[Rejected, ...]


def read_sheet(raw: bytes) -> Sheet:
    """The lines of a CSV file. Never where it is none: empty, too big, or a workbook."""
    if len(raw) > MOST_BYTES:
        raise Never(f"it has {len(raw):,} bytes, and {MOST_BYTES:,} are the most: split it")
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Never("it is a workbook: save the sheet as CSV in your spreadsheet program, and import that file")
    charset, text = _decoded(raw)
    separator, text, skipped = _separator(text)
    records = _records(text, separator, skipped)
    headers = next((record.cells for record in records if isinstance(record, Line)), ())
    if not any(header.strip() for header in headers):
        raise Never("it is empty: its first line must name the columns")
    lines: list[Line] = []
    rejected: list[Rejected] = []
    for record in records:
        judged = _judged(record, len(headers))
        if isinstance(judged, Rejected):
            rejected.append(judged)
        else:
            lines.append(judged)
    return Sheet(charset, separator, tuple(header.strip() for header in headers), tuple(lines), tuple(rejected))


def write_sheet(headers: tuple[str, ...], rows: Iterator[tuple[str, ...]], separator: str = ",") -> str:
    """Rows as CSV (RFC 4180), in which no cell is a formula to any spreadsheet program."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
    writer.writerow([without_formula(header) for header in headers])
    writer.writerows([without_formula(cell) for cell in row] for row in rows)
    return file.getvalue()


def without_formula(cell: str) -> str:
    """A text that a spreadsheet program takes for a text: an apostrophe goes before what begins like a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_BEGINS) else cell


def with_formula(cell: str) -> str:
    """The text as it was before `without_formula`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_BEGINS) else cell


def _decoded(raw: bytes) -> tuple[str, str]:
    for mark, charset in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return charset, raw[len(mark) :].decode(charset, "replace")
    if wide := _wide_charset(raw[:4_000]):
        return wide, raw.decode(wide, "replace")
    try:
        return "utf-8", raw.decode("utf-8")
    except UnicodeDecodeError:
        return _line_by_line(raw)


def _wide_charset(beginning: bytes) -> str | None:
    """UTF-16 without a byte order mark: in Western text every other byte is zero."""
    even, odd = beginning[0::2].count(0), beginning[1::2].count(0)
    most = len(beginning) // 2 * 0.7
    if len(beginning) < 4 or max(even, odd) < most:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _line_by_line(raw: bytes) -> tuple[str, str]:
    """Files that were pasted together have lines in more than one charset; those of Windows are the other one."""
    charsets: set[str] = set()
    lines: list[str] = []
    for line in raw.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
            charsets |= set() if line.isascii() else {"utf-8"}
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", "replace"))
            charsets.add("windows-1252")
    return " and ".join(sorted(charsets)), "\n".join(lines)


def _separator(text: str) -> tuple[str, str, int]:
    """The separator, the text without a line that only names it (Excel's `sep=;`), and how many lines that were."""
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", first):
        return first[4], rest, 1
    sample = "\n".join(text[:200_000].split("\n")[:_LINES_TO_GUESS_BY])
    return max(_SEPARATORS, key=lambda separator: _fits(sample, separator)), text, 0


def _fits(sample: str, separator: str) -> tuple[float, int]:
    """How well a separator cuts a sample into records of the same width as the first, and that width."""
    records = [record for record in _records(sample, separator) if isinstance(record, Line) and any(record.cells)]
    if not records or len(records[0].cells) < 2:
        return 0.0, 0
    width = len(records[0].cells)
    return sum(len(record.cells) == width for record in records) / len(records), width


_UNQUOTED: Final = "a quotation mark is opened and never closed before a separator: nothing up to the next is taken in"


def _records(text: str, separator: str, skipped: int = 0) -> Iterator[Line | Rejected]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        first = reader.line_num + 1 + skipped
        try:
            yield Line(first, tuple(next(reader)))
        except StopIteration:
            return
        except csv.Error as trouble:
            most = csv.field_size_limit()
            why = f"a cell has more than {most:,} characters" if "limit" in str(trouble) else _UNQUOTED
            yield Rejected(Line(first, ()), why)


def _judged(record: Line | Rejected, width: int) -> Line | Rejected:
    if isinstance(record, Rejected):
        return record
    if any(_CONTROL.search(cell) for cell in record.cells):
        return Rejected(record, "it holds control characters, such as NUL: it was damaged, or is no text")
    if any(cell.count("\n") > 20 for cell in record.cells):
        return Rejected(record, "a cell runs over more than 20 lines: a quotation mark is opened and never closed")
    if any(cell.strip() for cell in record.cells[width:]):
        count = len(record.cells)
        return Rejected(
            record, f"it has {count} cells and the first line {width}: is a cell with a separator unquoted?"
        )
    cells = (*record.cells[:width], *([""] * (width - len(record.cells))))
    return Line(record.number, tuple(with_formula(cell.strip()) for cell in cells))
