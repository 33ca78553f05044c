"""The same rows written by two pens: one that only rehearses, so that a person sees what will happen, and the real one.

What a row is refused for depends on the rows before it, so the rehearsal goes through all of them in their order.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from mailbot.records.base import Kept

Record = TypeVar("Record", bound=Kept)


class Writer(Protocol):
    """What an import asks of a pen: see mailbot.records.pen.Pen."""

    now: datetime

    def insert(self, record: Record) -> Record:
        """Adds a row; its key is known afterwards."""

    def update(self, record: Kept, **values: Any) -> None:
        """Changes columns of a row. What is equal already is no change."""


class Rehearsal:
    """A pen without ink: rows get keys below zero, and nothing reaches the database."""

    def __init__(self) -> None:
        self.now = datetime.min.replace(tzinfo=UTC)  # nothing of it is kept
        self.inserted = 0
        self.updated = 0

    def insert(self, record: Record) -> Record:
        self.inserted += 1
        record.id = -self.inserted
        return record

    def update(self, record: Kept, **values: Any) -> None:
        self.updated += any(getattr(record, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(record, name, value)
