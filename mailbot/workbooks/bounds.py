"""What the desk and its child process agree on before a workbook is opened."""

from __future__ import annotations

from typing import Final

from mailbot.guarded.limits import Limits

MOST_BYTES: Final = 20_000_000  # of a file
LIMITS: Final = Limits(
    most_read=MOST_BYTES,
    most_written=8_000_000,  # bytes of JSON
    memory=400 * 1024 * 1024,
    seconds=6.0,
    busy_seconds=2,
)
ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0"


def is_text(raw: bytes) -> bool:
    """Whether these bytes are no workbook but text, as exports are that only bear the name of one."""
    return bool(raw) and not raw.startswith((b"PK", OLE)) and b"\0\0" not in raw[:4_000]
