"""A statement with what its words come to: its client, its price, its stage, its time. Nothing is judged here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Protocol

from mailbot.duties.sales.facts import Particulars, Price, Stage
from mailbot.duties.sales.naming.clients import Book, Meaning, NamedClient, Unknown, meaning_of
from mailbot.duties.sales.numbers.particulars import Placed, placed, product_of
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.numbers.phrases import CREDITS, REMARKS, TOTALS, is_only, said
from mailbot.duties.sales.numbers.sentences import client_in, names_nobody
from mailbot.duties.sales.numbers.stages import LOST, OPEN, says_sold
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.duties.sales.weeks.closings import NO_CLOSINGS, Closings
from mailbot.message.model import Evidence
from mailbot.money.currencies import code_of
from mailbot.money.figure import Figure, Trouble
from mailbot.records.names import name_words


class Text(Protocol):
    """The text that statements stand in: it quotes them, with their place in the mail."""

    def evidence(self, start: int, end: int) -> Evidence:
        """Characters `start` to `end`, quoted."""


@dataclass(frozen=True, slots=True)
class Bench:
    """All that a statement is judged on."""

    words: Text
    book: Book
    currency: str | None  # the rep's own; None: nobody has said which
    week: Week | None  # None: the mail names several, or one that does not exist
    today: date | None  # None: the mail has no date
    colleagues: frozenset[str]
    subject: str
    closings: Closings = NO_CLOSINGS
    is_stated: bool = False  # whether the mail names its week

    def is_closed(self, day: date) -> bool:
        """Whether the month of a day is closed; by custom, where nobody has ever closed one."""
        if self.closings.months or self.today is None:
            return self.closings.closed_at(day) is not None
        return day <= _closed_by_custom(self.today)


def _closed_by_custom(today: date) -> date:
    """The last day that is closed: a month is, from the sixth day of the next one on."""
    first = today.replace(day=1)
    if today.day <= _DAYS_A_MONTH_STAYS_OPEN:
        first = (first - timedelta(days=1)).replace(day=1)
    return first - timedelta(days=1)


_DAYS_A_MONTH_STAYS_OPEN: Final = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A statement with what its words come to.

    `stage` is what its own words say, those before it in its sentence and those of its heading; `rest` what is said
    beside the name and the amount. `is_whole` is no where the name stands among words that are not understood.
    """

    statement: Statement
    meaning: Meaning
    name: str
    rest: str
    price: Price | None
    stage: Stage | None
    when: Placed
    is_whole: bool = True

    @property
    def figure(self) -> Figure:
        return self.statement.figures[0]

    @property
    def said(self) -> Particulars:
        """What the mail says beside client and price."""
        figure = self.figure if len(self.statement.figures) == 1 else None
        return Particulars(
            product=product_of(self.statement, self.rest) if figure else "",
            quantity=figure.quantity if figure else None,
            stage=self.stage,
            day=self.when.day,
            period=self.when.period,
        )


def case_of(statement: Statement, bench: Bench) -> Case:
    """The client, the price, the stage and the time of a statement, as far as they can be read."""
    meaning, name = _by_cuts(statement, bench)
    is_whole = True
    if isinstance(meaning, Unknown) and (named := client_in(statement, bench.book)) is not None:
        meaning, name, is_whole = named.meaning, named.name, named.is_whole
    rest = statement.rest.replace(name, " ", 1) if name else statement.rest
    statement = replace(statement, behind=tuple(each for each in statement.behind if not _is_of_another(each, bench)))
    stage = _stage(statement, rest, bench.subject)
    return Case(
        statement=statement,
        meaning=meaning,
        name=name,
        rest=rest,
        price=_price(statement, rest, bench.currency, stage),
        stage=stage,
        when=placed(statement.times, is_ahead=stage is Stage.OPEN),
        is_whole=is_whole,
    )


