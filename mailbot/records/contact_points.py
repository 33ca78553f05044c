"""Telephone numbers and postal addresses that reach nobody, and how numbers are compared."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mailbot.records.tables import ContactPoint, PointKind, PointStatus

_DIGIT = re.compile(r"\d")
_TOLD_APART: Final = 7  # digits at the end of a number that are the same however its prefix is written

# It stands ready-made: to build it anew for every mail would cost more than to ask it.
_DEAD_NUMBERS = select(ContactPoint.client_id, ContactPoint.key).where(
    ContactPoint.client_id.in_(bindparam("clients", expanding=True)),
    ContactPoint.kind == PointKind.PHONE,
    ContactPoint.status == PointStatus.DEAD,
    ContactPoint.undone_by.is_(None),
)


def phone_key(written: str) -> str:
    """The form in which numbers are compared: the last digits, which are the same with every prefix."""
    return "".join(_DIGIT.findall(written))[-_TOLD_APART:]


def dead_numbers(session: Session, clients: Collection[int]) -> frozenset[tuple[int, str]]:
    """The numbers of these clients that reach nobody: client, and the number as it is compared."""
    if not clients:
        return frozenset()
    rows = session.connection().execute(_DEAD_NUMBERS, {"clients": sorted(clients)})
    return frozenset((row.client_id, row.key) for row in rows)
