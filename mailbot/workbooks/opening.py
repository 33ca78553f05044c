"""Opens a workbook: a child process reads it, and nothing else.

The child has limits of memory, processor, time and output, is told none of our settings, and gets no file but its own
input. Whatever happens to it, here it is one of the reasons why a workbook was not read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from pydantic import TypeAdapter, ValidationError

from mailbot.workbooks.bounds import MOST_BYTES, MOST_WRITTEN, SECONDS, TOO_MUCH
from mailbot.workbooks.values import Contents, Unopened

_CHILD: Final = "mailbot.workbooks.child"
_CONTENTS: Final = TypeAdapter(Contents)


def opened(content: bytes) -> Contents:
    """What a workbook holds, or why it could not be read. Takes a few seconds at most."""
    if len(content) > MOST_BYTES:
        return Contents(unopened=Unopened.TOO_LARGE)
    with TemporaryFile() as given, TemporaryFile() as written:
        given.write(content)
        given.seek(0)
        try:
            ended = subprocess.run(  # noqa: S603  (our own program)
                [sys.executable, "-P", "-m", _CHILD],
                stdin=given,
                stdout=written,
                stderr=subprocess.DEVNULL,
                env=_surroundings(),
                cwd=Path("/"),
                timeout=SECONDS,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError):
            return Contents(unopened=Unopened.TOO_LARGE)
        if ended.returncode != 0:
            return Contents(unopened=_cause(ended.returncode))
        written.seek(0)
        return _understood(written.read(MOST_WRITTEN + 1))


def _surroundings() -> dict[str, str]:
    """Where the child finds its modules, and nothing else: passwords of the desk may stand among the rest."""
    return {"PYTHONPATH": os.pathsep.join(str(Path(folder).absolute()) for folder in sys.path), "PYTHONUTF8": "1"}


def _cause(code: int) -> Unopened:
    """A child that was killed, or gave up for want of memory, had too much to read; any other end is a broken file."""
    return Unopened.TOO_LARGE if code < 0 or code == TOO_MUCH else Unopened.BROKEN


def _understood(written: bytes) -> Contents:
    if len(written) > MOST_WRITTEN:
        return Contents(unopened=Unopened.TOO_LARGE)
    try:
        return _CONTENTS.validate_json(written)
    except ValidationError:
        return Contents(unopened=Unopened.BROKEN)