def is_total(statement: Statement) -> bool:
    """Whether the statement is a sum of others, and never a sale."""
    return any(is_only(name, TOTALS) for name in statement.names)


def is_remark(case: Case) -> bool:
    """Whether a figure is none of a deal: a target, a quota, a pipeline, a limit, the capital of the company."""
    if not isinstance(case.meaning, Unknown) or (case.stage is Stage.WON and case.price is not None):
        return False
    if case.statement.too_long:
        return False
    if all(figure.trouble is Trouble.PERCENTAGE for figure in case.statement.figures):
        return True
    return said(case.statement.rest, REMARKS) is not None and (
        names_nobody(case.statement)
        or (case.meaning.alike == () and said(case.statement.rest, _OF_A_COMPANY) is not None)
    )


_OF_A_COMPANY: Final = frozenset(
    (
        "stammkapital",
        "gebühren",
        "gebuehren",
        "fees",
        "iban",
        "share capital",
        "geschäftsführer",
        "freigaben",
        "approvals",
    )
)


def _by_cuts(statement: Statement, bench: Bench) -> tuple[Meaning, str]:
    """The first cut of the name that the records know; else the shortest one, with clients of like names."""
    meaning: Meaning = Unknown(())
    beside = " ".join((bench.subject, *statement.around, statement.governing, statement.rest))
    for name in statement.names:
        meaning = meaning_of(name, bench.book, beside)
        if not isinstance(meaning, Unknown):
            return meaning, name
    return meaning, statement.names[-1] if statement.names else ""


def _is_of_another(sentence: str, bench: Bench) -> bool:
    """Whether a sentence behind the statement speaks of a client by name, so that it says nothing of this one."""
    words = name_words(sentence)
    pairs = set(pairwise(words))
    return any(
        set(pairwise(client.words)) <= pairs if len(client.words) > 1 else client.words[:1] == words[:1]
        for client in bench.book.clients
        if client.words
    )


def _stage(statement: Statement, rest: str, subject: str) -> Stage | None:
    own = " ; ".join((rest, *statement.behind))
    for text in (own, statement.governing, *statement.around):
        if said(text, LOST):
            return Stage.LOST
        if said(text, OPEN) or "~" in statement.text or "\u2248" in statement.text:
            return Stage.OPEN
        if (sold := says_sold(text)) is not None:
            return sold
    if said(subject, LOST):
        return Stage.LOST
    return Stage.OPEN if said(subject, OPEN) else says_sold(subject)


def _price(statement: Statement, rest: str, own: str | None, stage: Stage | None) -> Price | None:
    """The amount in its currency; a credit is negative however it is written."""
    if len(statement.figures) != 1:
        return None
    figure = statement.figures[0]
    currency = currency_of(figure, own)
    amount = figure.amount
    is_credit = said(rest, CREDITS) is not None
    if amount is None and len(figure.readings) == 2 and sum(figure.readings) == 0 and (is_credit or stage is not None):
        amount = abs(figure.readings[0])  # "credit note (£350)", "we won Acme ($350)"
    if amount is None or currency is None:
        return None
    if amount > 0 and is_credit:
        return Price(-amount, currency, figure.quantity, None if figure.unit is None else -figure.unit)
    return Price(amount, currency, figure.quantity if figure.unit is not None else None, figure.unit)


def currency_of(figure: Figure, own: str | None) -> str | None:
    """The currency of a figure; None where nobody can know it."""
    if figure.currency is None:
        return own
    return code_of(figure.currency, own or "")


def names_another(rest: str, client: NamedClient, book: Book) -> bool:
    """Whether the other words of a line hold a further client's name, or two words of one."""
    words = name_words(rest)
    others = [other.words for other in book.clients if other.id != client.id]
    pairs = set(pairwise(words))
    said_alone = {other for other in others if len(other) == 1 and other[0] in words}
    return bool(said_alone) or any(pair in pairs for other in others for pair in pairwise(other))
