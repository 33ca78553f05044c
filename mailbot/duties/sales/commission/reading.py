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
from mailbot.money.numerals import Habit

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


def question_in(words: Words, habit: Habit, today: date | None) -> CommissionQuestion | None:
    """The question about the sender's own commission; None where there is none, or it names no month and no day.

    Without a month, it is the one before that in which it is asked.
    """
    text = words.text
    if today is None or len(text) > _LONGEST:
        return None
    spans = _spans(text)
    for place, (start, stop) in enumerate(spans):
        said = set(words_of(text[start:stop]))
        if not (said & _ABOUT and said & _OWN and (said & _ASKS or "?" in text[start : stop + 1])):
            continue
        goes_on = place + 1 < len(spans) and _ASKS.intersection(words_of(text[slice(*spans[place + 1])]))
        end = spans[place + 1][1] if goes_on else stop
        sentence = text[start:end]
        times = [each for each in mentions(sentence, habit, today) if each.first is not None and each.last is not None]
        taken = [(each.start, each.end) for each in times]
        found = tuple(each.amount for each in figures(sentence, habit, taken) if each.amount is not None)
        return CommissionQuestion(_month(times[0].first if times else None, today), found, words.evidence(start, end))
    return None


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
