"""Who is not written to: addresses whose owners asked to be forgotten, known by a fingerprint alone, not imported and
not written to again; and the kinds of letters that somebody wants no more."""

from __future__ import annotations

import hashlib

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from mailbot.letters.model import LetterKind
from mailbot.records.tables import Address, LetterStop, Suppression

_OF_CONTACT = select(Address.contact_id).where(Address.key == bindparam("key"), Address.undone_by.is_(None))
_STOPPED_KINDS = select(LetterStop.kind).where(
    LetterStop.undone_by.is_(None),
    or_(LetterStop.address_key == bindparam("key"), LetterStop.contact_id.in_(_OF_CONTACT)),
)


def fingerprint(key: str) -> str:
    """What stays of an address key that was erased: enough to know it again, and nothing to read it from."""
    return hashlib.sha256(key.encode()).hexdigest()


def is_suppressed(session: Session, key: str) -> bool:
    """Whether whoever has this address asked to be forgotten."""
    return session.scalar(select(Suppression.id).where(Suppression.digest == fingerprint(key))) is not None


def stopped_kinds(session: Session, key: str) -> frozenset[LetterKind]:
    """The kinds of letters that whoever has this address wants no more, there or at another address of theirs."""
    return frozenset(session.scalars(_STOPPED_KINDS, {"key": key}))
