"""Words beside an amount that make it another one: a part of it, a discount still to take off, a currency or a scale
that somebody has to confirm, a word that turns a sale round."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.sales.numbers.case import Case
from mailbot.duties.sales.numbers.phrases import NET, phrases, said, words_of
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.duties.sales.numbers.units import unit_in
from mailbot.money.currencies import CODES, MARKS, UNKNOWN, code_of
from mailbot.money.currency_names import NAMES

_PERCENT: Final = r"[%\uff05\ufe6a\u066a]"
_PART_OF: Final = re.compile(
    rf"(?:{_PERCENT} ?(?:off|of|on|from|von|auf|vom|aus)"
    r"|\b(?:half|third|quarter|hälfte|haelfte|drittel|viertel)(?: (?:of|von|vom)))\b[^0-9]{0,20}$",
    re.IGNORECASE,
)
_NEAR: Final = 30  # characters


def is_part_of_it(statement: Statement) -> bool:
    """ "15% off 10,000", "half of 4,000": the amount before the discount, or the price that was paid."""
    before = statement.text[: statement.figures[0].start - statement.start]
    return _PART_OF.search(before[-_NEAR:]) is not None and not said(statement.rest, NET)


_TAKEN_OFF: Final = re.compile(
    r"^[^0-9]{0,20}?(?:(?:\b(?:less|minus|abzgl|abz|abzüglich|abzueglich|weniger)\b\.?|\./\.|\s[-\u2212\u2013])"
    rf"[^0-9]{{0,20}}[0-9]{{1,2}}(?:[.,][0-9])?\s?{_PERCENT}"
    rf"|[0-9]{{1,2}}(?:[.,][0-9])?\s?{_PERCENT} off\b(?! (?:the )?list)"
    r"|\b(?:less|minus|abzgl|abz|abzüglich|abzueglich|weniger)\b\.? (?:the |den |dem )?"
    r"(?:discount|rebate|rabatt|skonto|nachlass|preisnachlass)\b)",
    re.IGNORECASE,
)
_CHANCE_BEHIND_A_DASH: Final = re.compile(r"^ [-\u2013] ")


def is_taken_from(statement: Statement) -> bool:
    """ "4.800 € abzgl. 15 % Rabatt", "500 -10%", "500, 10% off": whether that was taken off, nobody says."""
    behind = statement.text[statement.figures[-1].end - statement.start :]
    if _CHANCE_BEHIND_A_DASH.match(behind):
        return False
    return _TAKEN_OFF.search(behind[: 2 * _NEAR]) is not None and not said(statement.rest, NET)


# Directly beside an amount: it may be one that was given back, or only what a price was lowered by.
_TURNS_IT: Final = phrases(
    """
    cr, gs, returned, return, written off, write off, chargeback, charge back, credited back, paid back, knocked off,
    retourniert, retoure, retour, zurückgegeben, ausgebucht, abgeschrieben, nachlass, preisnachlass, rabatt, skonto,
    discount, rebate
    """
)


def is_turned(case: Case) -> bool:
    """Whether such words stand directly before the amount or directly behind it."""
    before, _, behind = case.rest.partition("|")
    front, back = words_of(before), words_of(_BRACKET.split(behind)[0])
    return any(" ".join(back[:many]) in _TURNS_IT for many in (1, 2)) or any(
        " ".join(front[-many:]) in _TURNS_IT for many in (1, 2)
    )


_BRACKET: Final = re.compile(r"[(,;]")


def says_another_unit(case: Case, own: str | None) -> bool:
    """Whether an amount without a mark stands beside words for a currency that is not the writer's own, or beside
    those for a scale: "500 (EUR)", "500, in euros", "12 (in thousands)"."""
    words = " ; ".join((case.statement.governing, case.rest, *case.statement.behind))
    unit = unit_in(case.rest) or unit_in(case.statement.governing)
    if unit is not None and unit.factor != 1:
        return True
    return case.figure.currency is None and any(code_of(each, own or "") != own for each in _currencies_in(words))


def _currencies_in(text: str) -> set[str]:
    return {_MEANT.get(match[0].casefold(), UNKNOWN) for match in _CURRENCY.finditer(text)}


_MEANT: Final = {**NAMES, **MARKS}
_SPOKEN: Final = (
    *("euro", "euros", "dollar", "dollars", "pounds", "franken", "us$", "francs", "yen", "pesos", "rupees", "zloty"),
    *("kronen", "kroner", "dirhams", "pfund", "quid", "yuan"),
    *(name for name in NAMES if " " in name or "-" in name),
)
_CURRENCY: Final = re.compile(
    rf"(?<![\w-])(?:(?i:{'|'.join(sorted(map(re.escape, _SPOKEN), key=len, reverse=True))})|{'|'.join(sorted(CODES))})"
    r"(?![\w-])|[€£$]"
)

CHANCE_WORDS: Final = (
    "sure|certain|likely|likelihood|probable|probability|prob|chance|chances|confident|confidence"
    "|sicher|sicherheit|wahrscheinlich|wahrscheinlichkeit|chancen"
)
