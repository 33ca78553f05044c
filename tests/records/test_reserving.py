"""Desks that share a database decide one after the other: who takes numbers for decisions keeps the others waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from mailbot.errors import TryAgain
from mailbot.records.numbers import reserve
from mailbot.records.session import Database


@contextmanager
def impatient(database: Database) -> Iterator[Session]:
    """Another desk, which gives up at once where it has to wait."""
    other = Database(database.engine.url.render_as_string(hide_password=False), busy_seconds=0)
    try:
        with other.writing() as session:
            if not other.is_sqlite:
                session.execute(text("SET LOCAL lock_timeout = '1ms'"))
            yield session
    finally:
        other.close()


def test_nobody_takes_numbers_beside_a_desk_that_has_not_committed_yet(database: Database) -> None:
    with database.writing() as session:
        first = reserve(session, 3)
        with pytest.raises(TryAgain), impatient(database) as other:
            reserve(other, 1)

    with impatient(database) as other:
        assert reserve(other, 2)[0] == first[-1] + 1


def test_numbers_of_a_desk_that_gave_up_are_given_to_the_next_one(database: Database) -> None:
    with database.writing() as session:
        first = reserve(session, 3)
        session.rollback()

    with impatient(database) as other:
        assert reserve(other, 2)[0] == first[0]
