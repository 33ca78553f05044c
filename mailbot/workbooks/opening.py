"""Opens a workbook: a child process reads it, and nothing else."""

from __future__ import annotations

from typing import Final

from pydantic import TypeAdapter, ValidationError

from mailbot.guarded.running import Ended, run
from mailbot.workbooks.bounds import LIMITS
from mailbot.workbooks.values import Contents, Unopened

_CHILD: Final = "mailbot.workbooks.child"
_CONTENTS: Final = TypeAdapter(Contents)


def opened(content: bytes) -> Contents:
    """What a workbook holds, or why it could not be read. Takes a few seconds at most."""
    found = run(_CHILD, content, LIMITS)
    if isinstance(found, Ended):
        return Contents(unopened=Unopened.TOO_LARGE if found is Ended.TOO_MUCH else Unopened.BROKEN)
    try:
        return _CONTENTS.validate_json(found)
    except ValidationError:
        return Contents(unopened=Unopened.BROKEN)
