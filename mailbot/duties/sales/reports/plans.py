"""What was planned for a span: by the plans that count, each day by the one that was made for the fewest days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.sales.reports.rates import Rates
from mailbot.duties.sales.reports.rounding import exact, in_cents
from mailbot.duties.sales.reports.spans import Span
from mailbot.duties.sales.reports.tables import SalesPlan

_Later = aliased(SalesPlan)


@dataclass(frozen=True, slots=True)
class Planned:
    """One plan that counts. `rep_id` is None for the team, `product` "" for all of them."""

    rep_id: int | None
    product: str
    first: date
    last: date
    amount: Decimal
    currency: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def load(session: Session, span: Span) -> tuple[Planned, ...]:
    """The plans that count and touch a span."""
    superseded = exists().where(_Later.supersedes_id == SalesPlan.id, _Later.undone_by.is_(None))
    rows = session.execute(
        select(
            SalesPlan.rep_id,
            SalesPlan.product,
            SalesPlan.first,
            SalesPlan.last,
            SalesPlan.amount,
            SalesPlan.currency,
        )
        .where(SalesPlan.undone_by.is_(None), SalesPlan.first <= span.last, SalesPlan.last >= span.first, ~superseded)
        .order_by(SalesPlan.id)
    )
    return tuple(Planned(*row) for row in rows)


def touching(plans: Sequence[Planned], span: Span) -> tuple[Planned, ...]:
    """Those of the plans that touch a span."""
    return tuple(plan for plan in plans if plan.first <= span.last and plan.last >= span.first)


def planned(plans: Sequence[Planned], span: Span, rates: Rates) -> Decimal | None:
    """What plans of one rep, or of the team, for one product, come to in a span, in cents of the desk's currency.

    Each day is worth an equal share of the plan with the fewest days that has it, so that four plans of a week come
    before the one of their month, and a week without one has its share of the month. None where a day is not planned:
    a part of a plan is nothing to measure the whole by; and where one is planned in a currency without a rate.
    """
    days: dict[tuple[Planned, date], int] = defaultdict(int)
    for day in _days(span):
        those = [plan for plan in plans if plan.first <= day <= plan.last]
        if not those:
            return None
        days[min(those, key=lambda plan: plan.days), day.replace(day=1)] += 1
    total = Fraction(0)
    for (plan, month), count in days.items():
        rate = rates.of(plan.currency, month)
        if rate is None:
            return None
        total += Fraction(plan.amount) * Fraction(rate.value) * count / plan.days
    return _decimal(total)


def _days(span: Span) -> Iterator[date]:
    return (span.first + timedelta(days=number) for number in range(span.days))


def _decimal(amount: Fraction) -> Decimal:
    with localcontext(exact()):
        return in_cents(Decimal(amount.numerator) / Decimal(amount.denominator))
