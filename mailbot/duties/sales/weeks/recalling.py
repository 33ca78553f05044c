"""What the records say of weeks and months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from mailbot.duties.sales.facts.cards import LateCard
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.numbers.periods import Period, Week
from mailbot.duties.sales.tables import PendingState, SalesEntry, SalesPending
from mailbot.duties.sales.talks.was_it_you import CLAIMED
from mailbot.duties.sales.weeks.closings import Closing, Closings
from mailbot.duties.sales.weeks.number_mails import NOT_A_SALE
from mailbot.duties.sales.weeks.standing import NO_WEEKS, SaidCard, WeeksKnown
from mailbot.duties.sales.weeks.tables import SalesClose, SalesWeek
from mailbot.records.known import QuestionCard
from mailbot.records.tables import Address, Arrival, Client, DecisionRow
from mailbot.records.together import found_for, once

_LONGEST_ABSENCE: Final = timedelta(days=366)
_LATELY: Final = timedelta(days=42)
_CLOSES: Final = (
    select(SalesClose.month, SalesClose.is_closed, SalesClose.closed_at)
    .where(SalesClose.undone_by.is_(None))
    .order_by(SalesClose.month, SalesClose.id)
)


def closings(session: Session) -> Closings:
    """The last word on every month that was ever closed."""
    return once(session, _closings)


def _closings(session: Session) -> Closings:
    last = {row.month: Closing(row.month, row.is_closed, row.closed_at) for row in session.execute(_CLOSES)}
    return Closings(tuple(last.values()))


def weeks_known(session: Session, first: date, last: date) -> WeeksKnown:
    """Who sent numbers for the weeks between two days, and what was said of them instead."""
    return WeeksKnown(sent=_sent(session, first, last), said=said_of_weeks(session, first, last))


def late_cards(session: Session, questions: Sequence[QuestionCard]) -> tuple[LateCard, ...]:
    """The lines that wait because their month was closed: those of the decisions that asked these questions, and those
    that the questions name."""
    if not questions:
        return ()
    refs = sorted({each.decision_ref for each in questions})
    named = [number for each in questions if isinstance(number := each.context.get("pending_id"), int)]
    query = (
        select(SalesPending, DecisionRow.ref, Client.name)
        .join(DecisionRow, DecisionRow.id == SalesPending.made_by)
        .join(Client, Client.id == SalesPending.client_id)
        .where(
            DecisionRow.ref.in_(refs) | SalesPending.id.in_(named),
            SalesPending.doubt == Doubt.LATE.value,
            SalesPending.state == PendingState.WAITING,
            SalesPending.undone_by.is_(None),
        )
        .order_by(SalesPending.id)
    )
    cards = (_late_card(row.SalesPending, row.ref, row.name) for row in session.execute(query))
    return tuple(card for card in cards if card is not None)


def _late_card(line: SalesPending, ref: str, client: str) -> LateCard | None:
    if line.amount is None or line.currency is None or line.client_id is None or line.said_on is None:
        return None
    if line.period_start is None or line.period_end is None or line.counts_on is None:
        return None
    return LateCard(
        id=line.id,
        decision_ref=ref,
        position=line.position,
        rep_id=line.rep_id,
        client_id=line.client_id,
        client_name=client,
        price=Price(line.amount, line.currency),
        period=Period(line.period_start, line.period_end),
        counts_on=line.counts_on,
        said_on=line.said_on,
        words=line.words,
        place=line.place,
    )


def said_lately(session: Session, today: date | None) -> WeeksKnown:
    """What reps said of the weeks around a day; nothing where nobody knows which day it is."""
    if today is None:
        return NO_WEEKS
    return found_for(session, _said_around, today) or NO_WEEKS


def _said_around(session: Session, days: Sequence[date]) -> dict[date, WeeksKnown]:
    return {day: WeeksKnown(said=said_of_weeks(session, day - _LATELY, day + _LATELY)) for day in days}


def said_of_weeks(session: Session, first: date, last: date) -> tuple[SaidCard, ...]:
    """What was said of the weeks between two days instead of numbers, and every absence that may reach into them."""
    query = (
        select(
            SalesWeek.rep_id,
            SalesWeek.week_start,
            SalesWeek.said,
            SalesWeek.since,
            SalesWeek.until,
            SalesWeek.deputy_id,
        )
        .where(
            SalesWeek.week_start.between(first - _LONGEST_ABSENCE, last),
            SalesWeek.undone_by.is_(None),
        )
        .order_by(SalesWeek.id)
    )
    return tuple(
        SaidCard(row.rep_id, Week.of(row.week_start), row.said, row.since, row.until, row.deputy_id)
        for row in session.execute(query)
    )


def _sent(session: Session, first: date, last: date) -> frozenset[tuple[int, Week]]:
    """By whom a line was sent that counts for a week, booked or still waiting: whose mail it was, whoever's it became.

    Nothing of this hangs on how the mail came: with a token or without, from the address on file or, with the rep's
    word, from another.
    """
    booked = _senders(SalesEntry).where(SalesEntry.counts_on.between(first, last))
    waiting = _senders(SalesPending).where(
        SalesPending.counts_on.between(first, last),
        SalesPending.doubt.notin_([*(doubt.value for doubt in NOT_A_SALE), CLAIMED]),
    )
    rows = [row for query in (booked, waiting) for row in session.execute(query)]
    return frozenset((row.rep_id, Week.of(row.counts_on)) for row in rows if row.counts_on is not None)


def _senders(table: type[SalesEntry | SalesPending]) -> Select[int, date | None]:
    sender = func.coalesce(Arrival.vouched_for, Address.person_id, table.rep_id).label("rep_id")
    return (
        select(sender, table.counts_on)
        .join(Arrival, Arrival.id == table.arrival_id, isouter=True)
        .join(Address, Address.key == Arrival.sender_key, isouter=True)
        .where(table.undone_by.is_(None))
        .distinct()
    )
