"""The lines of the ledger that a commission is computed from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.sales.commission.facts import CommissionQuestion, SoldLine
from mailbot.duties.sales.commission.reading import question_in
from mailbot.duties.sales.numbers.periods import Period, day_of
from mailbot.duties.sales.reports.ledger import counts
from mailbot.duties.sales.settings import commission_of
from mailbot.duties.sales.tables import SalesEntry
from mailbot.message.model import Message
from mailbot.money.numerals import habit_of
from mailbot.records.known import Known, PersonCard
from mailbot.records.tables import Client, DecisionRow, Person

_MOST_LINES = 5_000


def asked_about(session: Session, message: Message, known: Known, rep: PersonCard) -> CommissionQuestion | None:
    """The question of a rep about the own commission, with the lines of its month; None for every other mail."""
    today = day_of(message.date, known.desk.zone)
    question = question_in(message.body.for_people, habit_of(rep.locale), today)
    if question is None:
        return None
    rules = commission_of(known.desk)
    has_shares = rules is not None and any(split.colleague == rep.name for split in rules.splits)
    return replace(question, lines=sold_lines(session, question.month, None if has_shares else rep.id))


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
            amount=_to_the_cent(row.SalesEntry.amount),
            currency=row.SalesEntry.currency,
            day=row.SalesEntry.counts_on,
            ref=row.ref,
        )
        for row in session.execute(query)
    )


def _to_the_cent(kept: Decimal) -> Decimal:
    """The amount as it was booked: the records keep four places, money has two."""
    return round(kept, 2) if kept == round(kept, 2) else kept
