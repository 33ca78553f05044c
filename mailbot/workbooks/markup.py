"""What the XML of a workbook says that the library does not tell: what is hidden, which currency a format shows, which
formulas have no stored value, and how far the sheet reaches (ECMA-376 part 1, section 18.3; OpenDocument 1.3 part 3).

Read with expat as a stream, part by part; a document type declaration is refused, for it is where entities come from.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

_CHUNK: Final = 65_536
_MOST_AREA: Final = 1_000_000  # cells between the first and the last one, blank ones included
_MOST_CELLS: Final = 200_000  # that are written
_MOST_KEPT: Final = 20_000  # rows and cells of which something is kept
_CURRENCIES: Final = ("€", "£", "$", "CHF", "EUR", "GBP", "USD", "PLN", "zł", "CZK", "SEK", "NOK", "DKK", "¥")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LOCALE = re.compile(r"\[\$([^\]-]{0,5})(?:-[0-9A-Fa-f]{1,8})?\]")
Attributes = Mapping[str, str]


class MarkupError(ValueError):
    """XML that cannot be read, or may not be."""


@dataclass(slots=True)
class SheetMarkup:
    """Of one sheet: rows from 1, columns from 0. `marks` are the currencies and "%" that cells are shown with."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    without_value: set[tuple[int, int]] = field(default_factory=set)
    formulas: int = 0
    cells: int = 0
    last_row: int = 0
    last_column: int = 0

    @property
    def is_too_large(self) -> bool:
        """Whether the library would need more memory for it than it may have."""
        return self.cells > _MOST_CELLS or self.last_row * (self.last_column + 1) > _MOST_AREA


Markup = Mapping[str, SheetMarkup]


# --- Office Open XML -------------------------------------------------------------------------------------------------


def markup_of_xlsx(archive: zipfile.ZipFile) -> Markup:
    """Of every sheet, by its name."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, given: Attributes) -> None:
        if tag == "Relationship" and "Id" in given:
            targets[given["Id"]] = posixpath.normpath(posixpath.join("xl", given.get("Target", ""))).lstrip("/")

    def sheet(tag: str, given: Attributes) -> None:
        if tag == "sheet":
            sheets[given.get("name", "")] = given.get("id", "")

    _stream(archive, "xl/_rels/workbook.xml.rels", relation)
    _stream(archive, "xl/workbook.xml", sheet)
    formats = _formats(archive)
    parts = set(archive.namelist())
    return {
        name: _of_worksheet(archive, targets[key], formats)
        for name, key in sheets.items()
        if targets.get(key) in parts and "worksheets/" in targets[key]
    }


def _formats(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """For each style of a cell, the currency or the "%" it shows (section 18.8.30)."""
    written: dict[str, str] = {"9": "0%", "10": "0.00%"}
    marks: list[str] = []
    inside: list[str] = []

    def begin(tag: str, given: Attributes) -> None:
        inside.append(tag)
        if tag == "numFmt":
            written[given.get("numFmtId", "")] = given.get("formatCode", "")[:200]
        elif tag == "xf" and "cellXfs" in inside:
            marks.append(_mark_in(written.get(given.get("numFmtId", ""), "")))

    if "xl/styles.xml" in archive.namelist():
        _stream(archive, "xl/styles.xml", begin, lambda _: inside.pop())
    return tuple(marks)


def _mark_in(code: str) -> str:
    """What a format such as `#,##0.00\\ [$€-407]` writes beside the number."""
    if located := _LOCALE.search(code):
        return located[1].strip()
    if "%" in code:
        return "%"
    return next((currency for currency in _CURRENCIES if currency in code), "")


@dataclass(slots=True)
class _Worksheet:
    """The reader of one worksheet: what has begun, and what was found so far."""

    formats: tuple[str, ...]
    found: SheetMarkup = field(default_factory=SheetMarkup)
    row: int = 0
    column: int = -1
    has_formula: bool = False
    has_value: bool = False

    def begin(self, tag: str, given: Attributes) -> None:
        match tag:
            case "row":
                self._row(given)
            case "c":
                self._cell(given)
            case "f":
                self.has_formula = True
            case "v" | "is":
                self.has_value = True
            case "col" if _is_true(given.get("hidden")) or given.get("width") == "0":
                first, last = _number(given.get("min")), min(_number(given.get("max")), 200)
                self.found.hidden_columns.update(range(first - 1, last))

    def _row(self, given: Attributes) -> None:
        self.row = _number(given.get("r")) or self.row + 1
        self.column = -1
        if (_is_true(given.get("hidden")) or given.get("ht") == "0") and len(self.found.hidden_rows) < _MOST_KEPT:
            self.found.hidden_rows.add(self.row)

    def _cell(self, given: Attributes) -> None:
        self.has_formula = self.has_value = False
        place = _PLACE.fullmatch(given.get("r", ""))
        self.column = _column(place[1]) if place else self.column + 1
        row = int(place[2]) if place else self.row
        self.found.cells += 1
        self.found.last_row = max(self.found.last_row, row)
        self.found.last_column = max(self.found.last_column, self.column)
        style = _number(given.get("s"))
        mark = self.formats[style] if style < len(self.formats) else ""
        if mark and len(self.found.marks) < _MOST_KEPT:
            self.found.marks[row, self.column] = mark

    def end(self, tag: str) -> None:
        if tag == "c" and self.has_formula:
            self.found.formulas += 1
            if not self.has_value and len(self.found.without_value) < _MOST_KEPT:
                self.found.without_value.add((self.row, self.column))


def _of_worksheet(archive: zipfile.ZipFile, name: str, formats: tuple[str, ...]) -> SheetMarkup:
    reader = _Worksheet(formats)
    _stream(archive, name, reader.begin, reader.end, lambda: reader.found.is_too_large)
    return reader.found


def _column(letters: str) -> int:
    """A is 0, XFD is 16,383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


