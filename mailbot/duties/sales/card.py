"""What a client's card tells of sales: this year and the last by currency, the newest lines, what is expected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.duties.sales.reports.ledger import counts
from mailbot.duties.sales.tables import SalesEntry
from mailbot.records.client_card import CardPart
from mailbot.records.in_words import Teller

_MOST_LINES: Final = 3


def card(session: Session, client_id: int, teller: Teller, now: datetime) -> CardPart | None:
    """The sales of a client; None where nothing was ever booked."""
    today = now.astimezone(teller.zone).date()
    lines = (*_years(session, client_id, teller, today), *_newest(session, client_id, teller))
    return CardPart(teller.say("Sales", "Umsatz"), lines) if lines else None


def _years(session: Session, client_id: int, teller: Teller, today: date) -> Iterator[str]:
    for year in (today.year, today.year - 1):
        sums = session.execute(
            select(SalesEntry.currency, func.sum(SalesEntry.amount))
            .where(
                SalesEntry.client_id == client_id,
                SalesEntry.counts_on.between(date(year, 1, 1), date(year, 12, 31)),
                *counts(),
            )
            .group_by(SalesEntry.currency)
            .order_by(SalesEntry.currency)
        )
        told = " + ".join(teller.money(amount, currency) for currency, amount in sums)
        if told:
            yield f"{year}: {told}"


def _newest(session: Session, client_id: int, teller: Teller) -> Iterator[str]:
    newest = (
        select(SalesEntry)
        .where(SalesEntry.client_id == client_id, *counts())
        .order_by(SalesEntry.counts_on.desc(), SalesEntry.id.desc())
        .limit(_MOST_LINES)
    )
    for entry in session.scalars(newest):
        day = teller.wording.day(entry.counts_on, year=True)
        product = f", {entry.product}" if entry.product else ""
        yield f"{day}: {teller.money(entry.amount, entry.currency)}{product}"
