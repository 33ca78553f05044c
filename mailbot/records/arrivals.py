"""Arrivals: mail is stored raw, once, before anything looks at it, and then waits to be decided.

Its key is (mailbox, folder, UIDVALIDITY, UID). Work is claimed by lease: a worker that dies leaves a lease that runs
out, and its mails come back by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from mailbot.records.tables import Arrival, ArrivalState, RawMail, Watermark


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail as it came from the server. `raw` is None for one that is too big to fetch."""

    uid: int
    size: int
    arrived_at: datetime
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A stored mail that one worker has for the length of its lease."""

    id: int
    mailbox: str
    size: int
    arrived_at: datetime
    tries: int  # how often deciding it has failed
    raw: bytes | None
    trouble: str | None = None
    approved: bool = False  # a person said yes to what was proposed for it


@dataclass(frozen=True, slots=True)
class Lease:
    """Who has the work, and until when."""

    worker: str
    until: datetime


def accept(
    session: Session, mailbox: str, folder: str, uidvalidity: int, mails: Sequence[Incoming], lease: Lease
) -> tuple[Claimed, ...]:
    """Stores mails, and claims them at once for the worker that brought them.

    One that is stored already is left out: another machine was faster, or we stored it before we crashed.
    """
    if not mails:
        return ()
    values = [
        {
            "mailbox": mailbox,
            "folder": folder,
            "uidvalidity": uidvalidity,
            "uid": mail.uid,
            "size": mail.size,
            "arrived_at": mail.arrived_at,
            "lease_of": lease.worker,
            "lease_until": lease.until,
        }
        for mail in mails
    ]
    rows = session.execute(_insert_unless_there(session).returning(Arrival.id, Arrival.uid), values).all()
    ids = {row.uid: row.id for row in rows}
    new = [mail for mail in mails if mail.uid in ids]
    kept = [{"arrival_id": ids[mail.uid], "content": mail.raw} for mail in new if mail.raw is not None]
    if kept:
        session.execute(insert(RawMail), kept)
    return tuple(Claimed(ids[mail.uid], mailbox, mail.size, mail.arrived_at, 0, mail.raw) for mail in new)


def _insert_unless_there(session: Session) -> Any:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    key = ["mailbox", "folder", "uidvalidity", "uid"]
    if is_sqlite:
        return sqlite_insert(Arrival).on_conflict_do_nothing(index_elements=key)
    return postgresql_insert(Arrival).on_conflict_do_nothing(index_elements=key)


def claim(session: Session, lease: Lease, now: datetime, limit: int) -> tuple[Claimed, ...]:
    """Claims mails that nobody has: left over from a crash, or waiting for another try. Oldest first."""
    free = and_(
        Arrival.state == ArrivalState.ACCEPTED,
        or_(Arrival.lease_until.is_(None), Arrival.lease_until <= now),
        or_(Arrival.try_after.is_(None), Arrival.try_after <= now),
    )
    ids = session.scalars(
        select(Arrival.id).where(free).order_by(Arrival.id).limit(limit).with_for_update(skip_locked=True)
    ).all()
    if not ids:
        return ()
    session.execute(update(Arrival).where(Arrival.id.in_(ids)).values(lease_of=lease.worker, lease_until=lease.until))
    rows = session.execute(
        select(
            Arrival.id,
            Arrival.mailbox,
            Arrival.size,
            Arrival.arrived_at,
            Arrival.tries,
            Arrival.trouble,
            Arrival.approved_by,
            RawMail.content,
        )
        .join(RawMail, RawMail.arrival_id == Arrival.id, isouter=True)
        .where(Arrival.id.in_(ids))
        .order_by(Arrival.id)
    )
    return tuple(
        Claimed(
            row.id,
            row.mailbox,
            row.size,
            row.arrived_at,
            row.tries,
            row.content,
            row.trouble,
            row.approved_by is not None,
        )
        for row in rows
    )


def still_ours(session: Session, ids: Sequence[int], lease: Lease) -> frozenset[int]:
    """Which of these mails the worker still has, locked until the transaction ends.

    A worker that slept through its lease finds its mails gone, and writes nothing about them.
    """
    ours = select(Arrival.id).where(
        Arrival.id.in_(ids), Arrival.state == ArrivalState.ACCEPTED, Arrival.lease_of == lease.worker
    )
    return frozenset(session.scalars(ours.with_for_update()))


def put_back(session: Session, arrival_id: int, trouble: str, now: datetime, wait: timedelta) -> None:
    """Notes that deciding a mail failed, and lets it be tried again after a while."""
    session.execute(
        update(Arrival)
        .where(Arrival.id == arrival_id, Arrival.state == ArrivalState.ACCEPTED)
        .values(
            tries=Arrival.tries + 1,
            trouble=trouble.replace("\x00", "\ufffd")[:2000],
            try_after=now + wait,
            lease_of=None,
            lease_until=None,
        )
    )


def let_go(session: Session, ids: Sequence[int]) -> None:
    """Gives mails back untried: nothing was wrong with them."""
    session.execute(
        update(Arrival)
        .where(Arrival.id.in_(ids), Arrival.state == ArrivalState.ACCEPTED)
        .values(lease_of=None, lease_until=None)
    )


@dataclass(frozen=True, slots=True)
class Unfiled:
    """A decided mail that still has to be moved on the IMAP server."""

    id: int
    uid: int
    folder_wanted: str


def unfiled(session: Session, mailbox: str, folder: str, uidvalidity: int, limit: int) -> tuple[Unfiled, ...]:
    """Mails whose decision wants them in another folder, and which nobody has moved yet."""
    rows = session.execute(
        select(Arrival.id, Arrival.uid, Arrival.folder_wanted)
        .where(
            Arrival.mailbox == mailbox,
            Arrival.folder == folder,
            Arrival.uidvalidity == uidvalidity,
            Arrival.filed_at.is_(None),
            Arrival.folder_wanted != "",
        )
        .order_by(Arrival.id)
        .limit(limit)
    )
    return tuple(Unfiled(row.id, row.uid, row.folder_wanted) for row in rows)


def filed(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Notes that these mails stand where their decisions wanted them."""
    session.execute(update(Arrival).where(Arrival.id.in_(ids)).values(filed_at=now))


