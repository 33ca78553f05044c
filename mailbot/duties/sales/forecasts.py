"""What the records hold of a rep's expectations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.sales.facts.cards import ForecastCard
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.numbers.periods import Period
from mailbot.duties.sales.tables import SalesForecast
from mailbot.records.together import first_of_each, found_for, writing_colleague

_MOST: Final = 500  # the newest
_newer = aliased(SalesForecast)
# It stands ready-made: to build it anew for every mail of a rep would cost more than to ask it.
_CURRENT = first_of_each(
    select(
        SalesForecast.id,
        SalesForecast.rep_id,
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
    .where(
        SalesForecast.rep_id.in_(bindparam("reps", expanding=True)),
        SalesForecast.undone_by.is_(None),
        _newer.id.is_(None),
    ),
    SalesForecast.rep_id,
    SalesForecast.id.desc(),
    _MOST,
)


def forecasts(session: Session, rep_id: int) -> tuple[ForecastCard, ...]:
    """The expectations of a rep that nothing has taken the place of, the newest first."""
    return tuple(found_for(session, _of_reps, rep_id, writing_colleague) or ())


def _of_reps(session: Session, reps: Sequence[int]) -> dict[int, list[ForecastCard]]:
    found: dict[int, list[ForecastCard]] = defaultdict(list)
    for row in session.connection().execute(_CURRENT, {"reps": reps}):
        found[row.rep_id].append(_card(row))
    return found


def _card(row: Any) -> ForecastCard:
    return ForecastCard(
        id=row.id,
        client_id=row.client_id,
        product=row.product,
        period=Period(row.period_start, row.period_end),
        price=None if row.amount is None or row.currency is None else Price(row.amount, row.currency),
        stage=row.stage,
        closes_on=row.closes_on,
        certainty=row.certainty,
    )
