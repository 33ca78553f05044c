"""What was sold to the client who writes, from the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from mailbot.duties.issues.sold.facts import Figures, Sold
from mailbot.records.contracts.cards import (
    ContractCard,
    DeliverableCard,
    contracts_by_id,
    contracts_of,
    deliverables_by_id,
)
from mailbot.records.contracts.tables import ContractState, DeliverableState, Use
from mailbot.records.known import Known
from mailbot.records.together import found_for, writing_client

_MOST = 40  # things sold to one client that a mail may be about


def sold_to(session: Session, known: Known) -> tuple[Sold, ...]:
    """What the contracts of the sender's client promise, those that run before those that have ended: nothing of those
    that were cancelled, and none of a stranger's."""
    client = known.sender.client if known.sender else None
    if client is None:
        return ()
    cards = found_for(session, contracts_of, client.id, writing_client) or ()
    in_order = (ContractState.RUNNING, ContractState.ENDED)
    found = (sold for state in in_order for card in cards if card.state is state for sold in _sold(card))
    return tuple(found)[:_MOST]


def sold_by_id(session: Session, ids: list[int]) -> Mapping[int, Sold]:
    """Single things by their keys."""
    found = deliverables_by_id(session, ids)
    cards = contracts_by_id(session, {each.contract_id for each in found.values()})
    return {key: _card(each, cards[each.contract_id]) for key, each in found.items() if each.contract_id in cards}


def _sold(card: ContractCard) -> Iterator[Sold]:
    for each in card.deliverables:
        if each.state is not DeliverableState.DROPPED:
            yield _card(each, card)


def _card(each: DeliverableCard, card: ContractCard) -> Sold:
    return Sold(
        id=each.id,
        contract_id=card.id,
        contract=card.ref,
        contract_ends=card.ends_on,
        kind=each.kind,
        words=each.words,
        department_id=each.department_id,
        link=each.link,
        target=each.target,
        is_unused=each.is_benefit and each.use is Use.UNUSED,
        state=each.state,
        has_ended=card.state is ContractState.ENDED,
        figures=tuple(Figures(month.month, month.views, month.clicks) for month in each.traffic),
    )
