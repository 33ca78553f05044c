"""What the records hold of a rep's expectations."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.sales.facts.cards import ForecastCard
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.numbers.periods import Period
from mailbot.duties.sales.tables import SalesForecast

_MOST: Final = 500  # the newest
_newer = aliased(SalesForecast)
# It stands ready-made: to build it anew for every mail of a rep would cost more than to ask it.
_CURRENT = (
    select(
        SalesForecast.id,
        SalesForecast.client_id,
        SalesForecast.product,
        SalesForecast.period_start,
        SalesForecast.period_end,
        SalesForecast.amount,
        SalesForecast.currency,
        SalesForecast.stage,
        SalesForecast.closes_on,
        SalesForecast.certainty,
    )
    .join(_newer, (_newer.supersedes_id == SalesForecast.id) & _newer.undone_by.is_(None), isouter=True)
    .where(SalesForecast.rep_id == bindparam("rep"), SalesForecast.undone_by.is_(None), _newer.id.is_(None))
    .order_by(SalesForecast.id.desc())
    .limit(_MOST)
)


def forecasts(session: Session, rep_id: int) -> tuple[ForecastCard, ...]:
    """The expectations of a rep that nothing has taken the place of, the newest first."""
    rows = session.connection().execute(_CURRENT, {"rep": rep_id})
    return tuple(
        ForecastCard(
            id=row.id,
            client_id=row.client_id,
            product=row.product,
            period=Period(row.period_start, row.period_end),
            price=None if row.amount is None or row.currency is None else Price(row.amount, row.currency),
            stage=row.stage,
            closes_on=row.closes_on,
            certainty=row.certainty,
        )
        for row in rows
    )
