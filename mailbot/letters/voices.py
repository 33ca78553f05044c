"""Jinja2 as the desk uses it: data only, one environment for each language.

A template sees mappings, tuples and plain values, never a method of any of them; what it writes out is cleaned, and
stands in a slot. Filters and functions are the few that are named here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from jinja2 import BaseLoader, StrictUndefined, Undefined
from jinja2.ext import Extension
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.letters.cleaning import quoted_lines
from mailbot.letters.model import Language
from mailbot.letters.slots import in_slot, in_two_forms
from mailbot.letters.tables import table_of
from mailbot.letters.wording import Wording

LANGUAGES: Final[tuple[Language, ...]] = ("en", "de")

_TAG = re.compile(r"\{%[^%]*+%\}")

_FILTERS_OF_JINJA: Final = ("first", "join", "last", "length", "lower", "sum", "upper")


class Ready(str):
    """Text that is written as it is: the values in it stand in slots."""

    __slots__ = ()


class _LinesAsWritten(Extension):
    """Keeps the line break behind a tag that ends a line of words.

    A tag that stands alone takes its line break with it (`trim_blocks`), as in a `for` around list items. Behind
    words, as in `Rule: …{% if undone %} (undone){% endif %}`, that would pull up the next line.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "\n".join(map(_with_kept_break, source.split("\n")))


class Voice(ImmutableSandboxedEnvironment):
    """The environment in which templates of one language are written out, for both parts of a letter."""

    def __init__(self, language: Language, loader: BaseLoader) -> None:
        self._writer = _Writer(Wording(language))
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            finalize=self._writer.write,
            autoescape=False,  # what is written is no HTML, and `finalize` puts the values into slots
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            extensions=[_LinesAsWritten],
        )
        self.filters = {name: self.filters[name] for name in _FILTERS_OF_JINJA} | self._writer.filters()
        self.globals = {"picture": self._writer.picture, "table": self._writer.table}

    def getattr(self, obj: object, attribute: str) -> object:
        """`row.items` is the field "items" of the row; attributes of anything but `loop` do not exist."""
        if isinstance(obj, Mapping):
            return self.getitem(obj, attribute)
        if isinstance(obj, LoopContext | Undefined):
            return super().getattr(obj, attribute)
        return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """A field of a mapping or an element of a tuple."""
        if isinstance(obj, Mapping):
            return obj[argument] if argument in obj else self.undefined(obj=obj, name=str(argument))
        return super().getitem(obj, argument)


@dataclass(frozen=True, slots=True)
class _Writer:
    """What the expressions of a template become."""

    wording: Wording

    def write(self, value: object) -> str:
        """Any value that a template writes out."""
        if isinstance(value, Ready):
            return value
        if isinstance(value, Undefined):
            return str(value)  # raises, with the name that is missing
        return in_slot(self.wording.plain(value))

    def quote(self, text: str) -> Ready:
        """The text as a quotation, on lines of its own."""
        return Ready("\n".join(f"> {in_slot(line)}" for line in quoted_lines(text)))

    def table(
        self,
        rows: Sequence[Mapping[str, object]],
        columns: Sequence[str],
        heads: Sequence[str] = (),
        total: Mapping[str, object] | Sequence[Mapping[str, object]] = (),
        numbered: bool = True,
    ) -> Ready:
        """The rows as a table, on lines of its own; see mailbot.letters.tables for how a column is written."""
        for value in (rows, columns, heads, total):
            _defined(value)
        table = table_of(self.wording, rows, columns, heads, total, numbered)
        return Ready(in_two_forms(table.as_text(), table.as_markdown()))

    def picture(self, name: str, says: str) -> Ready:
        """A picture that goes with the letter, shown by its HTML part; `says` stands for it where it is not shown."""
        words = "".join(sign for sign in self.wording.plain(says) if sign not in "{}")
        return Ready(in_two_forms("", f"{{picture {name} {words}}}"))

    def filters(self) -> dict[str, Callable[..., str]]:
        words = self.wording
        own: dict[str, Callable[..., str]] = {
            "amount": words.amount,
            "date": words.day,
            "moment": words.moment,
            "money": words.money,
            "short_month": words.short_month,
            "number": words.number,
            "percent": words.percent,
            "quote": self.quote,
            "time": words.time,
            "month": words.month,
            "weekday": words.weekday,
        }
        return {name: _of_defined(method) for name, method in own.items()}


def _with_kept_break(line: str) -> str:
    bare = line.rstrip()
    if not bare.endswith("%}") or bare[-3:-2] in {"-", "+"} or not _TAG.sub("", line).strip():
        return line
    return bare[:-2] + "+%}"


def _of_defined(method: Callable[..., str]) -> Callable[..., str]:
    def asked(value: object, *options: str | int | bool | Decimal, **named: str | int | bool | Decimal) -> str:
        for given in (value, *options, *named.values()):
            _defined(given)
        return method(value, *options, **named)

    return asked


def _defined(value: object) -> None:
    """Lets StrictUndefined say which name is missing, before a type error hides it."""
    if isinstance(value, Undefined):
        str(value)
