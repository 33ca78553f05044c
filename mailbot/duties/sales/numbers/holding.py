"""Remarks that say not to book: "please don't book this yet", "ignore the second line", "neither is signed yet".

They may stand above the lines they speak of or below them. Too many lines held is a question, too few a wrong booking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from mailbot.duties.sales.numbers.phrases import words_of
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.money.figure import Figure
from mailbot.records.names import LEGAL_FORMS, name_words

_BOOK: Final = (
    r"(?:book|count|enter|record|log|process|register|post|put|take|include|add|submit)(?:ed|ing)?"
    r"|(?:ver|ein|mit)?buchen|erfassen|eintragen|(?:mit)?zählen"
    r"|werten|verarbeiten|bearbeiten|übernehmen|aufnehmen|berücksichtigen"
)
_BOOKED: Final = r"(?:gebucht|verbucht|eingebucht|erfasst|eingetragen|gezählt|mitgezählt|übernommen)"
_ORDERS: Final = (
    (
        rf"\b(?:don't|dont|do not|never|please not|should not|shouldn't|must not|cannot|can't|not to be|not be|not to)"
        rf" (?:\w+ ){{0,2}}(?:{_BOOK})\b"
    ),
    rf"\b(?:nicht|nichts|keine) (?:\w+ ){{0,3}}(?:{_BOOK}|{_BOOKED} werden)\b",
    r"\b(?:buche|bucht|buchen|erfasse|erfasst|trag|trage|zähl|zähle|nimm|nehmt) (?:\w+ ){0,5}nichts?\b",
    r"\b(?:ignore|ignores|disregard|discard|ignorier\w*|zurückhalten|zurückstellen|weglassen|auslassen)\b",
    (
        r"\b(?:skip|leave out|forget|park|vergiss|vergesst|warte|wartet|parken?) (?:mit )?"
        r"(?:this|these|that|those|them|it|the|all|both|line|everything|das|die|den|diese\w*|alle\w*|beide\w*|zeile|allem|der|dem)\b"
    ),
    r"\bhold(?:ing)? (?:off|back|on|this|these|that|those|it|them|both|all|the|everything|until|till|for now)\b",
    r"\b(?:wait|hold off) (?:with|before|until you|to) (?:\w+ ){0,2}(?:book|count|enter)\w*\b",
    r"\b(?:this is|is|just|only|as) (?:just |only )?a (?:\w+ )?test\b",
    r"\btest ?(?:e ?mail|mail|message|nachricht|run)\b",
    r"\b(?:ist|nur|als) (?:nur )?(?:ein(?:e|en)? )?test\b|\bzum test(?:en)?\b|^test(?:ing)?$",
)
_NO_LINE: Final = re.compile(
    r"\b(?:typos?|spelling|footer|signature|disclaimer|formatting|autocorrect|tippfehler|signatur|fußzeile"
    r"|anything else|anybody|everybody else)\b"
)
_AGAINST: Final = re.compile("|".join(_ORDERS))
_UNSIGNED: Final = re.compile(
    r"\b(?:neither|none|nobody|no one|not|isn't|aren't|hasn't|haven't|weder|kein|keine|keiner|keines|keins|nicht)\b"
    r" (?:\w+ ){0,5}(?:signed|closed|confirmed|signature|unterschrieben|unterzeichnet|bestätigt|unterschrift)\b"
)
_OTHERS: Final = re.compile(r"\b(?:else|other|others|more|further|sonst|andere\w*|weitere\w*|mehr)\b")
_SENT_BEFORE: Final = re.compile(
    r"\b(?:did|have|had) (?:i|we|you)\b.* (?:already|send|sent|these|this|them|get|got|have|report\w*|book\w*)\b"
    r"|\b(?:do|did) you (?:already )?(?:have|get|got)\b"
    r"|\b(?:hatte|habe|hab|haben|hast|habt) (?:ich|wir|du|ihr|sie)\b"
    r".* (?:schon|bereits|geschickt|gesendet|gemeldet|durchgegeben)\b"
)
_OF_MANY: Final = re.compile(
    r"\b(?:these|those|them|all|any|both|neither|none|nothing|anything|everything|above|numbers|figures|mail|email|list"
    r"|diese|alle|alles|beide|beides|keine?[rs]?|nichts|obige\w*|oben|zahlen|liste|test\w*)\b"
)
_LINE_NUMBER: Final = re.compile(
    r"(?:\b(?:lines?|zeilen?|nr|no|pos|position|number|nummer)\.?\s{1,2}|#)$", re.IGNORECASE
)
_NUMBERED: Final = re.compile(
    r"(?:\b(?:line|zeile|nr|no|pos|position|number|nummer)\.? |#)([0-9]{1,2})\b", re.IGNORECASE
)
_THE_AMOUNT: Final = re.compile(r"\b(?:the|die|den|das|der)\s{1,2}$", re.IGNORECASE)
_ORDINALS: Final = {
    **dict.fromkeys(("first", "1st", "erste", "ersten"), 0),
    **dict.fromkeys(("second", "2nd", "zweite", "zweiten"), 1),
    **dict.fromkeys(("third", "3rd", "dritte", "dritten"), 2),
    **dict.fromkeys(("fourth", "4th", "vierte", "vierten"), 3),
    **dict.fromkeys(("last", "letzte", "letzten"), -1),
}
_COUNTED: Final = frozenset(("line", "one", "entry", "row", "item", "zeile", "position", "eintrag", "buchung"))


@lru_cache(maxsize=64)  # the few remarks of a mail are looked at for each of its lines
def speaks_against_booking(line: str) -> bool:
    """Whether a line says not to book, or that it is a test."""
    told = _told(line)
    return _AGAINST.search(told) is not None and not _NO_LINE.search(told)


@lru_cache(maxsize=64)
def leaves_unsigned(line: str) -> bool:
    """ "Neither is signed yet", "keiner hat unterschrieben"; not "nothing else signed this week"."""
    told = _told(line)
    return _UNSIGNED.search(told) is not None and not _OTHERS.search(told)


@lru_cache(maxsize=64)
def asks_whether_it_was_sent(line: str) -> bool:
    """ "Did I already send you these?" """
    return "?" in line and _SENT_BEFORE.search(_told(line)) is not None


def holds(line: str) -> bool:
    """Whether a line without an amount stands in the way of those it speaks of."""
    return speaks_against_booking(line) or leaves_unsigned(line) or asks_whether_it_was_sent(line)


def speaks_of_many(line: str) -> bool:
    """Whether it speaks of more than the line or the block it stands in."""
    return _OF_MANY.search(_told(line)) is not None


def held(found: Sequence[Statement], first: int, line: str) -> list[Statement]:
    """All statements of a text, those with the remark that it speaks of: the one it counts, those it names, else all
    that stand from `first` on, or all where it speaks of many or nothing stands there."""
    meant = _counted(line, len(found)) or _named(line, found)
    if not meant:
        begin = 0 if speaks_of_many(line) or first >= len(found) else first
        meant = set(range(begin, len(found)))
    return _with(found, meant, line)


def held_by_figures(found: Sequence[Statement], line: str, figures: Sequence[Figure]) -> list[Statement] | None:
    """The statements where a line says "don't book the 700"; None where its figures are others."""
    if not found or not speaks_against_booking(line):
        return None
    meant: set[int] = set()
    for figure in figures:
        same = {at for at, each in enumerate(found) if each.figures[0].amount == figure.amount}
        if not same or not _THE_AMOUNT.search(line[: figure.start]):
            return None
        meant |= same
    return _with(found, meant, line)


def _told(line: str) -> str:
    return " ".join(words_of(line)).replace("\u2019", "'")


def _counted(line: str, many: int) -> set[int]:
    """ "The second line", "die letzte Zeile", "line 2"."""
    numbered = {int(each) - 1 for each in _NUMBERED.findall(line)}
    if numbered and max(numbered) < many and min(numbered) >= 0:
        return numbered
    words = words_of(line)
    said = [(_ORDINALS[one], other) for one, other in zip(words, (*words[1:], ""), strict=True) if one in _ORDINALS]
    return {at % many for at, other in said if other in _COUNTED and -many <= at < many}


def _named(line: str, found: Sequence[Statement]) -> set[int]:
    told = set(name_words(line))
    return {at for at, each in enumerate(found) if told & {*name_words(" ".join(each.names[-1:]))} - LEGAL_FORMS}


def _with(found: Sequence[Statement], meant: Iterable[int], line: str) -> list[Statement]:
    chosen = set(meant)
    return [
        replace(each, around=(*each.around, line)) if at in chosen and line not in each.around else each
        for at, each in enumerate(found)
    ]
