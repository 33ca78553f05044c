"""When an address was last known to work. That is no decision, and is not taken back: it is what was seen."""

from __future__ import annotations

from collections.abc import Iterable
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
        _ADDRESSES.c.key.in_(bindparam("senders", expanding=True)),
        or_(_ADDRESSES.c.last_ok.is_(None), _ADDRESSES.c.last_ok < bindparam("at", type_=UtcDateTime())),
    )
    .values(last_ok=bindparam("at", type_=UtcDateTime()))
)


def note_senders(session: Session, senders: Iterable[str], at: datetime) -> None:
    """Mails that are believed came from these addresses, so they work."""
    keys = sorted(set(senders))
    if keys:
        session.connection().execute(_SEEN, {"senders": keys, "at": at})
