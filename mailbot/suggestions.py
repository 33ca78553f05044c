"""Did you mean …: what to write instead of a word that nothing knows."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

NEAR = 60  # of 100; below that a suggestion confuses more than it helps
_NEAR_HOST = 85  # of 100: hosts of one country all end alike


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant; None where nothing is near."""
    found = process.extractOne(
        written.casefold(), tuple(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=NEAR
    )
    return found[0] if found else None


def unknown(what: str, written: str, known: Iterable[str]) -> str:
    """`unknown field 'subjct' - did you mean 'subject'?`, or, where nothing is near, all that is known."""
    choices = tuple(known)
    if meant := nearest(written, choices):
        return f"unknown {what} {written!r} - did you mean {meant!r}?"
    if not choices:
        return f"unknown {what} {written!r} - there is none here"
    return f"unknown {what} {written!r} - known are: {', '.join(choices)}"


def meant_host(written: str, known: Iterable[str]) -> str | None:
    """The host that was most likely meant by one that does not exist, of those that are known; None where none is near.

    "www." counts for nothing; a host that is known as it was written is no suggestion.
    """
    bare = written.casefold().removeprefix("www.")
    others = [each for each in known if each.casefold().removeprefix("www.") != bare]
    found = process.extractOne(
        bare,
        others,
        scorer=fuzz.ratio,
        processor=lambda each: each.casefold().removeprefix("www."),
        score_cutoff=_NEAR_HOST,
    )
    return found[0] if found else None
