"""What a report says beside its table, to managers alone: what it is compared with, and what has changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from mailbot.clock import local_date
from mailbot.duties.sales.reports.accuracy import in_all
from mailbot.duties.sales.reports.changes import Moved
from mailbot.duties.sales.reports.facts import Figures, Judged, percent_of
from mailbot.duties.sales.reports.recalling import Ripe
from mailbot.duties.sales.reports.rounding import as_money
from mailbot.duties.sales.reports.spans import Span
from mailbot.duties.sales.reports.titles import HOW, first_name, rate_written, title, title_with_year
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Language, Plain
from mailbot.letters.wording import Wording
from mailbot.records.known import Known

_MOST_MOVED: Final = 5
_MOST_CLIENTS: Final = 5  # of a rep whose forecasts are judged
_LONGEST_NAME: Final = 24
_LONGEST_CLIENT: Final = 40
_MINUS: Final = "\N{MINUS SIGN}"


def compared(ripe: Ripe, language: Language, known: Known, now: datetime) -> dict[str, Plain]:
    """What a report is compared with, where the quarter leads, and what has changed since the revision before."""
    figures, earlier = ripe.figures, ripe.earlier
    moved = earlier.moved if earlier else ()
    return {
        "changed": tuple(_moved(each, ripe, language, known) for each in moved[:_MOST_MOVED]),
        "more_changed": max(0, len(moved) - _MOST_MOVED),
        "revised": earlier is not None and ripe.draft_id is None,
        "since": earlier.made_at if earlier else None,
        "since_today": earlier is not None
        and local_date(earlier.made_at, known.desk.zone) == local_date(now, known.desk.zone),
        "compared": tuple(_compared(figures, language)),
        "pace": _pace(figures, language),
        "judged": tuple(_judged(each) for each in figures.judged),
        "all_judged": _judged(in_all(figures.judged)) if figures.judged else None,
        "rates": tuple(
            {
                "currency": each.currency,
                "value": rate_written(each.value, Wording(language)),
                "month": f"{each.since:%m/%Y}" if each.since else "",
            }
            for each in figures.rates
        ),
    }


def _judged(judged: Judged) -> Plain:
    """What a rep expected, what came, and the clients with whom the two lie furthest apart."""
    apart = sorted(judged.clients, key=lambda each: (-abs(each.expected - each.came), each.client))[:_MOST_CLIENTS]
    return {
        "name": one_line(judged.name, _LONGEST_NAME),
        "expected": judged.expected,
        "came": judged.came,
        "percent": judged.percent,
        "clients": tuple(
            {"client": one_line(each.client, _LONGEST_CLIENT), "expected": each.expected, "came": each.came}
            for each in apart
        ),
        "more": len(judged.clients) - len(apart),
    }


def _moved(moved: Moved, ripe: Ripe, language: Language, known: Known) -> str:
    """Dana / Acme Corp −2,700.00 (Dana's correction, 09:26)."""
    wording = Wording(language)
    figures = ripe.figures
    amount = wording.amount(as_money(abs(moved.by)))
    currency = "" if moved.currency == figures.currency else f" {moved.currency}"
    how = HOW[moved.how].to(language).replace("{rep}", first_name(moved.rep)) if moved.how else ""
    at = wording.time(moved.at.astimezone(known.desk.zone)) if moved.at else ""
    beside = ", ".join(filter(None, (how, at)))
    sign = _MINUS if moved.by < 0 else "+"
    said = f"{first_name(moved.rep)} / {one_line(moved.client, _LONGEST_CLIENT)} {sign}{amount}{currency}"
    return f"{said} ({beside})" if beside else said


def _compared(figures: Figures, language: Language) -> Iterable[Plain]:
    beside = {figures.span.before: figures.before, figures.span.year_before: figures.year_before}  # of a year, the same
    for span, amount in beside.items():
        if amount is not None and span != figures.span:
            change = percent_of(figures.total.actual - amount, amount) if amount > 0 else None
            yield {
                "title": _compared_title(span, figures.span, language),
                "amount": amount,
                "change": None if change is None else f"{'+' if change >= 0 else _MINUS}{abs(change)}",
            }


def _compared_title(span: Span, beside: Span, language: Language) -> str:
    same_year = span.first.isocalendar().year == beside.first.isocalendar().year
    return title(span, language) if same_year else title_with_year(span, language)


def _pace(figures: Figures, language: Language) -> Plain:
    pace = figures.pace
    return {
        "title": title(pace.quarter, language),
        "actual": pace.actual,
        "plan": pace.plan,
        "percent": pace.percent,
        "heading_for": pace.heading_for if pace.until < pace.quarter.last else None,
        "expected": pace.expected or None,
    }
