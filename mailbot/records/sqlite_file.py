"""The file of an SQLite database: what stands in the way of opening it, in words. Looks only, and changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy.engine import make_url


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for one in memory, and for every other kind of database."""
    parsed = make_url(url)
    name = parsed.database
    return Path(name) if parsed.get_backend_name() == "sqlite" and name and name != ":memory:" else None


def obstacle(file: Path) -> str | None:
    """Why this file cannot be opened or made, and what to do; None where nothing is seen.

    SQLite keeps further files beside it (-wal, -shm), so the folder has to be writable too.
    """
    folder = file.parent
    if not folder.exists():
        return f"the folder {folder} is not there: make it, or name a file in another one"
    if not folder.is_dir():
        return f"{folder} is no folder: name a file in a folder"
    if file.is_dir():
        return f"{file} is a folder: name a file"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"the folder {folder} may not be written by the user of mailbot: change its owner, or name another one"
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        return f"{file} may not be read and written by the user of mailbot: change its owner"
    return None
