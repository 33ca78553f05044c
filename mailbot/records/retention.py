"""How long raw mail is kept. Decisions, changes and letters stay: they are the memory of the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mailbot.records.tables import Arrival, ArrivalState, RawMail


def forget_raw(session: Session, now: datetime, days: int) -> int:
    """Lets go of the bytes of mails that were decided and arrived more than `days` ago. Returns how many."""
    old = select(Arrival.id).where(
        Arrival.arrived_at < now - timedelta(days=days), Arrival.state == ArrivalState.DECIDED
    )
    gone = session.execute(delete(RawMail).where(RawMail.arrival_id.in_(old)))
    return int(gone.rowcount)  # type: ignore[attr-defined]
