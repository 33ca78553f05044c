"""Whether the subject of a mail is that of a letter of ours."""

from __future__ import annotations

from mailbot.message.subjects import taken_apart

_FEWEST_LETTERS = 8  # a shorter beginning of a subject fits too many


def without_prefixes(subject: str) -> str:
    """The subject casefolded, in single spaces, without Re:, AW:, Fwd:, RE[2]: and their like."""
    return taken_apart(subject).base.casefold()


def is_reply(subject: str) -> bool:
    """Whether a mail program marked the subject as that of an answer."""
    return taken_apart(subject).is_reply


def fits(subject: str, ours: str, *, exactly: bool) -> bool:
    """Whether two subjects, prefixes off, are one; or, unless `exactly`, one is the other one cut short at a word."""
    if subject == ours:
        return bool(subject)
    if exactly:
        return False
    shorter, longer = sorted((subject.rstrip(" .…"), ours), key=len)
    is_beginning = longer.startswith(shorter) and not longer[len(shorter) : len(shorter) + 1].isalnum()
    return is_beginning and len(shorter) >= _FEWEST_LETTERS and " " in shorter
