"""The clients of contracts, from the records."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.contracts.facts import NamedClient
from mailbot.records.tables import Client, Person


def client_cards(session: Session, ids: Iterable[int]) -> tuple[NamedClient, ...]:
    """These clients, each with its owner and the currency in which that one books."""
    found = (
        select(Client.id, Client.name, Client.owner_id, Person.currency)
        .join(Person, Person.id == Client.owner_id, isouter=True)
        .where(Client.id.in_(sorted(set(ids))), Client.undone_by.is_(None))
        .order_by(Client.id)
    )
    return tuple(NamedClient(*row) for row in session.execute(found))
