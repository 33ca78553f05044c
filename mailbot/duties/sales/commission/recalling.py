"""The lines of the ledger that a commission is computed from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.sales.commission.facts import CommissionQuestion, SoldLine
from mailbot.duties.sales.numbers.periods import Period
from mailbot.duties.sales.reports.ledger import counts
from mailbot.duties.sales.settings import commission_of
from mailbot.duties.sales.tables import SalesEntry
from mailbot.duties.sales.weeks.closings import month_of
from mailbot.records.known import Known, PersonCard
from mailbot.records.tables import Client, DecisionRow, Person

_MOST_LINES = 5_000
_MOST_MONTHS = 3  # that one mail may correct


def with_lines(session: Session, asked: CommissionQuestion, known: Known, rep: PersonCard) -> CommissionQuestion:
    """The question of a rep about the own commission, with the lines of its month."""
    return replace(asked, lines=_of_rep(session, asked.month, known, rep))


def sold_in_months_of(
    session: Session, days: Iterable[date], known: Known, rep: PersonCard
) -> tuple[tuple[Period, tuple[SoldLine, ...]], ...]:
    """What a rep's commission comes from in the latest months of some days; nothing where the desk has no rules."""
    if commission_of(known.desk) is None:
        return ()
    months = sorted({month_of(day).first for day in days}, reverse=True)[:_MOST_MONTHS]
    return tuple((month_of(first), _of_rep(session, month_of(first), known, rep)) for first in months)


def _of_rep(session: Session, month: Period, known: Known, rep: PersonCard) -> tuple[SoldLine, ...]:
    """The rep's own lines; everybody's where a split may give the rep a share of them."""
    rules = commission_of(known.desk)
    has_shares = rules is not None and any(split.colleague == rep.name for split in rules.splits)
    return sold_lines(session, month, None if has_shares else rep.id)


def sold_lines(session: Session, month: Period, rep_id: int | None) -> tuple[SoldLine, ...]:
    """What counts in a month, by the day; of everybody where nobody is named."""
    mine = () if rep_id is None else (SalesEntry.rep_id == rep_id,)
    query = (
        select(SalesEntry, Person.name.label("rep"), Client.name.label("client"), DecisionRow.ref)
        .join(Person, Person.id == SalesEntry.rep_id)
        .join(Client, Client.id == SalesEntry.client_id)
        .join(DecisionRow, DecisionRow.id == SalesEntry.made_by)
        .where(SalesEntry.counts_on.between(month.first, month.last), *counts(), *mine)
        .order_by(SalesEntry.counts_on, SalesEntry.id)
        .limit(_MOST_LINES)
    )
    return tuple(
        SoldLine(
            rep=row.rep,
            client=row.client,
            product=row.SalesEntry.product,
            amount=row.SalesEntry.amount,
            currency=row.SalesEntry.currency,
            day=row.SalesEntry.counts_on,
            ref=row.ref,
            entry_id=row.SalesEntry.id,
        )
        for row in session.execute(query)
    )
