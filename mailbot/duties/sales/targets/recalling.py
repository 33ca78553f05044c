"""The targets that the records hold, for a mail that sets some."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.sales.facts.cards import PlanCard
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.reports.tables import SalesPlan
from mailbot.duties.sales.tables import SalesEntry

_DAYS_BACK: Final = 800
_MOST: Final = 5_000
_later = aliased(SalesPlan)


def plan_cards(session: Session, today: date) -> tuple[PlanCard, ...]:
    """What counts and has not long been over, the newest first."""
    query = (
        select(SalesPlan)
        .join(_later, (_later.supersedes_id == SalesPlan.id) & _later.undone_by.is_(None), isouter=True)
        .where(
            SalesPlan.undone_by.is_(None),
            SalesPlan.last >= today - timedelta(days=_DAYS_BACK),
            _later.id.is_(None),
        )
        .order_by(SalesPlan.id.desc())
        .limit(_MOST)
    )
    return tuple(
        PlanCard(
            plan.id,
            plan.rep_id,
            plan.first,
            plan.last,
            Price(plan.amount, plan.currency),
            plan.product,
        )
        for plan in session.scalars(query)
    )


def products(session: Session, today: date) -> tuple[str, ...]:
    """What was sold or planned of late, by name."""
    since = today - timedelta(days=_DAYS_BACK)
    sold = select(SalesEntry.product).where(SalesEntry.product != "", SalesEntry.counts_on >= since)
    planned = select(SalesPlan.product).where(SalesPlan.product != "", SalesPlan.undone_by.is_(None))
    found = session.scalars(planned.union(sold)).all()
    return tuple({each.casefold(): each for each in sorted(found, reverse=True)}.values())[:_MOST]
