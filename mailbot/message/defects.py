"""The list on which a reading notes what could not be read as it should."""

from __future__ import annotations

from mailbot.message.model import Defect


class Defects:
    """Collects the defects of one reading: each once, up to `most`, and then one that says there were more."""

    __slots__ = ("_found", "_most")

    def __init__(self, most: int = 100) -> None:
        self._found: dict[Defect, None] = {}
        self._most = most

    def note(self, where: str, what: str) -> None:
        """Notes one defect; the same words in the same place count once."""
        if len(self._found) < self._most:
            self._found[Defect(where, what)] = None
        elif len(self._found) == self._most:
            self._found[Defect("mail", f"more than {self._most} defects, the others are not listed")] = None

    def found(self) -> tuple[Defect, ...]:
        """What was noted so far, in that order."""
        return tuple(self._found)
