"""One order about one line of our letter: "2 is 1,500", "drop 3", "3 gehört zu Hansen", "1 is for October". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mailbot.duties.sales.facts.answers import Change
from mailbot.duties.sales.facts.cards import EntryCard
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.naming.clients import AnothersClient, Book, Meant, meaning_of
from mailbot.duties.sales.numbers.periods import Period, Week, mentions
from mailbot.duties.sales.numbers.phrases import words_of
from mailbot.duties.sales.weeks.closings import NO_CLOSINGS, Closings
from mailbot.message.model import Evidence
from mailbot.money.amounts import figures
from mailbot.money.currencies import code_of
from mailbot.money.numerals import Habit

# Words that go with an order and change nothing about it.
COURTESY: Final = frozenset(
    (
        *("sorry", "please", "pls", "bitte", "oops", "ups", "typo", "tippfehler", "my", "mistake", "bad", "actually"),
        *(
            "eigentlich",
            "kindly",
            "entschuldigung",
            "fehler",
            "mein",
            "again",
            "nochmal",
            "can",
            "you",
            "kannst",
            "du",
            "sein",
        ),
        *("and", "und", "also", "then", "auch", "noch", "dann"),
    )
)
_NUMBER: Final = (
    r"(?:the\s+|die\s+|den\s+)?(?:(?:lines?|zeilen?|nr|no|pos|position|number|nummer)\.?\s+|#)?(?P<line>[0-9]{1,3})\.?"
)
_IS = re.compile(
    rf"{_NUMBER}\s*(?:(?:is|ist|are|sind|should be|should have been|should read|must be|has to be|muss|soll|sollte"
    r"|lautet|war|was)\b(?:\s+(?:really|only|nur)\b)?|=|:|->|→)\s*(?P<new>\S.{0,80})",
    re.IGNORECASE,
)
_DROP_WORDS: Final = (
    r"drop|delete|remove|cancel|scrap|streiche?n?|lösche?n?|lösch|streich|stornier|storniere?n?|entferne?n?"
)
_DROP: Final = (
    re.compile(rf"(?:{_DROP_WORDS})\s+{_NUMBER}", re.IGNORECASE),
    re.compile(rf"{_NUMBER}\s+(?:drop|delete|remove|streichen|löschen|stornieren|entfernen|weg|raus)", re.IGNORECASE),
)
_ALONE = re.compile(_NUMBER)
_BELONGS = re.compile(
    rf"{_NUMBER}\s+(?:gehört\s+(?:zu|zur|zum)|ist\s+(?:für|von)|war\s+(?:für|von)|belongs\s+to|goes\s+to|is\s+for|was\s+for"
    r"|is|ist|war|was|should\s+be|should\s+go\s+to|soll\s+zu)\s+(?P<name>\S.{0,120})",
    re.IGNORECASE,
)
_OF_A_PERIOD: Final = frozenset(
    (
        *("for", "in", "of", "the", "from", "month", "week", "to", "into", "belongs", "is", "was", "should", "be"),
        *(
            "für",
            "im",
            "den",
            "dem",
            "aus",
            "vom",
            "monat",
            "woche",
            "gehört",
            "ist",
            "war",
            "zum",
            "zur",
            "zu",
            "noch",
        ),
    )
)
_NOT_THE_OLD = re.compile(r"\s*,?\s*(?:not|statt|anstatt|instead of|nicht|und nicht)\s*", re.IGNORECASE)
_OLDEST: Final = timedelta(days=70)  # a period that ended longer ago is no slip of a line


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a reply is read beside: the current entries by the line of our letter, and how its writer writes.

    `today` is the day on which it was written, None where its Date is nobody's clock.
    """

    booked: Mapping[int, EntryCard]
    habit: Habit
    book: Book
    today: date | None
    closings: Closings = NO_CLOSINGS


