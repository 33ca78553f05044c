"""A PDF file that came with a mail, as frozen values: the text that is in it, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unread(StrEnum):
    """Why a file has no text."""

    SHUT = "shut"  # nobody whose files are read has sent it
    PASSWORD = "a password"  # noqa: S105  (why a file is closed, not what opens it)
    TOO_LARGE = "too large"
    BROKEN = "not readable"
    NO_TEXT = "no text"  # a scan, perhaps


@dataclass(frozen=True, slots=True)
class PaperText:
    """The text of its pages, one behind the other; `is_cut`: it goes on. `unread` says why there is none."""

    text: str = ""
    is_cut: bool = False
    unread: Unread | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of a mail. `sha256` is that of its attachment."""

    filename: str
    sha256: str
    contents: PaperText

    @property
    def text(self) -> str:
        """Its text; "" where it has none."""
        return self.contents.text
