"""What stands in the JSON columns: frozen values as objects, the same whether or not a NUL has to be taken out."""

from __future__ import annotations

import pytest
from sqlalchemy import JSON, Column, Integer, MetaData, Table, insert, select

from mailbot.message.model import Evidence, Place
from mailbot.records.session import Database

_KEPT = Table("kept", MetaData(), Column("id", Integer, primary_key=True), Column("value", JSON))


@pytest.mark.parametrize(("words", "kept"), [("acme corp 12k", "acme corp 12k"), ("acme\x00 corp", "acme\ufffd corp")])
def test_evidence_is_an_object_and_a_nul_in_it_is_no_obstacle(database: Database, words: str, kept: str) -> None:
    with database.writing() as session:
        _KEPT.create(session.connection())
        session.execute(insert(_KEPT).values(value=(Evidence(words, Place("text", 4, 9)),)))
        (found,) = session.scalars(select(_KEPT.c.value))
        _KEPT.drop(session.connection())

    assert found == [{"words": kept, "place": {"part": "text", "start": 4, "end": 9}}]
