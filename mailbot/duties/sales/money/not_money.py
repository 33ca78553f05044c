"""Digits that are no money: telephone numbers, addresses, times, ordinals, codes, counts of things.

Every pattern takes linear time: its repeats are bounded or possessive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class NotMoney:
    """Where such digits stand. `count` is how many things were counted, or 1."""

    start: int
    end: int
    count: int = 1


_NOT_INSIDE_A_NUMBER: Final = r"(?<![0-9.,'\u2019])(?<![0-9][ \u00a0\u2009\u202f])"
_PHONES: Final = (
    r"\+[0-9](?:[ ()./-]{0,2}[0-9]){6,16}",
    r"(?<![0-9.,])\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}(?![0-9])",
    _NOT_INSIDE_A_NUMBER + r"0[0-9]{1,5}(?:[ /()-]{1,2}[0-9]{2,9}){1,5}",
    r"\b(?:tel|telefon|phone|fax|mobil|mobile|cell|fon|ph|durchwahl|ext)[.:]{0,2} ?[0-9+(](?:[ ()./-]{0,2}[0-9]){1,16}",
)
_OTHERS: Final = (
    r"[^\s@]{1,64}@[^\s@]{1,255}",
    r"(?:https?://|www\.)\S++",
    r"(?<![0-9:])[0-9]{1,2}:[0-9]{2}\b",
    r"(?<![0-9.,/])[0-9]{1,2}/[0-9]{1,2}(?![0-9/])",
    r"(?<![0-9.,])[0-9]{1,2}(?:st|nd|rd|th)\b",
    r"(?:#|\b(?:no|nr|po|ref|plz|line|zeile)\b[.:]?) ?[0-9][0-9-]{0,20}(?![.,]?[0-9])",
    r"\bhr[ab] ?[0-9][0-9 ]{0,12}",
    _NOT_INSIDE_A_NUMBER + r"0[0-9]{2,20}(?![.,'\u2019]?[0-9])",
)
_THINGS: Final = (
    "readers|issues?|pages?|months?|mos?|years?|yrs?|weeks?|wks?|days?|hours?|hrs?|minutes?|times|people|copies|kits?"
    "|ads?"
    "|insertions?|booths?|crates?|pcs|pieces|units|impressions|clicks|banners?|columns?|lines?"
    "|leser|ausgaben?|seiten?|monaten?|monate|monats|jahren?|jahre|jahres|wochen?|tagen?|tage|stunden?|uhr|stück|stk"
    "|personen|exemplare|anzeigen?|spalten?|zeilen?|stände|heften?|hefte"
)
_NOT_MONEY: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*_PHONES, *_OTHERS))
_COUNTED: Final = re.compile(
    r"(?<![\w.,'/-])([0-9]{1,3}(?:[.,]?[0-9]{3}){0,3})[ -]?(?:" + _THINGS + r")\b\.?(?! ?[$€£])", re.IGNORECASE
)


def not_money(line: str) -> tuple[NotMoney, ...]:
    """All digits of a line that are no money."""
    others = [NotMoney(*match.span()) for pattern in _NOT_MONEY for match in pattern.finditer(line)]
    counted = [
        NotMoney(*match.span(), count=int(match[1].replace(".", "").replace(",", "")))
        for match in _COUNTED.finditer(line)
    ]
    return (*others, *counted)
