"""What is written of the numbers and postal addresses of clients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import Contact, ContactPoint, PointKind, PointStatus


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
