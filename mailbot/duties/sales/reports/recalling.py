"""What is due of reports: by schedule, on request, because a draft was released, or because figures have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.figures import compared, figures, total_of
from mailbot.duties.sales.reports import changes, ledger, plans, rates
from mailbot.duties.sales.reports.changes import Moved
from mailbot.duties.sales.reports.days import Days
from mailbot.duties.sales.reports.facts import TEAM, Figures, LedgerLine, Order, Scope
from mailbot.duties.sales.reports.plans import Planned
from mailbot.duties.sales.reports.rates import Rates
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.reports.tables import ReportState, SalesReport
from mailbot.duties.sales.reports.waiting import waiting
from mailbot.duties.sales.settings import settings_of
from mailbot.letters.model import Thread
from mailbot.records.known import DeskCard, Known
from mailbot.records.tables import Run

JOB: Final = "reports"
_LATE: Final = timedelta(days=7)  # a desk that slept longer tells no old news
_REVISED: Final = timedelta(days=120)  # how long after it was sent a report is still revised
_MOST_LINES: Final = 20_000  # of a workbook
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TREND: Final[Mapping[SpanKind, int]] = {SpanKind.WEEK: 12, SpanKind.MONTH: 12, SpanKind.QUARTER: 8, SpanKind.YEAR: 0}


@dataclass(frozen=True, slots=True)
class Beside:
    """A span that a report is compared with: what was sold in it, and what was planned."""

    span: Span
    actual: Decimal
    plan: Decimal | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The revision before: when it was made, to whose addresses it went, and every figure that is another one now."""

    revision: int
    made_at: datetime
    sent_to: tuple[str, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Ripe:
    """A report that is due, with all that its letters say. `draft_id` is the draft that was released."""

    figures: Figures
    lines: tuple[LedgerLine, ...]
    trend: tuple[Beside, ...]
    seen: int
    once: str
    earlier: Earlier | None = None
    order: Order | None = None
    draft_id: int | None = None

    @property
    def revision(self) -> int:
        """1 for the first one; 0 for one that was asked for, which is never revised."""
        if self.order is not None:
            return 0
        return 1 if self.earlier is None else self.earlier.revision + (self.draft_id is None)


def load(session: Session, known: Known, now: datetime) -> tuple[Ripe, ...]:
    """Every report that is due at this moment."""
    return (
        *_scheduled(session, known.desk, now),
        *_ordered(session, known.desk, now),
        *_released(session, known.desk, now),
        *_revised(session, known.desk, now),
    )


def _scheduled(session: Session, desk: DeskCard, now: datetime) -> Iterator[Ripe]:
    for span in _spans_due(desk, now):
        once = f"{span.kind.value} {span.first}"
        if not _is_begun(session, once) and _is_worth_telling(session, desk, span):
            yield _ripe(session, desk, span, TEAM, now, once)


def _is_worth_telling(session: Session, desk: DeskCard, span: Span) -> bool:
    """Whether anything was sold in a span, planned for it, or waits to count in it."""
    if ledger.has_any(session, span) or waiting(session, span):
        return True
    return bool(total_of((), plans.load(session, span), span, TEAM, rates.load(session, desk)).plan)


def _spans_due(desk: DeskCard, now: datetime) -> Iterator[Span]:
    """The last week, month and quarter whose hour has come, and is not long past."""
    here = now.astimezone(desk.zone)
    settings = settings_of(desk)
    today = here.date() if here.time() >= settings.report_at else here.date() - timedelta(days=1)
    behind = (today.weekday() - _WEEKDAYS.index(settings.week_report_on)) % 7
    yield Span.of(SpanKind.WEEK, today - timedelta(days=behind)).before
    since = today - today.replace(day=settings.month_report_on)
    if timedelta(0) <= since <= _LATE:
        yield Span.of(SpanKind.MONTH, today).before
        if today.month % 3 == 1:
            yield Span.of(SpanKind.QUARTER, today).before


def _ordered(session: Session, desk: DeskCard, now: datetime) -> Iterator[Ripe]:
    query = select(SalesReport).where(SalesReport.state == ReportState.ORDERED, SalesReport.undone_by.is_(None))
    for row in session.scalars(query.order_by(SalesReport.id)).all():
        once = f"ordered {row.id}"
        if row.asked_by is None or _is_begun(session, once):
            continue
        ripe = _ripe(session, desk, row.span, Scope.kept_as(row.scope), now, once)
        yield replace(ripe, order=Order(row.id, row.asked_by, _thread(row.answers or {})))


def _released(session: Session, desk: DeskCard, now: datetime) -> Iterator[Ripe]:
    query = select(SalesReport).where(SalesReport.state == ReportState.RELEASED, SalesReport.undone_by.is_(None))
    for row in session.scalars(query.order_by(SalesReport.id)).all():
        once = f"released {row.id}"
        if not _is_begun(session, once):
            ripe = _ripe(session, desk, row.span, Scope.kept_as(row.scope), now, once)
            earlier = Earlier(row.revision, row.made_at, tuple(row.sent_to), ())
            yield replace(ripe, earlier=earlier, draft_id=row.id)


def _revised(session: Session, desk: DeskCard, now: datetime) -> Iterator[Ripe]:
    """Reports that went out on schedule, and would show other numbers now that no more changes come in."""
    for report in _last_revisions(session, now):
        since = changes.changes_since(session, report.seen, report.span)
        if since is None or not since.has_settled(now):
            continue
        once = f"{report.kind.value} {report.first} r{report.revision + 1}"
        if _is_begun(session, once):
            continue
        found = figures(session, desk, report.span, TEAM, local_date(now, desk.zone))
        if not changes.is_another(report, found):
            continue
        ripe = _ripe(session, desk, report.span, TEAM, now, once)
        moved = changes.moved(session, report, found)
        yield replace(ripe, earlier=Earlier(report.revision, report.made_at, tuple(report.sent_to), moved))


def _last_revisions(session: Session, now: datetime) -> Iterator[SalesReport]:
    query = (
        select(SalesReport)
        .where(
            SalesReport.made_at >= now - _REVISED,
            SalesReport.scope == str(TEAM),
            SalesReport.asked_by.is_(None),
            SalesReport.state.in_((ReportState.SENT, ReportState.DRAFT)),
            SalesReport.undone_by.is_(None),
        )
        .order_by(SalesReport.id)
    )
    last = {(row.kind, row.first): row for row in session.scalars(query)}
    return iter(last.values())


def _ripe(session: Session, desk: DeskCard, span: Span, scope: Scope, now: datetime, once: str) -> Ripe:
    in_force, today = rates.load(session, desk), local_date(now, desk.zone)
    spans = _spans_of_trend(span)
    days = Days.of(session, (*spans, *compared(span, today)), scope.rep_id)
    planning = plans.load(session, replace(span, first=spans[0].first))
    return Ripe(
        figures=figures(session, desk, span, scope, today, days),
        lines=tuple(ledger.lines(session, span, in_force, scope.rep_id, _MOST_LINES)),
        trend=tuple(_trend(days, planning, spans, scope, in_force)),
        seen=changes.last_change(session),
        once=once,
    )


def _spans_of_trend(span: Span) -> list[Span]:
    """The spans before this one and itself, the oldest first."""
    spans = [span]
    while len(spans) < _TREND[span.kind]:
        spans.insert(0, spans[0].before)
    return spans


def _trend(
    days: Days, planning: Sequence[Planned], spans: Sequence[Span], scope: Scope, in_force: Rates
) -> Iterator[Beside]:
    """What was sold and planned in each of the spans, from the first one on in which anything was sold."""
    began = False
    for each in spans:
        total = total_of(days.within(each), planning, each, scope, in_force)
        began = began or total.lines > 0 or each == spans[-1]
        if began:
            yield Beside(each, total.actual, total.plan)


def _is_begun(session: Session, once: str) -> bool:
    return session.scalar(select(func.count()).where(Run.job == f"{NAME}.{JOB} {once}")) != 0


def _thread(kept: Mapping[str, object]) -> Thread:
    references = kept.get("references")
    message_id = kept.get("message_id")
    return Thread(
        str(kept.get("subject", "")),
        None if message_id is None else str(message_id),
        tuple(str(each) for each in references) if isinstance(references, list) else (),
    )
