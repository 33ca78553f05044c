"""What a statement says of a deal beside its client and its price: the product, how many, the day, the period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mailbot.duties.sales.numbers.periods import Mention, Period
from mailbot.duties.sales.numbers.phrases import BESIDE_A_NAME, OF_A_WIN, phrases, words_of
from mailbot.duties.sales.numbers.stages import STAGE_WORDS
from mailbot.duties.sales.numbers.statement import Statement

_SHORTEST: Final = 3  # characters of a product
_MOST_WORDS: Final = 4  # of a product; more are a remark
_AMOUNT: Final = "|"
_IN_BRACKETS: Final = re.compile(r"\s{0,2}\(([^()]{1,80})\)")
_UP_TO: Final = re.compile(r"[,;.:!?(|]|\s[-\u2013\u2014]\s|\n")
_ENDS_A_PRODUCT: Final = re.compile(
    r"\s[-\u2013\u2014]\s|\s(?:for|für|to|an|by|mit|with|ab|from|zum|at|on|per|je)\s", re.IGNORECASE
)
_OF_HOW_MANY: Final = re.compile(r"\b[0-9]{1,6}\s+((?:[^\W\d_][\w&/-]{1,30}\s?){1,4})")
_LEADING: Final = ' \t-\u2013\u2014:=,*\u2022+/"'
_NO_PRODUCT: Final = (
    OF_A_WIN
    | BESIDE_A_NAME
    | phrases(
        """
        net, netto, gross, brutto, ex vat, vat, mwst, ust, year, years, month, months, jahr, jahre, monat, monate, each,
        only, total, gesamt, sum, summe, nothing, sonst, nix, rest, thanks, danke, please, bitte, damaged, because,
        weil,
        weeks, days, phone, credit, gutschrift, ytd, yoy, per, pro, je, approx, ca, to, zu, at, on, by, as, als, which,
        who, that, this, not, no, kein, keine, chance, sicher, sure, und, oder, or, still, yet, all, both, alles, beide,
        between, zwischen, zzgl, wegen, due, nachtrag, korrektur, half, war, was, were, wird, will, would, should
        """
    )
    | frozenset(word for phrase in STAGE_WORDS for word in words_of(phrase))
)


@dataclass(frozen=True, slots=True)
class Placed:
    """When a statement lies: the day it names, the period it names; `is_clear` is no where they do not fit together,
    or where one of them could not be placed."""

    day: date | None
    period: Period | None
    is_clear: bool = True


def product_of(statement: Statement, rest: str) -> str:
    """What was sold, in the words of the mail: "(licences)", "maintenance", "for 2 audit days"; "" where it says not.

    `rest` is the sentence without the name of its client.
    """
    before, _, behind = rest.partition(_AMOUNT)
    bracket = _IN_BRACKETS.match(behind)
    counted = _OF_HOW_MANY.search(before) or _OF_HOW_MANY.search(behind)
    candidates = (
        counted[1] if counted and statement.figures[0].quantity is not None else "",
        bracket[1] if bracket else _UP_TO.split(behind, maxsplit=1)[0],
        _UP_TO.split(before.lstrip(_LEADING), maxsplit=1)[0],
    )
    return next((product for each in candidates if (product := _product(each))), "")


def _product(text: str) -> str:
    bare = _ENDS_A_PRODUCT.split(_without_lead(text), maxsplit=1)[0].strip(_LEADING)
    words = words_of(bare)
    told = bare.split()
    if (
        len(bare) < _SHORTEST
        or not words
        or len(told) > _MOST_WORDS
        or any(word in _NO_PRODUCT or word.isdigit() for word in words)
    ):
        return ""
    return bare


def _without_lead(text: str) -> str:
    """Without the words that lead on to what was sold: "for", "für", "a"."""
    words = text.strip(_LEADING).split()
    while words and words[0].casefold() in {"for", "für", "fuer", "a", "an", "the", "ein", "eine", "einen"}:
        words.pop(0)
    return " ".join(words)


def placed(times: Sequence[Mention], *, is_ahead: bool) -> Placed:
    """The day and the period among the times of a statement; its own stand before those of its heading and subject.

    `is_ahead`: it speaks of what is still to come, so that "March" is the next one.
    """
    periods = [period for time in times if (period := time.ahead if is_ahead else time.period) is not None]
    if len(periods) < len(times):
        return Placed(None, None, is_clear=False)
    explicit = [time for time in times if time.is_day and time.coming is None]
    days = list(dict.fromkeys(_day(time, is_ahead) for time in explicit or [time for time in times if time.is_day]))
    spans = list(dict.fromkeys(period for period in periods if period.first != period.last))
    period = min(spans, key=lambda each: each.last - each.first, default=None)
    day = days[0] if len(days) == 1 else None
    overlap = all(period is None or (each.first <= period.last and period.first <= each.last) for each in spans)
    inside = day is None or period is None or is_ahead or period.first <= day <= period.last
    return Placed(day, period, is_clear=overlap and inside and len(days) < 2)


def _day(time: Mention, is_ahead: bool) -> date | None:
    period = time.ahead if is_ahead else time.period
    return period.first if period else None
