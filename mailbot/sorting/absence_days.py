"""What each day in a note of absence is: the first or the last day away, or the day of return.

That is said by the words right before a day, and in German by those behind it as well ("ab 17.11. bin ich wieder da").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from mailbot.sorting import absence_phrases as phrases
from mailbot.sorting.days import Mention
from mailbot.sorting.model import NamedDay
from mailbot.sorting.note import Found, Note

_LOOK_ROUND: Final = 80  # characters before and behind a day that say what it is

_CUE = re.compile(
    r"(?P<back>(?:\bnot|n't)(?: be)?(?: \w+)? (?:return(?:ing)?|back)(?: \w+){0,3} until\b"
    r"|\bnot before\b|\bnicht vor(?: dem)?\b|\bback\b|\breturn(?:s|ing)?\b|\br(?:ü|ue)ckkehr\b|\bwiederkehr\b"
    r"|\bzur(?:ü|ue)ck\w*|\bwieder\b|\berst\b|\bagain\b"
    r"|\b(?:reply|respond|answer|antworten?|beantworten?|beantworte|bearbeiten?|melden?)\b"
    r"|(?<!nicht )(?<!not )\b(?:erreichbar|available|reachable)\b)"
    r"|(?P<last>\b(?:until|till|'til|through|thru|up to|bis)\b)"
    r"|(?P<after>\b(?:after|nach)(?: the| dem)?\s$)"
    r"|(?P<since>\b(?:since|seit)(?: the| dem)?\s$)"
    r"|(?P<first>\b(?:from|starting|beginning|as of|effective|between|vom|von|ab)(?: (?:on|the|dem|am|zum|heute))?\s$)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\s?\)?\s?(?:-|–|—|to|until|till|through|thru|and|bis)(?: and)?\s?"
    r"(?:(?:the|zum|und mit|including|einschließlich|einschl\.|inkl\.|incl\.) ?){0,2}\(?",
    re.IGNORECASE,
)
_OF_A_MAIL = re.compile(
    r"\b(?:e-?mail|mail|nachricht|message|schreiben|anfrage|letter|brief|note|request)s?"
    r" (?:vom|from|of|dated|sent on)(?: the)? $",
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(r"\b(?:and|und)\b")
_BREAK = re.compile(r"[,;.]")


class _Role(Enum):
    """What a day is to an absence."""

    FIRST = "the first day away"
    SINCE = "the first day away, which has come"
    LAST = "the last day away"
    BACK = "the day of return"
    WHOLE = "a day away"


@dataclass(frozen=True, slots=True)
class DatedNote:
    """A note, the times that it names, and the day on which it was sent: None where that is not known."""

    note: Note
    named: tuple[Mention, ...]
    today: date | None

    def within(self, sentence: Found) -> tuple[Mention, ...]:
        """The times that the sentence names."""
        return tuple(each for each in self.named if sentence.start <= each.start < sentence.end)


def days_away(text: DatedNote) -> tuple[NamedDay | None, NamedDay | None, NamedDay | None] | None:
    """The first day away, the last one, and the day of return; None where the note names none of them."""
    if text.today is None:
        return None
    today = text.today
    placed = list(_placed(text))
    until = _first_of(
        placed, text, _Role.LAST, lambda mention: None if mention.is_loose else mention.coming(today).last
    )
    back_on = _first_of(placed, text, _Role.BACK, lambda mention: _return(mention, today))
    if until is None and back_on is None:  # "until January": the first day of it is no day away
        back_on = _first_of(placed, text, _Role.LAST, lambda mention: mention.coming(today).first)
    if until is None:
        whole = [mention for role, mention in placed if role is _Role.WHOLE]
        until = _named(text, whole[-1], whole[-1].coming(today).last) if whole else None
    end = until or back_on
    first = (
        _first_of(placed, text, _Role.FIRST, lambda mention: _beginning(mention, end, today))
        or _first_of(placed, text, _Role.SINCE, lambda mention: mention.gone(today).first)
        or _first_of(placed, text, _Role.WHOLE, lambda mention: _beginning(mention, end, today))
    )
    return (first, until, back_on) if first or until or back_on else None


def _first_of(
    placed: list[tuple[_Role, Mention]], text: DatedNote, role: _Role, day_of: Callable[[Mention], date | None]
) -> NamedDay | None:
    for its_role, mention in placed:
        if its_role is role and (day := day_of(mention)):
            return _named(text, mention, day)
    return None


def _named(text: DatedNote, mention: Mention, day: date) -> NamedDay:
    return NamedDay(day, text.note.evidence(mention.start, mention.end))


def _return(mention: Mention, today: date) -> date | None:
    """A week that has begun names no day of return."""
    span = mention.coming(today)
    return span.first if span.first == span.last or span.first > today else None


def _beginning(mention: Mention, end: NamedDay | None, today: date) -> date | None:
    """The last such day that lies before the end; where no end is named, the next one."""
    if end is None:
        return mention.coming(today).first
    before = [span.first for span in mention.choices if span.first <= end.day]
    return before[-1] if before else None


def _placed(text: DatedNote) -> Iterator[tuple[_Role, Mention]]:
    """Every time that the note names with what it is to the absence; what is nothing to it is left out."""
    for sentence in text.note.sentences:
        named = [mention for mention in text.within(sentence) if not is_of_a_mail(text.note, mention)]
        is_away = says_away(sentence) is not None
        speaks_of_it = is_away or bool(phrases.CONTACT.search(sentence.words) or phrases.PERIOD.search(sentence.words))
        for number, mention in enumerate(named):
            since = named[number - 1].end if number else sentence.start
            has_next = number + 1 < len(named)
            until = named[number + 1].start if has_next else sentence.end
            role = _role(text.note, mention, since, until, has_next=has_next)
            if role is None and has_next and _RANGE.fullmatch(text.note.prose, mention.end, until):
                role = _Role.FIRST
            if role is None and is_away:
                role = _Role.WHOLE
            if role is _Role.BACK or (role is _Role.WHOLE and is_away) or (role is not None and speaks_of_it):
                yield role, mention


def _role(note: Note, mention: Mention, since: int, until: int, *, has_next: bool) -> _Role | None:
    """By the last cue before the day; where none settles it, by what stands behind."""
    if _RANGE.fullmatch(note.prose, since, mention.start):
        return _Role.LAST
    before = note.prose[max(since, mention.start - _LOOK_ROUND) : mention.start]
    cues = [match.lastgroup for match in _CUE.finditer(before)]
    last = cues[-1] if cues else None
    if last in ("last", "after"):
        return _Role.LAST
    if last == "since":
        return _Role.SINCE
    behind = note.prose[mention.end : min(until, mention.end + _LOOK_ROUND)]
    if "back" in cues or _comes_back(behind, has_next=has_next):
        return _Role.BACK
    return _Role.FIRST if last == "first" else None


def _comes_back(behind: str, *, has_next: bool) -> bool:
    """ "… bin ich wieder da", but neither "… im Urlaub, danach wieder da" nor "… im Urlaub, zurück am" a later day."""
    clause = _NEXT_CLAUSE.split(behind, maxsplit=1)[0]
    back = next((match for match in _CUE.finditer(clause) if match.lastgroup == "back"), None)
    if back is None or (has_next and clause == behind and not _BREAK.search(clause, back.end())):
        return False
    away = phrases.AWAY.search(clause)
    return away is None or back.start() < away.start()


def is_of_a_mail(note: Note, mention: Mention) -> bool:
    """ "Your mail of 3 November": the day of a mail is none of an absence."""
    return _OF_A_MAIL.search(note.prose, max(mention.start - _LOOK_ROUND, 0), mention.start) is not None


def says_away(sentence: Found) -> Found | None:
    """The words of the sentence that say its writer is away, with their place in it."""
    if phrases.EVERY_WEEK.search(sentence.words):
        return None
    for found in phrases.AWAY.finditer(sentence.words):
        before = sentence.words[max(found.start() - _LOOK_ROUND, 0) : found.start()]
        if not phrases.NOT_AWAY_BEFORE.search(before):
            return Found(found[0], found.start(), found.end())
    return None
