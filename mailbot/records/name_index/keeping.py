"""Keeps the index of names up to date: at every look into the records, with one query where nothing has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, func, or_, select
from sqlalchemy.orm import Session

from mailbot.records.name_index.building import built
from mailbot.records.name_index.file import NOTHING, DamagedIndexError, Mark, alone, read, write
from mailbot.records.name_index.names import Names
from mailbot.records.name_index.place import FILE
from mailbot.records.name_index.segment import Segment
from mailbot.records.session import WRITES
from mailbot.records.tables import Client, NameChange

_MOST_LATE: Final = 1_000  # names beside the arrays; with more of them all is built anew
_AT_ONCE: Final = 10_000  # rows that are fetched at a time

_log = logging.getLogger(__name__)
_CHANGES = (
    select(NameChange.id, NameChange.token, NameChange.client_id)
    .where(NameChange.id >= bindparam("since"))
    .order_by(NameChange.id)
    .limit(_MOST_LATE + 2)
)
_LAST = select(NameChange.id, NameChange.token).where(
    NameChange.id == select(func.max(NameChange.id)).scalar_subquery()
)
_IS_NAMED = or_(Client.undone_by.is_(None), Client.merged_into_id.is_not(None))
_ALL = select(Client.id, Client.name).where(_IS_NAMED).order_by(Client.id)
_SOME = select(Client.id, Client.name).where(_IS_NAMED, Client.id.in_(bindparam("ids", expanding=True)))
_MERGED = select(Client.id, Client.merged_into_id).where(Client.merged_into_id.is_not(None))


@dataclass(frozen=True, slots=True)
class _Kept:
    """An index, and the last change that is in it."""

    names: Names
    last: Mark


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
_lock = Lock()


def names_of(session: Session) -> Names:
    """The names of all clients as this session sees them, its own changes included; the name of a client that was
    merged into another means that other one.

    One index for each database is kept in the process, and in a file where the database has one. What others have
    written since is added; where the last change that is in it is not in the records, because it was rolled back, all
    is built anew.
    """
    connection = session.connection()
    with _lock:
        kept = _kept.get(connection.engine)
        now = (_caught_up(connection, kept) if kept is not None else None) or _from_file_or_built(connection)
        _kept[connection.engine] = now
        return now.names


def _caught_up(connection: Connection, kept: _Kept) -> _Kept | None:
    """The index with what came since; None where it cannot be gone on with."""
    rows = connection.execute(_CHANGES, {"since": kept.last.change}).all()
    if kept.last != NOTHING:
        if not rows or Mark(rows[0].id, rows[0].token) != kept.last:
            return None
        rows = rows[1:]
    if not rows:
        return kept
    ids = {int(row.client_id) for row in rows}
    if len(ids) + len(kept.names.fresh) > _MOST_LATE:
        return None
    found = {row.id: row.name for row in connection.execute(_SOME, {"ids": sorted(ids)})}
    names = kept.names.with_changes({each: found.get(each) for each in ids}).merged(_stands_for(connection))
    return _Kept(names, Mark(rows[-1].id, rows[-1].token))


def _from_file_or_built(connection: Connection) -> _Kept:
    """The index of the file, or a new one, which is kept in the file.

    Whoever may write does not keep it: what he sees may never come into force. A file that cannot be used costs time,
    and no mail.
    """
    file = connection.get_execution_options().get(FILE)
    if file is None:
        return _built(connection)
    if (found := _from_file(connection, file)) is not None:
        return found
    if connection.get_execution_options().get(WRITES):
        return _built(connection)
    try:
        with alone(file):
            return _from_file(connection, file) or _built_and_kept(connection, file)
    except OSError as refusal:
        _log.warning("the index of names cannot be kept in %s, and is built at every start: %s", file, refusal)
        return _built(connection)


def _from_file(connection: Connection, file: Path) -> _Kept | None:
    """The index of the file with what came since; None where there is none that can be gone on with."""
    try:
        segment, last = read(file)
    except FileNotFoundError:
        return None
    except (OSError, DamagedIndexError) as trouble:
        _log.warning("the index of names in %s cannot be used, and is built anew: %s", file, trouble)
        return None
    return _caught_up(connection, _Kept(_names(connection, segment), last))


def _built_and_kept(connection: Connection, file: Path) -> _Kept:
    new = _built(connection)
    if new.last == NOTHING:
        return new  # nothing would show which records it was built from
    write(file, new.names.base, new.last)
    segment, last = read(file)
    return _Kept(new.names.on(segment), last)


def _built(connection: Connection) -> _Kept:
    """The index of all names. The last change is looked up first: what comes between is added once more, harmlessly."""
    last = connection.execute(_LAST).first()
    return _Kept(_names(connection, built(_all(connection))), Mark(last.id, last.token) if last else NOTHING)


def _names(connection: Connection, segment: Segment) -> Names:
    return Names(segment).merged(_stands_for(connection))


def _all(connection: Connection) -> Iterator[tuple[int, str]]:
    for rows in connection.execute(_ALL, execution_options={"yield_per": _AT_ONCE}).partitions():
        yield from ((row.id, row.name) for row in rows)


def _stands_for(connection: Connection) -> Mapping[int, int]:
    """For each client that was merged, the one that it is now."""
    into = {row.id: row.merged_into_id for row in connection.execute(_MERGED)}
    return {each: _last_of(each, into) for each in into}


def _last_of(client_id: int, into: Mapping[int, int]) -> int:
    seen = {client_id}
    while (following := into.get(client_id)) is not None and following not in seen:
        client_id = following
        seen.add(client_id)
    return client_id