# --- OpenDocument ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Spreadsheet:
    """The reader of content.xml, which holds every sheet."""

    sheets: dict[str, SheetMarkup] = field(default_factory=dict)
    found: SheetMarkup = field(default_factory=SheetMarkup)
    row: int = 0
    rows: int = 1
    column: int = 0
    columns: int = 0

    def begin(self, tag: str, given: Attributes) -> None:
        times = max(_number(given.get("number-rows-repeated") or given.get("number-columns-repeated")), 1)
        is_hidden = given.get("visibility") in {"collapse", "filter"}
        match tag:
            case "table":
                self.found = self.sheets[given.get("name", "")] = SheetMarkup()
                self.row = self.columns = 0
                self.rows = 1
            case "table-column":
                if is_hidden:
                    self.found.hidden_columns.update(range(self.columns, min(self.columns + times, 200)))
                self.columns += times
            case "table-row":
                if is_hidden:
                    self.found.hidden_rows.update(range(self.row + 1, self.row + 1 + min(times, _MOST_KEPT)))
                self.rows, self.column = times, 0
            case "table-cell" | "covered-table-cell":
                self._cell(given, times)

    def _cell(self, given: Attributes, times: int) -> None:
        if "value-type" in given:
            self.found.cells += times * self.rows
            self.found.last_row = max(self.found.last_row, self.row + self.rows)
            self.found.last_column = max(self.found.last_column, self.column + times - 1)
            self.found.formulas += "formula" in given
            mark = given.get("currency", "") or ("%" if given["value-type"] == "percentage" else "")
            if mark and times == self.rows == 1 and len(self.found.marks) < _MOST_KEPT:
                self.found.marks[self.row + 1, self.column] = mark[:5]
        self.column += times

    def end(self, tag: str) -> None:
        if tag == "table-row":
            self.row += self.rows


def markup_of_ods(archive: zipfile.ZipFile) -> Markup:
    """Of every sheet, by its name."""
    reader = _Spreadsheet()
    _stream(archive, "content.xml", reader.begin, reader.end, lambda: reader.found.is_too_large)
    return reader.sheets


# --- XML -------------------------------------------------------------------------------------------------------------


def _stream(
    archive: zipfile.ZipFile,
    name: str,
    begin: Callable[[str, Attributes], object],
    end: Callable[[str], object] = lambda _: None,
    is_enough: Callable[[], bool] = lambda: False,
) -> None:
    """Gives a part to expat piece by piece, names without their namespaces, until its end or until it is enough."""

    def refuse(*_: object) -> None:
        raise MarkupError(f"{name} declares a document type")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, given: begin(
        tag.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in given.items()}
    )
    parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    try:
        with archive.open(name) as part:
            while (piece := part.read(_CHUNK)) and not is_enough():
                parser.Parse(piece, False)
            if not is_enough():
                parser.Parse(b"", True)
    except (expat.ExpatError, KeyError) as trouble:
        raise MarkupError(f"{name}: {trouble}") from trouble


def _is_true(value: str | None) -> bool:
    return value in {"1", "true"}


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0
