"""Workbooks made for tests: by a library where it can, by hand where no honest program would write them."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Fill = Callable[[Workbook, Worksheet], None]


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]], also: Fill | None = None) -> bytes:
    """An .xlsx of these sheets; `also` does something more to the first one. A ("=A1+A2", 3) is a formula and its
    stored value."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    written = []
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        written.append(sheet)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_formula(number, column, value[0], None, value[1])
                elif value is not None:
                    sheet.write(number, column, value)
    if also is not None:
        also(book, written[0])
    book.close()
    return file.getvalue()


def of_lena() -> bytes:
    """S04: a hidden row, a sum, a formula with its stored value, and a sheet of plans."""
    rows: list[list[object]] = [
        ["Kunde", "Betrag", "Währung"],
        ["Mueller Maschinenbau AG", 8400, "EUR"],
        ["Hansen & Söhne KG", 5000, "EUR"],
        ["Kröger Fenster", ("=2000+150", 2150), "EUR"],
        ["Acme Medical GmbH", 9999, "EUR"],
        ["Summe", ("=SUM(B2:B5)", 25549)],
    ]
    plan = [["Mueller Maschinenbau AG", 40000, "EUR"]]
    return workbook(("Ist", rows), ("Plan", plan), also=lambda _, sheet: sheet.set_row(4, None, None, {"hidden": True}))


def altered(raw: bytes, changed: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """The archive with parts replaced, changed, or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys((*old.namelist(), *changed)):
            before = old.read(name) if name in old.namelist() else b""
            after = changed.get(name, before)
            new.writestr(name, after(before) if callable(after) else after)
    return file.getvalue()


def far_cell() -> bytes:
    """A value in A1 and one in the last cell of all, as `XFD1048576`; the sheet says it is small."""
    raw = workbook(("Sheet1", [["a", 1], ["b", 2]]))
    return altered(raw, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b'r="B2"', b'r="XFD1048576"')})


def bomb() -> bytes:
    """A small file that unpacks to eighty megabytes, in one sheet."""
    raw = workbook(("Sheet1", [["a", 1]]))
    spaces = b" " * 80_000_000
    return altered(
        raw, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", spaces + b"</sheetData>")}
    )


def lying_bomb() -> bytes:
    """A part that is larger than the directory of the archive says."""
    raw = altered(workbook(("Sheet1", [["a", 1]])), {"xl/sharedStrings.xml": b"<sst>" + b" " * 90_000_000 + b"</sst>"})
    return re.sub((90_000_011).to_bytes(4, "little"), lambda _: (1_000).to_bytes(4, "little"), raw)


def with_macros() -> bytes:
    return altered(of_lena(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\0" * 100})


def with_links() -> bytes:
    return altered(of_lena(), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def locked() -> bytes:
    """What a workbook with a password looks like from outside: an OLE file with an encrypted package (MS-OFFCRYPTO)."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1_024


def open_document(content: str) -> bytes:
    """An .ods with this inside its spreadsheet."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            '<?xml version="1.0"?><office:document-content'
            ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f"<office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def old_workbook(rows: Sequence[Sequence[str | float]], sheet: str = "Tabelle1") -> bytes:
    """An .xls: a stream of BIFF8 records ([MS-XLS] section 2.1) in a compound file ([MS-CFB] section 2)."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = bytes((len(sheet), 0)) + sheet.encode("latin-1")
    directory_size = len(begin) + 4 + 6 + len(name) + 4
    book = begin + _record(0x0085, struct.pack("<IBB", directory_size, 0, 0) + name) + _record(0x000A, b"")
    cells = b"".join(
        _old_cell(row, column, value) for row, each in enumerate(rows) for column, value in enumerate(each)
    )
    worksheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + _record(0x000A, b"")
    return _compound_file((book + worksheet).ljust(4_096, b"\0"))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _old_cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        written = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + written)
    return _record(0x0203, place + struct.pack("<d", value))


def _compound_file(stream: bytes) -> bytes:
    """One stream, "Workbook", of at least 4,096 bytes: sector 0 is the FAT, 1 the directory, the stream follows."""
    sectors = -(-len(stream) // 512)
    chain = [*range(3, sectors + 2), _END]
    fat = struct.pack("<128I", _FAT, _END, *chain, *([_FREE] * (126 - len(chain))))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4_096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *([_FREE] * 108))
    root = _entry("Root Entry", 5, child=1, start=_END, size=0)
    book = _entry("Workbook", 2, child=_NONE, start=2, size=len(stream))
    empty = (b"\0" * 68 + struct.pack("<III", _NONE, _NONE, _NONE)).ljust(128, b"\0")
    return head + fat + root + book + empty * 2 + stream.ljust(sectors * 512, b"\0")


_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    about = struct.pack("<HBBIII", len(written) + 2, kind, 1, _NONE, _NONE, child)
    return written.ljust(64, b"\0") + about + b"\0" * 36 + struct.pack("<IQ", start, size)
