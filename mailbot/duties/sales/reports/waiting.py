"""What is not in a total, and why: lines that wait for somebody's word, and totals that do not add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import NAME, WAS_IT_YOU, YOURS
from mailbot.duties.sales.reports.facts import Waiting
from mailbot.duties.sales.reports.spans import Span
from mailbot.duties.sales.tables import EntryKind, PendingState, SalesEntry, SalesPending
from mailbot.duties.sales.weeks.facts import LATE
from mailbot.records.tables import Address, Client, DecisionRow, Person, QuestionRow, QuestionState

# What was not sold, or not said to be, is missing in no total.
_NO_SALES: Final = frozenset(
    {Doubt.EXPECTED, Doubt.DENIED, Doubt.NO_SALE, Doubt.RATE, Doubt.QUESTION, Doubt.PERCENTAGE, Doubt.BELOW_SIGNATURE}
)
_MOST: Final = 500


def waiting(session: Session, span: Span, rep_id: int | None = None) -> tuple[Waiting, ...]:
    """The lines that wait and would count in a span, in the order in which they came."""
    rows = session.execute(_lines(span, rep_id)).all()
    lines = [row.SalesPending for row in rows]
    asked = _asked(session, lines)
    booked = _booked(session, [line for line in lines if line.doubt == Doubt.TOTAL_DIFFERS])
    return tuple(_told(row, asked.get(row.SalesPending.id, ""), booked) for row in rows)


def _lines(span: Span, rep_id: int | None) -> Select[*tuple[Any, ...]]:
    day = func.coalesce(SalesPending.counts_on, SalesPending.said_on)
    mine = () if rep_id is None else (SalesPending.rep_id == rep_id,)
    return (
        select(SalesPending, Person.name.label("rep"), Client.name.label("client"), DecisionRow.ref)
        .join(Person, Person.id == SalesPending.rep_id)
        .join(Client, Client.id == SalesPending.client_id, isouter=True)
        .join(DecisionRow, DecisionRow.id == SalesPending.made_by, isouter=True)
        .where(
            SalesPending.state == PendingState.WAITING,
            SalesPending.undone_by.is_(None),
            SalesPending.doubt.not_in(sorted(_NO_SALES)),
            day.between(span.first, span.last),
            *mine,
        )
        .order_by(SalesPending.id)
        .limit(_MOST)
    )


def _told(row: Any, asked: str, booked: Mapping[tuple[int | None, str | None], Decimal]) -> Waiting:
    """One of the rows, with who was asked about it; of a total, by how much it is above what was booked of its mail."""
    line: SalesPending = row.SalesPending
    is_total = line.doubt == Doubt.TOTAL_DIFFERS and line.amount is not None
    return Waiting(
        ref=row.ref or "",
        rep=row.rep,
        name=row.client or line.name,
        words=line.words,
        amount=line.amount,
        currency=line.currency,
        doubt=line.doubt,
        asked=asked,
        differs=line.amount - booked.get((line.arrival_id, line.currency), Decimal(0))
        if is_total and line.amount is not None
        else None,
    )


def _asked(session: Session, lines: Sequence[SalesPending]) -> Mapping[int, str]:
    """The name of the person whom an open question about a line was put to, by the number of the line."""
    by_place = {(line.made_by, line.position): line.id for line in lines}
    by_id = {line.id: line.id for line in lines}
    made_by = {line.made_by for line in lines}
    questions = session.execute(
        select(QuestionRow.made_by, QuestionRow.kind, QuestionRow.context, Person.name)
        .join(Address, Address.key == QuestionRow.asked_key)
        .join(Person, Person.id == Address.person_id)
        .where(
            QuestionRow.duty == NAME,
            QuestionRow.state == QuestionState.OPEN,
            QuestionRow.undone_by.is_(None),
            or_(QuestionRow.made_by.in_(sorted(each for each in made_by if each)), QuestionRow.kind.in_((YOURS, LATE))),
        )
    )
    asked: dict[int, str] = {}
    for question in questions:
        context = question.context
        if (line := by_id.get(context.get("pending_id"))) is not None:
            asked[line] = question.name
        for position in (context.get("position"), *(context.get("positions") or ())):
            if (line := by_place.get((question.made_by, position))) is not None:
                asked[line] = question.name
        if question.kind == WAS_IT_YOU:  # about the whole mail
            asked |= {line.id: question.name for line in lines if line.made_by == question.made_by}
    return asked


def _booked(session: Session, lines: Iterable[SalesPending]) -> Mapping[tuple[int | None, str | None], Decimal]:
    """What was booked at first of the mails of these lines, by mail and currency."""
    mails = sorted({line.arrival_id for line in lines if line.arrival_id is not None})
    if not mails:
        return {}
    rows = session.execute(
        select(SalesEntry.arrival_id, SalesEntry.currency, func.sum(SalesEntry.amount))
        .where(SalesEntry.arrival_id.in_(mails), SalesEntry.kind == EntryKind.BOOKED, SalesEntry.undone_by.is_(None))
        .group_by(SalesEntry.arrival_id, SalesEntry.currency)
    )
    return {(arrival_id, currency): amount for arrival_id, currency, amount in rows}
