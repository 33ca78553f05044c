"""The manager's word about targets: "target Dana Q4 60k", "Ziel Jonas November 14.000 EUR",
"target team print next quarter 200k", a line for each. Pure.

Every word of a line is understood, or the whole mail sets nothing and its writer is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mailbot.duties.sales.facts.cards import PlanCard
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.numbers.phrases import AGREES, SIGN_OFFS, is_only, words_of
from mailbot.duties.sales.reports.spans import Span
from mailbot.duties.sales.targets.facts import NotClear, Open, Target, TargetOrder, Whose
from mailbot.duties.sales.targets.times import TIME, span_of
from mailbot.message.model import Evidence, Words
from mailbot.money.amounts import figures
from mailbot.money.currencies import code_of
from mailbot.money.figure import Trouble
from mailbot.money.numerals import habit_of
from mailbot.records.known import PersonCard
from mailbot.records.names import name_words

_MOST_LINES: Final = 60
_LONGEST_LINE: Final = 120  # characters
_ENGLISH: Final = frozenset(("target", "targets"))
_GERMAN: Final = frozenset(("ziel", "ziele"))
_ORDERS: Final = _ENGLISH | _GERMAN
_GERMAN_LOCALE: Final = "de_DE"  # who writes "Ziel" writes figures as Germans do
_TEAM: Final = frozenset(("team", "gesamtteam"))
_BESIDE: Final = frozenset(
    ("for", "is", "the", "of", "in", "please", "pls", "new", "für", "fuer", "ist", "das", "dem", "den", "im", "von",
     "bitte", "neu", "neues", "s")
)  # fmt: skip
_GREETINGS: Final = frozenset(("hi", "hello", "hallo", "hey", "moin", "desk", "dear", "liebes", "team", "guten", "tag"))


@dataclass(frozen=True, slots=True)
class Office:
    """What is known to read targets by: who may have one, for what, what they are now, and the writer's ways."""

    reps: tuple[PersonCard, ...]
    plans: tuple[PlanCard, ...]
    today: date
    currency: str  # the desk's
    locale: str  # the writer's
    products: tuple[str, ...] = ()


def is_about_targets(text: str) -> bool:
    """Whether the first line that is no greeting begins with the word "target"."""
    return _is_order(next((each for _, each in _lines(text) if not _is_greeting(each)), ""))


