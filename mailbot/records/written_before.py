"""Which letters were written before: asked once about all letters that are written together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from sqlalchemy import Connection, bindparam, select

from mailbot.letters.model import Letter
from mailbot.records.rows import table_of
from mailbot.records.tables import LetterRow

_LETTERS = table_of(LetterRow)
_WRITTEN = select(_LETTERS.c.purpose, _LETTERS.c.object, _LETTERS.c.period).where(
    _LETTERS.c.purpose.in_(bindparam("purposes", expanding=True)),
    _LETTERS.c.object.in_(bindparam("objects", expanding=True)),
    _LETTERS.c.period.in_(bindparam("periods", expanding=True)),
)
_MOST_AT_ONCE: Final = 500

_Key = tuple[str, str, str]  # purpose, object, period: no two letters have the same


class WrittenBefore:
    """Looks letters up as they are in this transaction; some of those `expected` are asked about with the first."""

    def __init__(self, connection: Connection, expected: Sequence[Letter] = ()) -> None:
        self._connection = connection
        self._expected = frozenset(map(_key_of, islice(expected, _MOST_AT_ONCE)))
        self._asked: set[_Key] = set()
        self._written: set[_Key] = set()

    def has(self, letter: Letter) -> bool:
        """Whether there is a letter for this purpose, about this object, for this period."""
        key = _key_of(letter)
        if key not in self._asked:
            self._ask(self._expected | {key})
            self._expected = frozenset()
        return key in self._written

    def add(self, letter: Letter) -> None:
        """Now there is one."""
        self._asked.add(_key_of(letter))
        self._written.add(_key_of(letter))

    def _ask(self, keys: frozenset[_Key]) -> None:
        purposes, objects, periods = (sorted(set(values)) for values in zip(*keys, strict=True))
        found = self._connection.execute(_WRITTEN, {"purposes": purposes, "objects": objects, "periods": periods})
        self._written |= {(row.purpose, row.object, row.period) for row in found}
        self._asked |= keys


def _key_of(letter: Letter) -> _Key:
    return letter.purpose, letter.object, letter.period
