"""What a rep corrects in reply to our letters: "2 is 1,500", "drop 3", "Acme was 12,500 not 15,200".

Every word is understood, or a person reads it: what is no order must be thanks, or a remark without a figure, a name
or a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from mailbot.duties.sales.facts.answers import Change, Corrections
from mailbot.duties.sales.facts.cards import EntryCard, current_by_line
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.naming.clients import without_joining
from mailbot.duties.sales.numbers.holding import holds
from mailbot.duties.sales.numbers.phrases import (
    AGREES,
    BESIDE_A_NAME,
    CREDITS,
    DENIED,
    DROPPED,
    EXPECTED,
    SIGN_OFFS,
    TAKEN_BACK,
    is_only,
    phrases,
    said,
    words_of,
)
from mailbot.duties.sales.numbers.stages import LOST, OPEN
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.duties.sales.talks.line_orders import COURTESY, Sheet, new_price, ordered
from mailbot.message.model import Evidence, Words
from mailbot.money.amounts import figures
from mailbot.money.currencies import code_of
from mailbot.money.numerals import Habit
from mailbot.records.names import LEGAL_FORMS, name_words
from mailbot.sorting.answer_words import DOUBTS, SYNONYMS
from mailbot.sorting.commands import commanded

_MOST_CHARACTERS: Final = 4_000
_AND: Final = re.compile(r"\n|;|,\s+(?!not\b|nicht\b|statt\b)|\s+(?:and|und)\s+(?!not\b|nicht\b)", re.IGNORECASE)
_INSTEAD_OF = re.compile(r"not|statt|anstatt|instead of|nicht|und nicht", re.IGNORECASE)
_NOT_THE_OLD = re.compile(rf"\s*,?\s*(?:{_INSTEAD_OF.pattern})\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\s[-\u2013\u2014]\s|\.\s+")
_LEAVES_OPEN: Final = frozenset((*DENIED, *EXPECTED, *DOUBTS, *DROPPED, *SYNONYMS["undo"])) - {
    "typo",
    "tippfehler",
    "wrong",
    "falsch",
    "was",
    "war",
}


def corrections(words: Words, decision_ref: str, entries: Sequence[EntryCard], sheet: Sheet) -> Corrections | str:
    """The changes that a reply to the letter of `decision_ref` asks for; or, in words, why it asks for none.

    Every line of the reply is understood or named among the unclear ones; a change to a line that is not there, or is
    no longer current, is unclear.
    """
    text = words.text
    if commanded(text):
        return "it says WHY, UNDO or DONE"
    sheet = replace(sheet, booked=current_by_line(decision_ref, entries))
    changes: list[Change] = []
    unclear: list[Evidence] = []
    remarks: list[Evidence] = []
    agrees = False
    for start, end in _parts(text):
        part = text[start:end]
        if is_only(part, AGREES) or is_only(part, SIGN_OFFS):
            agrees = True
        elif not _is_courtesy(part):
            evidence = words.evidence(start, end)
            before = changes[-1] if changes else None
            change = ordered(_without_aside(part), sheet, evidence, before) if len(text) <= _MOST_CHARACTERS else None
            if change is not None:
                changes.append(change)
            else:
                (remarks if _is_remark(part, entries) else unclear).append(evidence)
    if _twice(changes):
        return Corrections((), tuple(change.evidence for change in changes), agrees=False)
    if not (changes or unclear or remarks or agrees):
        return "it says nothing"
    return Corrections(tuple(changes), tuple(unclear if changes else (*remarks, *unclear)), agrees)


def _parts(text: str) -> list[tuple[int, int]]:
    """The text cut at line ends, commas and "and"; spans without white space around them, none empty."""
    cuts = [match.span() for match in _AND.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    parts: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        part = text[start:end]
        lead = len(part) - len(part.lstrip())
        bare = part.strip()
        if bare:
            parts.append((start + lead, start + lead + len(bare)))
    return parts


def _is_courtesy(part: str) -> bool:
    return all(word in COURTESY or word in BESIDE_A_NAME for word in words_of(part))


def _without_aside(part: str) -> str:
    """ "2 is 1,500 - typed it from memory": the order without the remark behind a dash or a full stop."""
    order, *asides = _ASIDE.split(part, maxsplit=1)
    return order if all(_is_remark(aside, ()) for aside in asides) else part


def _is_remark(part: str, entries: Sequence[EntryCard]) -> bool:
    """Whether words beside an order say nothing that a person would have to read: no figure, no question, no order, no
    doubt, and none of the clients."""
    words = words_of(part)
    if any(map(str.isdigit, part)) or "?" in part or said(part, _LEAVES_OPEN):
        return False
    named = {word for entry in entries for word in name_words(entry.client_name)} - LEGAL_FORMS
    return named.isdisjoint(name_words(" ".join(words)))


def _twice(changes: Sequence[Change]) -> bool:
    return len({change.entry.id for change in changes}) < len(changes)


# --- a correction that names the old amount ---------------------------------------------------------------------------

_LAST_VERB = re.compile(r"\s+(?:is|was|are|were|ist|war|sind|waren|should be|muss|sollte?)\s*$", re.IGNORECASE)


def corrections_by_amount(
    words: Words, statements: Sequence[Statement], book: SalesKnown, habit: Habit
) -> Corrections | None:
    """The changes that name the amount they change: the old amount is the proof of which line is meant.

    None where a statement is not of that form, or where not exactly one entry of the rep has that amount and name.
    """
    if any(holds(remark) for each in statements for remark in each.around):
        return None
    changes = [
        _change_by_amount(each, words, book.entries, habit)
        or _in_place_of_the_old(each, words, book.entries)
        or _dropped_by_amount(each, words, book.entries, habit)
        for each in statements
    ]
    found = [change for change in changes if change is not None]
    return (
        Corrections(tuple(found), (), agrees=False)
        if found and len(found) == len(changes) and not _twice(found)
        else None
    )


def says_not_the_old(statement: Statement, habit: Habit) -> bool:
    """Whether a statement has the words "12,500 not 15,200"."""
    if not _INSTEAD_OF.search(statement.text):
        return False
    found = figures(statement.text, habit)
    return any(_NOT_THE_OLD.fullmatch(statement.text[new.end : old.start]) for new, old in pairwise(found))


def _change_by_amount(statement: Statement, words: Words, entries: Sequence[EntryCard], habit: Habit) -> Change | None:
    if len(statement.figures) != 2 or statement.below_signature or not statement.names:
        return None
    if not says_not_the_old(statement, habit):
        return None
    new, old = figures(statement.text, habit)
    name = without_joining(name_words(_LAST_VERB.sub("", statement.names[-1])))
    meant = [
        entry
        for entry in entries
        if entry.is_current and entry.price.amount == old.amount and set(name) <= set(name_words(entry.client_name))
    ]
    if len(meant) != 1 or not name:
        return None
    entry = meant[0]
    price = new_price(statement.text[new.start : old.end], entry, habit)
    if price is None or code_of(old.currency, entry.price.currency) != entry.price.currency:
        return None
    return Change(entry.line, entry, price, words.evidence(statement.start, statement.start + old.end))


def _in_place_of_the_old(statement: Statement, words: Words, entries: Sequence[EntryCard]) -> Change | None:
    """ "acme corp 12,500 (was 15,200)", where nothing is said beside it that leaves the new amount open."""
    old = statement.old
    if old is None or len(statement.figures) != 1 or statement.below_signature or not statement.names:
        return None
    (new,) = statement.figures
    beside = (statement.governing, statement.rest, *statement.behind, *statement.around)
    if old.amount is None or not new.amount or "?" in statement.text or any(said(each, _UNSETTLED) for each in beside):
        return None
    name = without_joining(name_words(_LAST_VERB.sub("", _NOW.sub("", statement.names[-1]))))
    meant = [
        entry
        for entry in entries
        if entry.is_current and entry.price.amount == old.amount and set(name) <= set(name_words(entry.client_name))
    ]
    if len(meant) != 1 or not name or not _is_of_those_times(meant[0], statement):
        return None
    (entry,) = meant
    currency = entry.price.currency
    if any(code_of(each.currency, currency) != currency for each in (new, old)):
        return None
    price = Price(new.amount, currency, new.quantity, new.unit)
    return Change(entry.line, entry, price, words.evidence(statement.start, statement.end))


_NOW: Final = re.compile(r"\s+(?:now|jetzt|nun)\s*$", re.IGNORECASE)


def _is_of_those_times(entry: EntryCard, statement: Statement) -> bool:
    """Whether the entry lies in each period that the statement names."""
    periods = [time.period for time in statement.times]
    week = entry.week
    return all(each is not None and each.first <= week.last and week.first <= each.last for each in periods)


# Beside a new amount: it is not sure yet, or something else is done with the old one than to write over it.
_UNSETTLED: Final = (OPEN | LOST | TAKEN_BACK | CREDITS | frozenset(DOUBTS)) - phrases(
    "should, sollte, sollten, soll, sollen, plan, was, war"
)


def _dropped_by_amount(statement: Statement, words: Words, entries: Sequence[EntryCard], habit: Habit) -> Change | None:
    """ "Müller Bau 1.234,56 bitte stornieren": the one entry of that client and amount is dropped."""
    if len(statement.figures) != 1 or statement.below_signature or not said(statement.text, DROPPED):
        return None
    (figure,) = figures(statement.text, habit) or (None,)
    if figure is None or figure.amount is None:
        return None
    others = f"{statement.text[: figure.start]} {statement.text[figure.end :]}"
    name = [word for word in words_of(others) if word not in _BESIDE_A_DROP]
    wanted = without_joining(name_words(" ".join(name)))
    meant = [
        entry
        for entry in entries
        if entry.is_current
        and entry.price.amount == figure.amount
        and set(wanted) <= set(name_words(entry.client_name))
    ]
    if len(meant) != 1 or not wanted or "?" in statement.text:
        return None
    if code_of(figure.currency, meant[0].price.currency) != meant[0].price.currency:
        return None
    return Change(meant[0].line, meant[0], None, words.evidence(statement.start, statement.end))


_BESIDE_A_DROP: Final = DROPPED | COURTESY | BESIDE_A_NAME | {"line", "zeile", "booking", "buchung", "wieder", "raus"}
