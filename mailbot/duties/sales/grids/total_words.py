"""What people write in the row that sums up the others, in English and German."""

from __future__ import annotations

from datetime import date
from typing import Final

from mailbot.duties.sales.numbers.periods import mentions
from mailbot.duties.sales.numbers.phrases import TOTALS, words_of
from mailbot.money.currencies import MARKS
from mailbot.money.numerals import Habit

_ALSO_TOTALS: Final = frozenset(
    ("sum total", "overall", "gesamtbetrag", "endsumme", "endbetrag", "summen", "gesamtergebnis", "ergebnis",
     "subtotals", "teilsumme", "monatssumme", "wochensumme", "quartalssumme", "gesamtwert",
     "gesamt netto", "sub sum")
)  # fmt: skip
_BESIDE_A_TOTAL: Final = frozenset(
    ("net", "netto", "gross", "brutto", "all", "week", "wk", "kw", "month", "monat", "woche", "quarter", "quartal",
     "year", "jahr", "for", "of", "in", "the", "der", "des", "für", "im", "this", "diese", "dieser", "clients",
     "kunden", "sales", "umsatz", "und", "and", "grand")
)  # fmt: skip


def says_total(text: str, habit: Habit, today: date) -> bool:
    """Whether words are those of a total: "Summe KW 46", "TOTAL EUR"; a client called Total Gas is none."""
    words = words_of(text)
    if not words or len(words) > 6:
        return False
    if " ".join(words) in TOTALS | _ALSO_TOTALS:
        return True
    for time in mentions(text, habit, today):
        text = text[: time.start] + " " * (time.end - time.start) + text[time.end :]
    few = [word for word in words_of(text) if word not in _BESIDE_A_TOTAL and word not in MARKS and not word.isdigit()]
    return " ".join(few) in TOTALS | _ALSO_TOTALS
