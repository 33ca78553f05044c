"""Runs one of our own modules as a child process on bytes that nobody trusts.

The child is told none of our settings, and gets no file but its own input. Whatever happens to it, here it is one of
the ways in which it can end.
"""

from __future__ import annotations

import os
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile

from mailbot.guarded.limits import TOO_MUCH, Limits


class Ended(StrEnum):
    """Why a child has written nothing that could be used."""

    TOO_MUCH = "too much to read"
    BROKEN = "broken"


def run(module: str, content: bytes, limits: Limits) -> bytes | Ended:
    """What the module writes when it is given these bytes, within its limits; else how it ended."""
    if len(content) > limits.most_read:
        return Ended.TOO_MUCH
    with TemporaryFile() as given, TemporaryFile() as written:
        given.write(content)
        given.seek(0)
        try:
            ended = subprocess.run(  # noqa: S603  (our own program)
                [sys.executable, "-P", "-m", module],
                stdin=given,
                stdout=written,
                stderr=subprocess.DEVNULL,
                env=_surroundings(),
                cwd=Path("/"),
                timeout=limits.seconds,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError):
            return Ended.TOO_MUCH
        if ended.returncode != 0:
            return _cause(ended.returncode)
        written.seek(0)
        found = written.read(limits.most_written + 1)
        return Ended.TOO_MUCH if len(found) > limits.most_written else found


def _surroundings() -> dict[str, str]:
    """Where the child finds its modules, and nothing else: passwords of the desk may stand among the rest."""
    return {"PYTHONPATH": os.pathsep.join(str(Path(folder).absolute()) for folder in sys.path), "PYTHONUTF8": "1"}


def _cause(code: int) -> Ended:
    """A child that was killed, or gave up for want of memory, had too much to read; any other end is a broken file."""
    return Ended.TOO_MUCH if code < 0 or code == TOO_MUCH else Ended.BROKEN
