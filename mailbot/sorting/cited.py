"""What somebody cites is for people to read, and answers or orders nothing. Pure."""

from __future__ import annotations


def uncited(text: str) -> str:
    """The new words with blanks for the lines behind quote marks; every other character keeps its place."""
    if ">" not in text:
        return text
    return "\n".join(" " * len(line) if line.lstrip().startswith(">") else line for line in text.split("\n"))
