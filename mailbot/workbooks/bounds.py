"""What the desk and its child process agree on before a workbook is opened."""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 20_000_000  # of a file
MOST_WRITTEN: Final = 8_000_000  # bytes of JSON that the child writes
SECONDS: Final = 3.0  # for one file
TOO_MUCH: Final = 3  # the exit code of a child whose memory did not suffice
ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0"


def is_text(raw: bytes) -> bool:
    """Whether these bytes are no workbook but text, as exports are that only bear the name of one."""
    return bool(raw) and not raw.startswith((b"PK", OLE)) and b"\0\0" not in raw[:4_000]
