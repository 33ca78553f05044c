"""Names of attachments, made safe to show and to hand on; files on disk are never named by a mail."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[/\\]")
_UNWANTED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/json": ".json",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/svg+xml": ".svg",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/vcard": ".vcf",
}
_TYPES = {ending: content_type for content_type, ending in _EXTENSIONS.items()}
_TYPES |= {".jpeg": "image/jpeg", ".htm": "text/html"}


def clean_filename(name: str, content_type: str, most: int = 120) -> str:
    """The name without path, control, direction and reserved characters, at most `most` characters long.

    A name of which nothing remains, and a missing one, become "attachment" with the ending of the content type.
    """
    last = _SEPARATORS.split(name[:4_000])[-1]
    shown = last if last.isascii() and last.isprintable() else _wanted(last)
    shown = " ".join(_FORBIDDEN.sub("_", shown).split()).strip(". ")
    if not shown:
        return "attachment" + _EXTENSIONS.get(content_type, "")
    if _RESERVED.match(unicodedata.normalize("NFKC", shown)):
        shown = f"_{shown}"
    if len(shown) > most:
        stem, dot, ending = shown.rpartition(".")
        shown = stem[: most - len(ending) - 1] + dot + ending if dot and len(ending) <= 10 else shown[:most]
    return shown


def _wanted(name: str) -> str:
    return "".join([c for c in name if unicodedata.category(c) not in _UNWANTED_CATEGORIES])


def type_of(name: str) -> str:
    """The content type that the ending of a file name promises, for a file that came without one."""
    return _TYPES.get("." + name.rpartition(".")[2].strip().lower(), "application/octet-stream")