def stored_uids(session: Session, mailbox: str, folder: str, uidvalidity: int, uids: Sequence[int]) -> frozenset[int]:
    """Which of these mails are stored already."""
    if not uids:
        return frozenset()
    found = session.scalars(
        select(Arrival.uid).where(
            Arrival.mailbox == mailbox,
            Arrival.folder == folder,
            Arrival.uidvalidity == uidvalidity,
            Arrival.uid.between(min(uids), max(uids)),
        )
    )
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where reading a folder stands: see Watermark."""

    uidvalidity: int
    first_uid: int
    last_uid: int
    since: datetime | None


def read_mark(session: Session, mailbox: str, folder: str) -> Mark | None:
    """Where reading a folder stands; None before the first time."""
    mark = session.get(Watermark, (mailbox, folder))
    return Mark(mark.uidvalidity, mark.first_uid, mark.last_uid, mark.since) if mark else None


def set_mark(session: Session, mailbox: str, folder: str, mark: Mark) -> None:
    """Notes where reading a folder stands. Under the same UIDVALIDITY it never goes back."""
    row = session.get(Watermark, (mailbox, folder), with_for_update=True)
    if row is None:
        row = Watermark(mailbox=mailbox, folder=folder, uidvalidity=mark.uidvalidity, last_uid=mark.last_uid)
        session.add(row)
    last = max(row.last_uid, mark.last_uid) if row.uidvalidity == mark.uidvalidity else mark.last_uid
    row.uidvalidity, row.first_uid, row.last_uid, row.since = mark.uidvalidity, mark.first_uid, last, mark.since
    session.flush()
