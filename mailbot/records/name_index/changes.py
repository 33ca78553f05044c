"""That a client's name was written: noted beside the change itself, so that every process learns of it."""

from __future__ import annotations

import secrets

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from mailbot.records.tables import NameChange

NAMING = frozenset(("name", "undone_by", "merged_into_id"))  # what of a client says whether, and by what, it is found

# Notes become visible in the order of their numbers, or one that comes late would be passed over: on PostgreSQL who
# notes waits for whoever has noted and is not yet done; on SQLite one writes at a time anyway.
_WAIT = text("SELECT pg_advisory_xact_lock(7310872491)")
_NOTE = insert(NameChange)


def name_written(session: Session, client_id: int) -> None:
    """Notes that a client is new, has another name, or was taken back, in the transaction of the session."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(_WAIT)
    connection.execute(_NOTE, {"token": secrets.token_hex(8), "client_id": client_id})
