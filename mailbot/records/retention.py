"""How long raw mail is kept, and the files that came with it. Decisions, changes and letters stay: they are the memory
of the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, update
from sqlalchemy.orm import Session

from mailbot.records.contracts.tables import ContractFile
from mailbot.records.stored_files import StoredFile
from mailbot.records.tables import Arrival, ArrivalState, RawMail


def forget_raw(session: Session, now: datetime, days: int) -> int:
    """Lets go of the bytes of mails that arrived more than `days` ago, decided or set aside. Returns how many. What is
    still to be decided is kept."""
    is_old = exists().where(  # asked of the mails that are still kept, not of all that ever came
        Arrival.id == RawMail.arrival_id,
        Arrival.arrived_at < now - timedelta(days=days),
        Arrival.state.in_((ArrivalState.DECIDED, ArrivalState.SET_ASIDE)),
    )
    gone = session.execute(delete(RawMail).where(is_old))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_files(session: Session, now: datetime, days: int) -> int:
    """Lets go of the bytes of files that last came more than `days` ago, but for those of contracts; their hashes stay.
    Returns how many."""
    is_of_a_contract = exists().where(ContractFile.sha256 == StoredFile.sha256, ContractFile.undone_by.is_(None))
    is_over = (StoredFile.stored_at < now - timedelta(days=days), StoredFile.content.is_not(None), ~is_of_a_contract)
    gone = session.execute(update(StoredFile).where(*is_over).values(content=None))
    return int(gone.rowcount)  # type: ignore[attr-defined]
