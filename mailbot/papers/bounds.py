"""What the desk and its child process agree on before a file is opened."""

from __future__ import annotations

from typing import Final

from mailbot.guarded.limits import Limits

LIMITS: Final = Limits(
    most_read=15_000_000,
    most_written=1_000_000,
    memory=400 * 1024 * 1024,
    seconds=6.0,
    busy_seconds=2,
)
MOST_PAGES: Final = 40
MOST_CHARACTERS: Final = 100_000
BEGINNING: Final = b"%PDF-"
WITHIN: Final = 1_024  # bytes in which a file has to say what it is (ISO 32000-1, annex H.3.4.1)
