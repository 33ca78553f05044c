"""A currency without a rate: who may say one is asked, once for each month and currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.reports import ledger, rates
from mailbot.duties.sales.reports.facts import RATE_WANTED, By
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.reports.titles import title
from mailbot.duties.sales.tables import SalesEntry
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Question, Send
from mailbot.records.known import DeskCard, Known, PersonCard
from mailbot.records.tables import Role, Run

_JOB: Final = "rates"


@dataclass(frozen=True, slots=True)
class Missing:
    """A currency in which something was sold in a month, and that has no rate in it."""

    currency: str
    month: Span
    amount: Decimal

    @property
    def once(self) -> str:
        return f"{self.currency} {self.month.first:%Y-%m}"

    @property
    def job(self) -> str:
        """The name under which it is noted that it was asked for."""
        return f"{NAME}.{_JOB} {self.once}"


# Asked at every ring: in which of two months there is anything in another currency than the desk's.
_OTHER_CURRENCIES: Final = (
    select(SalesEntry.currency, SalesEntry.counts_on >= bindparam("begins"))
    .distinct()
    .where(
        SalesEntry.counts_on.between(bindparam("first"), bindparam("last")), SalesEntry.currency != bindparam("desk")
    )
)


def load(session: Session, known: Known, now: datetime) -> tuple[Missing, ...]:
    """What is missing for this month and the one before, and was not asked for yet."""
    this = Span.of(SpanKind.MONTH, local_date(now, known.desk.zone))
    found = [
        Missing(each.currency, month, each.amount)
        for month, currencies in _without_rate(session, known, this).items()
        for each in _added(ledger.sums(session, month, By.REP))
        if each.currency in currencies
    ]
    asked = set(session.scalars(select(Run.job).where(Run.job.in_([each.job for each in found])))) if found else set()
    return tuple(each for each in found if each.job not in asked)


def _without_rate(session: Session, known: Known, this: Span) -> Mapping[Span, set[str]]:
    """The currencies that have no rate in this month, or in the one before, and in which something was booked."""
    of = {"first": this.before.first, "begins": this.first, "last": this.last, "desk": known.desk.currency}
    rows = session.connection().execute(_OTHER_CURRENCIES, of).all()
    if not rows:
        return {}
    in_force = rates.load(session, known.desk)
    missing: dict[Span, set[str]] = {this.before: set(), this: set()}
    for currency, is_of_this in rows:
        month = this if is_of_this else this.before
        if in_force.of(currency, month.first) is None:
            missing[month].add(currency)
    return {month: currencies for month, currencies in missing.items() if currencies}


def _added(sums: tuple[ledger.Sum, ...]) -> list[ledger.Sum]:
    added: dict[str, ledger.Sum] = {}
    for each in sums:
        before = added.get(each.currency)
        amount = each.amount + (before.amount if before else Decimal(0))
        added[each.currency] = ledger.Sum(None, each.month, each.currency, amount, each.lines)
    return [added[currency] for currency in sorted(added)]


def due(missing: object, known: Known, _: datetime) -> tuple[Due, ...]:
    """One question for each month and currency, to those who look after the desk and to those who coordinate."""
    readers = (*known.in_role(Role.ADMIN), *known.in_role(Role.COORDINATOR))
    found = [each for each in missing if isinstance(each, Missing)] if isinstance(missing, tuple) else []
    return tuple(
        Due(
            RATE_WANTED,
            f"there is no rate of {each.currency} for {title(each.month, 'en')}",
            Plan(
                f"Asked for the rate of {each.currency}.", tuple(_asks(each, reader, known.desk) for reader in readers)
            ),
            each.once,
        )
        for each in found
        if readers
    )


def _asks(missing: Missing, reader: PersonCard, desk: DeskCard) -> Send:
    facts: dict[str, Plain] = {
        "currency": missing.currency,
        "month": title(missing.month, reader.language),
        "amount": round(missing.amount, 2),
        "into": desk.currency,
    }
    question = Question(
        duty=NAME,
        kind=RATE_WANTED,
        words=f"What is one {missing.currency} worth in {title(missing.month, 'en')}?",
        context={"currency": missing.currency, "month": missing.month.first.isoformat()},
    )
    about = f"{missing.currency} {reader.id}"
    period = f"{missing.month.first:%Y-%m}"
    return Send(Draft(reader.recipient, "sales/rate_wanted", facts, RATE_WANTED, about, period), question)


RATES: Final = Upkeep(job=_JOB, at=None, recall=load, due=due)
