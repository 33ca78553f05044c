"""Did you mean …: what to write instead of a word that nothing knows."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

NEAR = 60  # of 100; below that a suggestion confuses more than it helps


def unknown(what: str, written: str, known: Iterable[str]) -> str:
    """`unknown field 'subjct' - did you mean 'subject'?`, or, where nothing is near, all that is known."""
    choices = tuple(str(word) for word in known)
    nearest = process.extractOne(
        written.casefold(), choices, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=NEAR
    )
    if nearest:
        return f"unknown {what} {written!r} - did you mean {nearest[0]!r}?"
    if not choices:
        return f"unknown {what} {written!r} - there is none here"
    return f"unknown {what} {written!r} - known are: {', '.join(choices)}"
