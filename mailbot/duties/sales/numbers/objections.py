"""What stands in the way of booking a statement. Each check says one thing, or nothing; the gravest come first."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.particulars import Price, Stage
from mailbot.duties.sales.naming.clients import AnothersClient, Meant
from mailbot.duties.sales.numbers.case import Bench, Case, currency_of, names_another
from mailbot.duties.sales.numbers.holding import asks_whether_it_was_sent, leaves_unsigned, speaks_against_booking
from mailbot.duties.sales.numbers.phrases import (
    CREDITS,
    DENIED,
    EACH,
    EXPECTED,
    NO_SALE,
    OTHER_MONEY,
    RATES,
    SPEAKS_FOR_ALL,
    TAKEN_BACK,
    TOLD_BEFORE,
    is_only,
    phrases,
    said,
    words_of,
)
from mailbot.duties.sales.numbers.qualified import (
    CHANCE_WORDS,
    is_part_of_it,
    is_taken_from,
    is_turned,
    says_another_unit,
)
from mailbot.duties.sales.numbers.stages import LOST, NOT_YET, OPEN, says_sold
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.duties.sales.numbers.taxed import names_its_rate, says_tax


def objection_to(case: Case, bench: Bench) -> Doubt | None:
    """The gravest of what stands in the way; None where nothing does."""
    return next((doubt for check in _CHECKS if (doubt := check(case, bench)) is not None), None)


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
    figure = case.figure
    if figure.trouble is not None and case.price is None:
        return Doubt(figure.trouble.value)
    if currency_of(figure, bench.currency) is None:
        return Doubt.NO_CURRENCY if figure.currency is None else Doubt.UNKNOWN_CURRENCY
    if _may_be_a_time(case.statement) or is_part_of_it(case.statement) or is_taken_from(case.statement):
        return Doubt.TWO_READINGS
    if says_another_unit(case, bench.currency) or is_turned(case):
        return Doubt.TWO_READINGS
    if _is_positive(case.price) and any(said(each, CREDITS) for each in _around(case, bench)):
        return Doubt.TWO_READINGS
    if _is_with_tax(case):
        return Doubt.GROSS
    return Doubt.NO_SALE if figure.amount == 0 else None


def _is_positive(price: Price | None) -> bool:
    return price is not None and price.amount > 0


def _is_with_tax(case: Case) -> bool:
    """ "1,190 incl. VAT", "1.190 EUR brutto": what is booked is net, and nobody says how much that is."""
    statement = case.statement
    behind = statement.text[statement.figures[0].end - statement.start :]
    return names_its_rate(behind) or any(says_tax(each) for each in (case.rest, *statement.around))


def _may_be_a_time(statement: Statement) -> bool:
    """ "at 4", "at 1630": an amount, or an hour of the day."""
    before, _, _ = statement.rest.partition("|")
    figure = statement.figures[0]
    digits = statement.written(figure)
    if figure.is_marked or not digits.isdecimal() or len(digits) > 4 or words_of(before)[-1:] not in (("at",), ("um",)):
        return False
    hours, minutes = (int(digits), 0) if len(digits) < 3 else divmod(int(digits), 100)
    return hours <= 24 and minutes < 60


_NEAR: Final = 30  # characters


_LONGEST_CHANCE: Final = 45

_BOUND_BEFORE: Final = re.compile(r"(?<![-=])[<>\u2264\u2265\u00b1] ?$")
_BOUND_BEHIND: Final = re.compile(r"(?:\+(?! ?[0-9$\u20ac\u00a3A-Z])|-?ish\b)")
_CHANCE_BEHIND: Final = re.compile(
    r"(?! [-\u2013][0-9])[ ,;:]{0,2}(?:[-\u2013(\[@]|zu|at|mit|with)? ?[0-9]{1,2} ?[%\uff05\ufe6a\u066a] ?"
    rf"(?:(?:{CHANCE_WORDS}) ?)?[)\].]?\s*$",
    re.IGNORECASE,
)


def _is_vague(statement: Statement) -> bool:
    """ ">500", "5k+", "$5,000 @ 60%", "9.000 EUR (30 %)": a bound, or a chance that stands alone behind the amount."""
    figure = statement.figures[0]
    before = statement.text[: figure.start - statement.start]
    behind = statement.text[figure.end - statement.start :]
    return (
        _BOUND_BEFORE.search(before[-_NEAR:]) is not None
        or _BOUND_BEHIND.match(behind) is not None
        or _CHANCE_BEHIND.match(behind[:_LONGEST_CHANCE]) is not None
    )


def _of_its_owner(case: Case, _bench: Bench) -> Doubt | None:
    return Doubt.ANOTHERS_CLIENT if isinstance(case.meaning, AnothersClient) else None


def _of_its_words(case: Case, bench: Bench) -> Doubt | None:
    own = " ; ".join((case.statement.governing, case.rest, *case.statement.behind))
    around, text = _around(case, bench), case.statement.text
    if said(own, TAKEN_BACK - _reversals_of(case)):
        return Doubt.DROPS
    if said(own, OPEN) or "~" in text or "\u2248" in text or _is_vague(case.statement):
        return Doubt.EXPECTED
    if not says_sold(own) and any(said(each, EXPECTED | SPEAKS_FOR_ALL) for each in around):
        return Doubt.EXPECTED
    if any(said(each, SPEAKS_FOR_ALL) or leaves_unsigned(each) for each in case.statement.around):
        return Doubt.EXPECTED
    if _is_other_money(case, own) or any(said(each, _OTHER_MONEY) for each in around):
        return Doubt.NO_SALE
    if "?" in text or "?" in own:
        return Doubt.QUESTION
    if _is_denied(case, own):
        return Doubt.DENIED
    return _NOT_WON[case.stage] if case.stage in _NOT_WON else _of_its_rate(case, own)


def _is_other_money(case: Case, own: str) -> bool:
    """Whether the line itself speaks of money that is none of a sale, or of one that was told before."""
    is_billed = says_sold(case.rest) is Stage.INVOICED
    if said(own, (NO_SALE - _BILLED if is_billed else NO_SALE) | TOLD_BEFORE):
        return True
    return words_of(case.rest.partition("|")[0])[-1:] in _PAYMENTS


def _is_denied(case: Case, own: str) -> bool:
    """Whether a no is said of it. What was lost before in the same sentence says nothing of what was won behind it:
    "lost A for 900 and won B for 300"."""
    alone = " ; ".join((case.rest, *case.statement.behind))
    denials = (DENIED | LOST) - _reversals_of(case)
    is_negative = case.price is not None and case.price.amount < 0
    headings = DENIED | LOST if is_negative else DENIED | LOST | _OF_REVERSALS
    return bool(said(alone if says_sold(alone) else own, denials)) or any(
        said(each, headings) for each in case.statement.around
    )


def _reversals_of(case: Case) -> frozenset[str]:
    """The words that say why a negative amount is one, and nothing against it."""
    return _REVERSALS if case.price is not None and case.price.amount < 0 else frozenset()


def _of_its_rate(case: Case, own: str) -> Doubt | None:
    rates = RATES - EACH if case.figure.unit is not None else RATES
    return Doubt.RATE if said(own, rates) or "/m" in own.casefold() or _is_annual(case.rest) else None


def _is_annual(rest: str) -> bool:
    """ "annual 9,000": that of a year, of who knows how many; "annual contract 9,000" is what was signed."""
    before, _, behind = rest.partition("|")
    return words_of(before)[-1:] == ("annual",) or words_of(behind) == ("annual",)


_PAYMENTS: Final = (("zahlung",), ("payment",))  # directly before the amount
# In a heading: the amounts below were taken back, or paid back.
_OF_REVERSALS: Final = phrases(
    """
    cancellations, refunds, reversals, returns, chargebacks, write offs, written off, returned, stornos, stornierungen,
    rückerstattungen, rückzahlungen, rückgaben, retouren, ausbuchungen, kündigungen, stornierte, stornierte aufträge
    """
)
# Of a negative amount they say why it is one.
_REVERSALS: Final = phrases("storno, storniert, stornierung, cancelled, canceled, cancellation")
_BILLED: Final = phrases("rechnung an, invoice to")  # of an invoice that went out


def _of_remarks(case: Case, bench: Bench) -> Doubt | None:
    """What other lines say against booking it: "hold these until Monday", "did I already send you these?"."""
    around = case.statement.around
    if any(asks_whether_it_was_sent(each) for each in around):
        return Doubt.QUESTION
    return Doubt.DENIED if is_only(bench.subject, _TESTS) or any(map(speaks_against_booking, around)) else None


_TESTS: Final = phrases("test, testmail, test mail, test email, just a test, only a test, nur ein test, ein test")


def _of_its_old_amount(case: Case, _bench: Bench) -> Doubt | None:
    """ "12,500 (was 15,200)": what is booked is corrected where it is known; here the old amount is nobody's."""
    return Doubt.CORRECTS if case.statement.old is not None else None


