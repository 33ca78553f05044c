"""The old amount beside the new one: "12,500 (was 15,200)", "12.500 €, vorher 15.200", "12,500, down from 15,200".

Which entry it means is settled where the entries are known; here it is only seen that it is the old amount, and no
sale of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mailbot.duties.sales.numbers.phrases import phrases, said
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.money.figure import Figure

Span = tuple[int, int]

_LEAD: Final = r"(?:(?:revised|corrected|correction|changed|now|korrigiert|geändert|korrektur|nun|jetzt)[,:;]?\s{1,3})?"
_SAYS_OLD: Final = (
    r"it was|was|were|previously|prev\.?|originally|original|formerly|before|before it was|earlier|prior|old"
    r"|instead of the|down from|up from|changed from|corrected from|reduced from|lowered from|raised from|correction of"
    r"|correcting|replaces|replacing|i (?:said|wrote|had|sent|reported)"
    r"|es waren|es war|waren|war|vorher|zuvor|bisher|bislang|ursprünglich|ursprgl\.?|urspr\.?|früher"
    r"|vormals|ehemals|alt|anstelle von|anstelle der|anstatt der|statt der|statt den|geändert von|korrigiert von"
    r"|korrektur von|ersetzt|ich hatte|ich schrieb"
)
_SAYS_NOT: Final = r"not|nicht|instead of|rather than|anstatt|statt"
_THE: Final = r"(?:\s{1,3}(?:the|der|die|den|dem|noch|still|only|nur))?\s{0,2}:?\s{0,3}"
_BEFORE: Final = re.compile(rf"\s{{0,3}}{_LEAD}(?:{_SAYS_OLD}){_THE}", re.IGNORECASE)
# These alone stand beside a list price too; without brackets they are read where both amounts are looked at.
_BEFORE_IN_BRACKETS: Final = re.compile(rf"\s{{0,3}}{_LEAD}(?:{_SAYS_OLD}|{_SAYS_NOT}){_THE}", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[,;(\[/|]|\s[-\u2013\u2014]\s|[.!?]\s")
_CLAUSE_ENDS: Final = re.compile(r"[,;)\]|]|[.!?](?:\s|$)")
_CLOSING: Final = re.compile(r"[)\]]")
_WORD: Final = re.compile(r"[^\W_]")
_LONGEST: Final = 60  # characters between the two amounts
# Words of the clause that make it no amount that was sent before.
_COMPARED: Final = phrases(
    """
    last year, previous year, prior year, a year ago, year before, last month, last quarter, list, list price, listed,
    catalogue, target, quota, plan, budget, gross, vat, tax, quote, quoted, offer, offered, proposal,
    forecast, pipeline, expected,
    asked, discount,
    vorjahr, im vorjahr, letztes jahr, voriges jahr, vor einem jahr, letzten monat, vormonat, listenpreis, liste,
    katalogpreis, ziel, soll, brutto, mwst, angebot, angeboten, prognose, erwartet, rabatt
    """
)
_ANYWHERE: Final = re.compile(
    rf"(?<![^\W_])(?:{_SAYS_OLD}|{_SAYS_NOT}){_THE}[$€£]?\s?(?:[A-Z]{{2,4}}\s?)?[0-9]", re.IGNORECASE
)


def place_of_old(line: str, room: Span, figure: Figure) -> Span | None:
    """Where the old amount stands, with the words that say so and the brackets around it; None where the figure is
    none. `room` lies between its neighbours, the first of which is the new amount."""
    if figure.start - room[0] > _LONGEST:
        return None
    cut = _CLAUSE_ENDS.search(line, figure.end, room[1])
    if said(line[figure.end : cut.start() if cut else room[1]], _COMPARED):
        return None
    for start, is_in_bracket in _starts(line, room[0], figure.start):
        pattern = _BEFORE_IN_BRACKETS if is_in_bracket else _BEFORE
        if pattern.fullmatch(line, start, figure.start):
            closing = _CLOSING.search(line, figure.end, room[1]) if is_in_bracket else None
            return start - is_in_bracket, closing.end() if closing else figure.end
    return None


def with_old_amounts(line: str, statements: Sequence[Statement], found: Sequence[Figure]) -> list[Statement]:
    """Each statement with the old amount that stands directly behind its own. `found`: all figures of the sentence."""
    completed: list[Statement] = []
    for statement in statements:
        after = next((at for at, each in enumerate(found) if each.start == statement.figures[-1].start), len(found)) + 1
        if after < len(found) and found[after].start < statement.end:
            end = found[after + 1].start if after + 1 < len(found) else len(line)
            if place_of_old(line, (found[after - 1].end, end), found[after]):
                statement = replace(statement, old=found[after])  # noqa: PLW2901
        completed.append(statement)
    return completed


def is_nothing_but_old(line: str, whole: Span, found: Sequence[Figure]) -> bool:
    """Whether a sentence or a line says the old amount of what stands before it, and nothing else: "(was 15,200)"."""
    place = place_of_old(line, whole, found[0]) if len(found) == 1 else None
    if place is None:
        return False
    return not _WORD.search(line, whole[0], place[0]) and not _WORD.search(line, place[1], whole[1])


def may_name_an_old_amount(text: str) -> bool:
    """Whether one of the words stands directly before a figure: then what was booked in the weeks before is needed."""
    return _ANYWHERE.search(text) is not None


def _starts(line: str, begin: int, end: int) -> list[tuple[int, bool]]:
    """Where the words for it may begin, each with whether that is behind a bracket; the outermost first."""
    return [(begin, False), *((cut.end(), cut[0] in "([") for cut in _CLAUSE.finditer(line, begin, end))]
