"""What goes with a report: a chart of the time before, and a workbook with the lines behind every number. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from mailbot.duties.sales.reports.recalling import Ripe
from mailbot.duties.sales.reports.rounding import as_money
from mailbot.duties.sales.reports.spans import SpanKind
from mailbot.duties.sales.reports.titles import HEADS, NAMELESS, short_title, title
from mailbot.duties.sales.tables_in_words import DOUBTS
from mailbot.letters.charts import Bar, bar_chart
from mailbot.letters.model import Enclosure, Language
from mailbot.letters.wording import Wording
from mailbot.letters.workbooks import MEDIA_TYPE, Cell, Sheet, workbook
from mailbot.records.in_words import Words

CHART: Final = "chart.png"
_EVERY: Final = {
    SpanKind.WEEK: Words("Week by week", "Woche für Woche"),
    SpanKind.MONTH: Words("Month by month", "Monat für Monat"),
    SpanKind.QUARTER: Words("Quarter by quarter", "Quartal für Quartal"),
    SpanKind.YEAR: Words("Year by year", "Jahr für Jahr"),
}
_LINES: Final = Words("Lines", "Zeilen")
_WAITING: Final = Words("Not in the total", "Nicht in der Summe")
_RATES: Final = Words("Rates", "Kurse")
_FORECASTS: Final = Words("Forecasts", "Prognosen")
_JUDGED_HEADS: Final = (
    Words("rep", "Vertrieb"),
    Words("client", "Kunde"),
    Words("expected", "erwartet"),
    Words("sold", "verkauft"),
    Words("accuracy, %", "Treffsicherheit, %"),
)
_TABLE: Final = Words("Report", "Bericht")
_LINE_HEADS: Final = (
    Words("date", "Datum"),
    Words("rep", "Vertrieb"),
    Words("client", "Kunde"),
    Words("product", "Produkt"),
    Words("stage", "Stand"),
    Words("amount", "Betrag"),
    Words("currency", "Währung"),
    Words("rate", "Kurs"),
    Words("converted", "umgerechnet"),
    Words("words", "Wortlaut"),
    Words("reference", "Referenz"),
)
_WAITING_HEADS: Final = (
    Words("rep", "Vertrieb"),
    Words("client", "Kunde"),
    Words("amount", "Betrag"),
    Words("currency", "Währung"),
    Words("why", "warum"),
    Words("asked", "gefragt"),
    Words("words", "Wortlaut"),
    Words("reference", "Referenz"),
)


def enclosures(ripe: Ripe, language: Language, now: datetime) -> tuple[Enclosure, ...]:
    """The chart, where there is a time before to show, and the workbook."""
    return (*_chart(ripe, language), _book(ripe, language, now))


def _chart(ripe: Ripe, language: Language) -> Iterator[Enclosure]:
    if len(ripe.trend) < 2:
        return
    figures = ripe.figures
    bars = [Bar(short_title(each.span, language), each.actual, each.plan) for each in ripe.trend]
    planned = any(each.plan is not None for each in ripe.trend)
    mark = Words("; the red line is the plan", "; rot ist der Plan").to(language) if planned else ""
    head = f"{_EVERY[figures.span.kind].to(language)}, {figures.currency}{mark}"
    last = f"{title(figures.span, language)}: {Wording(language).amount(figures.total.actual)}"
    yield Enclosure(CHART, "image/png", bar_chart(head, bars, last), is_shown=True)


def _book(ripe: Ripe, language: Language, now: datetime) -> Enclosure:
    sheets = (
        _table(ripe, language),
        _lines(ripe, language),
        _waiting(ripe, language),
        _rates(ripe, language),
        *((_judged(ripe, language),) if ripe.figures.judged else ()),
    )
    return Enclosure(f"{_file_name(ripe)}.xlsx", MEDIA_TYPE, workbook(sheets, now))


def _file_name(ripe: Ripe) -> str:
    span = ripe.figures.span
    year, week, _ = span.first.isocalendar()
    name = {
        SpanKind.WEEK: f"sales-{year}-W{week:02}",
        SpanKind.MONTH: f"sales-{span.first:%Y-%m}",
        SpanKind.QUARTER: f"sales-{span.first.year}-Q{(span.first.month + 2) // 3}",
        SpanKind.YEAR: f"sales-{span.first.year}",
    }[span.kind]
    return f"{name}-r{ripe.revision}" if ripe.revision else name


def _table(ripe: Ripe, language: Language) -> Sheet:
    figures = ripe.figures
    by = figures.scope.by
    heads = (HEADS[by], Words("actual", "Ist"), Words("plan", "Plan"), Words("of plan, %", "vom Plan, %"))
    rows: list[tuple[Cell, ...]] = [
        (row.name or NAMELESS[by].to(language), row.actual, row.plan, row.percent) for row in figures.rows
    ]
    total = figures.total
    rows.append((Words("total", "Summe").to(language), total.actual, total.plan, total.percent))
    return Sheet(_TABLE.to(language), tuple(head.to(language) for head in heads), tuple(rows))


def _lines(ripe: Ripe, language: Language) -> Sheet:
    rows = (
        (
            line.day,
            line.rep,
            line.client,
            line.product,
            line.stage,
            as_money(line.amount),
            line.currency,
            line.rate,
            line.converted,
            line.words,
            line.ref,
        )
        for line in ripe.lines
    )
    return Sheet(_LINES.to(language), tuple(head.to(language) for head in _LINE_HEADS), tuple(rows))


def _waiting(ripe: Ripe, language: Language) -> Sheet:
    rows = (
        (
            line.rep,
            line.name,
            None if line.amount is None else as_money(line.amount),
            line.currency,
            DOUBTS[line.doubt].to(language) if line.doubt in DOUBTS else line.doubt,
            line.asked,
            line.words,
            line.ref,
        )
        for line in ripe.figures.waiting
    )
    return Sheet(_WAITING.to(language), tuple(head.to(language) for head in _WAITING_HEADS), tuple(rows))


def _rates(ripe: Ripe, language: Language) -> Sheet:
    heads = (Words("currency", "Währung"), Words("month", "Monat"), Words("rate", "Kurs"), Words("said by", "von"))
    rows = ((each.currency, f"{each.month:%Y-%m}", each.value, each.said_by) for each in ripe.figures.rates)
    return Sheet(_RATES.to(language), tuple(head.to(language) for head in heads), tuple(rows))


def _judged(ripe: Ripe, language: Language) -> Sheet:
    """Each client of whom something was expected, below its rep; the last column is that of the rep."""
    rows: list[tuple[Cell, ...]] = []
    for rep in ripe.figures.judged:
        rows += [(rep.name, each.client, each.expected, each.came, None) for each in rep.clients]
        rows.append((rep.name, "", rep.expected, rep.came, rep.percent))
    return Sheet(_FORECASTS.to(language), tuple(head.to(language) for head in _JUDGED_HEADS), tuple(rows))
