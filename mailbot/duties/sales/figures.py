"""The figures of sales: one function for every letter, every workbook and `mailbot figures`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.reports import accuracy, ledger, plans, rates
from mailbot.duties.sales.reports.days import Days
from mailbot.duties.sales.reports.facts import By, Figures, Judged, Money, Pace, Part, Rate, Row, Scope
from mailbot.duties.sales.reports.ledger import Sum
from mailbot.duties.sales.reports.plans import Planned, planned, touching
from mailbot.duties.sales.reports.rates import Rates
from mailbot.duties.sales.reports.rounding import exact, in_cents, shares
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.reports.waiting import waiting
from mailbot.duties.sales.settings import settings_of
from mailbot.duties.sales.tables import SalesEntry
from mailbot.duties.sales.weeks.recalling import weeks_known
from mailbot.duties.sales.weeks.standing import Standing, standing
from mailbot.records.known import DeskCard
from mailbot.records.tables import Client, Person, Role

RowKey = int | str | None  # the number of a rep or a client, or a product or stage itself


def figures(
    session: Session, desk: DeskCard, span: Span, scope: Scope, today: date, days: Days | None = None
) -> Figures:
    """What was sold in a span, beside its plan, as the records say it now. `today` is the last day that has come.

    Rows add up to the total, to the cent; what is in no row is in `without_rate` or `waiting`. `days` are those of
    `compared`, where they were read already.
    """
    days = days or Days.of(session, compared(span, today), scope.rep_id)
    in_force = rates.load(session, desk)
    sums = ledger.sums(session, span, scope.by, scope.rep_id)
    planning = plans.load(session, span)
    rows = _with_standings(session, desk, span, scope, _rows(session, sums, scope, span, planning, in_force))
    total = _total(rows, scope, span, planning, in_force)
    expected = ledger.expected(session, span, scope.rep_id)
    return Figures(
        span=span,
        scope=scope,
        currency=desk.currency,
        rows=rows,
        total=total,
        without_rate=_without_rate(sums, in_force),
        waiting=waiting(session, span, scope.rep_id),
        rates=_used(sums, in_force),
        before=_sold(days, span.before, in_force),
        year_before=_sold(days, span.year_before, in_force),
        pace=_pace(session, days, span, scope, in_force, today),
        expected=_converted(expected, in_force),
        cells=ledger.cells(session, span, scope.rep_id),
        judged=_judged(session, span, scope, in_force, today),
    )


def compared(span: Span, today: date) -> tuple[Span, ...]:
    """The spans that a report sets its own beside: the one before, that of the year before, and the quarter so far."""
    return span.before, span.year_before, _so_far(span, today)


def _judged(session: Session, span: Span, scope: Scope, in_force: Rates, today: date) -> tuple[Judged, ...]:
    """Forecasts are judged by the month or longer: in a week, a deal that slips by a day would count for nothing."""
    if span.kind is SpanKind.WEEK and not scope.judges:
        return ()
    return accuracy.judged(session, span, scope.rep_id, in_force, today)


def total_of(sums: Sequence[Sum], planning: Sequence[Planned], span: Span, scope: Scope, in_force: Rates) -> Row:
    """The last line alone: what was sold in a span, and what was planned."""
    total = _total((), scope, span, touching(planning, span), in_force)
    return replace(total, actual=_converted(sums, in_force), lines=sum(each.lines for each in sums))


def _rows(
    session: Session, sums: Sequence[Sum], scope: Scope, span: Span, planning: Sequence[Planned], in_force: Rates
) -> tuple[Row, ...]:
    """The rows, the greatest first; of a report by rep, also those of reps who have sold nothing."""
    by_key: dict[RowKey, list[Sum]] = defaultdict(list)
    for each in sums:
        by_key[each.key].append(each)
    names = _names(session, span, scope, {**by_key, **_planned_products(scope, planning, by_key)})
    keys = list(names)
    amounts = shares([_exact(by_key[key], in_force) for key in keys])
    rows = [
        Row(
            name=names[key],
            key=key if isinstance(key, int) else None,
            actual=amount,
            plan=_plan(key, scope, span, planning, in_force),
            parts=_parts(by_key[key], in_force),
            lines=sum(each.lines for each in by_key[key]),
        )
        for key, amount in zip(keys, amounts, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.actual, row.name)))


def _with_standings(
    session: Session, desk: DeskCard, span: Span, scope: Scope, rows: tuple[Row, ...]
) -> tuple[Row, ...]:
    """Of a week, where each rep stands who has no line in it: nothing sold is not nothing heard."""
    if span.kind is not SpanKind.WEEK or scope.by is not By.REP or all(row.lines for row in rows):
        return rows
    weeks, week = weeks_known(session, span.first, span.last), Week.of(span.first)
    found = (None if row.lines else standing(weeks, row.key or 0, week, settings_of(desk).numbers_due) for row in rows)
    return tuple(
        replace(row, standing=each.value) if each is not None and each is not Standing.REPORTED else row
        for row, each in zip(rows, found, strict=True)
    )


def _planned_products(scope: Scope, planning: Sequence[Planned], sold: Iterable[RowKey]) -> Mapping[RowKey, None]:
    """Of a report by product, those that were planned for it and of which nothing was sold."""
    if scope.by is not By.PRODUCT:
        return {}
    known = {str(each or "").casefold() for each in sold}
    mine = (each for each in planning if scope.rep_id in (None, each.rep_id))
    planned_for = {each.product.casefold(): each.product for each in mine if each.product}
    return {name: None for folded, name in planned_for.items() if folded not in known}


def _names(
    session: Session, span: Span, scope: Scope, keys: Iterable[int | str | None]
) -> Mapping[int | str | None, str]:
    """What each row is called, by its key; "" for what has no name."""
    found = set(keys)
    if scope.by is By.REP:
        sells = (Person.role == Role.REP) & Person.active & Person.undone_by.is_(None)
        wanted = Person.id == scope.rep_id if scope.rep_id is not None else sells | Person.id.in_(found)
        return {row.id: row.name for row in session.execute(select(Person.id, Person.name).where(wanted))}
    if scope.by is By.CLIENT:
        sold = select(SalesEntry.client_id).where(SalesEntry.counts_on.between(span.first, span.last))
        named = select(Client.id, Client.name).where(Client.id.in_(sold))
        return {row.id: row.name for row in session.execute(named) if row.id in found}
    return {key: str(getattr(key, "value", key) or "") for key in found}


def _plan(key: RowKey, scope: Scope, span: Span, planning: Sequence[Planned], in_force: Rates) -> Decimal | None:
    """What was planned for one row; clients and stages have no plan."""
    match scope.by:
        case By.REP:
            return planned([plan for plan in planning if plan.rep_id == key and not plan.product], span, in_force)
        case By.PRODUCT if key:
            mine = [plan for plan in planning if plan.product.casefold() == str(key).casefold()]
            return _plan_or_sum_of_reps(mine, scope, span, in_force)
    return None


def _total(rows: Sequence[Row], scope: Scope, span: Span, planning: Sequence[Planned], in_force: Rates) -> Row:
    """The sum of the rows. Its plan is that of the team, or of the rep; else what the reps' plans add up to."""
    plan = _plan_or_sum_of_reps([plan for plan in planning if not plan.product], scope, span, in_force)
    return Row("", None, sum((row.actual for row in rows), Decimal(0)), plan, lines=sum(row.lines for row in rows))


