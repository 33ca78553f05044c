"""The checks a rule can make on a field: each is a frozen value that says whether it holds.

They see folded text (`deciding.folding`) and take time linear in it, whatever it holds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import re2
from rapidfuzz import fuzz

from mailbot.deciding.fields import Value

ALIKE = 90  # how alike two texts are in `like` where the rule names no number: of 100


class Check(ABC):
    """One question about the value of a field. `str` of it completes the sentence "the field …"."""

    @abstractmethod
    def holds(self, value: Value) -> bool:
        """Whether the value is as the rule wants it. A field that holds nothing is never as wanted, but see Exists."""

    @abstractmethod
    def __str__(self) -> str:
        """The check as it is written in the rule."""


@dataclass(frozen=True, slots=True)
class Is(Check):
    """The value is exactly this one."""

    wanted: bool | int | Decimal | str

    def holds(self, value: Value) -> bool:
        return value is not None and value == self.wanted

    def __str__(self) -> str:
        return f"is {shown(self.wanted)}"


@dataclass(frozen=True, slots=True)
class OneOf(Check):
    """The value is one of these."""

    wanted: tuple[int | Decimal | str, ...]

    def holds(self, value: Value) -> bool:
        return value in self.wanted

    def __str__(self) -> str:
        return f"one_of {_listed(self.wanted)}"


@dataclass(frozen=True, slots=True)
class Contains(Check):
    """One of these texts stands somewhere in the value, in the middle of a word too."""

    wanted: tuple[str, ...]

    def holds(self, value: Value) -> bool:
        return any(wanted in text for text in _texts(value) for wanted in self.wanted)

    def __str__(self) -> str:
        return f"contains {_listed(self.wanted)}"


@dataclass(frozen=True, slots=True)
class HasWords(Check):
    """One of these words, or runs of words, stands in the value as whole words: letters, marks and digits."""

    wanted: tuple[str, ...]
    pattern: str

    def holds(self, value: Value) -> bool:
        return any(_found(self.pattern, text) for text in _texts(value))

    def __str__(self) -> str:
        return f"words {_listed(self.wanted)}"


@dataclass(frozen=True, slots=True)
class Like(Check):
    """The whole value is like one of these texts: the similarity of rapidfuzz's `ratio`, of 100."""

    wanted: tuple[str, ...]
    at_least: int = ALIKE

    def holds(self, value: Value) -> bool:
        return any(
            fuzz.ratio(text, wanted, score_cutoff=self.at_least) >= self.at_least
            for text in _texts(value)
            if text
            for wanted in self.wanted
        )

    def __str__(self) -> str:
        return f"like {_listed(self.wanted)} (at least {self.at_least} of 100)"


@dataclass(frozen=True, slots=True)
class Matches(Check):
    """The pattern (google-re2, capitals and small letters alike) is found in the value."""

    pattern: str

    def holds(self, value: Value) -> bool:
        return any(_found(self.pattern, text) for text in _texts(value))

    def __str__(self) -> str:
        return f"regex {self.pattern!r}"


@dataclass(frozen=True, slots=True)
class InList(Check):
    """The whole value stands in a list of the file."""

    name: str
    entries: frozenset[str]

    def holds(self, value: Value) -> bool:
        return any(text in self.entries for text in _texts(value))

    def __str__(self) -> str:
        return f"in_list {self.name!r}"


@dataclass(frozen=True, slots=True)
class AtLeast(Check):
    """The number is this one or more."""

    wanted: int | Decimal

    def holds(self, value: Value) -> bool:
        return isinstance(value, int | Decimal) and value >= self.wanted

    def __str__(self) -> str:
        return f"at_least {self.wanted}"


@dataclass(frozen=True, slots=True)
class AtMost(Check):
    """The number is this one or less."""

    wanted: int | Decimal

    def holds(self, value: Value) -> bool:
        return isinstance(value, int | Decimal) and value <= self.wanted

    def __str__(self) -> str:
        return f"at_most {self.wanted}"


@dataclass(frozen=True, slots=True)
class Exists(Check):
    """The field holds something: a text that is not empty, at least one text, a number, true or false."""

    wanted: bool

    def holds(self, value: Value) -> bool:
        return (value not in (None, "", ())) is self.wanted

    def __str__(self) -> str:
        return f"exists {shown(self.wanted)}"


def shown(value: Value, longest: int = 60) -> str:
    """A value as it is quoted to people: as in TOML, and never longer than a line."""
    if isinstance(value, str):
        return repr(value if len(value) <= longest else f"{value[: longest - 1]}…")
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    return _listed(value, longest)


def words_pattern(phrases: tuple[str, ...]) -> str:
    """The pattern that finds one of these folded phrases as whole words. ValueError: one has no word in it."""
    alternatives = []
    for phrase in phrases:
        words = _regex(f"{_LETTER}+").findall(phrase)
        if not words:
            raise ValueError(f"{phrase!r} has no word in it")
        alternatives.append(f"{_APART}+".join(str(re2.escape(word)) for word in words))
    return rf"(?:\A|{_APART})(?:{'|'.join(alternatives)})(?:\z|{_APART})"


def pattern_trouble(pattern: str) -> str | None:
    """Why google-re2 does not take a pattern, in its own words; None for one that it takes."""
    try:
        _regex(pattern)
    except re2.error as refusal:
        reason = refusal.args[0]
        return reason.decode() if isinstance(reason, bytes) else str(reason)
    return None


_LETTER = r"[\p{L}\p{M}\p{N}_]"
_APART = r"[^\p{L}\p{M}\p{N}_]"


@cache
def _regex(pattern: str) -> re2._Regexp:
    """Compiled when it is first asked for, once in each process; patterns come from rule files alone."""
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    return re2.compile(pattern, options)


def _found(pattern: str, text: str) -> bool:
    return _regex(pattern).search(text.encode("utf-8", "replace")) is not None


def _texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()


def _listed(values: tuple[int | Decimal | str, ...], longest: int = 60) -> str:
    if len(values) == 1:
        return shown(values[0], longest)
    listed = f"[{', '.join(shown(value, longest) for value in values[:6])}"
    return f"{listed}, … {len(values) - 6} more]" if len(values) > 6 else f"{listed}]"
