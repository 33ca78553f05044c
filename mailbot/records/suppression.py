"""Addresses whose owners asked to be forgotten: known by a fingerprint alone, not imported and not written to again."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.records.tables import Suppression


def fingerprint(key: str) -> str:
    """What stays of an address key that was erased: enough to know it again, and nothing to read it from."""
    return hashlib.sha256(key.encode()).hexdigest()


def is_suppressed(session: Session, key: str) -> bool:
    """Whether whoever has this address asked to be forgotten."""
    return session.scalar(select(Suppression.id).where(Suppression.digest == fingerprint(key))) is not None
