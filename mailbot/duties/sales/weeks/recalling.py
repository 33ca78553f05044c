"""What the records say of weeks and months."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.sales.weeks.closings import Closing, Closings
from mailbot.duties.sales.weeks.tables import SalesClose

_CLOSES: Final = (
    select(SalesClose.month, SalesClose.is_closed, SalesClose.closed_at)
    .where(SalesClose.undone_by.is_(None))
    .order_by(SalesClose.month, SalesClose.id)
)


def closings(session: Session) -> Closings:
    """The last word on every month that was ever closed."""
    last = {row.month: Closing(row.month, row.is_closed, row.closed_at) for row in session.execute(_CLOSES)}
    return Closings(tuple(last.values()))
