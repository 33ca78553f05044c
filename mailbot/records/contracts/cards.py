"""Contracts as frozen cards, and the queries that fill them: for whatever duty has to know of them.

The queries stand ready-made, and each asks for all that is wanted at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from mailbot.records.contracts.tables import (
    Contract,
    ContractEvent,
    ContractState,
    Deliverable,
    DeliverableState,
    EventKind,
    Traffic,
    Use,
)

_MANY: BindParameter[Any] = bindparam("wanted", expanding=True)


@dataclass(frozen=True, slots=True)
class TrafficCard:
    """What was seen of a banner in one month."""

    month: date
    views: int
    clicks: int

    @property
    def rate(self) -> Decimal:
        """Clicks in percent of views, to two places; 0 where nothing was seen."""
        return (Decimal(100 * self.clicks) / self.views).quantize(Decimal("0.01")) if self.views else Decimal(0)


@dataclass(frozen=True, slots=True)
class DeliverableCard:
    """One thing that a contract promises: see `Deliverable`."""

    id: int
    contract_id: int
    client_id: int
    position: int
    part: int
    kind: str
    words: str
    issue: str | None
    quantity: int
    percent: Decimal | None
    list_price: Decimal | None
    worth: Decimal | None
    currency: str
    department_id: int | None
    contact_id: int | None
    starts_on: date | None
    due_on: date | None
    ends_on: date | None
    state: DeliverableState
    proof: str | None
    link: str | None
    target: str | None
    is_benefit: bool
    use: Use
    used_at: datetime | None
    traffic: tuple[TrafficCard, ...] = ()  # the oldest month first

    def in_month(self, month: date) -> TrafficCard | None:
        """What was seen in the month with this first day."""
        return next((each for each in self.traffic if each.month == month), None)


@dataclass(frozen=True, slots=True)
class EventCard:
    """One step of a contract's history."""

    kind: EventKind
    since: date
    amount: Decimal | None
    currency: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ContractCard:
    """A contract with what it promises, in the order of its lines: see `Contract`."""

    id: int
    ref: str
    client_id: int
    rep_id: int | None
    contact_id: int | None
    signed_on: date | None
    starts_on: date
    ends_on: date
    value: Decimal | None
    currency: str
    renews: bool
    notice_days: int | None
    notice_on: date | None
    state: ContractState
    follows_id: int | None
    deliverables: tuple[DeliverableCard, ...] = ()
    events: tuple[EventCard, ...] = ()

    @property
    def benefits(self) -> tuple[DeliverableCard, ...]:
        """What the client has to use."""
        return tuple(
            each for each in self.deliverables if each.is_benefit and each.state is not DeliverableState.DROPPED
        )


_CONTRACT = tuple(
    getattr(Contract, name) for name in ContractCard.__dataclass_fields__ if name not in ("deliverables", "events")
)
_DELIVERABLE = tuple(getattr(Deliverable, name) for name in DeliverableCard.__dataclass_fields__ if name != "traffic")
_BY_REF = select(*_CONTRACT).where(Contract.ref.in_(_MANY), Contract.undone_by.is_(None)).order_by(Contract.id)
_BY_ID = select(*_CONTRACT).where(Contract.id.in_(_MANY), Contract.undone_by.is_(None)).order_by(Contract.id)
_BY_CLIENT = select(*_CONTRACT).where(Contract.client_id.in_(_MANY), Contract.undone_by.is_(None)).order_by(Contract.id)
_DELIVERABLES = (
    select(*_DELIVERABLE)
    .where(Deliverable.contract_id.in_(_MANY), Deliverable.undone_by.is_(None))
    .order_by(Deliverable.contract_id, Deliverable.position, Deliverable.part)
)
_DELIVERABLES_BY_ID = (
    select(*_DELIVERABLE).where(Deliverable.id.in_(_MANY), Deliverable.undone_by.is_(None)).order_by(Deliverable.id)
)
_TRAFFIC = (
    select(Traffic.deliverable_id, Traffic.month, Traffic.views, Traffic.clicks)
    .where(Traffic.deliverable_id.in_(_MANY), Traffic.undone_by.is_(None))
    .order_by(Traffic.month)
)
_EVENTS = (
    select(
        ContractEvent.contract_id,
        ContractEvent.kind,
        ContractEvent.since,
        ContractEvent.amount,
        ContractEvent.currency,
        ContractEvent.words,
        ContractEvent.at,
    )
    .where(ContractEvent.contract_id.in_(_MANY), ContractEvent.undone_by.is_(None))
    .order_by(ContractEvent.id)
)


def contract_card(session: Session, ref: str) -> ContractCard | None:
    """The contract with this number, whatever its state; None where there is none."""
    return next(iter(_cards(session, _BY_REF, [ref])), None)


def contracts_by_id(session: Session, ids: Iterable[int]) -> Mapping[int, ContractCard]:
    """Contracts by their keys; those that are not there are left out."""
    return {card.id: card for card in _cards(session, _BY_ID, ids)}


def contracts_of(session: Session, client_ids: Iterable[int]) -> Mapping[int, tuple[ContractCard, ...]]:
    """All contracts of these clients, the oldest first, ended ones too; a client without any has ()."""
    wanted = sorted(set(client_ids))
    found: dict[int, list[ContractCard]] = defaultdict(list)
    for card in _cards(session, _BY_CLIENT, wanted):
        found[card.client_id].append(card)
    return {client_id: tuple(found[client_id]) for client_id in wanted}


def deliverables_by_id(session: Session, ids: Iterable[int]) -> Mapping[int, DeliverableCard]:
    """Single deliverables by their keys, with their figures; those that are not there are left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = session.connection().execute(_DELIVERABLES_BY_ID, {"wanted": wanted}).all()
    return {card.id: card for card in _with_traffic(session, rows)}


def _cards(session: Session, query: Any, wanted: Iterable[object]) -> tuple[ContractCard, ...]:
    """Contracts with their deliverables, figures and history: four queries, however many they are."""
    keys = list(dict.fromkeys(wanted))
    rows = session.connection().execute(query, {"wanted": keys}).all() if keys else []
    if not rows:
        return ()
    ids = {"wanted": [row.id for row in rows]}
    promised: dict[int, list[DeliverableCard]] = defaultdict(list)
    for card in _with_traffic(session, session.connection().execute(_DELIVERABLES, ids).all()):
        promised[card.contract_id].append(card)
    events: dict[int, list[EventCard]] = defaultdict(list)
    for event in session.connection().execute(_EVENTS, ids):
        events[event.contract_id].append(EventCard(*event[1:]))
    return tuple(
        replace(ContractCard(*row), deliverables=tuple(promised[row.id]), events=tuple(events[row.id])) for row in rows
    )


def _with_traffic(session: Session, rows: Iterable[Any]) -> tuple[DeliverableCard, ...]:
    found = list(rows)
    if not found:
        return ()
    months: dict[int, list[TrafficCard]] = defaultdict(list)
    for row in session.connection().execute(_TRAFFIC, {"wanted": [row.id for row in found]}):
        months[row.deliverable_id].append(TrafficCard(row.month, row.views, row.clicks))
    return tuple(replace(DeliverableCard(*row), traffic=tuple(months[row.id])) for row in found)
