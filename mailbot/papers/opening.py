"""Opens a PDF: a child process reads it, and nothing else."""

from __future__ import annotations

from typing import Final

from pydantic import TypeAdapter, ValidationError

from mailbot.guarded.running import Ended, run
from mailbot.papers.bounds import LIMITS
from mailbot.papers.values import PaperText, Unread

_CHILD: Final = "mailbot.papers.child"
_TEXT: Final = TypeAdapter(PaperText)


def opened(content: bytes) -> PaperText:
    """The text of a PDF, or why it has none. Takes a few seconds at most."""
    found = run(_CHILD, content, LIMITS)
    if isinstance(found, Ended):
        return PaperText(unread=Unread.TOO_LARGE if found is Ended.TOO_MUCH else Unread.BROKEN)
    try:
        return _TEXT.validate_json(found)
    except ValidationError:
        return PaperText(unread=Unread.BROKEN)
