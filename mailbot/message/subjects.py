"""Subjects as people wrote them, told from what mail programs put in front of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# What programs write in front of an answered or a forwarded subject, in the languages that are known for it.
_ANSWERED = frozenset(
    ("re", "aw", "antw", "antwort", "sv", "vs", "rif", "res", "odp", "ynt", "yn", "atb", "ref", "bls", "vá", "πρ",
     "σχετ", "на", "отв", "отг", "вiдп", "回复", "回覆", "答复", "返信", "r")
)  # fmt: skip
_FORWARDED = frozenset(
    ("fw", "fwd", "wg", "tr", "rv", "enc", "i", "vl", "vb", "doorst", "pd", "ilt", "továbbítás", "προώθ", "пересл",
     "转发", "轉寄", "転送")
)  # fmt: skip
_PREFIXES = _ANSWERED | _FORWARDED
_LONGEST_SUBJECT = 1_000
_MOST_PREFIXES = 30
_COLON = re.compile("[:：]")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject taken apart: `prefixes` casefolded, the outermost first; `base` as written, in single spaces."""

    prefixes: tuple[str, ...]
    base: str

    @property
    def is_reply(self) -> bool:
        """Whether a mail program marked it as that of an answer."""
        return any(prefix in _ANSWERED for prefix in self.prefixes)

    @property
    def is_forward(self) -> bool:
        """Whether a mail program marked it, outermost, as that of a mail that is passed on."""
        return bool(self.prefixes) and self.prefixes[0] in _FORWARDED

    @property
    def is_repeated(self) -> bool:
        """Whether its words are somebody's earlier ones: it is that of an answer, or of a forwarded mail."""
        return bool(self.prefixes)


def taken_apart(subject: str) -> Subject:
    """The subject without Re:, AW:, Fwd:, RE[2]: and their like, and what these were. Never raises."""
    return _taken_apart(subject[:_LONGEST_SUBJECT])


@lru_cache(maxsize=1_000)  # every mail of somebody is compared with the letters that wait for his answer
def _taken_apart(subject: str) -> Subject:
    base = " ".join(subject.split())
    prefixes: list[str] = []
    while len(prefixes) < _MOST_PREFIXES and (colon := _COLON.search(base)):
        word = base[: colon.start()].casefold().strip().rstrip("0123456789[]()^ ")
        if word not in _PREFIXES:
            break
        prefixes.append(word)
        base = base[colon.end() :].strip()
    return Subject(tuple(prefixes), base)
