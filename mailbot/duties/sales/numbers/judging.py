"""What becomes of a statement of a rep: it is booked, noted as an expectation or as lost, or asked about."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import ClearLine, ForecastLine, UnclearLine
from mailbot.duties.sales.facts.particulars import Particulars, Price, Stage
from mailbot.duties.sales.naming.clients import AnothersClient, Meaning, Meant, NamedClient, Several, Unknown
from mailbot.duties.sales.numbers.case import Bench, Case, currency_of
from mailbot.duties.sales.numbers.corrected import correction_in
from mailbot.duties.sales.numbers.objections import is_settled, objection_to
from mailbot.duties.sales.numbers.particulars import placed
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.numbers.phrases import CONTRACTS, said
from mailbot.duties.sales.numbers.stages import SIGNED, certainty_in
from mailbot.money.figure import Trouble

_PERCENT: Final = re.compile(r"[0-9]{1,3} ?%")
_OF_TWO_AMOUNTS: Final = frozenset((Doubt.TWO_AMOUNTS, Doubt.CORRECTS))
_OF_THE_CLIENT: Final = frozenset((Doubt.SEVERAL_CLIENTS, Doubt.UNKNOWN_CLIENT, Doubt.NO_CLIENT))


def judged(case: Case, bench: Bench) -> ClearLine | ForecastLine | UnclearLine:
    """The line to book, the expectation to note, or what stands in the way of both."""
    doubt = objection_to(case, bench)
    if doubt in _OF_TWO_AMOUNTS and (corrected := correction_in(case, bench)) is not None:
        return corrected
    if isinstance(case.meaning, Meant) and (noted := _as_expected(case, case.meaning.client, doubt, bench)) is not None:
        return noted
    if doubt is None and isinstance(case.meaning, Meant) and case.price is not None:
        return _clear(case, case.meaning.client, case.price, bench)
    return _unclear(case, doubt or _doubt_of(case.meaning, case.name), bench)


def _clear(case: Case, client: NamedClient, price: Price, bench: Bench) -> ClearLine:
    statement = case.statement
    evidence = bench.words.evidence(statement.start, statement.short_end)
    is_contract = said(case.rest, SIGNED) and said(case.rest, CONTRACTS)
    return ClearLine(
        client, price, evidence, _with_its_week(case.said, bench), contract_of=case.when.day if is_contract else None
    )


def _with_its_week(given: Particulars, bench: Bench) -> Particulars:
    """The particulars with the week that the mail names; else with that of the day they name, where it is another one
    than that of the mail."""
    if given.period is not None or bench.week is None:
        return given
    if bench.is_stated:
        return replace(given, period=bench.week.period)
    week = Week.of(given.day) if given.day is not None else bench.week
    return given if week == bench.week else replace(given, period=week.period)


def _as_expected(case: Case, client: NamedClient, doubt: Doubt | None, bench: Bench) -> ForecastLine | None:
    """The line as one that is still open, or lost; None where it is neither for sure."""
    lost = doubt is Doubt.DENIED and case.stage is Stage.LOST
    open_range = doubt is Doubt.RANGE and case.stage is Stage.OPEN
    if not (lost or open_range or doubt is Doubt.EXPECTED) or is_settled(case):
        return None
    if case.price is None and case.figure.trouble is not Trouble.RANGE:
        return None
    when = placed(case.statement.times, is_ahead=not lost)
    evidence = bench.words.evidence(case.statement.start, case.statement.end)
    said_of_it = replace(
        case.said,
        stage=Stage.LOST if lost else Stage.OPEN,
        day=when.day,
        period=when.period or (Week.of(when.day).period if when.day else None),
    )
    certainty = _PERCENT.search(case.statement.text)
    words = " ".join((case.rest, *case.statement.around))
    return ForecastLine(
        client=client,
        price=case.price,
        evidence=evidence,
        certainty=certainty_in(words) or (certainty[0] if certainty else ""),
        said=said_of_it,
        currency=currency_of(case.figure, bench.currency),
    )


def _unclear(case: Case, doubt: Doubt, bench: Bench) -> UnclearLine:
    meaning, figure = case.meaning, case.figure if len(case.statement.figures) == 1 else None
    settles = doubt in _OF_THE_CLIENT and case.price is not None
    return UnclearLine(
        evidence=bench.words.evidence(case.statement.start, case.statement.end),
        doubt=doubt,
        name=case.name,
        price=case.price,
        client=meaning.client if isinstance(meaning, Meant | AnothersClient) else None,
        choices=_choices(meaning) if settles else (),
        said=_with_its_week(case.said, bench),
        amount=figure.amount if figure else None,
        currency=currency_of(figure, bench.currency) if figure else None,
    )


def _doubt_of(meaning: Meaning, name: str) -> Doubt:
    match meaning:
        case Several():
            return Doubt.SEVERAL_CLIENTS
        case AnothersClient():
            return Doubt.ANOTHERS_CLIENT
        case _:
            return Doubt.UNKNOWN_CLIENT if name else Doubt.NO_CLIENT


def _choices(meaning: Meaning) -> tuple[NamedClient, ...]:
    match meaning:
        case Several(choices):
            return choices
        case Unknown(alike):
            return alike
        case Meant(client) | AnothersClient(client):
            return (client,)
