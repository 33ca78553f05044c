"""What a client answers to a reminder: YES, NO or HELP, for one benefit or for several, with more words or without.
Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mailbot.duties.reminders.tables import Said
from mailbot.sorting.one_word import Chosen, Option, choice

_LONGEST: Final = 2_000  # characters
_OPTIONS: Final = (
    Option("yes", ("used", "genutzt", "benutzt", "eingelöst"), numbered=False),
    Option("no", numbered=False),
    Option("help", ("hilfe", "helfen"), numbered=False),
)
_WORDS: Final[Mapping[Said, str]] = {
    Said.YES: r"yes|yep|yeah|yup|ja|jawohl|klar|sure|of course",
    Said.NO: r"not yet|no|nope|nein|nö|noch nicht|leider nicht|leider nein",
    Said.HELP: r"help|hilfe",
}
_LEAD: Final = re.compile(
    r"\s*(?:(?:hi|hello|hey|hallo|moin|dear|liebe|lieber|guten tag|guten morgen)\b[^\n]{0,60}\n\s*)?"
    rf"(?:(?P<yes>{_WORDS[Said.YES]})|(?P<no>{_WORDS[Said.NO]})|(?P<help>{_WORDS[Said.HELP]}))"
    r"(?=\s*(?:$|[,.;:!\n–-])|\s+(?:but|and|aber|und|we|wir|i|ich|it|es|thanks|thank|danke|please|bitte|the|der|die"
    r"|das|how|wie|with|bei|mit|sorry|leider|haben|have|where|what|when|who|wo|wohin|was|wann|needed|me|us)\b)",
    re.IGNORECASE,
)
_IN_WORDS: Final[tuple[tuple[Said, re.Pattern[str]], ...]] = (
    (
        Said.NO,
        re.compile(
            r"\b(?:have not|haven't|has not|not been) used\b|\bnot (?:yet )?used\b|\bnot yet\b|\bnoch nicht\b"
            r"|\bnicht (?:mehr )?(?:genutzt|nötig|brauchen)\b|\b(?:don't|do not) need (?:it|that|this)\b"
            r"|\bbrauchen (?:wir|ich) (?:es |das |ihn )?nicht\b|\bkein(?:en)? bedarf\b",
            re.IGNORECASE,
        ),
    ),
    (
        Said.HELP,
        re.compile(
            r"\bneed (?:some )?help\b|\bhelp (?:me|us) (?:with|to|please)\b|\bbrauch(?:e|en)? (?:\w+ )?hilfe\b"
            r"|\bhow (?:do|can) (?:i|we) use\b|\bwie (?:können|kann) (?:ich|wir)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Said.YES,
        re.compile(
            r"\b(?:already|have|we've|i've|been) used\b|\b(?:we are|we're|i am|i'm|already) using (?:it|them|this)\b"
            r"|\bis (?:already )?in use\b|\b(?:schon|bereits) (?:genutzt|eingelöst|gebucht)\b"
            r"|\b(?:nutzen|verwenden) (?:wir|ich) (?:\w+ )?(?:schon|bereits)\b|\bist (?:schon |bereits )?im einsatz\b",
            re.IGNORECASE,
        ),
    ),
)
_ONE_OF_SEVERAL: Final = re.compile(
    rf"(?<![\w.,])(?P<number>[1-9])\s?[:.)=-]?\s{{0,2}}(?:is |ist )?"
    rf"(?:(?P<yes>{_WORDS[Said.YES]}|used|genutzt)|(?P<no>{_WORDS[Said.NO]})|(?P<help>{_WORDS[Said.HELP]}))(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said of the benefits, by their places from 0, and the words that are left when that is taken away."""

    said: Mapping[int, Said]
    besides: str


def heard(text: str, benefits: int) -> Heard | None:
    """What a mail answers about so many benefits; None where it answers nothing.

    A word alone holds for all of them; "1 yes, 2 no" says it of each. Linear in the length of the text.
    """
    text = text[:_LONGEST]
    if benefits > 1 and (several := list(_ONE_OF_SEVERAL.finditer(text))):
        return _several(text, several, benefits)
    found = _of_all(text)
    if found is None:
        return None
    said, besides = found
    return Heard(dict.fromkeys(range(benefits), said), besides)


def _several(text: str, found: Sequence[re.Match[str]], benefits: int) -> Heard | None:
    """None where one of them is named that is none, or one is named twice and differently."""
    said: dict[int, Said] = {}
    rest, end = [], 0
    for match in found:
        place = int(match["number"]) - 1
        if place >= benefits or said.get(place, _said(match)) is not _said(match):
            return None
        said[place] = _said(match)
        rest.append(text[end : match.start()])
        end = match.end()
    return Heard(said, _tidy(" ".join((*rest, text[end:]))))


def _of_all(text: str) -> tuple[Said, str] | None:
    chosen = choice(text, _OPTIONS)
    if isinstance(chosen, Chosen):
        return Said(chosen.key), _tidy(text[: chosen.start] + text[chosen.end :]) if chosen.besides else ""
    if lead := _LEAD.match(text):
        return _said(lead), _tidy(text[lead.end() :])
    for said, pattern in _IN_WORDS:
        if pattern.search(text):
            return said, _tidy(text)
    return None


def _said(match: re.Match[str]) -> Said:
    return next(said for said in Said if match[said.value] is not None)


def _tidy(text: str) -> str:
    return " ".join(text.strip(" \t\r\n,.;:!–-").split())
