"""Arrivals: mail is stored raw, once, before anything looks at it, and then waits to be decided.

Its key is (mailbox, folder, UIDVALIDITY, UID). Work is claimed by lease: a worker that dies leaves a lease that runs
out, and its mails come back by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from mailbot.records.codec import kept_text
from mailbot.records.rows import insert_into
from mailbot.records.tables import Arrival, ArrivalState, RawMail, Watermark

_KEY: Final = ("mailbox", "folder", "uidvalidity", "uid")
BYTES_AT_ONCE = 50_000_000  # of raw mail in memory: a batch of the largest mails must not cost the process
Item = TypeVar("Item")


def portions(mails: Sequence[Item], most: int, size: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Cuts mails into portions of at most `most` mails and BYTES_AT_ONCE bytes; one mail always fits."""
    portion: list[Item] = []
    held = 0
    for mail in mails:
        if portion and (len(portion) == most or held + size(mail) > BYTES_AT_ONCE):
            yield portion
            portion, held = [], 0
        portion.append(mail)
        held += size(mail)
    if portion:
        yield portion


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
    vouched_for: int | None = None  # the colleague who said that it is theirs, from wherever it came


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
    storing = insert_into(session, Arrival).on_conflict_do_nothing(index_elements=_KEY)
    rows = session.execute(storing.returning(Arrival.id, Arrival.uid), values).all()
    ids = {row.uid: row.id for row in rows}
    new = [mail for mail in mails if mail.uid in ids]
    kept = [{"arrival_id": ids[mail.uid], "content": mail.raw} for mail in new if mail.raw is not None]
    if kept:
        session.execute(insert(RawMail), kept)
    return tuple(Claimed(ids[mail.uid], mailbox, mail.size, mail.arrived_at, 0, mail.raw) for mail in new)


def claim(session: Session, lease: Lease, now: datetime, limit: int) -> tuple[Claimed, ...]:
    """Claims mails that nobody has: left over from a crash, or waiting for another try. Oldest first, and no more at
    once than fit into BYTES_AT_ONCE."""
    free = and_(
        Arrival.state == ArrivalState.ACCEPTED,
        or_(Arrival.lease_until.is_(None), Arrival.lease_until <= now),
        or_(Arrival.try_after.is_(None), Arrival.try_after <= now),
    )
    found = session.execute(
        select(Arrival.id, func.length(RawMail.content).label("bytes"))
        .join(RawMail, RawMail.arrival_id == Arrival.id, isouter=True)
        .where(free)
        .order_by(Arrival.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Arrival)
    ).all()
    ids = [row.id for row in next(portions(found, limit, lambda row: row.bytes or 0), [])]
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
            RawMail.content,
            Arrival.trouble,
            Arrival.approved,
            Arrival.vouched_for,
        )
        .join(RawMail, RawMail.arrival_id == Arrival.id, isouter=True)
        .where(Arrival.id.in_(ids))
        .order_by(Arrival.id)
    )
    return tuple(Claimed(*row) for row in rows)


def still_ours(session: Session, ids: Sequence[int], worker: str) -> frozenset[int]:
    """Which of these mails the worker still has, locked until the transaction ends.

    A worker that slept through its lease finds its mails gone, and writes nothing about them.
    """
    ours = select(Arrival.id).where(_held_by(worker), Arrival.id.in_(ids)).order_by(Arrival.id)
    return frozenset(session.scalars(ours.with_for_update()))


def put_back(session: Session, arrival_id: int, worker: str, trouble: str, now: datetime, wait: timedelta) -> None:
    """Notes that deciding a mail failed, and lets it be tried again after a while; nothing where the lease was lost."""
    session.execute(
        update(Arrival)
        .where(_held_by(worker), Arrival.id == arrival_id)
        .values(
            tries=Arrival.tries + 1,
            trouble=kept_text(trouble, 2_000),
            try_after=now + wait,
            lease_of=None,
            lease_until=None,
        )
    )


def let_go(session: Session, ids: Sequence[int], worker: str) -> None:
    """Gives back those of these mails that the worker still has, untried: nothing was wrong with them."""
    session.execute(
        update(Arrival).where(_held_by(worker), Arrival.id.in_(ids)).values(lease_of=None, lease_until=None)
    )


def _held_by(worker: str) -> ColumnElement[bool]:
    return and_(Arrival.state == ArrivalState.ACCEPTED, Arrival.lease_of == worker)


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
    renumbered_below: int
    since: datetime | None

    def covers(self, uid: int, received: datetime | None) -> bool:
        """Whether a mail is the desk's business. INTERNALDATE has whole seconds, and so has the comparison."""
        if uid < self.first_uid:
            return False
        if self.since is None or received is None or uid >= self.renumbered_below:
            return True
        return received >= self.since.replace(microsecond=0)


def read_mark(session: Session, mailbox: str, folder: str) -> Mark | None:
    """Where reading a folder stands; None before the first time."""
    row = session.get(Watermark, (mailbox, folder))
    return _mark(row) if row else None


def begin_mark(session: Session, mailbox: str, folder: str, new: Mark) -> Mark:
    """Notes where reading a folder begins, at first or under another UIDVALIDITY. Gives the mark in force: where
    another worker was faster, it is theirs."""
    values = {"mailbox": mailbox, "folder": folder, **asdict(new)}
    session.execute(insert_into(session, Watermark).values(values).on_conflict_do_nothing())
    row = session.get_one(Watermark, (mailbox, folder), with_for_update=True, populate_existing=True)
    if row.uidvalidity != new.uidvalidity:
        for name, value in asdict(new).items():
            setattr(row, name, value)
        session.flush()
    return _mark(row)


def advance_mark(session: Session, mailbox: str, folder: str, uidvalidity: int, last_uid: int) -> None:
    """Notes that all mails up to `last_uid` are stored. The mark never goes back, nor crosses a UIDVALIDITY."""
    session.execute(
        update(Watermark)
        .where(
            Watermark.mailbox == mailbox,
            Watermark.folder == folder,
            Watermark.uidvalidity == uidvalidity,
            Watermark.last_uid < last_uid,
        )
        .values(last_uid=last_uid)
    )


def _mark(row: Watermark) -> Mark:
    return Mark(row.uidvalidity, row.first_uid, row.last_uid, row.renumbered_below, row.since)
