"""Which reports have gone out on schedule: whoever corrects a line of one hears that it is corrected too."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.sales.reports.facts import TEAM, SentReport
from mailbot.duties.sales.reports.tables import ReportState, SalesReport

_MOST = 60


def reports_about(session: Session, days: Collection[date]) -> tuple[SentReport, ...]:
    """The reports of the team that hold one of these days and were sent, the newest first, each span once."""
    if not days:
        return ()
    rows = session.scalars(
        select(SalesReport)
        .where(
            SalesReport.scope == str(TEAM),
            SalesReport.asked_by.is_(None),
            SalesReport.state == ReportState.SENT,
            SalesReport.undone_by.is_(None),
            SalesReport.first <= max(days),
            SalesReport.last >= min(days),
        )
        .order_by(SalesReport.id.desc())
        .limit(_MOST)
    )
    last: dict[tuple[str, date], SentReport] = {}
    for row in rows:
        last.setdefault((row.kind, row.first), SentReport(row.span, tuple(row.sent_to)))
    return tuple(last.values())
