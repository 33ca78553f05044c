"""What is due of reports: by schedule, on request, because a draft was released, or because figures have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import bindparam, or_, select
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
# These are asked at every ring, and so stand ready-made.
_WANTED: Final = (
    select(SalesReport)
    .where(
        SalesReport.state.in_((ReportState.ORDERED, ReportState.RELEASED)),
        or_(SalesReport.state == ReportState.RELEASED, SalesReport.asked_by.is_not(None)),
        SalesReport.undone_by.is_(None),
    )
    .order_by(SalesReport.state, SalesReport.id)
)
_BEGUN: Final = select(Run.job).where(Run.job.in_(bindparam("jobs", expanding=True)))
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
        *_wanted(session, known.desk, now),
        *_revised(session, known.desk, now),
    )


def _scheduled(session: Session, desk: DeskCard, now: datetime) -> Iterator[Ripe]:
    spans = {f"{span.kind.value} {span.first}": span for span in _spans_due(desk, now)}
    begun = _begun(session, *spans)
    for once, span in spans.items():
        if once not in begun and _is_worth_telling(session, desk, span):
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


def _wanted(session: Session, desk: DeskCard, now: datetime) -> Iterator[Ripe]:
    """What somebody has asked for; then the drafts that were released."""
    rows = session.scalars(_WANTED).all()
    names = {row.id: f"{row.state.value} {row.id}" for row in rows}
    begun = _begun(session, *names.values())
    for row in (row for row in rows if names[row.id] not in begun):
        ripe = _ripe(session, desk, row.span, Scope.kept_as(row.scope), now, names[row.id])
        if row.state is ReportState.RELEASED:
            earlier = Earlier(row.revision, row.made_at, tuple(row.sent_to), ())
            yield replace(ripe, earlier=earlier, draft_id=row.id)
        elif row.asked_by is not None:
            yield replace(ripe, order=Order(row.id, row.asked_by, _thread(row.answers or {})))


def _revised(session: Session, desk: DeskCard, now: datetime) -> Iterator[Ripe]:
    """Reports that went out on schedule, and would show other numbers now that no more changes come in."""
    for report_id, since in changes.touched(session, now - _REVISED).items():
        if not since.has_settled(now):
            continue
        report = session.get_one(SalesReport, report_id)
        once = f"{report.kind.value} {report.first} r{report.revision + 1}"
        if _begun(session, once):
            continue
        found = figures(session, desk, report.span, TEAM, local_date(now, desk.zone))
        if not changes.is_another(report, found):
            continue
        ripe = _ripe(session, desk, report.span, TEAM, now, once)
        moved = changes.moved(session, report, found)
        yield replace(ripe, earlier=Earlier(report.revision, report.made_at, tuple(report.sent_to), moved))


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


def _begun(session: Session, *names: str) -> frozenset[str]:
    """Those of these reports that were begun."""
    jobs = {f"{NAME}.{JOB} {once}": once for once in names}
    begun = session.connection().execute(_BEGUN, {"jobs": [*jobs]}).scalars() if jobs else ()
    return frozenset(jobs[job] for job in begun)


def _thread(kept: Mapping[str, object]) -> Thread:
    references = kept.get("references")
    message_id = kept.get("message_id")
    return Thread(
        str(kept.get("subject", "")),
        None if message_id is None else str(message_id),
        tuple(str(each) for each in references) if isinstance(references, list) else (),
    )
