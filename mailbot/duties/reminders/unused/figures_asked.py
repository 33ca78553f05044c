"""A client asks what was seen of a banner: the month is read, and the stored figures of it are found. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from mailbot.duties.reminders.facts import MonthAsked
from mailbot.letters.model import Language
from mailbot.records.contracts.cards import ContractCard, DeliverableCard
from mailbot.sorting.days import mentions

_LONGEST: Final = 2_000
_FIGURES: Final = re.compile(
    r"(?<!\w)(?:clicks?|click[ -](?:numbers|figures|rates?|report)|impressions|(?:page )?views|statistics|stats"
    r"|(?:banner|traffic) (?:report|numbers|figures)|klicks?|klick(?:zahlen|rate)|aufrufe|einblendungen"
    r"|statistik(?:en)?)(?!\w)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[^.!?\n]*(?:\n(?!\n)[^.!?\n]*)*[.!?]?")


def sentence_about_figures(text: str) -> str:
    """The sentence that asks for figures; "" where none does."""
    found = _FIGURES.search(text[:_LONGEST])
    if found is None:
        return ""
    spans = ((each.start(), each.end()) for each in _SENTENCE.finditer(text[:_LONGEST]) if each[0].strip())
    start, end = next((span for span in spans if span[0] <= found.start() < span[1]), (found.start(), found.end()))
    return text[start:end]


def months_asked(
    sentence: str, language: Language, today: date, asked: Iterable[DeliverableCard], contracts: Iterable[ContractCard]
) -> tuple[MonthAsked, ...]:
    """The figures of the month that is named, else of the last one: of the benefits that were asked about, where any
    figures of them are on file, else of all that the client has."""
    if not sentence:
        return ()
    month = _month_in(sentence, language, today)
    have = [each for each in asked if each.traffic]
    if not have:
        have = [each for contract in contracts for each in contract.deliverables if each.traffic]
    return tuple(_of(each, month) for each in have) or (MonthAsked("", month),)


def _of(deliverable: DeliverableCard, month: date) -> MonthAsked:
    seen = deliverable.in_month(month)
    if seen is None:
        return MonthAsked(deliverable.words, month)
    return MonthAsked(deliverable.words, month, seen.views, seen.clicks)


def _month_in(sentence: str, language: Language, today: date) -> date:
    named = next((each for each in mentions(sentence, language, today) if each.is_loose), None)
    if named is not None:
        return named.gone(today).first.replace(day=1)
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