def ordered(part: str, sheet: Sheet, evidence: Evidence, before: Change | None) -> Change | None:
    """The change that some words order; None where they order none, or not whole.

    `before` is the order that stands just before them: "drop 2 and 3" drops both. What ends as a question orders
    nothing.
    """
    if part.rstrip(" .!").endswith("?"):
        return None
    bare = _without_courtesy(part.strip(" .!*-\u2022"))
    return (
        _dropped(bare, sheet, evidence, before)
        or _repriced(bare, sheet, evidence)
        or _moved_in_time(bare, sheet, evidence)
        or _moved_to_a_client(bare, sheet, evidence)
    )


def _dropped(bare: str, sheet: Sheet, evidence: Evidence, before: Change | None) -> Change | None:
    patterns = (*_DROP, *((_ALONE,) if before is not None and before.is_dropped else ()))
    for pattern in patterns:
        found = pattern.fullmatch(bare)
        if found and int(found["line"]) in sheet.booked:
            line = int(found["line"])
            return Change(line, sheet.booked[line], None, evidence)
    return None


def _repriced(bare: str, sheet: Sheet, evidence: Evidence) -> Change | None:
    found = _IS.fullmatch(bare)
    entry = sheet.booked.get(int(found["line"])) if found else None
    if found is None or entry is None:
        return None
    price = new_price(found["new"], entry, sheet.habit)
    return None if price is None or _is_as_before(price, entry) else Change(int(found["line"]), entry, price, evidence)


def _moved_in_time(bare: str, sheet: Sheet, evidence: Evidence) -> Change | None:
    """ "1 is for October": the line counts for another week, month or quarter that has begun."""
    found = _ALONE.match(bare)
    entry = sheet.booked.get(int(found["line"])) if found else None
    if found is None or entry is None or sheet.today is None:
        return None
    rest = bare[found.end() :]
    times = mentions(rest, sheet.habit, sheet.today)
    if len(times) != 1 or times[0].first is None or times[0].last is None:
        return None
    (time,) = times
    others = f"{rest[: time.start]} {rest[time.end :]}"
    period = Period(times[0].first, times[0].last)
    if not set(words_of(others)) <= _OF_A_PERIOD or not period.first <= sheet.today <= period.last + _OLDEST:
        return None
    day = period.first if period.first == period.last else None
    if day is not None:
        period = Week.of(day).period
    if sheet.closings.closed_at(period.counting_day(entry.said_on, day)) is not None:
        return None  # what a closed month gets is the manager's to say
    return Change(int(found["line"]), entry, entry.price, evidence, period=period, day=day)


def _moved_to_a_client(bare: str, sheet: Sheet, evidence: Evidence) -> Change | None:
    """ "3 gehört zu Hansen": one client of the records, and not the one it is booked for."""
    found = _BELONGS.fullmatch(bare)
    entry = sheet.booked.get(int(found["line"])) if found else None
    if found is None or entry is None:
        return None
    meaning = meaning_of(_NOT_THE_OLD.split(found["name"])[0].strip(" .,!"), sheet.book)
    if not isinstance(meaning, Meant | AnothersClient) or meaning.client.id == entry.client_id:
        return None
    return Change(int(found["line"]), entry, entry.price, evidence, client=meaning.client)


def new_price(written: str, entry: EntryCard, habit: Habit) -> Price | None:
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
    if len(found) > 2 or not set(words_of(rest)) <= COURTESY:
        return None
    currency = code_of(new.currency, entry.price.currency)
    if new.amount is None or currency is None or new.amount == 0:
        return None
    return Price(new.amount, currency, new.quantity, new.unit)


def _is_as_before(price: Price, entry: EntryCard) -> bool:
    return (price.amount, price.currency) == (entry.price.amount, entry.price.currency)


def _without_courtesy(part: str) -> str:
    """The order without "please" and "sorry" around it."""
    words = part.split()
    while words and words[0].strip(".,!:").casefold() in COURTESY:
        words.pop(0)
    while words and words[-1].strip(".,!:?").casefold() in COURTESY:
        words.pop()
    return " ".join(words)
