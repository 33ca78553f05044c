"""The looks that this duty asked for and that were taken, from the records."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from mailbot.duties.issues.cards import cards_by_ref
from mailbot.duties.issues.kinds import NAME
from mailbot.duties.issues.looking.facts import SeenPage
from mailbot.duties.issues.sold.recalling import sold_by_id
from mailbot.records.known import Known
from mailbot.records.looks import seen_for
from mailbot.records.tables import Client, LetterRow, LetterState

_DAY: Final = timedelta(days=1)


def load(session: Session, _known: Known, now: datetime) -> tuple[SeenPage, ...]:
    """Each look with its issue; one whose issue was taken back is left out."""
    looks = seen_for(session, NAME)
    if not looks:
        return ()
    cards = {card.ref: card for card in cards_by_ref(session, [look.about for look in looks])}
    clients = _names(session, [card.client_id for card in cards.values() if card.client_id is not None])
    sold = sold_by_id(session, [card.deliverable_id for card in cards.values() if card.deliverable_id is not None])
    lately = _written_lately(session, {card.address_key for card in cards.values()}, now)
    return tuple(
        SeenPage(
            look,
            card,
            clients.get(card.client_id or 0),
            sold.get(card.deliverable_id or 0),
            *lately.get(card.address_key, (0, False)),
        )
        for look in looks
        if (card := cards.get(look.about)) is not None
    )


def _written_lately(session: Session, keys: Collection[str], now: datetime) -> dict[str, tuple[int, bool]]:
    """How many letters each of these addresses was written within a day, and whether one acknowledged a mail."""
    query = (
        select(LetterRow.recipient_key, func.count(), func.max(case((LetterRow.acknowledgement, 1), else_=0)))
        .where(
            LetterRow.recipient_key.in_(keys),
            LetterRow.created_at > now - _DAY,
            LetterRow.state.notin_((LetterState.WITHDRAWN, LetterState.REFUSED)),
        )
        .group_by(LetterRow.recipient_key)
    )
    return {key: (count, bool(acknowledged)) for key, count, acknowledged in session.execute(query)}


def _names(session: Session, ids: list[int]) -> dict[int, str]:
    rows = session.execute(select(Client.id, Client.name).where(Client.id.in_(ids)))
    return {row.id: row.name for row in rows}