def _plan_or_sum_of_reps(planning: Sequence[Planned], scope: Scope, span: Span, in_force: Rates) -> Decimal | None:
    """What was planned for the one whom the report is about; for the team, else, what the reps' plans add up to."""
    plan = planned([each for each in planning if each.rep_id == scope.rep_id], span, in_force)
    if plan is not None or scope.rep_id is not None:
        return plan
    reps = {each.rep_id for each in planning if each.rep_id is not None}
    sums = (planned([each for each in planning if each.rep_id == rep], span, in_force) for rep in reps)
    known = [amount for amount in sums if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _so_far(span: Span, today: date) -> Span:
    """The quarter that the span ends in, up to the end of the span or to today, whichever comes first."""
    quarter = span.quarter
    return replace(quarter, last=max(min(span.last, today, quarter.last), quarter.first))


def _pace(session: Session, days: Days, span: Span, scope: Scope, in_force: Rates, today: date) -> Pace:
    """Where the quarter leads that the span ends in."""
    quarter, so_far = span.quarter, _so_far(span, today)
    actual = _converted(days.within(so_far), in_force)
    rest = replace(quarter, first=so_far.last)
    with localcontext(exact()):
        heading_for = in_cents(actual * quarter.days / so_far.days)
    planning = plans.load(session, quarter)
    return Pace(
        quarter=quarter,
        until=so_far.last,
        actual=actual,
        plan=_total((), scope, quarter, planning, in_force).plan,
        heading_for=heading_for,
        expected=_converted(ledger.expected(session, rest, scope.rep_id), in_force),
    )


def _sold(days: Days, span: Span, in_force: Rates) -> Decimal | None:
    sums = days.within(span)
    return _converted(sums, in_force) if sums else None


def _exact(sums: Iterable[Sum], in_force: Rates) -> Decimal:
    """What the sums come to in the desk's currency, exact; those without a rate are left out."""
    with localcontext(exact()):
        found = ((each.amount, in_force.of(each.currency, each.month)) for each in sums)
        return sum((amount * rate.value for amount, rate in found if rate is not None), Decimal(0))


def _converted(sums: Iterable[Sum], in_force: Rates) -> Decimal:
    return in_cents(_exact(sums, in_force))


def _parts(sums: Iterable[Sum], in_force: Rates) -> tuple[Part, ...]:
    """What a row is made of, where that is not the desk's currency alone."""
    found = sorted(sums, key=lambda each: (each.currency, each.month))
    parts = ((each, in_force.of(each.currency, each.month)) for each in found)
    return tuple(Part(each.currency, each.month, each.amount, rate.value if rate else None) for each, rate in parts)


def _without_rate(sums: Iterable[Sum], in_force: Rates) -> tuple[Money, ...]:
    missing: dict[str, Decimal] = defaultdict(Decimal)
    for each in sums:
        if in_force.of(each.currency, each.month) is None:
            missing[each.currency] += each.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(missing.items()))


def _used(sums: Iterable[Sum], in_force: Rates) -> tuple[Rate, ...]:
    """The rates that the rows are converted at, each once."""
    wanted = sorted({(each.currency, each.month) for each in sums if each.currency != in_force.into})
    found = (in_force.of(currency, month) for currency, month in wanted)
    return tuple(rate for rate in found if rate is not None)
