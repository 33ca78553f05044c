"""Clients of whom something is open that goes before everything friendly: nothing cheerful reaches them meanwhile.

A table says by itself which of its rows are such a concern of a client (`Kept.concern`), as it says how they hang on a
contact; whichever duty's it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from mailbot.errors import OurBug
from mailbot.records.base import Base, Kept


def clients_with_concerns(session: Session, client_ids: Iterable[int]) -> frozenset[int]:
    """Those of these clients of whom something is open: one query for each table that says so."""
    wanted = sorted(set(client_ids))
    if not wanted:
        return frozenset()
    return frozenset(found for query in _queries() for found in session.scalars(query, {"wanted": wanted}))


@cache
def _queries() -> tuple[Select[int], ...]:
    """The tables are all there before the first mail comes."""
    classes = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda each: each.__name__)
    return tuple(_query(table) for table in classes if issubclass(table, Kept) and table.concern is not None)


def _query(table: type[Kept]) -> Select[int]:
    concern = table.concern
    if concern is None:
        raise OurBug(f"{table.__name__} is no concern of a client")
    client = getattr(table, concern.client)
    return (
        select(client)
        .where(
            client.in_(bindparam("wanted", expanding=True)),
            table.undone_by.is_(None),
            getattr(table, concern.while_column).in_(concern.while_one_of),
        )
        .distinct()
    )
