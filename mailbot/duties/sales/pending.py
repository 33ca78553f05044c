"""What the records hold of lines that wait: those that the open questions to a rep are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from mailbot.duties.sales.entries import kept_price
from mailbot.duties.sales.facts.cards import PendingCard
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.tables import PendingState, SalesPending
from mailbot.records.known import Known
from mailbot.records.tables import DecisionRow
from mailbot.records.together import found_for_each, writing_colleague

# The query stands ready-made: to build it anew for every mail of a rep would cost more than to ask it.
_ASKED_ABOUT = (
    select(
        SalesPending.id,
        SalesPending.rep_id,
        SalesPending.position,
        SalesPending.amount,
        SalesPending.currency,
        SalesPending.quantity,
        SalesPending.unit_amount,
        SalesPending.period_start,
        SalesPending.said_on,
        SalesPending.words,
        SalesPending.name,
        SalesPending.counts_on,
        DecisionRow.ref,
    )
    .join(DecisionRow, DecisionRow.id == SalesPending.made_by)
    .where(
        or_(
            DecisionRow.ref.in_(bindparam("refs", expanding=True)),
            SalesPending.id.in_(bindparam("ids", expanding=True)),
        ),
        SalesPending.rep_id.in_(bindparam("reps", expanding=True)),
        SalesPending.state == PendingState.WAITING,
        SalesPending.undone_by.is_(None),
    )
    .order_by(SalesPending.id)
)

_Asked = tuple[int, str | int]  # whom, and about which lines: those of a decision, by its reference, or one, by number


def pending_lines(session: Session, known: Known, rep_id: int) -> tuple[PendingCard, ...]:
    """The waiting lines that the open questions to this rep are about."""
    found = found_for_each(session, _waiting, tuple(_asked(known, rep_id)), _asked_of_the_writer)
    cards = {card.id: card for lines in found.values() for card in lines}
    return tuple(cards[key] for key in sorted(cards))


def _asked_of_the_writer(known: Known) -> Iterator[_Asked]:
    return (asked for rep_id in writing_colleague(known) for asked in _asked(known, rep_id))


def _asked(known: Known, rep_id: int) -> Iterator[_Asked]:
    for question in known.questions:
        if question.duty == NAME:
            yield rep_id, question.decision_ref
            handed_on = question.context.get("pending_id")
            if isinstance(handed_on, int):
                yield rep_id, handed_on


def _waiting(session: Session, asked: Sequence[_Asked]) -> dict[_Asked, list[PendingCard]]:
    wanted = {
        "reps": sorted({rep_id for rep_id, _ in asked}),
        "refs": [about for _, about in asked if isinstance(about, str)],
        "ids": [about for _, about in asked if isinstance(about, int)],
    }
    found: dict[_Asked, list[PendingCard]] = defaultdict(list)
    for row in session.connection().execute(_ASKED_ABOUT, wanted):
        if card := _pending_card(row):
            found[row.rep_id, row.ref].append(card)
            found[row.rep_id, row.id].append(card)
    return found


def _pending_card(line: Any) -> PendingCard | None:
    """A waiting line that one word can settle; None where its amount or its time is not known."""
    if line.amount is None or line.currency is None or line.period_start is None or line.said_on is None:
        return None
    return PendingCard(
        id=line.id,
        decision_ref=line.ref,
        position=line.position,
        price=kept_price(line.amount, line.currency, line),
        week=Week.of(line.period_start),
        said_on=line.said_on,
        words=line.words,
        name=line.name,
        counts_on=line.counts_on,
    )
