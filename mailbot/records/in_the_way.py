"""What was decided since a change was made, and stands in the way of taking it back: what was built on a row that would
go out of force, and what has moved on beneath or beside a row that would come into force again.

To take an undo back is to do the old once more. It is judged as it would be the first time: what it points to has to
stand as it stood, and nothing else may have taken its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Column, Select, Table, and_, func, select
from sqlalchemy.orm import Session

from mailbot.records.base import Base, Kept
from mailbot.records.codec import column_value
from mailbot.records.rows import table_of
from mailbot.records.tables import Change, DecisionRow, Person
from mailbot.records.telling import record_of

_WHO_WROTE_IT: Final = ("made_by", "undone_by")  # columns that every table has, and that point to no record
_HOW_IT_STANDS: Final = ("undone_by", "state", "status")  # as every table calls it


def in_the_way(session: Session, change: Change) -> list[DecisionRow]:
    """The decisions in force that stand in the way of taking this change back; one may be named more than once."""
    return [*built_on(session, change), *_beneath(session, change), *_in_its_place(session, change)]


def built_on(session: Session, change: Change) -> list[DecisionRow]:
    """Those of them that changed the same row, or wrote a row that points to it where it would go out of force."""
    same_row = and_(Change.table_name == change.table_name, Change.row_id == change.row_id)
    found = [row for row, _ in _since(session, change, _later(change).where(same_row))]
    return [*found, *_pointing_to(session, change)] if goes_out_of_force(change) else found


def goes_out_of_force(change: Change) -> bool:
    """Whether the row does, when this change is taken back: it was new, or came into force again."""
    return change.before is None or _is_back_in_force(change.after, change.before)


def _comes_into_force(change: Change) -> bool:
    return change.before is not None and _is_back_in_force(change.before, change.after)


def _is_back_in_force(now: dict[str, Any], before: dict[str, Any]) -> bool:
    return "undone_by" in now and now["undone_by"] is None and before.get("undone_by") is not None


def _pointing_to(session: Session, change: Change) -> Iterator[DecisionRow]:
    """Later decisions that wrote rows in force which point to this one."""
    for table in _tables():
        for column in _pointing_columns(table):
            if _pointed_to(column).name == change.table_name:
                query = _later_in(table, change).where(column == change.row_id)
                yield from (row for row, _ in _since(session, change, query))


def _beneath(session: Session, change: Change) -> Iterator[DecisionRow]:
    """Later decisions that changed how a row stands, or where it belongs, to which this one would point again.

    Its name, who looks after it or when somebody is away means nothing to what points to it.
    """
    again = [
        column
        for column in _pointing_columns(_table_named(change.table_name))
        if _comes_into_force(change) or column.name in (change.before or ())
    ]
    held = _held_again(session, change) if again else {}
    for column in again:
        if held.get(column.name) is not None:
            table = _pointed_to(column)
            same_row = and_(Change.table_name == table.name, Change.row_id == held[column.name])
            for row, written in _since(session, change, _later(change).where(same_row)):
                if any(_says_where_it_stands(table, name) for name in written.after):
                    yield row


def _in_its_place(session: Session, change: Change) -> Iterator[DecisionRow]:
    """Later decisions that wrote another row in force which would count beside one that comes into force again."""
    if not _comes_into_force(change):
        return
    table, held = _table_named(change.table_name), _held_again(session, change)
    for columns in _counting_once(table):
        if any(held.get(column.name) is not None for column in columns):
            same = and_(*(column == held.get(column.name) for column in columns))
            query = _later_in(table, change).where(same, table.c.id != change.row_id)
            yield from (row for row, _ in _since(session, change, query))


def _held_again(session: Session, change: Change) -> dict[str, Any]:
    """What the row would hold again: all of it where it would come into force, else what was changed of one that is."""
    record = record_of(session, change)
    if change.before is None or not isinstance(record, Kept):  # a decision stands by itself
        return {}
    columns = table_of(type(record)).columns
    before = {name: column_value(columns[name], kept) for name, kept in change.before.items() if name in columns}
    if _comes_into_force(change):
        return {column.name: getattr(record, column.name) for column in columns} | before
    return before if record.undone_by is None else {}


def _counting_once(table: Table) -> Iterator[tuple[Column[Any], ...]]:
    """The columns in which no two rows in force may be the same: one that names another row of its own table takes the
    place of that one."""
    yield from ((column,) for column in _pointing_columns(table) if _pointed_to(column) is table)
    one_for = next((each.one_for for each in _kinds() if table_of(each) is table), ())
    if one_for:
        yield tuple(table.columns[name] for name in one_for)


# --- what was written since ---


def _later(change: Change) -> Select[DecisionRow, Change]:
    """The changes that other decisions in force made after this one."""
    return (
        select(DecisionRow, Change)
        .join(Change, Change.decision_id == DecisionRow.id)
        .where(Change.id > change.id, DecisionRow.id != change.decision_id, DecisionRow.undone_by.is_(None))
    )


def _later_in(table: Table, change: Change) -> Select[DecisionRow, Change]:
    """Those of them that wrote rows of a table that are in force."""
    written = and_(Change.table_name == table.name, Change.row_id == table.c.id)
    return _later(change).join(table, written).where(table.c.undone_by.is_(None))


def _since(
    session: Session, change: Change, query: Select[DecisionRow, Change]
) -> Iterator[tuple[DecisionRow, Change]]:
    for row, written in session.execute(query):
        if not _only_takes_back_what_came_later(session, change, row, written):
            yield row, written


def _only_takes_back_what_came_later(session: Session, change: Change, row: DecisionRow, written: Change) -> bool:
    """Whether a decision is an undo that left the row just as it was when `change` was made. An undo of something older
    has changed what the change stood on."""
    first = session.scalar(
        select(func.min(Change.id))
        .join(DecisionRow, DecisionRow.id == Change.decision_id)
        .where(
            DecisionRow.undone_by == row.id,
            Change.table_name == written.table_name,
            Change.row_id == written.row_id,
        )
    )
    return first is not None and first > change.id


# --- what points to what ---


def _kinds() -> Iterator[type[Kept]]:
    yield from (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Kept))


def _tables() -> Iterator[Table]:
    yield from map(table_of, _kinds())


def _table_named(name: str) -> Table:
    return Base.metadata.tables[name]


def _pointing_columns(table: Table) -> Iterator[Column[Any]]:
    for column in table.columns:
        if column.foreign_keys and column.name not in _WHO_WROTE_IT and _target(column).name == "id":
            yield column


def _pointed_to(column: Column[Any]) -> Table:
    return _target(column).table


def _target(column: Column[Any]) -> Column[Any]:
    return next(iter(column.foreign_keys)).column


def _says_where_it_stands(table: Table, name: str) -> bool:
    column = table.columns.get(name)
    belongs = column is not None and column.foreign_keys and _pointed_to(column).name != Person.__tablename__
    return name in _HOW_IT_STANDS or bool(belongs)
