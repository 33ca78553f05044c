"""In which file the index of names is kept."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from mailbot.records.sqlite_file import file_of

FILE: Final = "mailbot_names"  # the option of an engine that says so


def place_of(url: str, cache: Path | None) -> Path | None:
    """In the cache folder, under a name that tells databases apart; without one beside the file of SQLite; None where
    there is neither."""
    parsed = make_url(url)
    if cache is not None:
        told = f"{parsed.host}:{parsed.port}/{parsed.database}"
        return cache / f"{hashlib.sha256(told.encode()).hexdigest()[:16]}.names"
    file = file_of(url)
    return file.with_name(f"{file.name}.names") if file is not None else None
