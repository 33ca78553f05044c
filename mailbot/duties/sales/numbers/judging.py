"""Whether a statement of a rep can be booked: one amount, one client of the rep's own, and nothing against it.

The checks stand in one list, the gravest first. Each says what stands in the way, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from mailbot.duties.sales.facts import ClearLine, Doubt, Price, UnclearLine
from mailbot.duties.sales.money.currencies import code_of
from mailbot.duties.sales.naming.clients import (
    AnothersClient,
    Book,
    Meaning,
    Meant,
    NamedClient,
    Several,
    Unknown,
    meaning_of,
)
from mailbot.duties.sales.numbers.lines import Statement
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.numbers.phrases import (
    CREDITS,
    DENIED,
    EXPECTED,
    NO_SALE,
    RATES,
    SPEAKS_FOR_ALL,
    TO_BE_WON,
    TOTALS,
    is_only,
    said,
    words_of,
)
from mailbot.duties.sales.numbers.sentences import client_of_a_win
from mailbot.message.model import Words
from mailbot.records.names import name_words

_OLDEST_DAYS: Final = 35  # a week that began longer ago is another period, whatever the mail says


@dataclass(frozen=True, slots=True)
class Bench:
    """All that a statement is judged on."""

    words: Words
    book: Book
    currency: str  # the rep's own
    week: Week | None  # None: the mail names several, or one that does not exist
    today: date | None  # None: the mail has no date
    colleagues: frozenset[str]
    subject: str


@dataclass(frozen=True, slots=True)
class Case:
    """A statement with what its words come to."""

    statement: Statement
    meaning: Meaning
    name: str
    rest: str  # what is said beside the name and the amount
    price: Price | None


def case_of(statement: Statement, bench: Bench) -> Case:
    """The client and the price of a statement, as far as they can be read."""
    meaning, name = _meaning(statement, bench)
    if isinstance(meaning, Unknown):
        meaning, name = client_of_a_win(statement, bench.book) or (meaning, name)
    known = not isinstance(meaning, Unknown)
    rest = statement.rest.replace(name, " ", 1) if known else statement.rest
    return Case(statement, meaning, name, rest, _price(statement, rest, bench.currency))


def judged(case: Case, bench: Bench) -> ClearLine | UnclearLine:
    """The line to book, or what stands in the way."""
    statement, meaning = case.statement, case.meaning
    doubt = next((found for check in _CHECKS if (found := check(case, bench))), None)
    if doubt is None and isinstance(meaning, Meant) and case.price is not None:
        return ClearLine(meaning.client, case.price, bench.words.evidence(statement.start, statement.short_end))
    of_the_client = doubt is None or doubt in _OF_THE_CLIENT
    return UnclearLine(
        evidence=bench.words.evidence(statement.start, statement.end),
        doubt=doubt or _doubt_of(meaning, case.name),
        name=case.name,
        price=case.price,
        client=meaning.client if isinstance(meaning, Meant | AnothersClient) else None,
        choices=_choices(meaning) if of_the_client and case.price is not None else (),
    )


def is_total(statement: Statement) -> bool:
    """Whether the statement is a sum of others, and never a sale."""
    return any(is_only(name, TOTALS) for name in statement.names)


def _meaning(statement: Statement, bench: Bench) -> tuple[Meaning, str]:
    """The first cut of the name that the records know; else the shortest one, with clients of like names."""
    meaning: Meaning = Unknown(())
    beside = " ".join((bench.subject, *statement.around, statement.governing, statement.rest))
    for name in statement.names:
        meaning = meaning_of(name, bench.book, beside)
        if not isinstance(meaning, Unknown):
            return meaning, name
    return meaning, statement.names[-1] if statement.names else ""


def _price(statement: Statement, rest: str, own: str) -> Price | None:
    """The amount in its currency; a credit is negative however it is written."""
    if len(statement.figures) != 1:
        return None
    figure = statement.figures[0]
    currency = code_of(figure.currency, own)
    if figure.amount is None or currency is None:
        return None
    if figure.amount > 0 and said(rest, CREDITS):
        return Price(-figure.amount, currency, figure.quantity, None if figure.unit is None else -figure.unit)
    return Price(figure.amount, currency, figure.quantity, figure.unit)


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
        case _:
            return ()


# --- what stands in the way ------------------------------------------------------------------------------------------


def _of_its_form(case: Case, bench: Bench) -> Doubt | None:
    statement = case.statement
    if statement.too_long:
        return Doubt.TOO_LONG
    if bench.today is None:
        return Doubt.NO_DATE
    if statement.below_signature:
        return Doubt.BELOW_SIGNATURE
    if len(statement.figures) > 1:
        return Doubt.TWO_AMOUNTS
    return None


def _of_its_figure(case: Case, bench: Bench) -> Doubt | None:
    figure = case.statement.figures[0]
    if figure.trouble is not None:
        return Doubt(figure.trouble.value)
    if code_of(figure.currency, bench.currency) is None:
        return Doubt.UNKNOWN_CURRENCY
    if _may_be_a_time(case.statement):
        return Doubt.TWO_READINGS
    if figure.amount is not None and figure.amount > 0 and any(said(each, CREDITS) for each in _around(case, bench)):
        return Doubt.TWO_READINGS
    return Doubt.NO_SALE if figure.amount == 0 else None


def _may_be_a_time(statement: Statement) -> bool:
    """ "at 4", "at 1630": an amount, or an hour of the day."""
    before, _, _ = statement.rest.partition("|")
    figure = statement.figures[0]
    digits = statement.written(figure)
    if figure.is_marked or not digits.isdecimal() or len(digits) > 4 or words_of(before)[-1:] not in (("at",), ("um",)):
        return False
    hours, minutes = (int(digits), 0) if len(digits) < 3 else divmod(int(digits), 100)
    return hours <= 24 and minutes < 60


def _of_its_owner(case: Case, _bench: Bench) -> Doubt | None:
    return Doubt.ANOTHERS_CLIENT if isinstance(case.meaning, AnothersClient) else None


def _of_its_words(case: Case, bench: Bench) -> Doubt | None:
    rest, around, text = f"{case.statement.governing} {case.rest}", _around(case, bench), case.statement.text
    if said(rest, EXPECTED | TO_BE_WON) or "~" in text or "≈" in text:
        return Doubt.EXPECTED
    if any(said(each, EXPECTED | SPEAKS_FOR_ALL) for each in around):
        return Doubt.EXPECTED
    if said(rest, NO_SALE) or any(said(each, NO_SALE) for each in around):
        return Doubt.NO_SALE
    if "?" in text or "?" in rest:
        return Doubt.QUESTION
    if said(rest, DENIED) or any(said(each, DENIED) for each in case.statement.around):
        return Doubt.DENIED
    return Doubt.RATE if said(rest, RATES) or "/m" in rest.casefold() else None


def _of_its_time(case: Case, bench: Bench) -> Doubt | None:
    if bench.today is None or bench.week is None:
        return Doubt.OTHER_PERIOD
    if bench.week.first > bench.today:
        return Doubt.EXPECTED
    if (bench.today - bench.week.first).days > _OLDEST_DAYS:
        return Doubt.OTHER_PERIOD
    inside = all(time.lies_in(bench.week, bench.today) for time in case.statement.times)
    return None if inside else Doubt.OTHER_PERIOD


def _of_others_in_it(case: Case, bench: Bench) -> Doubt | None:
    if any(_is_of(word, bench.colleagues) for word in words_of(case.rest)):
        return Doubt.COLLEAGUE
    if isinstance(case.meaning, Meant) and _names_another(case.rest, case.meaning.client, bench.book):
        return Doubt.SEVERAL_CLIENTS
    return None


def _is_of(word: str, names: frozenset[str]) -> bool:
    """Whether a word is one of the names, or its genitive: Tom's, Lenas."""
    return word in names or word.partition("'")[0].partition("\u2019")[0] in names or word.removesuffix("s") in names


def _around(case: Case, bench: Bench) -> tuple[str, ...]:
    return (*case.statement.around, bench.subject)


def _names_another(rest: str, client: NamedClient, book: Book) -> bool:
    """Whether the other words of the line hold a further client's name, or two words of one."""
    words = name_words(rest)
    others = [other.words for other in book.clients if other.id != client.id]
    pairs = set(pairwise(words))
    said_alone = {other for other in others if len(other) == 1 and other[0] in words}
    return bool(said_alone) or any(pair in pairs for other in others for pair in pairwise(other))


_OF_THE_CLIENT: Final = frozenset((Doubt.SEVERAL_CLIENTS, Doubt.UNKNOWN_CLIENT, Doubt.NO_CLIENT))
_CHECKS: Final[tuple[Callable[[Case, Bench], Doubt | None], ...]] = (
    _of_its_form,
    _of_its_figure,
    _of_its_owner,
    _of_its_words,
    _of_its_time,
    _of_others_in_it,
)
