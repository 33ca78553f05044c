"""The rows and the totals of a table as lines, judged as the lines of a text are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import ClearLine, ForecastLine, UnclearLine
from mailbot.duties.sales.facts.particulars import Price, Stage, sums
from mailbot.duties.sales.grids.grid import Grid
from mailbot.duties.sales.grids.rows import Entry, Total
from mailbot.duties.sales.naming.names_in import names_in
from mailbot.duties.sales.numbers.case import Bench, case_of, currency_of
from mailbot.duties.sales.numbers.judging import judged
from mailbot.duties.sales.numbers.phrases import CREDITS, said
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.message.model import Words
from mailbot.money.figure import Figure

Line = ClearLine | UnclearLine | ForecastLine
_EXPECTED: Final = frozenset((Stage.OPEN, Stage.LOST))
# What does not matter to a line that is only expected: when it closes, and that it is not yet won.
_OF_A_SALE: Final = frozenset((Doubt.EXPECTED, Doubt.OTHER_PERIOD, Doubt.DENIED, Doubt.NO_SALE))


def price_of(entry: Entry, bench: Bench) -> Price | None:
    """The amount of a row in its currency; None where either cannot be known."""
    figure = entry.figure
    currency = currency_of(figure, bench.currency) if figure is not None else None
    if figure is None or figure.amount is None or currency is None:
        return None
    return Price(figure.amount, currency, figure.quantity, figure.unit)


def line_of(grid: Grid, entry: Entry, bench: Bench) -> Line:
    """The row judged as a line of text is, on what its columns say; with the place where it stands."""
    figure = entry.figure
    if entry.is_torn:
        return UnclearLine(entry.row.evidence, Doubt.TORN_ROW, entry.client, said=entry.said)
    if entry.lacks_value or figure is None:
        return UnclearLine(entry.row.evidence, Doubt.NO_VALUE, entry.client, said=entry.said)
    stands = replace(bench, words=Words(()), subject="" if entry.has_own_stage else bench.subject)
    line = judged(case_of(_statement(grid, entry, figure), stands), stands)
    period = entry.said.period or line.said.period
    given = replace(entry.said, period=period, stage=entry.said.stage or line.said.stage)
    line = replace(line, evidence=entry.row.evidence, said=given)
    if isinstance(line, UnclearLine) and line.client is None:
        line = replace(line, name=entry.client)
    return _as_expected(_as_contradicted(line, entry), entry)


def _statement(grid: Grid, entry: Entry, figure: Figure) -> Statement:
    words = entry.row.evidence.words
    credit = entry.said.product if said(entry.said.product, CREDITS) else ""
    return Statement(
        start=0,
        end=len(words),
        short_end=len(words),
        text=words,
        figures=(figure,),
        names=tuple(dict.fromkeys((entry.client, *names_in(entry.client)))) if entry.client else (),
        rest=f"{entry.client} | {credit} {_plain_remark(entry, figure)}",
        times=entry.times,
        around=() if entry.has_own_stage else tuple(filter(None, (grid.title if grid.is_file else "", grid.lead))),
    )


def _plain_remark(entry: Entry, figure: Figure) -> str:
    """What a remark says against booking; of a negative amount it may say that it is a reversal."""
    is_credit = figure.amount is not None and figure.amount < 0
    return "" if is_credit or entry.has_own_stage else entry.remark


def _as_contradicted(line: Line, entry: Entry) -> Line:
    """Quantity × unit price is another amount: nobody knows which of them is the slip."""
    if isinstance(line, ClearLine) and entry.product is not None:
        other = Price(entry.product, line.price.currency)
        return UnclearLine(
            line.evidence,
            Doubt.PRODUCT_DIFFERS,
            line.client.name,
            line.price,
            line.client,
            other=other,
            said=line.said,
        )
    return line


def _as_expected(line: Line, entry: Entry) -> Line:
    """A row whose own column says that it is open, or lost, is no sale; one whose stage is not known is asked about."""
    stage = entry.said.stage
    if stage in _EXPECTED:
        is_meant = isinstance(line, ClearLine) or (isinstance(line, UnclearLine) and line.doubt in _OF_A_SALE)
        if is_meant and line.client is not None:
            certainty = entry.chance or entry.stage_words
            return ForecastLine(line.client, line.price, line.evidence, certainty, line.said)
        return line
    if isinstance(line, ClearLine) and entry.has_own_stage and stage is None:
        return UnclearLine(line.evidence, Doubt.EXPECTED, line.client.name, line.price, line.client, said=line.said)
    return line


# --- totals ----------------------------------------------------------------------------------------------------------


def wrong_total(total: Total, lines: Sequence[Line], bench: Bench) -> UnclearLine | None:
    """The total where it is neither what all its rows add up to, nor those that count, nor those since the last one."""
    if total.figure is None or total.figure.amount is None or not total.entries:
        return None
    counted = {id(line.evidence) for line in lines}
    seen = [entry for entry in total.entries if id(entry.row.evidence) in counted]
    currencies = {price.currency for entry in total.entries if (price := price_of(entry, bench)) is not None}
    stated = currency_of(total.figure, bench.currency)
    if total.figure.currency is None and len(currencies) == 1:
        stated = next(iter(currencies))
    if stated is None or stated not in currencies:
        return None
    sought = [_sum(entries, stated, bench) for entries in (seen, total.entries, total.since)]
    if any(added == total.figure.amount for added in sought):
        return None
    return UnclearLine(
        total.row.evidence,
        Doubt.TOTAL_DIFFERS,
        price=Price(total.figure.amount, stated),
        other=Price(sought[0] or sought[1] or Decimal(0), stated),
    )


def _sum(entries: Sequence[Entry], currency: str, bench: Bench) -> Decimal | None:
    prices = [price for entry in entries if (price := price_of(entry, bench)) is not None]
    return next((added.amount for added in sums(prices) if added.currency == currency), None)


def with_tax(line: Line) -> Line:
    """A line of a table that names gross amounts alone: what is booked is net."""
    if not isinstance(line, ClearLine):
        return line
    return UnclearLine(line.evidence, Doubt.GROSS, line.client.name, line.price, line.client, said=line.said)
