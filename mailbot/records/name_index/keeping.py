"""Keeps the index of names up to date: at every look into the records, with one query where nothing has changed."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, func, select
from sqlalchemy.orm import Session

from mailbot.records.name_index.names import Names
from mailbot.records.tables import Client, NameChange

_MOST_LATE: Final = 1_000  # names beside the arrays; with more of them all is built anew

_CHANGES = (
    select(NameChange.id, NameChange.token, NameChange.client_id)
    .where(NameChange.id >= bindparam("since"))
    .order_by(NameChange.id)
    .limit(_MOST_LATE + 2)
)
_LAST = select(NameChange.id, NameChange.token).where(
    NameChange.id == select(func.max(NameChange.id)).scalar_subquery()
)
_ALL = select(Client.id, Client.name).where(Client.undone_by.is_(None)).order_by(Client.id)
_SOME = select(Client.id, Client.name).where(
    Client.undone_by.is_(None), Client.id.in_(bindparam("ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """An index, and the last change that is in it: its number and its token; 0 where there was none."""

    names: Names
    last: tuple[int, str]


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
_lock = Lock()


def names_of(session: Session) -> Names:
    """The names of all clients as this session sees them, its own changes included.

    One index for each database is kept in the process. What others have written since is added; where the last change
    that is in it is not in the records, because it was rolled back, all is built anew.
    """
    engine = session.connection().engine
    with _lock:
        kept = _kept.get(engine)
        now = _caught_up(session, kept) if kept is not None else None
        if now is None:
            now = _built(session)
        _kept[engine] = now
        return now.names


def _caught_up(session: Session, kept: _Kept) -> _Kept | None:
    """The index with what came since; None where it cannot be gone on with."""
    rows = session.connection().execute(_CHANGES, {"since": kept.last[0]}).all()
    if kept.last[0]:
        if not rows or (rows[0].id, rows[0].token) != kept.last:
            return None
        rows = rows[1:]
    if not rows:
        return kept
    ids = {int(row.client_id) for row in rows}
    if len(ids) + len(kept.names.fresh) > _MOST_LATE:
        return None
    found = {row.id: row.name for row in session.connection().execute(_SOME, {"ids": sorted(ids)})}
    return _Kept(kept.names.with_changes({each: found.get(each) for each in ids}), (rows[-1].id, rows[-1].token))


def _built(session: Session) -> _Kept:
    """The index of all names. The last change is looked up first: what comes between is added once more, harmlessly."""
    last = session.connection().execute(_LAST).first()
    names = {row.id: row.name for row in session.connection().execute(_ALL)}
    return _Kept(Names.of(names), (last.id, last.token) if last is not None else (0, ""))
