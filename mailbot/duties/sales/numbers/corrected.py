"""Lines that correct what was sent before: "Globex should be 7,300, not 3,700".

Which entry such a line means is settled where the entries are known; here it is only seen that it is no new sale.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import UnclearLine
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.naming.clients import AnothersClient, Meant
from mailbot.duties.sales.numbers.case import Bench, Case, case_of, currency_of
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.money.figure import Figure

_NOT_THE_OLD: Final = re.compile(
    r"(?:\s(?:heißen|heissen|sein|lauten))?\s{0,3},?\s{0,3}\(?(?:and |und )?"
    r"(?:not|nicht|statt|anstatt|instead of|anstelle von|rather than)(?: the| der| den)?\s{1,3}",
    re.IGNORECASE,
)
_BUT_THE_NEW: Final = re.compile(
    r"\s{0,3},?\s{0,3}"
    r"(?:to|but|sondern|->|\u2192|=>|should be|should read|is now|now|auf|corrected to|korrigiert auf"
    r"|richtig(?: ist)?:?)?"
    r"\s{1,3}",
    re.IGNORECASE,
)
_THE_OLD_FIRST: Final = re.compile(
    r"\b(?:not|nicht|statt|anstatt|instead of|from|von|correct|correction|change|korrektur|korrigiere|korrigieren)\b",
    re.IGNORECASE,
)


def correction_in(case: Case, bench: Bench) -> UnclearLine | None:
    """A statement of two amounts as the correction of one by the other; None where it does not say which is which."""
    pair = _new_and_old(case.statement)
    if pair is None:
        return None
    new, old = pair
    told = case if case.statement.old else case_of(_alone(case.statement, new), bench)
    currency = currency_of(new, currency_of(old, bench.currency) if old.currency else bench.currency)
    if new.amount is None or old.amount is None:
        return None
    return UnclearLine(
        evidence=bench.words.evidence(case.statement.start, case.statement.end),
        doubt=Doubt.CORRECTS,
        name=told.name,
        price=Price(new.amount, currency) if currency else None,
        client=told.meaning.client if isinstance(told.meaning, Meant | AnothersClient) else None,
        other=Price(old.amount, currency) if currency else None,
        said=replace(told.said, product=""),
        amount=new.amount,
        currency=currency,
    )


def _new_and_old(statement: Statement) -> tuple[Figure, Figure] | None:
    if statement.old is not None and len(statement.figures) == 1:
        return statement.figures[0], statement.old
    if len(statement.figures) != 2:
        return None
    one, other = statement.figures
    between = statement.text[one.end - statement.start : other.start - statement.start]
    if _NOT_THE_OLD.fullmatch(between):
        return one, other
    before = statement.text[: one.start - statement.start]
    if _BUT_THE_NEW.fullmatch(between) and _THE_OLD_FIRST.search(before):
        return other, one
    return None


def _alone(statement: Statement, new: Figure) -> Statement:
    """The statement as if it named the new amount alone."""
    one, other = statement.figures
    before = statement.text[: one.start - statement.start]
    behind = statement.text[other.end - statement.start :]
    return replace(statement, figures=(new,), rest=f"{before} | {behind}")
