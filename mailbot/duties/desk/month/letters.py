"""The letter of a month in figures, its chart, and the workbook with the list behind every figure. Pure."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from mailbot.duties.desk.month.counting import MonthInFigures
from mailbot.letters.charts import Bar, bar_chart
from mailbot.letters.model import Draft, Enclosure, Language, Plain
from mailbot.letters.wording import Wording
from mailbot.letters.workbooks import MEDIA_TYPE, Cell, Sheet, workbook
from mailbot.records.decision import Send
from mailbot.records.in_words import Words
from mailbot.records.known import PersonCard
from mailbot.records.month_figures import Counted, Figure, Unit

PURPOSE: Final = "month-in-figures"
CHART: Final = "chart.png"
_CHART_TITLE: Final = Words("Mails settled without a person, %", "Ohne einen Menschen erledigte Mails, %")
_FIGURES: Final = Words("Figures", "Kennzahlen")
_HEADS: Final = (Words("figure", "Kennzahl"), Words("month", "Monat"), Words("month before", "Vormonat"))


def letter_to(person: PersonCard, month: MonthInFigures, now: datetime) -> Send:
    """The letter with both enclosures; the chart only where there was mail in this month and in another one."""
    language = person.recipient.language
    chart = _chart(month, language)
    facts: dict[str, Plain] = {
        "first": month.month.first,
        "figures": tuple(
            {"name": figure.name.to(language), "value": _told(figure, language), "before": _told(before, language)}
            for figure, before in _beside(month)
            if figure.value is not None
        ),
        "has_chart": bool(chart),
    }
    return Send(
        Draft(
            to=person.recipient,
            template="desk/month",
            facts=facts,
            purpose=PURPOSE,
            object=str(person.id),
            period=f"{month.month.first:%Y-%m}",
            enclosures=(*chart, _book(month, language, now)),
        )
    )


def _beside(month: MonthInFigures) -> tuple[tuple[Figure, Figure], ...]:
    """Every figure with the same one of the month before."""
    figures = [figure for counted in month.counted for figure in counted.figures]
    before = [figure for counted in month.before for figure in counted.figures]
    return tuple(zip(figures, before, strict=True))


def _told(figure: Figure, language: Language) -> str:
    """What a figure says: "96.2%", "3.5 h", "8.4 of 10", "12"."""
    wording = Wording(language)
    if figure.value is None:
        return "-"
    match figure.unit:
        case Unit.PERCENT:
            return wording.percent(figure.value, 1)
        case Unit.HOURS:
            return f"{wording.number(figure.value, 1)} h"
        case Unit.POINTS:
            return Words(f"{wording.number(figure.value, 1)} of 10", f"{wording.number(figure.value, 1)} von 10").to(
                language
            )
    return wording.number(figure.value)


def _chart(month: MonthInFigures, language: Language) -> tuple[Enclosure, ...]:
    if len(month.by_itself) < 2 or month.by_itself[-1][0] != month.month:
        return ()
    bars = [Bar(f"{each.first:%m/%y}", percent) for each, percent in month.by_itself]
    last = Wording(language).percent(bars[-1].height, 1)
    return (Enclosure(CHART, "image/png", bar_chart(_CHART_TITLE.to(language), bars, last), is_shown=True),)


def _book(month: MonthInFigures, language: Language, now: datetime) -> Enclosure:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (figure.name.to(language), _cell(figure), _cell(before)) for figure, before in _beside(month)
    )
    first = Sheet(_FIGURES.to(language), tuple(head.to(language) for head in _HEADS), rows)
    sheets = (first, *(_sheet(counted, language) for counted in month.counted))
    return Enclosure(f"month-{month.month.first:%Y-%m}.xlsx", MEDIA_TYPE, workbook(sheets, now))


def _cell(figure: Figure) -> Cell:
    return Decimal(figure.value) if isinstance(figure.value, Decimal) else figure.value


def _sheet(counted: Counted, language: Language) -> Sheet:
    return Sheet(counted.name.to(language), tuple(head.to(language) for head in counted.heads), counted.rows)
