"""What a report is called, in the words of its reader. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from mailbot.duties.sales.reports import changes
from mailbot.duties.sales.reports.facts import By
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.letters.model import Language
from mailbot.letters.wording import Wording
from mailbot.records.in_words import Words

HEADS: Final[Mapping[By, Words]] = {
    By.REP: Words("rep", "Vertrieb"),
    By.CLIENT: Words("client", "Kunde"),
    By.PRODUCT: Words("product", "Produkt"),
    By.STAGE: Words("stage", "Stand"),
}
NAMELESS: Final[Mapping[By, Words]] = {
    By.REP: Words("nobody", "niemand"),
    By.CLIENT: Words("no client", "ohne Kunden"),
    By.PRODUCT: Words("no product named", "ohne Produkt"),
    By.STAGE: Words("no stage named", "ohne Angabe"),
}
STAGES: Final[Mapping[str, Words]] = {
    "won": Words("won", "gewonnen"),
    "invoiced": Words("invoiced", "berechnet"),
    "open": Words("open", "offen"),
    "lost": Words("lost", "verloren"),
}
STANDINGS: Final[Mapping[str, Words]] = {
    "zero": Words("(reported: nothing sold)", "(gemeldet: nichts verkauft)"),
    "away": Words("(away)", "(nicht da)"),
    "promised": Words("(promised)", "(zugesagt)"),
    "missing": Words("(nothing yet)", "(noch nichts)"),
}
HOW: Final[Mapping[str, Words]] = {
    changes.OWN: Words("{rep}'s correction", "Korrektur von {rep}"),
    changes.CORRECTED: Words("corrected", "korrigiert"),
    changes.DROPPED: Words("dropped", "gestrichen"),
    changes.BOOKED: Words("booked", "gebucht"),
    changes.UNDONE: Words("taken back", "zurückgenommen"),
}


def title(span: Span, language: Language) -> str:
    """week 44 · October 2025 · Q3 2025 · 2025 up to 7 Nov; KW 44 · Oktober 2025 · Q3 2025 · 2025 bis 7.11."""
    match span.kind:
        case SpanKind.WEEK:
            week = span.first.isocalendar().week
            return f"KW {week}" if language == "de" else f"week {week}"
        case SpanKind.MONTH:
            return f"{Wording(language).month_name(span.first)} {span.first.year}"
        case SpanKind.QUARTER:
            return f"Q{(span.first.month + 2) // 3} {span.first.year}"
        case SpanKind.YEAR:
            until = Wording(language).day(span.last)
            return f"{span.first.year} bis {until}" if language == "de" else f"{span.first.year} up to {until}"


def title_with_year(span: Span, language: Language) -> str:
    """The same with its year: week 44 of 2024."""
    if span.kind is not SpanKind.WEEK:
        return title(span, language)
    year = span.first.isocalendar().year
    return f"{title(span, language)}/{year}" if language == "de" else f"{title(span, language)} of {year}"


def short_title(span: Span, language: Language) -> str:
    """The same, as it stands below a bar: 44 · Oct · Q3."""
    if span.kind is SpanKind.WEEK:
        return str(span.first.isocalendar().week)
    return title(span, language)[:3].strip()


def first_name(name: str) -> str:
    """The name by which colleagues call each other."""
    return name.split(maxsplit=1)[0] if name.split() else ""


def rate_written(rate: Decimal, wording: Wording) -> str:
    """A rate with all its places, two at least."""
    places = rate.normalize().as_tuple().exponent
    return wording.number(rate, max(2, -places if isinstance(places, int) else 2))
