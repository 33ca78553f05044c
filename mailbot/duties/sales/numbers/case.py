"""A statement with what its words come to: its client, its price, its stage, its time. Nothing is judged here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Protocol

from mailbot.duties.sales.facts.particulars import Particulars, Price, Stage
from mailbot.duties.sales.naming.clients import Book, Meaning, Meant, NamedClient, Unknown, meaning_of
from mailbot.duties.sales.numbers.holding import holds
from mailbot.duties.sales.numbers.particulars import Placed, placed, product_of
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.numbers.phrases import (
    ABOUT_NUMBERS,
    CREDITS,
    TAKEN_BACK,
    TOTALS,
    is_only,
    said,
    words_of,
)
from mailbot.duties.sales.numbers.sentences import client_in, names_anything
from mailbot.duties.sales.numbers.stages import LOST, OPEN, WON, says_sold
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.duties.sales.weeks.closings import NO_CLOSINGS, Closings
from mailbot.message.model import Evidence
from mailbot.money.currencies import code_of
from mailbot.money.figure import Figure
from mailbot.records.names import LEGAL_FORMS, name_words


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
    is_of_several: bool = False  # whether it announces several, and does not say which one counts without a word

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
    if isinstance(meaning, Unknown) and statement.under and (headed := _headed(statement.under, bench)) is not None:
        meaning, name, is_whole = headed, "", _is_goods(statement.rest)
    rest = statement.rest.replace(name, " ", 1) if name else statement.rest
    rest = _without_others(rest, bench)
    statement = replace(
        statement,
        behind=tuple(each for each in statement.behind if not _is_of_another(each, bench)),
        around=tuple(each for each in statement.around if not _holds_another(each, meaning, bench)),
    )
    stage = _stage(statement, rest, bench.subject)
    return Case(
        statement=statement,
        meaning=meaning,
        name=name,
        rest=rest,
        price=_price(statement, rest, bench.currency, stage, is_credit=_is_credit(statement, rest, meaning, bench)),
        stage=stage,
        when=placed(statement.times, is_ahead=stage is Stage.OPEN),
        is_whole=is_whole,
    )


_MOST_WORDS_OF_GOODS: Final = 4  # below a heading that is a client's name


def _is_goods(rest: str) -> bool:
    """Whether the words beside an amount below a client's name may be what was sold to it."""
    words = words_of(rest)
    return len(words) <= _MOST_WORDS_OF_GOODS and _NO_GOODS.isdisjoint(words)


_NO_GOODS: Final = frozenset(
    ("competitor", "competitors", "price", "wettbewerb", "wettbewerber", "mitbewerber", "konkurrenz", "preis")
)


def _headed(heading: str, bench: Bench) -> Meaning | None:
    """The client that a heading names, and nothing else: "Acme Corp:"."""
    meaning = meaning_of(heading.strip(" :*-"), bench.book)
    return None if isinstance(meaning, Unknown) else meaning


def _without_others(rest: str, bench: Bench) -> str:
    """The words without clauses behind the amount that say of another client that there is nothing."""
    before, bar, behind = rest.partition("|")
    first, *clauses = _CLAUSE.split(behind)
    if not clauses:
        return rest
    kept = [each for each in clauses if not (said(each, _NOTHING) and _is_of_another(each, bench))]
    return f"{before}{bar}{', '.join((first, *kept))}"


_CLAUSE: Final = re.compile(r",\s")
_NOTHING: Final = frozenset(("nothing", "nichts", "nix", "none", "zero", "null", "no", "nein", "passed", "said no"))


def _is_credit(statement: Statement, rest: str, meaning: Meaning, bench: Bench) -> bool:
    """Whether its words say a credit; or its heading or the subject does, and nothing of other sales."""
    if said(rest, CREDITS):
        return True
    if says_sold(rest) or statement.governing:
        return False
    if any(said(each, CREDITS) and not said(each, ABOUT_NUMBERS) for each in statement.around):
        return True
    subject = bench.subject
    if not said(subject, CREDITS) or said(subject, ABOUT_NUMBERS) or said(subject, WON):
        return False
    return isinstance(meaning, Meant) and not names_another(subject, meaning.client, bench.book)


def is_total(statement: Statement) -> bool:
    """Whether the statement is a sum of others, and never a sale."""
    totals = [is_only(name, TOTALS) for name in statement.names]
    return any(totals) and (totals[0] or not names_anything(statement))


def _by_cuts(statement: Statement, bench: Bench) -> tuple[Meaning, str]:
    """The first cut of the name that the records know; else the shortest one, with clients of like names."""
    meaning: Meaning = Unknown(())
    beside = " ".join((bench.subject, *statement.around, statement.governing, statement.rest))
    for name in statement.names:
        meaning = meaning_of(name, bench.book, beside)
        if not isinstance(meaning, Unknown) and not _is_cut_short(name, meaning, statement.rest):
            return meaning, name
    meaning = Unknown(()) if not isinstance(meaning, Unknown) else meaning
    return meaning, statement.names[-1] if statement.names else ""


def _is_cut_short(name: str, meaning: Meaning, rest: str) -> bool:
    """Whether "Kwik" was cut from "Kwik Print has …": more words of that client stand behind, so that what follows them
    has to be understood as well."""
    if not isinstance(meaning, Meant):
        return False
    told = tuple(word for word in meaning.client.words if word not in LEGAL_FORMS)
    return len(name_words(name)) < len(told) and set(pairwise(told)) <= set(pairwise(name_words(rest)))


def _is_of_another(sentence: str, bench: Bench) -> bool:
    """Whether a sentence behind the statement speaks of a client by name, so that it says nothing of this one."""
    words = name_words(sentence)
    pairs = set(pairwise(words))
    names = (tuple(word for word in client.words if word not in LEGAL_FORMS) for client in bench.book.clients)
    return any(set(pairwise(name)) <= pairs if len(name) > 1 else name[:1] == words[:1] for name in names if name)


def _holds_another(remark: str, meaning: Meaning, bench: Bench) -> bool:
    """Whether a remark that says not to book names another client, and not the one of this line."""
    if not isinstance(meaning, Meant) or not holds(remark) or not names_another(remark, meaning.client, bench.book):
        return False
    return set(meaning.client.words).isdisjoint(name_words(remark))


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


def _price(statement: Statement, rest: str, own: str | None, stage: Stage | None, *, is_credit: bool) -> Price | None:
    """The amount in its currency; a credit is negative however it is written."""
    if len(statement.figures) != 1:
        return None
    figure = statement.figures[0]
    currency = currency_of(figure, own)
    amount = figure.amount
    is_told = is_credit or stage is not None or said(rest, TAKEN_BACK) is not None
    if amount is None and len(figure.readings) == 2 and sum(figure.readings) == 0 and is_told:
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
