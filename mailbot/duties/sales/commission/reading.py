"""A rep asks about the own commission: "why is my oct commission 412? should be ~500". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from mailbot.duties.sales.commission.facts import CommissionQuestion
from mailbot.duties.sales.numbers.periods import Period, mentions
from mailbot.duties.sales.numbers.phrases import words_of
from mailbot.message.model import Words
from mailbot.money.amounts import figures
from mailbot.money.numerals import HABITS, Habit

_LONGEST: Final = 2_000  # characters
_ABOUT: Final = frozenset(("commission", "commissions", "provision", "provisionen", "provisionsabrechnung"))
_OWN: Final = frozenset(("my", "mine", "i", "meine", "meiner", "meinen", "mein", "ich", "mir"))
_ASKS: Final = frozenset(
    (
        *("why", "how", "what", "where", "wrong", "check", "should", "warum", "wieso", "weshalb", "wie", "was", "wo"),
        *("falsch", "prüfen", "sollte", "müsste", "stimmt", "fehlt", "missing"),
    )
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+|\?(?=\s|$)")


def questions_in(words: Words, today: date | None) -> tuple[tuple[Habit, CommissionQuestion], ...]:
    """The question about the sender's own commission, as each habit of writing numbers has it, before anybody knows
    which is the sender's; none where nothing is asked, or the mail bears no date.

    Without a month, it is the one before that in which it is asked.
    """
    asked = _asked(words.text)
    if asked is None or today is None:
        return ()
    return tuple((habit, _question(words, asked, habit, today)) for habit in HABITS)


def _asked(text: str) -> tuple[int, int] | None:
    """Where it is asked: a sentence, with the next one where that goes on asking."""
    if len(text) > _LONGEST or not _may_be_about_it(text):
        return None
    spans = _spans(text)
    for place, (start, stop) in enumerate(spans):
        said = set(words_of(text[start:stop]))
        if not (said & _ABOUT and said & _OWN and (said & _ASKS or "?" in text[start : stop + 1])):
            continue
        goes_on = place + 1 < len(spans) and _ASKS.intersection(words_of(text[slice(*spans[place + 1])]))
        return start, spans[place + 1][1] if goes_on else stop
    return None


def _may_be_about_it(text: str) -> bool:
    """A quick look at all of it: most mails have none of these words."""
    return any(map(text.casefold().__contains__, _ABOUT))


def _question(words: Words, asked: tuple[int, int], habit: Habit, today: date) -> CommissionQuestion:
    sentence = words.text[slice(*asked)]
    times = [each for each in mentions(sentence, habit, today) if each.first is not None and each.last is not None]
    taken = [(each.start, each.end) for each in times]
    found = tuple(each.amount for each in figures(sentence, habit, taken) if each.amount is not None)
    return CommissionQuestion(_month(times[0].first if times else None, today), found, words.evidence(*asked))


def _spans(text: str) -> Sequence[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in _SENTENCE.finditer(text):
        spans.append((start, cut.start()))
        start = cut.end()
    spans.append((start, len(text)))
    return [(first, last) for first, last in spans if text[first:last].strip()]


def _month(day: date | None, today: date) -> Period:
    if day is None:
        year, month = divmod(today.year * 12 + today.month - 2, 12)
        day = date(year, month + 1, 1)
    first = day.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Period(first, date.fromordinal(after.toordinal() - 1))
