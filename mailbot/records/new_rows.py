"""New rows of one transaction: each has its key at once, and they go into the database many at a time.

A row by itself costs most of what twenty cost together, on PostgreSQL a round trip each. So new rows wait, and whoever
asks the database for them, or makes another row refer to them, has them written first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import Column, ColumnDefault, Connection, Insert, Select, Table, bindparam, func, insert, select
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.schema import sort_tables

from mailbot.records.base import Kept
from mailbot.records.rows import table_of


class NewRows:
    """The rows that are new and not written yet. `expected` is how many of one table there may be."""

    def __init__(self, connection: Connection, expected: int = 1) -> None:
        self._connection = connection
        self._expected = expected
        self._waiting: dict[Table, dict[int, dict[str, Any]]] = {}
        self._keys: dict[Table, Iterator[int]] = {}

    def add(self, record: Kept) -> dict[str, Any]:
        """Gives a new row its key, and keeps it until it is written. Returns what will be written."""
        table = table_of(type(record))
        if table not in self._keys:
            self._keys[table] = self._new_keys(table)
        record.id = next(self._keys[table])
        values = {column.key: _value(record, column) for column in table.columns}
        self._waiting.setdefault(table, {})[record.id] = values
        return values

    def waiting(self, kind: type[Kept]) -> Sequence[dict[str, Any]]:
        """What waits to be written to a table."""
        return tuple(self._waiting.get(table_of(kind), {}).values())

    def write_before(self, kind: type[Any], key: int, changed: Iterable[str] = ()) -> None:
        """For who is about to look for a row, or to change these columns of it: writes what waits, where the row is
        among it, or may refer to one that is."""
        table = table_of(kind)
        if key in self._waiting.get(table, {}) or any(table.c[name].foreign_keys for name in changed):
            self.write()

    def write(self) -> None:
        """Writes all that waits, what others refer to before those others."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        for table in _in_order(frozenset(waiting)):
            self._connection.execute(_insertion(table), list(waiting[table].values()))

    def _new_keys(self, table: Table) -> Iterator[int]:
        """Keys that no row of a table has. On SQLite nobody else writes before this transaction has ended; PostgreSQL
        gives each key to one asker only."""
        if self._connection.dialect.name == "sqlite":
            return count((self._connection.execute(_last_key(table)).scalar() or 0) + 1)
        return self._given_keys(table)

    def _given_keys(self, table: Table) -> Iterator[int]:
        """More of them each time, for who writes more than was expected."""
        given = 0
        while True:
            wanted = max(self._expected, given)
            yield from self._connection.execute(_next_keys(table), {"wanted": wanted}).scalars().all()
            given += wanted


@cache
def _in_order(tables: frozenset[Table]) -> tuple[Table, ...]:
    return tuple(sort_tables(tables))


@cache
def _insertion(table: Table) -> Insert:
    return insert(table)


@cache
def _last_key(table: Table) -> Select[int]:
    return select(func.max(table.c.id))


@cache
def _next_keys(table: Table) -> Select[int]:
    keys = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
    return select(keys).select_from(func.generate_series(1, bindparam("wanted")))


def _value(record: Kept, column: Column[Any]) -> Any:
    """What a record holds for a column; the column's own default, where it holds nothing."""
    value = getattr(record, column.key)
    if value is None and isinstance(column.default, ColumnDefault) and column.default.is_scalar:
        value = column.default.arg
        set_committed_value(record, column.key, value)
    return value
