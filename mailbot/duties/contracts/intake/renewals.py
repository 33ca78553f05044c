"""Whether a contract renews by itself, and how long before its end notice is to be given."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.contracts.facts import Renewal
from mailbot.duties.contracts.intake.page import Page

_AUTO: Final = r"auto(?:matic(?:ally)?)?[\s-]?"
_NOT = re.compile(
    rf"\b(?:no|without|not) (?:{_AUTO})?renew(?:s|al|ed|ing)?\b|\b(?:does not|doesn't|won't) (?:{_AUTO})?renew\b"
    r"|\bends? (?:automatically|by itself)\b|\b(?:keine|ohne) (?:automatische )?verlängerung\b"
    r"|\bverlängert sich nicht\b|\bendet (?:automatisch|von selbst)\b|\bläuft (?:automatisch |von selbst )?aus\b",
    re.IGNORECASE,
)
_RENEWS = re.compile(
    rf"\b{_AUTO}renew(?:s|al|ed|ing)?\b|\brenews?(?: automatically| by itself| yearly| annually)?\b"
    r"|\b(?:automatische|autom\.) verlängerung\b|\bverlängert sich(?: automatisch| von selbst)?\b",
    re.IGNORECASE,
)
_LONG: Final = (
    r"(?<![\w.,])(?P<number>[0-9]{1,3}|one|two|three|six|eine?n?|zwei|drei|sechs)[\s-]?"
    r"(?P<unit>days?|weeks?|months?|tage?n?|wochen?|monate?n?)"
)
_NOTICE = (
    re.compile(rf"{_LONG}['’s]* (?:of )?(?:written )?(?:notice(?: period)?|kündigungsfrist|frist)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:notice|kündigungsfrist|kündbar|kündigung|frist)\b[^0-9\n.;]{{0,30}}?{_LONG}\b"
        r"(?: (?:vor|zum|before) [^,.;\n]{0,40})?",
        re.IGNORECASE,
    ),
    re.compile(rf"{_LONG} (?:vor (?:vertrags)?(?:ablauf|ende) kündbar|before (?:the )?end)", re.IGNORECASE),
)
_COUNTED: Final = {
    "one": 1, "two": 2, "three": 3, "six": 6, "ein": 1, "eine": 1, "einen": 1, "zwei": 2, "drei": 3, "sechs": 6,
}  # fmt: skip


def renewal_in(page: Page) -> Renewal | None:
    """What the words say of both, taken out of the page; None where they say nothing of either."""
    words: list[str] = []
    renews: bool | None = None
    for answer, pattern in ((False, _NOT), (True, _RENEWS)):
        found = pattern.search(page.left) if renews is None else None
        if found:
            renews = answer
            words.append(page.take(*found.span()))
    days: int | None = None
    months: int | None = None
    for pattern in _NOTICE:
        found = pattern.search(page.left)
        if found:
            days, months = _so_long(found["number"], found["unit"])
            words.append(page.take(*found.span()))
            break
    return Renewal(renews, days, months, ", ".join(words)) if words else None


def _so_long(number: str, unit: str) -> tuple[int | None, int | None]:
    count = int(number) if number.isdigit() else _COUNTED[number.casefold()]
    match unit[0].casefold():
        case "m":
            return None, count
        case "w":
            return count * 7, None
    return count, None
