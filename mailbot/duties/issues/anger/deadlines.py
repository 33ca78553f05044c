"""By when an angry client wants it done, and when somebody has to be reminded of that. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from mailbot.duties.issues.signals import Sign, Signal
from mailbot.letters.model import Language
from mailbot.sorting.days import mentions


def deadline_in(signals: Iterable[Signal], language: Language, today: date) -> date | None:
    """The earliest day that the words of a deadline name ("by Wednesday", "bis 5.11."); None where they name none."""
    named = (
        mention.coming(today)
        for signal in signals
        if signal.sign is Sign.DEADLINE
        for mention in mentions(signal.evidence.words, language, today)
        if not mention.is_loose
    )
    return min((span.last for span in named if span.last >= today), default=None)


def day_of_reminder(deadline: date, works_on: Callable[[date], bool]) -> date:
    """The last working day before a deadline: then there is still time to call."""
    day = deadline - timedelta(days=1)
    while not works_on(day):
        day -= timedelta(days=1)
    return day
