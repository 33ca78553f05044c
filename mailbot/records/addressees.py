"""What is on file of those whom letters go to: asked once for all letters that are written together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, select

from mailbot.records.tables import Address, AddressStatus, Contact

_ON_FILE = (
    select(Address.key, Address.status, Address.contact_id, Contact.away_from, Contact.away_until)
    .join(Contact, Contact.id == Address.contact_id, isouter=True)
    .where(Address.key.in_(bindparam("keys", expanding=True)), Address.undone_by.is_(None))
)

_MOST_AT_ONCE: Final = 500


class Addressee(NamedTuple):
    """An address that is on file, and when its contact is away."""

    key: str
    status: AddressStatus
    contact_id: int | None
    away_from: datetime | None
    away_until: datetime | None

    def back_at(self, now: datetime) -> datetime | None:
        """When its contact is back; None where nobody is away."""
        if self.away_from is None or self.away_until is None or not self.away_from <= now < self.away_until:
            return None
        return self.away_until


class Addressees:
    """Looks addresses up as they are in this transaction; some of those `expected` are asked about with the first."""

    def __init__(self, connection: Connection, expected: Iterable[str] = ()) -> None:
        self._connection = connection
        self._expected = frozenset(islice(expected, _MOST_AT_ONCE))
        self._found: dict[str, Addressee | None] = {}

    def of(self, key: str) -> Addressee | None:
        """What is on file of an address; None where it is on nobody's."""
        if key not in self._found:
            self._ask(self._expected | {key})
            self._expected = frozenset()
        return self._found[key]

    def _ask(self, keys: frozenset[str]) -> None:
        rows = self._connection.execute(_ON_FILE, {"keys": sorted(keys)})
        self._found |= dict.fromkeys(keys) | {row.key: Addressee(*row) for row in rows}

    def address_written(self, key: str) -> None:
        """An address is not what it was: it is asked about again."""
        self._found.pop(key, None)

    def contact_written(self, contact_id: int) -> None:
        """The same for the addresses of a contact."""
        for addressee in [each for each in self._found.values() if each and each.contact_id == contact_id]:
            del self._found[addressee.key]
