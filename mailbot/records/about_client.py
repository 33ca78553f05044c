"""What was decided about a client: the decisions of mails that wrote a record of it, whichever duty keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from sqlalchemy import Column, ColumnElement, Select, Table, and_, or_, select
from sqlalchemy.orm import Session

from mailbot.letters.model import Language
from mailbot.records.base import Base, Kept
from mailbot.records.in_words import Teller
from mailbot.records.name_index.keeping import names_of
from mailbot.records.names import LEGAL_FORMS, name_words
from mailbot.records.rows import table_of
from mailbot.records.tables import Change, Client, DecisionRow, LetterRow, QuestionRow, TaskRow
from mailbot.records.why import Story, story_of

_MOST_CLIENTS = 40  # with one word in common; more of them, and the word tells none apart
_NOT_ITS_OWN = (LetterRow.__tablename__, QuestionRow.__tablename__, TaskRow.__tablename__)


def clients_named(session: Session, words: Sequence[str]) -> tuple[Client, ...]:
    """The clients that some words of a sentence name: those of whose name most is said; a name that is said whole, with
    its legal form, before all others."""
    telling = [word for word in words if word not in LEGAL_FORMS]
    if not telling:
        return ()
    names_of_all = names_of(session)
    ids = sorted({client_id for word in telling for client_id in names_of_all.with_word(word)})[:_MOST_CLIENTS]
    found = session.scalars(
        select(Client).where(Client.id.in_(ids), Client.undone_by.is_(None)).order_by(Client.id)
    ).all()
    names = {client.id: set(name_words(client.name)) for client in found}
    whole = [client for client in found if names[client.id] <= set(words)]
    said = {client.id: len((names[client.id] - LEGAL_FORMS) & set(words)) for client in whole or found}
    return tuple(client for client in whole or found if said[client.id] == max(said.values()))


def decisions_about(session: Session, client_id: int, since: datetime) -> tuple[DecisionRow, ...]:
    """The decisions of mails since a moment that wrote a record of this client, the oldest first."""
    ids = {
        decision_id
        for table, column in _columns_of_clients()
        for decision_id in session.scalars(_writers(table, column == client_id, since))
    }
    created = and_(Change.table_name == Client.__tablename__, Change.row_id == client_id)
    ids |= set(session.scalars(_of_mails(since).where(created)))
    return tuple(session.scalars(select(DecisionRow).where(DecisionRow.id.in_(ids)).order_by(DecisionRow.id)))


def other_clients(session: Session, decision_ids: Iterable[int], client_id: int) -> tuple[str, ...]:
    """The names of the other clients of whom these decisions wrote a record."""
    ids = list(decision_ids)
    others: set[int] = set()
    for table, column in _columns_of_clients():
        rows = (
            select(column)
            .select_from(table)
            .join(Change, and_(Change.table_name == table.name, Change.row_id == table.c.id))
            .where(Change.decision_id.in_(ids), column.is_not(None), column != client_id)
        )
        others |= set(session.scalars(rows))
    return tuple(session.scalars(select(Client.name).where(Client.id.in_(others)).order_by(Client.name)))


def stood_on(session: Session, decision: DecisionRow) -> tuple[DecisionRow, ...]:
    """The decisions of mails that made the records which this one changed."""
    changed = select(Change.table_name, Change.row_id).where(
        Change.decision_id == decision.id, Change.before.is_not(None)
    )
    rows = [(name, key) for name, key in session.execute(changed) if name != LetterRow.__tablename__]
    if not rows:
        return ()
    same = or_(*(and_(Change.table_name == name, Change.row_id == key) for name, key in rows))
    made = select(Change.decision_id).where(same, Change.decision_id < decision.id)
    found = select(DecisionRow).where(
        DecisionRow.id.in_(made), DecisionRow.origin == "mail", DecisionRow.undone_by.is_(None)
    )
    return tuple(session.scalars(found.order_by(DecisionRow.id)))


def stories_about(
    session: Session, client_id: int, since: datetime, language: Language, zone: tzinfo
) -> tuple[Story, ...]:
    """What came of mails about a client since a moment, the oldest first: of each, only what it did to this client."""
    teller = Teller(session, language, zone)
    return tuple(
        story_of(teller, row, _records_of(session, row.id, client_id))
        for row in decisions_about(session, client_id, since)
    )


def _records_of(session: Session, decision_id: int, client_id: int) -> set[tuple[str, int]]:
    found = {(Client.__tablename__, client_id)}
    for table, column in _columns_of_clients():
        rows = (
            select(table.c.id)
            .join(Change, and_(Change.table_name == table.name, Change.row_id == table.c.id))
            .where(Change.decision_id == decision_id, column == client_id)
        )
        found |= {(table.name, key) for key in session.scalars(rows)}
    return found


def _writers(table: Table, is_its: ColumnElement[bool], since: datetime) -> Select[int]:
    return (
        _of_mails(since).join(table, and_(Change.table_name == table.name, Change.row_id == table.c.id)).where(is_its)
    )


def _of_mails(since: datetime) -> Select[int]:
    return (
        select(Change.decision_id)
        .join(DecisionRow, DecisionRow.id == Change.decision_id)
        .where(DecisionRow.origin == "mail", DecisionRow.decided_at >= since)
    )


def _columns_of_clients() -> Iterator[tuple[Table, Column[int]]]:
    """The columns of all duties' records that say which client they are of."""
    for mapper in Base.registry.mappers:
        table = table_of(mapper.class_)
        if issubclass(mapper.class_, Kept) and table.name not in _NOT_ITS_OWN:
            for column in table.columns:
                if any(key.column.table.name == Client.__tablename__ for key in column.foreign_keys):
                    yield table, column
