"""What a rep corrects in reply to our letters: "2 is 1,500", "drop 3", "Acme was 12,500 not 15,200"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from mailbot.duties.sales.facts import (
    Change,
    Corrections,
    EntryCard,
    Price,
    SalesKnown,
)
from mailbot.duties.sales.money.amounts import figures
from mailbot.duties.sales.money.currencies import code_of
from mailbot.duties.sales.money.numerals import Habit
from mailbot.duties.sales.naming.clients import without_joining
from mailbot.duties.sales.numbers.lines import Statement
from mailbot.duties.sales.numbers.phrases import AGREES, BESIDE_A_NAME, SIGN_OFFS, is_only, words_of
from mailbot.message.model import Evidence, Words
from mailbot.records.names import name_words
from mailbot.sorting.commands import commanded

_MOST_CHARACTERS: Final = 4_000
_COURTESY: Final = frozenset(
    ("sorry", "please", "pls", "bitte", "oops", "ups", "typo", "tippfehler", "my", "mistake", "bad")
)

_AND: Final = re.compile(r"\n|;|,\s+(?!not\b|nicht\b|statt\b)|\s+(?:and|und)\s+(?!not\b|nicht\b)", re.IGNORECASE)
_NUMBER: Final = r"(?:(?:line|zeile|nr|no|pos|position|number|nummer)\.?\s+|#)?(?P<line>[0-9]{1,3})"
_IS = re.compile(
    rf"{_NUMBER}\s*(?:(?:is|ist|are|sind|should be|must be|muss|soll|sollte|lautet)\b|=|:|->|→)\s*(?P<new>\S.{{0,80}})",
    re.IGNORECASE,
)
_DROP: Final = (
    re.compile(
        rf"(?:drop|delete|remove|cancel|streiche?n?|lösche?n?|storniere?n?|entferne?n?)\s+{_NUMBER}", re.IGNORECASE
    ),
    re.compile(rf"{_NUMBER}\s+(?:drop|delete|remove|streichen|löschen|stornieren|entfernen|weg|raus)", re.IGNORECASE),
)
_NOT_THE_OLD = re.compile(r"\s*,?\s*(?:not|statt|anstatt|instead of|nicht|und nicht)\s*", re.IGNORECASE)


def corrections(words: Words, decision_ref: str, entries: Sequence[EntryCard], habit: Habit) -> Corrections | str:
    """The changes that a reply to the letter of `decision_ref` asks for; or, in words, why it asks for none.

    Every line of the reply is understood or named among the unclear ones; a change to a line that is not there, or is
    no longer current, is unclear.
    """
    text = words.text
    if commanded(text):
        return "it says WHY, UNDO or DONE"
    booked = _current_by_line(decision_ref, entries)
    changes: list[Change] = []
    unclear: list[Evidence] = []
    agrees = False
    for start, end in _parts(text):
        part = text[start:end]
        if is_only(part, AGREES) or is_only(part, SIGN_OFFS):
            agrees = True
        elif not _is_courtesy(part):
            evidence = words.evidence(start, end)
            change = _change(part, booked, habit, evidence) if len(text) <= _MOST_CHARACTERS else None
            if change is None:
                unclear.append(evidence)
            else:
                changes.append(change)
    if _twice(changes):
        return Corrections((), tuple(change.evidence for change in changes), agrees=False)
    if not (changes or unclear or agrees):
        return "it says nothing"
    return Corrections(tuple(changes), tuple(unclear), agrees)


def _current_by_line(decision_ref: str, entries: Sequence[EntryCard]) -> dict[int, EntryCard]:
    """The entries of a letter by their line, each followed to the one that is current now."""
    after = {entry.supersedes_id: entry for entry in entries if entry.supersedes_id is not None}
    current: dict[int, EntryCard] = {}
    for entry in entries:
        if entry.decision_ref != decision_ref:
            continue
        last = entry
        while last.id in after:
            last = after[last.id]
        if last.is_current:
            current[entry.line] = last
    return current


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
    return all(word in _COURTESY or word in BESIDE_A_NAME for word in words_of(part))


def _change(part: str, booked: Mapping[int, EntryCard], habit: Habit, evidence: Evidence) -> Change | None:
    bare = part.strip(" .!*-\u2022")
    for pattern in _DROP:
        if found := pattern.fullmatch(_without_courtesy(bare)):
            line = int(found["line"])
            return Change(line, booked[line], None, evidence) if line in booked else None
    found = _IS.fullmatch(_without_courtesy(bare))
    if found is None or int(found["line"]) not in booked:
        return None
    entry = booked[int(found["line"])]
    price = _new_price(found["new"], entry, habit)
    return None if price is None or _is_as_before(price, entry) else Change(int(found["line"]), entry, price, evidence)


def _without_courtesy(part: str) -> str:
    """The order without "please" and "sorry" around it."""
    words = part.split()
    while words and words[0].strip(".,!:").casefold() in _COURTESY:
        words.pop(0)
    while words and words[-1].strip(".,!:").casefold() in _COURTESY:
        words.pop()
    return " ".join(words)


def _new_price(written: str, entry: EntryCard, habit: Habit) -> Price | None:
    """The one amount that is written, perhaps with "not" and the old amount behind it."""
    found = figures(written, habit)
    if not found or found[0].start > 0 or any(figure.amount is None for figure in found):
        return None
    new = found[0]
    rest = written[new.end :]
    if len(found) == 2:
        old = found[1]
        if not _NOT_THE_OLD.fullmatch(written[new.end : old.start]) or old.amount != entry.price.amount:
            return None
        rest = written[old.end :]
    if len(found) > 2 or words_of(rest):
        return None
    currency = code_of(new.currency, entry.price.currency)
    if new.amount is None or currency is None or new.amount == 0:
        return None
    return Price(new.amount, currency, new.quantity, new.unit)


def _is_as_before(price: Price, entry: EntryCard) -> bool:
    return (price.amount, price.currency) == (entry.price.amount, entry.price.currency)


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
    changes = [_change_by_amount(statement, words, book.entries, habit) for statement in statements]
    found = [change for change in changes if change is not None]
    return (
        Corrections(tuple(found), (), agrees=False)
        if found and len(found) == len(changes) and not _twice(found)
        else None
    )


def says_not_the_old(statement: Statement, habit: Habit) -> bool:
    """Whether a statement has the words "12,500 not 15,200"."""
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
    price = _new_price(statement.text[new.start : old.end], entry, habit)
    if price is None or code_of(old.currency, entry.price.currency) != entry.price.currency:
        return None
    return Change(entry.line, entry, price, words.evidence(statement.start, statement.start + old.end))
