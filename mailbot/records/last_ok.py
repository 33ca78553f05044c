"""When an address was last known to work. That is no decision, and is not taken back: it is what was seen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, or_, update
from sqlalchemy.orm import Session

from mailbot.records.base import UtcDateTime
from mailbot.records.rows import table_of
from mailbot.records.tables import Address

_ADDRESSES = table_of(Address)
_SEEN = (
    update(_ADDRESSES)
    .where(
        _ADDRESSES.c.key == bindparam("sender"),
        or_(_ADDRESSES.c.last_ok.is_(None), _ADDRESSES.c.last_ok < bindparam("at", type_=UtcDateTime())),
    )
    .values(last_ok=bindparam("at", type_=UtcDateTime()))
)
_BELIEVED = ("T2", "T3", "T4")  # as the trust of a decision is kept


def note_sender(session: Session, sender_key: str | None, trust: str, at: datetime) -> None:
    """A mail that is believed came from this address, so it works."""
    if sender_key is not None and trust in _BELIEVED:
        session.connection().execute(_SEEN, {"sender": sender_key, "at": at})
