"""The child process: reads one workbook from its input and writes what it holds to its output, as JSON.

It trusts nothing of the file. Sizes are taken from the directory of the archive before anything is unpacked, and what
the XML of a sheet says of itself is looked at before the library is let at it. Formulas are not computed, links not
followed, macros not even unpacked.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from dataclasses import asdict
from datetime import date
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from mailbot.guarded.limits import TOO_MUCH, limit
from mailbot.workbooks.bounds import LIMITS, MOST_BYTES, OLE, ZIP
from mailbot.workbooks.cells import LONGEST_TEXT, sheet_of
from mailbot.workbooks.markup import Markup, MarkupError, markup_of_ods, markup_of_xlsx
from mailbot.workbooks.values import Contents, Sheet, Unopened

_MOST_UNPACKED: Final = 60_000_000
_MOST_ENTRIES: Final = 2_000
_MOST_SHEETS: Final = 30

_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_OF_OLE_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")
_OF_OLE_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")


def main() -> None:
    """Within its limits; ends with TOO_MUCH where they do not suffice."""
    limit(LIMITS)
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        found = contents(raw)
    except MemoryError:
        sys.exit(TOO_MUCH)
    sys.stdout.write(json.dumps(asdict(found), ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def contents(raw: bytes) -> Contents:
    """What the workbook holds, or why it is not read."""
    if len(raw) > MOST_BYTES:
        return Contents(unopened=Unopened.TOO_LARGE)
    try:
        if raw.startswith(ZIP):
            return _of_zip(raw)
        if raw.startswith(OLE):
            return _of_ole(raw)
    except PasswordError:
        return Contents(unopened=Unopened.PASSWORD)
    except (CalamineError, MarkupError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return Contents(unopened=Unopened.BROKEN)
    return Contents(unopened=Unopened.BROKEN)


def _of_ole(raw: bytes) -> Contents:
    """Excel 97 to 2003. A workbook of today that is locked with a password comes in the same wrapping."""
    if _OF_OLE_PASSWORD in raw:
        return Contents(unopened=Unopened.PASSWORD)
    if _OF_OLE_MACROS in raw:
        return Contents(unopened=Unopened.MACROS)
    return _sheets(load_workbook(io.BytesIO(raw)), None)


def _of_zip(raw: bytes) -> Contents:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        trouble = _trouble_with(archive)
        if trouble is not None:
            return Contents(unopened=trouble)
        is_ods = "content.xml" in archive.namelist()
        markup = markup_of_ods(archive) if is_ods else markup_of_xlsx(archive)
    if is_ods and any(each.is_too_large for each in markup.values()):
        return Contents(unopened=Unopened.TOO_LARGE)  # the library reads all of its sheets at once
    return _sheets(load_workbook(io.BytesIO(raw)), markup)


def _trouble_with(archive: zipfile.ZipFile) -> Unopened | None:
    """What speaks against unpacking it, by its directory alone."""
    files = archive.infolist()
    names = [file.filename.casefold() for file in files]
    if len(files) > _MOST_ENTRIES or sum(file.file_size for file in files) > _MOST_UNPACKED:
        return Unopened.TOO_LARGE
    if any(file.flag_bits & 1 for file in files):
        return Unopened.PASSWORD
    if any("vbaproject" in name or name.startswith(("basic/", "xl/macrosheets/")) for name in names):
        return Unopened.MACROS
    if any(name.startswith("xl/externallinks/") for name in names):
        return Unopened.LINKS
    if "content.xml" in names:
        is_sheet = archive.read("mimetype")[:200].startswith(_ODS) if "mimetype" in names else False
        is_locked = "meta-inf/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml")
        return Unopened.PASSWORD if is_locked else None if is_sheet else Unopened.BROKEN
    return None if "xl/workbook.xml" in names else Unopened.BROKEN


def _sheets(book: CalamineWorkbook, markup: Markup | None) -> Contents:
    """Every sheet of the workbook; `markup` is what its XML says besides, None where it has none."""
    sheets: list[Sheet] = []
    for about in book.sheets_metadata[:_MOST_SHEETS]:
        own = markup.get(about.name) if markup else None
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        if own is not None and own.is_too_large:
            sheets.append(Sheet(about.name[:LONGEST_TEXT], unread=Unopened.TOO_LARGE))
        else:
            is_hidden = about.visible is not SheetVisibleEnum.Visible
            sheets.append(sheet_of(about.name, book.get_sheet_by_name(about.name), own, is_hidden))
    return Contents(
        sheets=tuple(sheets),
        knows_hidden=markup is not None,
        formulas=sum(own.formulas for own in markup.values()) if markup else 0,
    )


if __name__ == "__main__":
    main()
