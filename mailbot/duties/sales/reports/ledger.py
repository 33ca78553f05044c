"""The ledger, added up by the database: sums in each currency, exact, of the entries that count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from sqlalchemy import Label, Select, case, exists, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased
from sqlalchemy.sql import ColumnElement

from mailbot.duties.sales.facts.particulars import Stage
from mailbot.duties.sales.reports.facts import By, Cell, LedgerLine
from mailbot.duties.sales.reports.rates import Rates
from mailbot.duties.sales.reports.spans import Span
from mailbot.duties.sales.tables import EntryKind, SalesEntry, SalesForecast
from mailbot.records.tables import Client, DecisionRow, Person

_MONTH: Final = "month_of_span"  # grouped by name: PostgreSQL does not see that two expressions with values are one
_Later = aliased(SalesEntry)
_LaterForecast = aliased(SalesForecast)


@dataclass(frozen=True, slots=True)
class Sum:
    """What the entries of one row add up to in one currency and month (its first day)."""

    key: int | str | None
    month: date
    currency: str
    amount: Decimal
    lines: int


@dataclass(frozen=True, slots=True)
class DaySum:
    """What the entries of one day add up to in one currency."""

    day: date
    currency: str
    amount: Decimal
    lines: int


@dataclass(frozen=True, slots=True)
class ClientSum:
    """What a rep sold to a client in one currency and month (its first day)."""

    rep_id: int
    client_id: int
    month: date
    currency: str
    amount: Decimal


def counts() -> tuple[ColumnElement[bool], ...]:
    """An entry counts while it is not undone, not cancelled, and no entry that is not undone supersedes it."""
    superseded = exists().where(_Later.supersedes_id == SalesEntry.id, _Later.undone_by.is_(None))
    return (SalesEntry.undone_by.is_(None), SalesEntry.kind != EntryKind.CANCELLED, ~superseded)


def sums(session: Session, span: Span, by: By, rep_id: int | None = None) -> tuple[Sum, ...]:
    """The sums of a span, for each row, month and currency."""
    months = tuple(span.months())
    month = _month(months, SalesEntry.counts_on.expression)
    query = (
        select(_COLUMNS[by], month, SalesEntry.currency, func.sum(SalesEntry.amount), func.count())
        .where(*_within(span, rep_id))
        .group_by(_COLUMNS[by], _MONTH, SalesEntry.currency)
    )
    return _sums(session, query, months)


def by_day(session: Session, first: date, last: date, rep_id: int | None = None) -> tuple[DaySum, ...]:
    """The sums of each day from the first to the last, and currency."""
    query = (
        select(SalesEntry.counts_on, SalesEntry.currency, func.sum(SalesEntry.amount), func.count())
        .where(*_between(first, last, rep_id))
        .group_by(SalesEntry.counts_on, SalesEntry.currency)
        .order_by(SalesEntry.counts_on, SalesEntry.currency)
    )
    return tuple(DaySum(*row) for row in session.execute(query))


def has_any(session: Session, span: Span) -> bool:
    """Whether a line counts in a span."""
    return session.scalar(select(SalesEntry.id).where(*_within(span, None)).limit(1)) is not None


def cells(session: Session, span: Span, rep_id: int | None = None) -> tuple[Cell, ...]:
    """The same by rep, client and currency."""
    columns = (SalesEntry.rep_id, SalesEntry.client_id, SalesEntry.currency)
    query = (
        select(*columns, func.sum(SalesEntry.amount))
        .where(*_within(span, rep_id))
        .group_by(*columns)
        .order_by(*columns)
    )
    return tuple(Cell(*row) for row in session.execute(query))


def sums_of_clients(session: Session, span: Span, clients: Collection[int]) -> Iterator[ClientSum]:
    """The sums of a span for each rep and each of these clients, month and currency."""
    months = tuple(span.months())
    columns = (SalesEntry.rep_id, SalesEntry.client_id, SalesEntry.currency)
    query = (
        select(*columns, _month(months, SalesEntry.counts_on.expression), func.sum(SalesEntry.amount))
        .where(*_within(span, None), SalesEntry.client_id.in_(sorted(clients)))
        .group_by(*columns, _MONTH)
        .order_by(*columns, _MONTH)
    )
    for rep_id, client_id, currency, month, amount in session.execute(query):
        yield ClientSum(rep_id, client_id, months[month], currency, amount)


def lines(session: Session, span: Span, rates: Rates, rep_id: int | None, most: int) -> Iterator[LedgerLine]:
    """The entries themselves, by day; at most `most` of them."""
    query = (
        select(
            SalesEntry.counts_on,
            SalesEntry.product,
            SalesEntry.stage,
            SalesEntry.amount,
            SalesEntry.currency,
            SalesEntry.words,
            Person.name.label("rep"),
            Client.name.label("client"),
            DecisionRow.ref,
            DecisionRow.decided_at,
        )
        .join(Person, Person.id == SalesEntry.rep_id)
        .join(Client, Client.id == SalesEntry.client_id)
        .join(DecisionRow, DecisionRow.id == SalesEntry.made_by, isouter=True)
        .where(*_within(span, rep_id))
        .order_by(SalesEntry.counts_on, SalesEntry.id)
        .limit(most)
    )
    rate_of = cache(rates.of)
    for row in session.execute(query.execution_options(yield_per=1000)):
        rate = rate_of(row.currency, row.counts_on.replace(day=1))
        yield LedgerLine(
            day=row.counts_on,
            rep=row.rep,
            client=row.client,
            product=row.product,
            stage=row.stage.value if row.stage else "",
            amount=row.amount,
            currency=row.currency,
            rate=rate.value if rate else None,
            words=row.words,
            ref=row.ref or "",
            booked_at=row.decided_at,
        )


def expected(session: Session, span: Span, rep_id: int | None = None) -> tuple[Sum, ...]:
    """What reps expect in a span: open deals that are to close in it, or whose period ends in it."""
    superseded = exists().where(_LaterForecast.supersedes_id == SalesForecast.id, _LaterForecast.undone_by.is_(None))
    day = func.coalesce(SalesForecast.closes_on, SalesForecast.period_end)
    months = tuple(span.months())
    month = _month(months, day)
    mine = () if rep_id is None else (SalesForecast.rep_id == rep_id,)
    query = (
        select(SalesForecast.rep_id, month, SalesForecast.currency, func.sum(SalesForecast.amount), func.count())
        .where(
            SalesForecast.undone_by.is_(None),
            SalesForecast.stage == Stage.OPEN,
            SalesForecast.amount.is_not(None),
            day.between(span.first, span.last),
            ~superseded,
            *mine,
        )
        .group_by(SalesForecast.rep_id, _MONTH, SalesForecast.currency)
    )
    return _sums(session, query, months)


def _within(span: Span, rep_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return _between(span.first, span.last, rep_id)


def _between(first: date, last: date, rep_id: int | None) -> tuple[ColumnElement[bool], ...]:
    mine = () if rep_id is None else (SalesEntry.rep_id == rep_id,)
    return (SalesEntry.counts_on.between(first, last), *counts(), *mine)


def _month(months: Sequence[date], day: ColumnElement[date]) -> Label[int]:
    """Which of these months an entry counts for, by its place among them: its rate is that of its month."""
    later = [(day < after, place) for place, after in enumerate(months[1:])]
    last = literal(len(months) - 1)
    return (case(*later, else_=last) if later else last).label(_MONTH)


def _sums(session: Session, query: Select[*tuple[Any, ...]], months: Sequence[date]) -> tuple[Sum, ...]:
    rows = session.execute(query)
    return tuple(Sum(key, months[month], currency, amount, count) for key, month, currency, amount, count in rows)


_COLUMNS: Final[dict[By, InstrumentedAttribute[Any]]] = {
    By.REP: SalesEntry.rep_id,
    By.CLIENT: SalesEntry.client_id,
    By.PRODUCT: SalesEntry.product,
    By.STAGE: SalesEntry.stage,
}
