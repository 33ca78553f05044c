"""Two clients are one: everything that hangs on the one hangs on the other, and an import knows it from then on.

A table that names a client has a foreign key to it, so nothing has to be listed here, whichever duty's it is. Every row
that goes over is a change of the decision, so undo gives it back. No address changes its state: who said STOP stays
stopped, and letters that were paused for the one stay paused for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.errors import Never, TryAgain
from mailbot.records.base import Base, Kept
from mailbot.records.decision import Action
from mailbot.records.names import name_key
from mailbot.records.pen import Pen
from mailbot.records.rows import table_of
from mailbot.records.tables import Client, Contact, ContactPoint, PointKind, QuestionRow, QuestionState
from mailbot.suggestions import unknown

_SAID_OF_A_POINT = ("status", "status_because", "first_seen", "last_seen", "last_ok")


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge would come to: how many rows of each table go over."""

    keep: str
    drop: str
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MergeClients(Action):
    """The client `drop` is the client `keep` from now on."""

    name: ClassVar[str] = "desk.merge_clients"
    keep_id: int
    keep: str
    drop_id: int
    drop: str

    def carry_out(self, pen: Pen) -> None:
        keep, drop = pen.get(Client, self.keep_id), pen.get(Client, self.drop_id)
        if keep.id == drop.id:
            raise TryAgain(f"{self.keep} and {self.drop} are one client meanwhile")
        last = max((each.rank for each in _rows_of(pen.session, Contact, keep.id, lock=True)), default=0)
        for row in list(_going_over(pen.session, keep.id, drop.id, lock=True)):
            rank = {"rank": last + row.rank} if isinstance(row, Contact) else {}
            pen.update(row, client_id=keep.id, **rank)
        for known, other in _known_to_both(pen.session, keep.id, drop.id):
            if other.status is not known.status and other.last_seen > known.last_seen:
                pen.update(known, **{name: getattr(other, name) for name in _SAID_OF_A_POINT})
        for question in _open_questions(pen.session):
            pen.update(question, context=_renamed(question.context, drop, keep))
        if keep.paused_because is None:
            pen.update(keep, paused_because=drop.paused_because)
        if keep.owner_id is None:
            pen.update(keep, owner_id=drop.owner_id)
        pen.update(drop, merged_into_id=keep.id, undone_by=pen.decision_id)

    def __str__(self) -> str:
        return f"merge {self.drop} into {self.keep}"

    def in_german(self) -> str:
        return f"{self.drop} mit {self.keep} zusammenführen"


def find_client(session: Session, written: str) -> Client:
    """The client with this code, or this name. Never where there is none, or more than one."""
    clients = session.scalars(select(Client).where(Client.undone_by.is_(None)).order_by(Client.id)).all()
    found = (
        [client for client in clients if client.code == written]
        or [client for client in clients if client.name.casefold() == written.casefold()]
        or [client for client in clients if client.name_key == name_key(written)]
    )
    if len(found) > 1:
        codes = ", ".join(client.code or "(no code)" for client in found)
        raise Never(f"the name {written!r} fits several clients: give the code of the one that is meant ({codes})")
    if not found:
        raise Never(unknown("client", written, [*(client.name for client in clients)]))
    return found[0]


def foresee(session: Session, keep: Client, drop: Client) -> Merging:
    """What merging these two would come to. Never where they are one."""
    if keep.id == drop.id:
        raise Never(f"{keep.name} is named twice: say the one to keep, and the one that goes into it")
    rows: dict[str, int] = {}
    for row in _going_over(session, keep.id, drop.id, lock=False):
        name = table_of(type(row)).name
        rows[name] = rows.get(name, 0) + 1
    return Merging(keep.name, drop.name, rows)


def _going_over(session: Session, keep: int, drop: int, *, lock: bool) -> Iterator[Kept]:
    """Every row that names the client that goes, those that were taken back too: they may come into force again.

    A telephone number or postal address that both have stays with the one that goes; what was last said of it counts.
    """
    known = {(point.kind, point.key) for point in _rows_of(session, ContactPoint, keep, lock=lock)}
    for table in _tables():
        for row in _rows_of(session, table, drop, lock=lock):
            if not (isinstance(row, ContactPoint) and (row.kind, row.key) in known):
                yield row


def _known_to_both(session: Session, keep: int, drop: int) -> Iterator[tuple[ContactPoint, ContactPoint]]:
    """The numbers and postal addresses that both clients have and nobody took back, each with that of the other."""
    points = {(each.kind, each.key): each for each in _rows_of(session, ContactPoint, keep, lock=True)}
    for other in _rows_of(session, ContactPoint, drop, lock=True):
        known = points.get((other.kind, other.key))
        is_same = known is not None and (other.kind is PointKind.PHONE or other.written == known.written)
        if known is not None and is_same and known.undone_by is None and other.undone_by is None:
            yield known, other


def _tables() -> Iterator[type[Kept]]:
    """The tables that name a client, in the order of their names."""
    clients = table_of(Client)
    for mapper in sorted(Base.registry.mappers, key=lambda each: each.class_.__name__):
        column = table_of(mapper.class_).columns.get("client_id")
        if issubclass(mapper.class_, Kept) and column is not None and column.references(clients.c.id):
            yield mapper.class_


def _rows_of(session: Session, table: type[Any], client_id: int, *, lock: bool) -> Iterator[Any]:
    query = select(table).where(table.client_id == client_id).order_by(table.id)
    yield from session.scalars(query.with_for_update() if lock else query).all()


def _open_questions(session: Session) -> Iterator[QuestionRow]:
    waiting = (QuestionRow.state == QuestionState.OPEN, QuestionRow.undone_by.is_(None))
    yield from session.scalars(select(QuestionRow).where(*waiting).order_by(QuestionRow.id).with_for_update()).all()


def _renamed(value: Any, drop: Client, keep: Client) -> Any:
    """What a question knows, with the one client in the place of the other: `client_id`, and choices by id and name."""
    if isinstance(value, Mapping):
        renamed = {key: _renamed(each, drop, keep) for key, each in value.items()}
        if renamed.get("client_id") == drop.id:
            renamed["client_id"] = keep.id
        if renamed.get("id") == drop.id and renamed.get("name") == drop.name:
            renamed |= {"id": keep.id, "name": keep.name}
        return renamed
    if isinstance(value, list):
        return [_renamed(each, drop, keep) for each in value]
    return value
