"""Amounts that a sentence names beside the one that was sold for: the list price, the tax, what was reported before.

An amount is such an aside where the words of its clause say so, or where it stands in brackets with words of its own.
Where a sentence holds nothing else, nothing is an aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mailbot.duties.sales.numbers.old_amounts import place_of_old
from mailbot.duties.sales.numbers.phrases import phrases, place_of
from mailbot.money.figure import Figure, Trouble

Span = tuple[int, int]

_CLAUSE: Final = re.compile(r"[,;(/|]|\s[-\u2013\u2014]\s|[.!?]\s")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ADDS: Final = re.compile(r"\+|\b(?:plus|and|und|sowie|zuzüglich|zuzueglich)\b", re.IGNORECASE)
_WRONG: Final = (Trouble.PERCENTAGE,)

# An amount that a sentence names beside the one that was sold for. Before it:
_NAMED_BESIDE: Final = phrases(
    """
    list price, list, listed, catalogue price, on top of the, on top of, in addition to the, besides the,
    already sent, already reported, already booked, already told you, sent you, target, targets, quota, goal, budget,
    vat, tax, incl vat, gross, down from, up from, discount, commission, bonus, previously, last year, previous year,
    year to date, ytd, so far, of which, thereof, invoice, our cost, cost, costs, compared to, compared with,
    versus, vs,
    listenpreis, katalogpreis, zusätzlich zu den, zusätzlich zu, zu den, neben den,
    bereits gemeldet, schon gemeldet, bereits gebucht, ziel, zielvorgabe, soll, plan, vorgabe, quote, mwst, ust,
    mehrwertsteuer, umsatzsteuer, steuer, brutto, inkl mwst, rabatt, skonto, nachlass, provision, vorjahr, im vorjahr,
    statt listenpreis, anstatt listenpreis, instead of list price, instead of the list price, letztes jahr, bisher,
    davon, darin, rechnung, kosten, gegenüber, verglichen mit, limit, budget von
    """
)
# … and behind it:
_SAID_BEHIND: Final = phrases(
    """
    i already sent, already sent, already reported, i already reported, already booked, i told you, i sent, vat, tax,
    gross, incl vat, including vat, list price, list, target, quota, last year, discount, off, ytd, year to date,
    bereits gemeldet, schon gemeldet, bereits gebucht, die ich schon, die ich bereits, mwst, ust, brutto, inkl mwst,
    listenpreis, liste, ziel, vorjahr, im vorjahr, rabatt, skonto, nachlass, provision
    """
)


def parted(line: str, whole: Span, found: Sequence[Figure]) -> tuple[tuple[Figure, ...], tuple[Span, ...]]:
    """The figures that are no asides, and where the asides stand with the words that make them so."""
    asides: dict[int, Span] = {}
    for at, figure in enumerate(found):
        start = found[at - 1].end if at else whole[0]
        end = found[at + 1].start if at + 1 < len(found) else whole[1]
        place = _aside(line, (start, end), figure, is_first=at == 0)
        if place is not None:
            asides[at] = place
    if len(asides) == len(found):
        return tuple(found), ()
    return tuple(figure for at, figure in enumerate(found) if at not in asides), tuple(asides.values())


def blanked(text: str, offset: int, spans: Sequence[Span]) -> str:
    """The text, which stands at `offset`, with these spans made blank; everything else keeps its place."""
    for start, end in spans:
        first, last = max(start - offset, 0), min(end - offset, len(text))
        if first < last:
            text = text[:first] + " " * (last - first) + text[last:]
    return text


def _aside(line: str, room: Span, figure: Figure, *, is_first: bool) -> Span | None:
    """Where the aside stands whose figure this is; None where it is none. `room` lies between its neighbours."""
    if not is_first and (old := place_of_old(line, room, figure)) is not None:
        return old
    before_from = room[0]
    for cut in _CLAUSE.finditer(line, room[0], figure.start):
        before_from = cut.end()
    before = line[before_from : figure.start]
    cut_behind = _CLAUSE.search(line, figure.end, room[1])
    behind_to = cut_behind.start() if cut_behind else room[1]
    said_behind = place_of(line[figure.end : behind_to], _SAID_BEHIND)
    end = figure.end + said_behind[1] if said_behind else figure.end
    if phrase := place_of(before, _NAMED_BESIDE):
        return before_from + phrase[0], end
    if said_behind:
        return figure.start, end
    if figure.trouble in _WRONG and not is_first:
        return figure.start, figure.end
    return _in_brackets(line, figure)


def _in_brackets(line: str, figure: Figure) -> Span | None:
    """Of "(invoice 2026-12 of May over 1,400)"; not of "($1,400)", nor of "(plus 1,400 for print)"."""
    opening = line.rfind("(", 0, figure.start)
    if opening < 0 or ")" in line[opening : figure.start] or not line[:opening].strip():
        return None
    inside = line[opening + 1 : figure.start]
    if not _WORD.search(inside) or _ADDS.search(inside):
        return None
    return opening, figure.end
