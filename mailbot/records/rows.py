"""Rows straight to their tables, and from them: the unit of work would cost ten times as much."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Select, Table, Update, bindparam, select, update
from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from mailbot.records.base import Base, Kept
from mailbot.records.tables import DecisionRow

Record = TypeVar("Record", bound=Kept)
_KEY: Final = "key_of_row"  # parameters that no column is called
_NEW: Final = "new_"


def table_of(kind: type[Any]) -> Table:
    """The table of a kind of row."""
    table = kind.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{kind.__name__} has no table of its own")
    return table


def insert_into(session: Session, table: type[Base]) -> SqliteInsert | PostgresqlInsert:
    """An INSERT that knows ON CONFLICT, as both databases do, each in its own dialect."""
    return sqlite_insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql_insert(table)


def row_locked(session: Session, kind: type[Record], key: int) -> Record | None:
    """A row as it is now, locked until the transaction ends; None where there is none."""
    statement = _locking(kind)  # type: ignore[arg-type]  # a class is hashable
    return session.scalars(statement, {_KEY: key}, execution_options={"populate_existing": True}).one_or_none()


@cache
def _locking(kind: type[Record]) -> Select[Record]:
    return select(kind).where(table_of(kind).c.id == bindparam(_KEY)).with_for_update()


def update_row(connection: Connection, record: Kept | DecisionRow, values: dict[str, Any]) -> None:
    """Changes columns of a row, in the table and in the record."""
    statement = _update_of(table_of(type(record)), tuple(values))
    connection.execute(statement, {_KEY: record.id} | {_NEW + name: value for name, value in values.items()})
    for name, value in values.items():
        set_committed_value(record, name, value)


@cache
def _update_of(table: Table, columns: tuple[str, ...]) -> Update:
    new: dict[str, Any] = {name: bindparam(_NEW + name) for name in columns}
    return update(table).where(table.c.id == bindparam(_KEY)).values(new)
