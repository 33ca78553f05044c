"""Where a mail speaks of money that was spent: "also lunch w/ blue ridge 86.40". Pure; linear in the text.

Only an amount with cents, or with a currency beside it, is read; of every other figure the writer is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

_LONGEST: Final = 4_000  # characters
_MOST: Final = 10  # expenses of one mail
_WORDS: Final = (
    r"lunch|dinner|breakfast|taxi|cab|uber|hotel|flight|parking|train ticket|mileage|expense|expenses|receipt|receipts"
    r"|spesen|bewirtung|quittung|beleg|belege|mittagessen|abendessen|parken|parkgebühr|bahnfahrt|fahrtkosten|auslage"
    r"|auslagen|reisekosten|tanken"
)
_SPENT = re.compile(rf"(?<![\w-])(?:{_WORDS})(?![\w-])", re.IGNORECASE)
_CUT = re.compile(r"\n+|[?!;]+(?:\s+|$)|\.(?:\s+|$)")
_CURRENCIES: Final = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "$": "USD",
    "usd": "USD",
    "chf": "CHF",
    "£": "GBP",
    "gbp": "GBP",
}
_MARK: Final = r"€|\$|£|(?:eur|euro|usd|chf|gbp)(?![a-z])"
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?P<front>{_MARK})\s?)?(?P<whole>\d{{1,3}}(?:[.,']\d{{3}})+|\d{{1,6}})(?:[.,](?P<cents>\d{{2}}))?"
    rf"(?![\d%])(?:\s?(?P<back>{_MARK}))?",
    re.IGNORECASE,
)


def expenses_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences stand that speak of money spent."""
    spans = (span for span in _sentences(text[:_LONGEST]) if _SPENT.search(text[slice(*span)]))
    return tuple(spans)[:_MOST]


def says_figures_elsewhere(text: str, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether the text has figures outside these sentences: somebody else's to read."""
    inside = {place for start, end in spans for place in range(start, end)}
    return any(sign.isdigit() and place not in inside for place, sign in enumerate(text[:_LONGEST]))


def amount_in(sentence: str, own: str, *, alone: bool = False) -> tuple[Decimal, str] | None:
    """The one amount of a sentence with its currency; None where there is none, or more than one.

    `alone`: the sentence is the answer to "how much?", and a whole number is an amount too.
    """
    found = [
        match
        for match in _AMOUNT.finditer(sentence)
        if alone or match["cents"] is not None or match["front"] or match["back"]
    ]
    if len(found) != 1:
        return None
    (match,) = found
    whole = "".join(filter(str.isdigit, match["whole"]))
    mark = (match["front"] or match["back"] or "").casefold()
    return Decimal(f"{whole}.{match['cents'] or '00'}"), _CURRENCIES.get(mark, own)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CUT.finditer(text):
        if text[start : cut.start()].strip():
            yield start, cut.start()
        start = cut.end()
    if text[start:].strip():
        yield start, len(text)
