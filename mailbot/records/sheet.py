"""What decisions write together, in one transaction: their new rows, and what is asked once about all their letters."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from mailbot.letters.model import Letter
from mailbot.message.addresses import address_key
from mailbot.records.addressees import Addressee, Addressees
from mailbot.records.new_rows import NewRows
from mailbot.records.tables import Address, Contact
from mailbot.records.written_before import WrittenBefore


class Sheet:
    """For so many `decisions`, with these `letters` among what they write."""

    def __init__(self, session: Session, letters: Sequence[Letter] = (), decisions: int = 1) -> None:
        connection = session.connection()
        self.rows = NewRows(connection, decisions)
        self.written = WrittenBefore(connection, letters)
        self._addressees = Addressees(connection, {address_key(letter.recipient) for letter in letters})

    def addressee(self, key: str) -> Addressee | None:
        """What is on file of an address, by this sheet too."""
        if self.rows.waiting(Address) or self.rows.waiting(Contact):
            self.rows.write()
        return self._addressees.of(key)

    def note(self, record: object) -> None:
        """A row was written, or changed: an address, or a contact, is asked about again."""
        if isinstance(record, Address):
            self._addressees.address_written(record.key)
        elif isinstance(record, Contact):
            self._addressees.contact_written(record.id)
