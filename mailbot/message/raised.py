"""Digits that stand raised or lowered beside others: the mark of a footnote, or cents, and no part of the number."""

from __future__ import annotations

from typing import Final

RAISED: Final = frozenset({"sup", "sub"})
_MARK: Final = "^"
_INSIDE_OF_NUMBERS: Final = frozenset(".,")


def beside(before: str, text: str) -> str:
    """A text where something raised or lowered begins or ends, behind what stands `before` it on its line.

    Digits that would grow together are parted: 500<sup>1)</sup> is "500^1)", and never 5001. Where a reader sees one
    word, it stays one: 1st, m2.
    """
    last = before.rstrip("., ")[-1:] if before[-1:] in _INSIDE_OF_NUMBERS else before[-1:]
    return f"{_MARK}{text}" if last.isdigit() and text[:1].isdigit() else text