_OTHER_MONEY: Final = (NO_SALE | OTHER_MONEY) - {"list"}  # "Client list:" stands above sales
# Whatever says it - the words, a heading, the subject: what is open or lost is never booked.
_NOT_WON: Final = {Stage.OPEN: Doubt.EXPECTED, Stage.LOST: Doubt.DENIED}


def _of_its_time(case: Case, bench: Bench) -> Doubt | None:
    """A time to come is expected; a closed month, and times that do not fit together, are another period's."""
    when, today = case.when, bench.today
    if today is None or bench.week is None or not when.is_clear:
        return Doubt.OTHER_PERIOD
    if bench.is_of_several and when.period is None and when.day is None:
        return Doubt.OTHER_PERIOD
    period = when.period or bench.week.period
    if period.first > today or (when.day is not None and when.day > today):
        return Doubt.EXPECTED
    if when.day is not None and bench.is_stated and not period.first <= when.day <= period.last:
        return Doubt.OTHER_PERIOD
    last = when.day if when.day is not None and when.period is None else period.last
    return Doubt.OTHER_PERIOD if bench.is_closed(last) else None


def _of_others_in_it(case: Case, bench: Bench) -> Doubt | None:
    if any(_is_of(word, bench.colleagues) for word in words_of(case.rest)):
        return Doubt.COLLEAGUE
    if isinstance(case.meaning, Meant) and names_another(case.rest, case.meaning.client, bench.book):
        return Doubt.SEVERAL_CLIENTS
    return None


def _of_its_sentence(case: Case, _bench: Bench) -> Doubt | None:
    """A name among words that are not understood: the sentence may say anything."""
    return None if case.is_whole else Doubt.UNKNOWN_CLIENT


def _is_of(word: str, names: frozenset[str]) -> bool:
    """Whether a word is one of the names, or its genitive: Tom's, Lenas."""
    return word in names or word.partition("'")[0].partition("\u2019")[0] in names or word.removesuffix("s") in names


def _around(case: Case, bench: Bench) -> tuple[str, ...]:
    return (*case.statement.around, bench.subject)


def is_settled(case: Case) -> bool:
    """Whether the words say that the deal is not open any more, however much is expected beside it."""
    own = " ; ".join((case.statement.governing, case.rest, *case.statement.behind))
    return case.stage is not Stage.LOST and says_sold(own) is not None and not said(own, NOT_YET)


_CHECKS: Final[tuple[Callable[[Case, Bench], Doubt | None], ...]] = (
    _of_its_form,
    _of_its_figure,
    _of_its_owner,
    _of_its_words,
    _of_remarks,
    _of_its_old_amount,
    _of_its_time,
    _of_others_in_it,
    _of_its_sentence,
)
