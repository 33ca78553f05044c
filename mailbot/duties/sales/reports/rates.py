"""The rates in force: what one of a currency is worth in that of the desk, in a month; never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mailbot.config import ALWAYS
from mailbot.duties.sales.reports.facts import Rate
from mailbot.duties.sales.reports.tables import SalesRate
from mailbot.duties.sales.settings import settings_of
from mailbot.records.known import DeskCard
from mailbot.records.tables import Person


@dataclass(frozen=True, slots=True)
class Rates:
    """All rates that were ever said, by mail (`said`, the latest month first) and in the settings (`settings`)."""

    into: str
    said: Mapping[str, tuple[Rate, ...]]
    settings: Mapping[str, Mapping[str, Decimal]]

    def of(self, currency: str, month: date) -> Rate | None:
        """The rate of a month: the one that was said for it, that of the settings for it, the last one said for an
        earlier month, and that of the settings for every month. One that was said later for a later month never counts
        for a month before."""
        if currency == self.into:
            return Rate(currency, month, Decimal(1), None, "")
        said = next((rate for rate in self.said.get(currency, ()) if rate.month <= month), None)
        if said is not None and said.month == month:
            return said
        written = self.settings.get(currency, {})
        if (of_month := written.get(f"{month:%Y-%m}")) is not None:
            return Rate(currency, month, of_month, month, "")
        if said is not None:
            return Rate(currency, month, said.value, said.month, said.said_by)
        always = written.get(ALWAYS)
        return None if always is None else Rate(currency, month, always, None, "")


_SAID: Final = (
    select(SalesRate.currency, SalesRate.month, SalesRate.value, Person.name)
    .join(Person, Person.id == SalesRate.person_id, isouter=True)
    .where(SalesRate.undone_by.is_(None), SalesRate.into == bindparam("into_currency"))
    .order_by(SalesRate.id)
)


def load(session: Session, desk: DeskCard) -> Rates:
    """Every rate in force, of the settings and of the records."""
    rows = session.connection().execute(_SAID, {"into_currency": desk.currency})
    last = {
        (row.currency, row.month): Rate(row.currency, row.month, row.value, row.month, row.name or "") for row in rows
    }
    said: dict[str, tuple[Rate, ...]] = {}
    for rate in sorted(last.values(), key=lambda each: each.month, reverse=True):
        said[rate.currency] = (*said.get(rate.currency, ()), rate)
    return Rates(desk.currency, said, settings_of(desk).rates)
