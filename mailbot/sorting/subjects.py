"""Subjects as threads know them: without what mail programs put in front of them."""

from __future__ import annotations

# What programs write in front of an answered or a forwarded subject, in the languages that are known for it.
_ANSWERED = frozenset(
    ("re", "aw", "antw", "antwort", "sv", "vs", "rif", "res", "odp", "ynt", "yn", "atb", "ref", "bls", "vá", "πρ",
     "σχετ", "на", "отв", "отг", "вiдп", "回复", "回覆", "答复", "返信", "r")
)  # fmt: skip
_FORWARDED = frozenset(
    ("fw", "fwd", "wg", "tr", "rv", "enc", "i", "vl", "vb", "doorst", "pd", "ilt", "továbbítás", "προώθ", "пересл",
     "转发", "轉寄", "転送")
)  # fmt: skip
_LONGEST_SUBJECT = 1_000
_MOST_PREFIXES = 30
_FEWEST_LETTERS = 8  # a shorter beginning of a subject fits too many


def without_prefixes(subject: str) -> str:
    """The subject casefolded, in single spaces, without Re:, AW:, Fwd:, RE[2]: and their like."""
    return _split(subject)[1]


def is_reply(subject: str) -> bool:
    """Whether a mail program marked the subject as that of an answer."""
    return any(prefix in _ANSWERED for prefix in _split(subject)[0])


def fits(subject: str, ours: str, *, exactly: bool) -> bool:
    """Whether two subjects, prefixes off, are one; or, unless `exactly`, one is the other one cut short at a word."""
    if subject == ours:
        return bool(subject)
    if exactly:
        return False
    shorter, longer = sorted((subject.rstrip(" .…"), ours), key=len)
    is_beginning = longer.startswith(shorter) and not longer[len(shorter) : len(shorter) + 1].isalnum()
    return is_beginning and len(shorter) >= _FEWEST_LETTERS and " " in shorter


def _split(subject: str) -> tuple[tuple[str, ...], str]:
    rest = " ".join(subject[:_LONGEST_SUBJECT].casefold().split())
    prefixes: list[str] = []
    while len(prefixes) < _MOST_PREFIXES:
        head, colon, tail = rest.replace("：", ":", 1).partition(":")
        word = head.strip().rstrip("0123456789[]()^ ")
        if not colon or word not in _ANSWERED | _FORWARDED:
            break
        prefixes.append(word)
        rest = tail.strip()
    return tuple(prefixes), rest
