"""What has changed since a report was sent: by whom, when, and by how much. Compares what was shown with what holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.sales.reports.facts import TEAM, Cell, Figures
from mailbot.duties.sales.reports.spans import Span
from mailbot.duties.sales.reports.tables import ReportState, SalesReport
from mailbot.duties.sales.tables import EntryKind, SalesEntry
from mailbot.records.base import UtcDateTime
from mailbot.records.tables import Address, Arrival, Change, Client, DecisionRow, Person

QUIET: Final = timedelta(minutes=5)  # several changes within it are one revision
PATIENCE: Final = timedelta(minutes=30)  # for changes that never end
_Before = aliased(SalesEntry)
_LINES: Final = SalesEntry.__tablename__
_TABLES: Final = (_LINES, "sales_plans", "sales_rates")
_LAST_REVISIONS: Final = (  # of the reports that go out on schedule
    select(func.max(SalesReport.id))
    .where(
        SalesReport.made_at >= bindparam("made_since", type_=UtcDateTime()),
        SalesReport.scope == str(TEAM),
        SalesReport.asked_by.is_(None),
        SalesReport.state.in_((ReportState.SENT, ReportState.DRAFT)),
        SalesReport.undone_by.is_(None),
    )
    .group_by(SalesReport.kind, SalesReport.first)
)
_TOUCHES: Final = or_(*(each.counts_on.between(SalesReport.first, SalesReport.last) for each in (SalesEntry, _Before)))
_TOUCHED: Final = (  # asked at every ring, and so built once
    select(SalesReport.id, func.max(Change.id), func.min(DecisionRow.decided_at), func.max(DecisionRow.decided_at))
    .join(Change, Change.id > SalesReport.seen)
    .join(DecisionRow, DecisionRow.id == Change.decision_id)
    .join(SalesEntry, (Change.table_name == _LINES) & (SalesEntry.id == Change.row_id), isouter=True)
    .join(_Before, _Before.id == SalesEntry.supersedes_id, isouter=True)
    .where(
        SalesReport.id.in_(_LAST_REVISIONS), Change.table_name.in_(_TABLES), (Change.table_name != _LINES) | _TOUCHES
    )
    .group_by(SalesReport.id)
    .order_by(SalesReport.id)
)

# How a figure came to be another one; the templates have words for each.
OWN, CORRECTED, DROPPED, BOOKED, UNDONE = "own correction", "corrected", "dropped", "booked", "undone"


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure of a report that is another one now. `how` is "" where the ledger does not say."""

    rep: str
    client: str
    currency: str
    by: Decimal
    how: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Since:
    """What the ledger, the plans and the rates went through after a change: its last one, and from when to when."""

    last: int
    first_at: datetime
    last_at: datetime

    def has_settled(self, now: datetime) -> bool:
        """Whether nothing has changed for a while, or something has been waiting for long."""
        return self.last_at + QUIET <= now or self.first_at + PATIENCE <= now


def last_change(session: Session) -> int:
    """The last change of the records there is."""
    return session.scalar(select(func.max(Change.id))) or 0


def touched(session: Session, made_since: datetime) -> Mapping[int, Since]:
    """The reports that went out on schedule since a moment, each in its last revision, by their keys: what their
    figures are made of, as it was changed after they had seen it. Those of which nothing was changed are left out.

    A line that replaces one of a span touches that span too, wherever it counts itself.
    """
    rows = session.connection().execute(_TOUCHED, {"made_since": made_since})
    return {report_id: Since(last, first_at, last_at) for report_id, last, first_at, last_at in rows}


def kept(figures: Figures) -> dict[str, object]:
    """The figures as a report keeps them: what was shown, and by which rep and client it will be compared."""
    cells = [[each.rep_id, each.client_id, each.currency, f"{each.amount.normalize():f}"] for each in figures.cells]
    return {**figures.shown(), "cells": cells}


def is_another(report: SalesReport, figures: Figures) -> bool:
    """Whether a report would show other numbers than it did."""
    return any(report.figures.get(name) != value for name, value in figures.shown().items())


def moved(session: Session, report: SalesReport, figures: Figures) -> tuple[Moved, ...]:
    """Every figure by rep and client that has changed since a report, the greatest change first."""
    before = {(cell.rep_id, cell.client_id, cell.currency): cell.amount for cell in _cells(report.figures.get("cells"))}
    now = {(cell.rep_id, cell.client_id, cell.currency): cell.amount for cell in figures.cells}
    by = {key: now.get(key, Decimal(0)) - before.get(key, Decimal(0)) for key in before.keys() | now.keys()}
    changed = {key: amount for key, amount in by.items() if amount}
    reps = _names(session, Person, {rep for rep, _, _ in changed})
    clients = _names(session, Client, {client for _, client, _ in changed})
    causes = _causes(session, report.span, report.seen)
    found = []
    for (rep, client, currency), amount in changed.items():
        how, at = causes.get((rep, client, currency), ("", None))
        found.append(Moved(reps[rep], clients[client], currency, amount, how, at))
    return tuple(sorted(found, key=lambda each: (-abs(each.by), each.rep, each.client)))


def _cells(written: object) -> Iterable[Cell]:
    for rep_id, client_id, currency, amount in written if isinstance(written, list) else ():
        yield Cell(int(rep_id), int(client_id), str(currency), Decimal(str(amount)))


def _names(session: Session, table: type[Person | Client], ids: set[int]) -> Mapping[int, str]:
    if not ids:
        return {}
    return {row.id: row.name for row in session.execute(select(table.id, table.name).where(table.id.in_(sorted(ids))))}


def _causes(session: Session, span: Span, seen: int) -> Mapping[tuple[int, int, str], tuple[str, datetime]]:
    """The last thing that happened to each figure of a span after a change, and when."""
    rows = session.execute(
        select(SalesEntry, DecisionRow.decided_at, Address.person_id)
        .join(Change, (Change.row_id == SalesEntry.id) & (Change.table_name == SalesEntry.__tablename__))
        .join(DecisionRow, DecisionRow.id == Change.decision_id)
        .join(Arrival, Arrival.id == DecisionRow.arrival_id, isouter=True)
        .join(Address, Address.key == Arrival.sender_key, isouter=True)
        .where(Change.id > seen, SalesEntry.counts_on.between(span.first, span.last))
        .order_by(Change.id)
    )
    return {
        (row.SalesEntry.rep_id, row.SalesEntry.client_id, row.SalesEntry.currency): (
            _how(row.SalesEntry, row.person_id),
            row.decided_at,
        )
        for row in rows
    }


def _how(entry: SalesEntry, writer: int | None) -> str:
    if entry.undone_by is not None:
        return UNDONE
    if entry.kind is EntryKind.CANCELLED:
        return DROPPED
    if entry.kind is EntryKind.CORRECTED:
        return OWN if writer == entry.rep_id else CORRECTED
    return BOOKED
