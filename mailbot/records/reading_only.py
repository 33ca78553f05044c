"""A way into the records that has no word for writing: for replay, which must not be able to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from mailbot.records.session import Database

Columns = TypeVar("Columns", bound=tuple[object, ...])


class ReadOnly:
    """Sees one moment of the records, and can do nothing but ask. The database refuses writing on it as well."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self, query: Select[Columns]) -> Iterator[Row[Columns]]:
        """The rows of a query, one after the other."""
        return iter(self._session.execute(query))


@contextmanager
def reading_only(database: Database) -> Iterator[ReadOnly]:
    """A ReadOnly on this database."""
    with database.reading() as session:
        yield ReadOnly(session)
