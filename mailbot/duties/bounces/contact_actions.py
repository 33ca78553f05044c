"""What this duty writes of contacts besides their addresses: where they are, their numbers, their post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import select

from mailbot.duties.bounces.tables import Gone, Whereabouts
from mailbot.records import outbox
from mailbot.records.codec import kept_text
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import (
    Contact,
    ContactPoint,
    PointKind,
    PointStatus,
)

_LONGEST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class KeepWhereabouts(Action):
    """What was said of a contact who is away or has left is kept, with who stands in."""

    name: ClassVar[str] = "bounces.keep_whereabouts"
    contact_id: int
    contact: str
    kind: Gone
    since: date | None
    until: date | None
    stand_in: str
    stand_in_address: str
    stand_in_phone: str
    words: str

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            Whereabouts(
                contact_id=self.contact_id,
                kind=self.kind,
                since=self.since,
                until=self.until,
                stand_in=self.stand_in,
                stand_in_address=self.stand_in_address,
                stand_in_phone=self.stand_in_phone,
                words=kept_text(self.words, _LONGEST_WORDS),
                said_at=pen.now,
            )
        )

    def __str__(self) -> str:
        instead = f"; instead: {self.stand_in} <{self.stand_in_address}>" if self.stand_in_address else ""
        return f"{self.contact} {'is away' if self.kind is Gone.AWAY else 'has left'}{instead}"


@dataclass(frozen=True, slots=True)
class WaitUntilBack(Action):
    """Letters to somebody who is away wait, those that are written meanwhile too."""

    name: ClassVar[str] = "bounces.wait_until_back"
    contact_id: int
    contact: str
    address_key: str
    away_from: datetime
    until: datetime

    def carry_out(self, pen: Pen) -> None:
        pen.update(pen.get(Contact, self.contact_id), away_from=self.away_from, away_until=self.until)
        for letter in outbox.waiting_for(pen.session, self.address_key):
            if self.away_from <= letter.try_after < self.until and not letter.acknowledgement:
                pen.update(letter, try_after=self.until)

    def __str__(self) -> str:
        return f"letters to {self.contact} wait until {self.until:%d %b %Y}"


@dataclass(frozen=True, slots=True)
class MarkPoint(Action):
    """What was said of a number or the postal address of a client: it reaches nobody, or this is the right one."""

    name: ClassVar[str] = "bounces.mark_point"
    client_id: int
    client: str
    contact_id: int | None
    kind: PointKind
    written: str
    key: str
    status: PointStatus
    because: str

    def carry_out(self, pen: Pen) -> None:
        known = pen.session.scalar(
            select(ContactPoint)
            .where(
                ContactPoint.client_id == self.client_id,
                ContactPoint.kind == self.kind,
                ContactPoint.key == self.key,
                ContactPoint.undone_by.is_(None),
            )
            .with_for_update()
        )
        last_ok = pen.now if self.status is PointStatus.OK else known.last_ok if known else None
        if known is not None:
            first = known.first_seen if known.status is self.status else pen.now
            pen.update(
                known,
                written=self.written or known.written,
                status=self.status,
                status_because=self.because,
                first_seen=first,
                last_seen=pen.now,
                last_ok=last_ok,
            )
            return
        pen.insert(
            ContactPoint(
                client_id=self.client_id,
                contact_id=self.contact_id,
                kind=self.kind,
                written=self.written,
                key=self.key,
                status=self.status,
                status_because=self.because,
                first_seen=pen.now,
                last_seen=pen.now,
                last_ok=last_ok,
            )
        )

    def __str__(self) -> str:
        what = self.written or {"phone": "phone", "post": "postal address"}[self.kind]
        return f"{self.client}, {what}: {self.status}, {self.because}"


@dataclass(frozen=True, slots=True)
class ChangePhone(Action):
    """A contact has another telephone number."""

    name: ClassVar[str] = "bounces.change_phone"
    contact_id: int
    contact: str
    phone: str

    def carry_out(self, pen: Pen) -> None:
        pen.update(pen.get(Contact, self.contact_id), phone=self.phone)

    def __str__(self) -> str:
        return f"{self.contact} has the number {self.phone}"