def targets(words: Words, office: Office) -> TargetOrder | None:
    """The targets that a mail sets; None where it is about something else.

    A heading like "Targets Q4:" gives the lines below it their time. What stands below a word of thanks or a
    signature is no target, unless it says so.
    """
    if not is_about_targets(words.text):
        return None
    if any(words_of(line)[0] in _GERMAN for _, line in _lines(words.text) if _is_order(line)):
        office = replace(office, locale=_GERMAN_LOCALE)
    found: list[Target] = []
    unclear: list[NotClear] = []
    heading: Span | None = None
    is_over = False
    for number, (start, line) in enumerate(_lines(words.text)):
        is_order = _is_order(line)
        if (_is_greeting(line) and not found) or (is_over and not is_order):
            continue
        if not is_order and _is_farewell(line):
            is_over = True
            continue
        span = _heading(line, office) if is_order else None
        if span is not None or (is_order and _is_bare(line)):
            heading = span
            continue
        evidence = words.evidence(start, start + len(line))
        read = _target(line, evidence, office, heading) if number < _MOST_LINES else Open.MORE
        if isinstance(read, Open):
            unclear.append(NotClear(evidence, read))
        else:
            found.append(read)
    twice = [
        each for each, count in Counter((each.whose, each.product, each.span) for each in found).items() if count > 1
    ]
    unclear += [NotClear(each.evidence, Open.TWICE) for each in found if (each.whose, each.product, each.span) in twice]
    return TargetOrder(tuple(found), tuple(unclear))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, each with where it begins."""
    at = 0
    for line in text.split("\n"):
        if bare := line.strip():
            yield at + line.index(bare), bare
        at += len(line) + 1


def _is_order(line: str) -> bool:
    said = words_of(line)
    return bool(said) and said[0] in _ORDERS


def _is_bare(line: str) -> bool:
    """Whether a line is "Targets:" and nothing else."""
    return "?" not in line and set(words_of(line)) <= _ORDERS | _BESIDE


def _is_greeting(line: str) -> bool:
    said = words_of(line)
    return bool(said) and said[0] in _GREETINGS - _TEAM and set(said) <= _GREETINGS


def _is_farewell(line: str) -> bool:
    return line.startswith("--") or is_only(line, SIGN_OFFS) or is_only(line, AGREES)


def _heading(line: str, office: Office) -> Span | None:
    """The time of "Targets Q4:", where nothing else stands beside it."""
    spans = list(TIME.finditer(line))
    if len(spans) != 1:
        return None
    rest = line[: spans[0].start()] + " " + line[spans[0].end() :]
    if "?" in rest or not set(words_of(rest)) <= _ORDERS | _BESIDE:
        return None
    span = span_of(spans[0], office.today)
    return span if isinstance(span, Span) else None


def _target(line: str, evidence: Evidence, office: Office, heading: Span | None) -> Target | Open:
    """One line: whose, for which time, and how much."""
    if len(line) > _LONGEST_LINE or "?" in line:
        return Open.MORE
    spans = list(TIME.finditer(line))
    taken = [match.span() for match in spans]
    amounts = figures(line, habit_of(office.locale), taken)
    if len(amounts) != 1:
        return Open.TWO_AMOUNTS if amounts else Open.NO_AMOUNT
    (figure,) = amounts
    if figure.amount is None or figure.quantity is not None or figure.amount <= 0:
        return Open.TWO_AMOUNTS if figure.trouble in _SEVERAL_AMOUNTS else Open.NO_AMOUNT
    product, said = _product(_rest(line, [*taken, (figure.start, figure.end)]), office.products)
    whose = _whose(said, office.reps) if said or not product else Whose(None, "")
    if isinstance(whose, Open):
        return whose
    span = _one_span(spans, office.today, heading)
    if isinstance(span, Open):
        return span
    currency = _currency(figure.currency, whose, office)
    if currency is None:
        return Open.CURRENCY
    price = Price(figure.amount, currency)
    wanted = (whose.rep_id, product.casefold(), span.first, span.last)
    before = next((each for each in office.plans if each.is_for == wanted), None)
    return Target(whose, span, price, evidence, before, product)


_SEVERAL_AMOUNTS: Final = (Trouble.TWO_READINGS, Trouble.RANGE)


def _rest(line: str, taken: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The words that are neither the time nor the amount, and that mean something."""
    signs = list(line)
    for start, end in taken:
        signs[start:end] = " " * (end - start)
    said = words_of("".join(signs))
    return tuple(word for word in said if word not in _ORDERS | _BESIDE)


def _product(said: tuple[str, ...], products: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The product that the words name, the longest of those that do, and the words that are left; "" for none."""
    named = [each for each in products if (words := set(words_of(each))) and words <= set(said)]
    product = max(named, key=lambda each: len(words_of(each)), default="")
    return product, tuple(word for word in said if word not in words_of(product))


def _whose(said: Sequence[str], reps: Sequence[PersonCard]) -> Whose | Open:
    if said and set(said) <= _TEAM:
        return Whose(None, "")
    wanted = set(name_words(" ".join(said)))
    meant = [rep for rep in reps if wanted and wanted <= set(name_words(rep.name))]
    if len(meant) > 1:
        return Open.SEVERAL
    return Whose(meant[0].id, meant[0].name) if meant else Open.NOBODY


def _currency(mark: str | None, whose: Whose, office: Office) -> str | None:
    """Without a currency it is the desk's; None where the rep sells in another, so that either may be meant."""
    rep = next((each for each in office.reps if each.id == whose.rep_id), None)
    if mark is None and rep is not None and rep.currency not in (None, office.currency):
        return None
    return code_of(mark, office.currency)


# --- the time --------------------------------------------------------------------------------------------------------


def _one_span(found: Sequence[re.Match[str]], today: date, heading: Span | None) -> Span | Open:
    if not found:
        return heading or Open.NO_SPAN
    return span_of(found[0], today) if len(found) == 1 else Open.MORE
