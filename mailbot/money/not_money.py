"""Digits that are no money: telephone numbers, addresses, times, ordinals, codes, counts of things.

Every pattern takes linear time: its repeats are bounded or possessive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class NotMoney:
    """Where such digits stand. `count` is how many things were counted; 0 where they count nothing."""

    start: int
    end: int
    count: int = 0


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
    r"\bhr[ab] ?[0-9][0-9 .]{0,12}",
    r"\biban:? ?[a-z]{2}[0-9]{2}(?: ?[0-9a-z]{2,4}){2,8}",
    # "CN-2026-118", "RE 2026/0977", "2026-4471": a year and a running number
    r"(?<![\w.,'/-])(?:[a-z]{1,5}[ .-]?)?20[0-9]{2}[-/][0-9]{3,8}(?![.,'\u2019]?[0-9])",
    # the number of a paper, of an account, of a customer, which is longer than amounts are or is said to be one
    (
        r"\b(?:[^\W\d_]{0,12}(?:nummer|number|nr\.?|no\.|\bid)|cost cent(?:re|er)|kostenstelle|konto)[:#]? ?"
        r"[a-z]{0,4}[-/]?[0-9][0-9/-]{0,20}(?![.,'\u2019]?[0-9])"
    ),
    r"(?<![\w.,'/-])[0-9]{10,15}(?![.,'\u2019 /-]?[0-9])",
    r"\b(?:halle|hall|stand|booth|raum|room|suite|zimmer) ?[a-z]?[0-9]{1,3}(?:\.[0-9]{1,2})?\b",
    r"(?<![0-9.,])[0-9]{2,4} ?(?:g/m²|g/qm|gsm|mm|cm|km|kg|kw[hp]?|mb|gb|°c)(?![\w])",
    r"(?<![0-9.,'])[0-9]{1,2}\.(?: ?- ?|-)[0-9]{1,2}\.[0-9]{1,2}\.(?:20[0-9]{2})?",
    r"\b[0-9]{1,5}(?= (?:[^\W\d_]{2,20} ){0,2}(?:str\.|straße|strasse|st|street|rd|road|ave|avenue|lane|weg|platz)\b)",
    _NOT_INSIDE_A_NUMBER + r"0[0-9]{2,20}(?![.,'\u2019]?[0-9])",
)
_THINGS: Final = (
    "readers|issues?|pages?|months?|mos?|years?|yrs?|weeks?|wks?|days?|hours?|hrs?|minutes?|times|people|copies|kits?"
    "|ads?"
    "|insertions?|booths?|crates?|pcs|pieces|units|impressions|clicks|banners?|columns?|lines?"
    "|leser|ausgaben?|seiten?|monaten?|monate|monats|jahren?|jahre|jahres|wochen?|tagen?|tage|stunden?|uhr|stück|stk"
    "|personen|exemplare|anzeigen?|spalten?|zeilen?|stände|heften?|hefte"
    "|calls?|demos?|visits?|meetings?|leads?|anrufe|besuche|termine|gespräche"
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
