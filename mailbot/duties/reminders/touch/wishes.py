"""What a client wants besides: a price, or a talk on a day and at an hour. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Final

from mailbot.duties.reminders.facts import TalkWish
from mailbot.letters.model import Language
from mailbot.sorting.days import mentions
from mailbot.sorting.trouble import phrases

_LONGEST: Final = 2_000  # characters
_SENTENCE_END = re.compile(r"(?<![0-9])\.(?=\s|$)|[!?](?=\s|$)|\n\s*\n")  # "25.11." ends no sentence
_PRICE = phrases(
    """
    cost | costs | price | prices | pricing | price_list | rate_card | quote | offer | discount | terms | how_much
    cheaper | better_deal
    kosten | kostet | Preis | Preise | Preisliste | Angebot | Rabatt | Konditionen | wie_viel | wieviel | günstiger
    """
)
_TALK = phrases(
    """
    talk | call | meet | meeting | speak | chat | appointment | phone_call | catch_up
    sprechen | telefonieren | treffen | Termin | Gespräch | besprechen | anrufen | Telefonat
    """
)
_ASKS = phrases(
    """
    can_we | could_we | shall_we | let's | we_should | I'd_like_to | we'd_like_to | please_call | can_you | could_you
    können_wir | könnten_wir | wollen_wir | lassen_Sie_uns | bitte_anrufen | rufen_Sie | können_Sie | hätten_Sie
    """
)
_WEEKDAYS: Final = {
    "en": ("mon(?:day)?", "tue(?:s|sday)?", "wed(?:nesday)?", "thu(?:r|rs|rsday)?", "fri(?:day)?"),
    "de": ("mo(?:ntag)?", "di(?:enstag)?", "mi(?:ttwoch)?", "do(?:nnerstag)?", "fr(?:eitag)?"),
}
_DAY = {
    language: re.compile(rf"(?<!\w)(?:{'|'.join(f'({name})' for name in names)})(?!\w)", re.IGNORECASE)
    for language, names in _WEEKDAYS.items()
}
_HOUR: Final = r"(\d{1,2})(?:[:.](\d{2}))?\s?(am|pm|a\.m\.|p\.m\.|uhr)?(?!\w)"
_BETWEEN = re.compile(
    rf"(?<!\w)(?:between|zwischen|from|von)\s{_HOUR}\s?(?:and|und|to|bis|-|–)\s?{_HOUR}", re.IGNORECASE
)
_AFTER = re.compile(rf"(?<!\w)(?:after|from|nach|ab)\s{_HOUR}", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<!\w)(?:before|until|vor|bis)\s{_HOUR}", re.IGNORECASE)
_AT = re.compile(rf"(?<!\w)(?:at|um|gegen|around)\s{_HOUR}", re.IGNORECASE)
_MORNING = phrases("morning | vormittag | vormittags")
_AFTERNOON = phrases("afternoon | nachmittag | nachmittags")
_NOON: Final = time(12)
_OFFICE_BEGINS: Final = 7  # an hour below is one of the afternoon: "after 2"
_MOST_DAYS: Final = 5


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each on one line."""
    start = 0
    for end in _SENTENCE_END.finditer(text[:_LONGEST]):
        yield " ".join(text[start : end.end()].split())
        start = end.end()
    yield " ".join(text[start:_LONGEST].split())


def price_questions(text: str) -> tuple[str, ...]:
    """The sentences that ask about a price or about terms."""
    return tuple(each for each in sentences(text) if _PRICE.search(each) and ("?" in each or _ASKS.search(each)))


def talk_wish(text: str, language: Language, today: date) -> TalkWish | None:
    """The wish to talk, with the days and hours that are named; None where nobody wishes for it.

    Days that are not named are left open. `today` is the day on which the mail was written.
    """
    for sentence in sentences(text):
        if not (_TALK.search(sentence) and (_ASKS.search(sentence) or "?" in sentence)):
            continue
        days = _days(sentence, language, today)
        earliest, latest = _hours(sentence)
        if days or _ASKS.search(sentence):
            return TalkWish(sentence, days, earliest, latest)
    return None


def _days(sentence: str, language: Language, today: date) -> tuple[date, ...]:
    """Days that lie ahead: by their weekdays, short ones too, and by their dates."""
    named = [
        span.first
        for mention in mentions(sentence, language, today)
        if not mention.is_loose and (span := mention.coming(today)).first == span.last
    ]
    for match in _DAY[language].finditer(sentence):
        weekday = next(number for number, name in enumerate(match.groups()) if name is not None)
        named.append(today + timedelta(days=(weekday - today.weekday()) % 7 or 7))
    return tuple(sorted({day for day in named if day > today}))[:_MOST_DAYS]


def _hours(sentence: str) -> tuple[time | None, time | None]:
    """From when and until when it may be."""
    if found := _BETWEEN.search(sentence):
        return _time(found, 1), _time(found, 4)
    if found := _AT.search(sentence):
        at = _time(found, 1)
        return at, at
    after, before = _AFTER.search(sentence), _BEFORE.search(sentence)
    earliest = _time(after, 1) if after else _NOON if _AFTERNOON.search(sentence) else None
    latest = _time(before, 1) if before else _NOON if _MORNING.search(sentence) else None
    return earliest, latest


def _time(found: re.Match[str], group: int) -> time | None:
    hour, minute = int(found[group]), int(found[group + 1] or 0)
    mark = (found[group + 2] or "").lower().replace(".", "")
    if (mark == "pm" and hour < _NOON.hour) or (not mark and hour < _OFFICE_BEGINS):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
