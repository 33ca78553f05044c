"""Which of several patterns a text may match at all: one look at it instead of a search for each.

A long alternation is tried at every character of a text, and most texts hold none of its phrases. google-re2 looks
for those of all patterns in a single pass. It may say yes where the pattern then finds nothing, but never no where it
would find something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import re2

_BORDERS: Final = re.compile(r"\(\?<?!\\w\)")  # looking around is what google-re2 cannot do
_DIGITS: Final = (r"\d", r"\p{Nd}")  # its \d is ASCII


class Sieve:
    """Built once of groups of patterns: alternations of words, with `\\s` and `\\d`, that ignore the case."""

    def __init__(self, groups: Iterable[Iterable[re.Pattern[str]]]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        self._set = re2.Set.SearchSet(options)
        for group in groups:
            self._set.Add("|".join(_BORDERS.sub("", pattern.pattern).replace(*_DIGITS) for pattern in group))
        self._set.Compile()

    def passing(self, text: str) -> list[int]:
        """The numbers, from 0 and rising, of the groups of which a pattern may match. Linear in the text."""
        # Its \s is ASCII, and to it the Turkish i's are other letters: to Python they are an i in another case.
        plain = " ".join(text.replace("İ", "i").replace("ı", "i").split())
        return sorted(self._set.Match(f" {plain} ".encode("utf-8", "replace")) or ())
