"""Forecasts judged later: what a rep expected for a span, beside what came of the same clients in it.

A forecast is judged as it stood when the span began; one that was first said within the span, as it stood at the end of
that day. What was corrected, or called lost, after that changes nothing of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.duties.sales.facts.particulars import Stage
from mailbot.duties.sales.reports import ledger
from mailbot.duties.sales.reports.facts import Judged, JudgedClient, percent_of
from mailbot.duties.sales.reports.rates import Rates
from mailbot.duties.sales.reports.rounding import exact, in_cents
from mailbot.duties.sales.reports.spans import Span
from mailbot.duties.sales.tables import SalesForecast
from mailbot.records.tables import Client, Person

_Key = tuple[int, int]  # a rep and a client


def judged(session: Session, span: Span, rep_id: int | None, in_force: Rates, today: date) -> tuple[Judged, ...]:
    """Each rep who expected something of a span, as far as the span has come; by name.

    Expectations without an amount, or in a currency without a rate, cannot be judged and are left out.
    """
    until = min(span.last, today)
    if until < span.first:
        return ()
    passed = replace(span, last=until)
    expected = _expected(_versions(session, passed, rep_id), passed, in_force)
    if not expected:
        return ()
    came = _came(session, passed, {client for _, client in expected}, in_force)
    reps = _names(session, Person, {rep for rep, _ in expected})
    clients = _names(session, Client, {client for _, client in expected})
    of_rep: dict[int, list[JudgedClient]] = defaultdict(list)
    for (rep, client), amount in expected.items():
        of_rep[rep].append(
            JudgedClient(clients[client], in_cents(amount), in_cents(came.get((rep, client), Decimal(0))))
        )
    found = (_of_rep(reps[rep], rep, each) for rep, each in of_rep.items())
    return tuple(sorted(found, key=lambda each: each.name))


def in_all(reps: Sequence[Judged]) -> Judged:
    """All of them as one, nameless."""
    return _of_rep("", None, [client for rep in reps for client in rep.clients])


def _of_rep(name: str, key: int | None, clients: Iterable[JudgedClient]) -> Judged:
    """The accuracy is what expectation and outcome have in common, client by client, of the greater of the two: to
    expect too little is as wrong as to expect too much, and one client does not make up for another."""
    shown = tuple(sorted(clients, key=lambda each: (-each.expected, each.client)))
    common = sum((max(min(each.expected, each.came), Decimal(0)) for each in shown), Decimal(0))
    greater = sum((max(each.expected, each.came) for each in shown), Decimal(0))
    return Judged(
        name=name,
        key=key,
        expected=sum((each.expected for each in shown), Decimal(0)),
        came=sum((each.came for each in shown), Decimal(0)),
        percent=percent_of(common, greater) if greater > 0 else None,
        clients=shown,
    )


def _versions(session: Session, span: Span, rep_id: int | None) -> Iterator[list[SalesForecast]]:
    """All that was said of each expectation that was to come true in a span, the oldest first."""
    due = func.coalesce(SalesForecast.closes_on, SalesForecast.period_end)
    mine = () if rep_id is None else (SalesForecast.rep_id == rep_id,)
    rows = session.scalars(
        select(SalesForecast)
        .where(SalesForecast.undone_by.is_(None), due.between(span.first, span.last), *mine)
        .order_by(SalesForecast.id)
    )
    chains: dict[int, list[SalesForecast]] = {}
    for row in rows:
        chain = chains.get(row.supersedes_id or 0, [])
        chain.append(row)
        chains[row.id] = chain
    yield from {id(chain): chain for chain in chains.values()}.values()


def _expected(chains: Iterable[list[SalesForecast]], span: Span, in_force: Rates) -> Mapping[_Key, Decimal]:
    """What each rep expected from each client, exact, in the currency of the desk."""
    expected: dict[_Key, Decimal] = {}
    for chain in chains:
        counted_from = max(span.first, chain[0].said_on)
        said = [each for each in chain if each.said_on <= counted_from][-1]
        if said.stage is not Stage.OPEN or said.amount is None or said.currency is None:
            continue
        rate = in_force.of(said.currency, (said.closes_on or said.period_end).replace(day=1))
        if rate is None:
            continue
        with localcontext(exact()):
            before = expected.get((said.rep_id, said.client_id), Decimal(0))
            expected[said.rep_id, said.client_id] = before + said.amount * rate.value
    return expected


def _came(session: Session, span: Span, clients: set[int], in_force: Rates) -> Mapping[_Key, Decimal]:
    """What the same reps sold to the same clients, exact; what has no rate is left out."""
    came: dict[_Key, Decimal] = {}
    for each in ledger.sums_of_clients(session, span, clients):
        rate = in_force.of(each.currency, each.month)
        if rate is not None:
            with localcontext(exact()):
                before = came.get((each.rep_id, each.client_id), Decimal(0))
                came[each.rep_id, each.client_id] = before + each.amount * rate.value
    return came


def _names(session: Session, table: type[Person | Client], ids: set[int]) -> Mapping[int, str]:
    return {row.id: row.name for row in session.execute(select(table.id, table.name).where(table.id.in_(sorted(ids))))}
