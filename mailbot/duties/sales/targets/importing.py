"""Targets from a file: a line for each rep or the team, product and time. One about the same brings it up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.reports.spans import Span
from mailbot.duties.sales.reports.tables import SalesPlan
from mailbot.duties.sales.targets.actions import SetTarget
from mailbot.duties.sales.targets.columns_of_times import line_by_line
from mailbot.duties.sales.targets.times import span_in
from mailbot.letters.cleaning import one_line
from mailbot.records.decision import Action
from mailbot.records.importing.cells import BadRowError, amount_in, day_in
from mailbot.records.importing.columns import Columns
from mailbot.records.importing.reading import Effect, Foreseen
from mailbot.records.importing.sheet import Line, Sheet
from mailbot.records.names import name_words
from mailbot.records.pen import Pen
from mailbot.records.tables import Person, Role

_TEAM: Final = frozenset(("", "team", "all", "alle", "gesamt", "gesamtteam", "total"))
_LONGEST: Final = 200
_later = aliased(SalesPlan)

Key = tuple[int | None, str, date, date]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What a line says of a target. `rep` is "" for the team, `product` "" for all of them; `before` is the target that
    counts so far, None where there is none."""

    line: int
    rep_id: int | None
    rep: str
    product: str
    first: date
    last: date
    amount: Decimal
    currency: str
    before: Price | None
    supersedes: int | None

    @property
    def told(self) -> tuple[object, ...]:
        """The line as it is shown before it is written."""
        return self.rep or "the team", self.product, f"{self.first} - {self.last}", f"{self.amount} {self.currency}"

    @property
    def effect(self) -> Effect:
        if self.before is None:
            return "new"
        return "as it was" if self.before == Price(self.amount, self.currency) else "changed"


@dataclass(frozen=True, slots=True)
class ImportPlan(Action):
    """Sets the targets that a file names; those that are as they were stay."""

    name: ClassVar[str] = "sales.import_plan"
    file: str
    rows: tuple[PlanRow, ...]

    def carry_out(self, pen: Pen) -> None:
        for row in self.rows:
            if row.effect != "as it was":
                price = Price(row.amount, row.currency)
                wanted = SetTarget(
                    row.rep_id, row.rep, row.first, row.last, price, row.before, row.supersedes, row.product
                )
                wanted.carry_out(pen)

    def __str__(self) -> str:
        return f"import {len(self.rows)} targets from {self.file}"

    def in_german(self) -> str:
        return f"{len(self.rows)} Ziele aus {self.file} übernehmen"


class PlanReader:
    """Reads the lines of a file of targets, with the reps and the targets that the records hold. `currency` is the
    desk's, `today` the day by which "Q4" has its year."""

    def __init__(self, session: Session, currency: str, today: date) -> None:
        reps = select(Person).where(Person.role == Role.REP, Person.active, Person.undone_by.is_(None))
        self._reps = tuple(session.scalars(reps.order_by(Person.id)))
        self._plans = _current(session)
        self._currency = currency
        self._today = today
        self._given: dict[Key, int] = {}

    def line_by_line(self, sheet: Sheet) -> Sheet:
        """The file with a line for each target, where it has a column for each time."""
        return line_by_line(sheet, self._today)

    def read(self, line: Line, columns: Columns) -> Foreseen:
        """One line, and what it will do. Raises BadRowError."""
        rep = self._rep(_cell(line, columns, "rep"))
        span = self._span(line, columns)
        product = _cell(line, columns, "product")[:_LONGEST]
        key = (rep.id if rep else None, product.casefold(), *span)
        if key in self._given:
            raise BadRowError(f"line {self._given[key]} sets the same target already")
        self._given[key] = line.number
        before = self._plans.get(key)
        row = PlanRow(
            line=line.number,
            rep_id=rep.id if rep else None,
            rep=rep.name if rep else "",
            product=product,
            first=span[0],
            last=span[1],
            amount=_amount(_cell(line, columns, "target")),
            currency=self._currency_of(_cell(line, columns, "currency"), rep),
            before=before[1] if before else None,
            supersedes=before[0] if before else None,
        )
        return Foreseen(row, row.effect)

    def action(self, file: str, rows: Sequence[object]) -> Action:
        """What writes the good lines."""
        return ImportPlan(file, tuple(row for row in rows if isinstance(row, PlanRow)))

    def _rep(self, written: str) -> Person | None:
        """The rep, by the whole name or one word of it; None for the team."""
        said = set(name_words(written))
        if not said or said <= _TEAM:
            return None
        meant = [rep for rep in self._reps if said <= set(name_words(rep.name))]
        if len(meant) != 1:
            many = "more than one rep has" if meant else "no rep has"
            raise BadRowError(f'{many} the name {written!r}: write the whole name, or "team"')
        return meant[0]

    def _span(self, line: Line, columns: Columns) -> tuple[date, date]:
        said = _cell(line, columns, "period")
        if said:
            span = span_in(said, self._today)
            if not isinstance(span, Span):
                raise BadRowError(f"{said!r} is no time of one year: write it like 2026-Q1, 2026-11 or 2026")
            return span.first, span.last
        first, last = day_in(_cell(line, columns, "first")), day_in(_cell(line, columns, "last"))
        if first is None or last is None or last < first:
            raise BadRowError("it has no period: write 2026-Q1, or the first day and the last one")
        return first, last

    def _currency_of(self, said: str, rep: Person | None) -> str:
        if said:
            if not (len(said) == 3 and said.isascii() and said.isalpha()):
                raise BadRowError(f"{said!r} is no currency: write it like EUR")
            return said.upper()
        if rep is not None and rep.currency not in (None, self._currency):
            raise BadRowError(f"{rep.name} sells in {rep.currency}, and the desk counts in {self._currency}: say which")
        return self._currency


def _current(session: Session) -> Mapping[Key, tuple[int, Price]]:
    """The targets that count, by what they are for."""
    query = (
        select(SalesPlan)
        .join(_later, (_later.supersedes_id == SalesPlan.id) & _later.undone_by.is_(None), isouter=True)
        .where(SalesPlan.undone_by.is_(None), _later.id.is_(None))
        .order_by(SalesPlan.id)
    )
    return {
        (plan.rep_id, plan.product.casefold(), plan.first, plan.last): (plan.id, Price(plan.amount, plan.currency))
        for plan in session.scalars(query)
    }


def _amount(said: str) -> Decimal:
    amount = amount_in(said)
    if amount is None or amount <= 0:
        raise BadRowError(f"{said!r} is no amount above zero that can be read in one way only: write it like 60000.00")
    return amount


def _cell(line: Line, columns: Columns, field: str) -> str:
    return one_line(columns.cell(line.cells, field), 2_000)
