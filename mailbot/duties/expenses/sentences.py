"""Where a mail speaks of money that was spent: "also lunch w/ blue ridge 86.40". Pure; linear in the text.

Only an amount with cents, or with a currency beside it, is read; of every other figure the writer is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from mailbot.money.amounts import figures
from mailbot.money.currencies import code_of
from mailbot.money.figure import Figure
from mailbot.money.numerals import Habit

_LONGEST: Final = 4_000  # characters
_NEAR: Final = 60  # characters before an amount that say what it is of
_MOST: Final = 10  # expenses of one mail
_WORDS: Final = (
    "lunch", "dinner", "breakfast", "taxi", "cab", "uber", "hotel", "flight", "parking", "train ticket", "mileage",
    "expense", "expenses", "receipt", "receipts", "spesen", "bewirtung", "quittung", "beleg", "belege", "mittagessen",
    "abendessen", "parken", "parkgebühr", "bahnfahrt", "fahrtkosten", "auslage", "auslagen", "reisekosten", "tanken",
)  # fmt: skip
_SPENT = re.compile(rf"(?<![\w-])(?:{'|'.join(_WORDS)})(?![\w-])", re.IGNORECASE)
# As in: 120 miles at 0.67; 2 Nächte à 119 €; 8.50 each; taxi 23.50 + tip 3; lunch 86.40 less 20
_PER_PIECE = re.compile(r"[0-9].*(?:(?<!\w)(?:at|je|pro|per|x)\s|[à@×])\s*[€$£]?\s*$", re.IGNORECASE | re.DOTALL)
_GOES_ON = re.compile(
    r"\s*(?:(?:each|apiece|per|pro|je)(?!\w)|(?:\+|plus|less|minus|abzgl\.?|abzüglich|zzgl\.?|zuzüglich)[^0-9]{0,15}[0-9])",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"(?<!\w)(?:cancel|remove|delete|withdraw|stornier\w*|storno|streich\w*|lösch\w*)(?!\w)", re.IGNORECASE
)
_CUT = re.compile(r"\n+|[?!;]+(?:\s+|$)|\.(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Writer:
    """How somebody writes amounts: the habit of the country, and the currency where none is said."""

    habit: Habit
    currency: str


def expenses_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences stand that speak of money spent."""
    if not _may_speak_of_it(text[:_LONGEST]):
        return ()
    spans = (span for span in _sentences(text[:_LONGEST]) if _SPENT.search(text[slice(*span)]))
    return tuple(spans)[:_MOST]


def _may_speak_of_it(text: str) -> bool:
    """A quick look at all of it: most mails have none of these words."""
    folded = text.casefold().replace("i\u0307", "i").replace("ı", "i")  # the Turkish i's, which the pattern takes too
    return any(map(folded.__contains__, _WORDS))


def says_figures_elsewhere(text: str, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether the text has figures outside these sentences: somebody else's to read."""
    inside = {place for start, end in spans for place in range(start, end)}
    return any(sign.isdigit() and place not in inside for place, sign in enumerate(text[:_LONGEST]))


def amount_in(sentence: str, writer: Writer, *, alone: bool = False) -> tuple[Decimal, str] | None:
    """The one amount of a sentence with its currency; None where there is none, or more than one, where it can be read
    in two ways, is what one piece cost or a part of the sum, or where the expense is taken back.

    `alone`: the sentence is the answer to "how much?", and a whole number is an amount too.
    """
    found = amounts_in(sentence, writer, alone=alone)
    if _TAKES_BACK.search(sentence) or any(_is_a_part(sentence, each) for each in figures(sentence, writer.habit)):
        return None
    if len(found) != 1 or found[0] is None:
        return None
    amount, currency = found[0]
    return amount, currency or writer.currency


def amounts_in(sentence: str, writer: Writer, *, alone: bool = False) -> tuple[tuple[Decimal, str | None] | None, ...]:
    """The amounts of a sentence, in its order, each with its currency where one is said; None for one that can be read
    in two ways, or that is none above zero.

    Figures that bear neither cents nor a currency are left out, unless `alone`.
    """
    found = [each for each in figures(sentence, writer.habit) if alone or each.is_marked]
    return tuple(_amount(each, writer) for each in found)


def _is_a_part(sentence: str, figure: Figure) -> bool:
    """Whether a figure with cents or a currency is what one piece cost, or more is added to it or taken off."""
    if not figure.is_marked:
        return False
    before, behind = sentence[: figure.start], sentence[figure.end :]
    return _PER_PIECE.search(before[-_NEAR:]) is not None or _GOES_ON.match(behind) is not None


def _amount(figure: Figure, writer: Writer) -> tuple[Decimal, str | None] | None:
    currency = code_of(figure.currency, writer.currency)
    if figure.amount is None or figure.amount <= 0 or currency is None:
        return None
    return in_cents(figure.amount), currency if figure.currency is not None else None


def in_cents(amount: Decimal) -> Decimal:
    """The same amount, with two decimals where it has no more."""
    return round(amount, 2) if amount == round(amount, 2) else amount


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CUT.finditer(text):
        if text[start : cut.start()].strip():
            yield start, cut.start()
        start = cut.end()
    if text[start:].strip():
        yield start, len(text)
