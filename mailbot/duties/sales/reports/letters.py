"""A report as letters: to the manager with everything behind it, to the reps the table of the team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.reports.comparing import compared
from mailbot.duties.sales.reports.facts import DRAFT_OK, REPORT, By, Figures, Row, Waiting, percent_of
from mailbot.duties.sales.reports.recalling import Ripe
from mailbot.duties.sales.reports.rounding import as_money
from mailbot.duties.sales.reports.sheets import enclosures
from mailbot.duties.sales.reports.titles import HEADS, NAMELESS, STAGES, STANDINGS, first_name, rate_written, title
from mailbot.duties.sales.tables_in_words import DOUBTS
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Language, Plain
from mailbot.letters.tables import WIDEST_CELL
from mailbot.letters.wording import Wording
from mailbot.records.decision import Question, Send
from mailbot.records.in_words import Words
from mailbot.records.known import Known, PersonCard

_MOST_ROWS: Final = 30
_MOST_WAITING: Final = 8
_WIDTH: Final = 78  # columns of the text part
_LONGEST_NAME: Final = 24  # in a table with plans
_LONGEST_ALONE: Final = 40  # in one without


def to_manager(ripe: Ripe, manager: PersonCard, known: Known, now: datetime, *, is_draft: bool) -> Send:
    """The whole report, with a chart of the time before and a workbook of the lines; a draft asks for a word."""
    language = manager.language
    facts = _facts(ripe, language, known, now) | compared(ripe, language, known, now)
    span = ripe.figures.span
    asks = Question(
        duty=NAME,
        kind=DRAFT_OK,
        words=f"May the report of {title(span, 'en')} go to the reps?",
        context={"kind": span.kind.value, "first": span.first.isoformat()},
    )
    draft = _draft(ripe, manager, {**facts, "draft": is_draft, "whole": True}, now)
    return Send(draft, asks if is_draft else None)


def to_reps(ripe: Ripe, reps: Sequence[PersonCard], known: Known, now: datetime) -> Iterator[Send]:
    """To each the table, and what is not in its total: nothing of what only the manager compares."""
    facts = {language: _for_reps(ripe, language, known, now) for language in {rep.language for rep in reps}}
    return (Send(_draft(ripe, rep, facts[rep.language], now, with_lines=False)) for rep in reps)


def _for_reps(ripe: Ripe, language: Language, known: Known, now: datetime) -> dict[str, Plain]:
    nothing: dict[str, Plain] = {
        "changed": (),
        "more_changed": 0,
        "revised": False,
        "since": None,
        "since_today": False,
        "compared": (),
        "pace": None,
        "rates": (),
        "draft": False,
        "whole": False,
        "judged": (),
        "all_judged": None,
    }
    return _facts(ripe, language, known, now) | nothing


def _draft(ripe: Ripe, to: PersonCard, facts: dict[str, Plain], now: datetime, *, with_lines: bool = True) -> Draft:
    figures = ripe.figures
    about = f"{figures.span.kind.value} {figures.span.first} {figures.scope}".strip()
    files = enclosures(ripe, to.language, now) if with_lines else ()
    return Draft(
        to=to.recipient,
        template="sales/accuracy" if figures.scope.judges else "sales/report",
        facts={**facts, "charted": any(each.is_shown for each in files)},
        purpose=REPORT if ripe.order is None else f"{REPORT}-asked",
        object=f"{about} r{ripe.revision} {to.id}" if ripe.order is None else f"{ripe.order.report_id}",
        answers=ripe.order.answers if ripe.order else None,
        enclosures=files,
    )


def _facts(ripe: Ripe, language: Language, known: Known, now: datetime) -> dict[str, Plain]:
    """The table and what is not in its total."""
    figures = ripe.figures
    rows = _shown_rows(figures, language)
    beside = _fits(figures, rows, language)
    notes = [{"name": str(row["name"]), "note": str(row["note"])} for row in rows if row["note"]]
    waiting = figures.waiting[:_MOST_WAITING]
    return {
        "title": title(figures.span, language),
        "whose": _whose(figures, known),
        "is_week": figures.span.kind.value == "week",
        "first": figures.span.first,
        "last": figures.span.last,
        "as_of": now if ripe.order else None,
        "revision": ripe.revision,
        "currency": figures.currency,
        "head": HEADS[figures.scope.by].to(language),
        "by_rep": figures.scope.by is By.REP,
        "planned": _is_planned(figures),
        "rows": tuple({**row, "note": row["note"] if beside else ""} for row in rows),
        "noted": beside and bool(notes),
        "notes": () if beside else tuple(notes),
        "total": {"actual": figures.total.actual, "plan": figures.total.plan, "percent": figures.total.percent},
        "without_rate": tuple(
            {"amount": each.amount.normalize(), "currency": each.currency} for each in figures.without_rate
        ),
        "waiting": tuple(_waiting(each, language) for each in waiting),
        "more_waiting": len(figures.waiting) - len(waiting),
    }


def _whose(figures: Figures, known: Known) -> str:
    rep = known.person(figures.scope.rep_id)
    return rep.name if rep else ""


def _shown_rows(figures: Figures, language: Language) -> list[dict[str, Plain]]:
    """The greatest rows, and all others in one, so that they still add up."""
    longest = _LONGEST_NAME if _is_planned(figures) else _LONGEST_ALONE
    shown = figures.rows if len(figures.rows) <= _MOST_ROWS else figures.rows[: _MOST_ROWS - 1]
    rows: list[dict[str, Plain]] = [
        {
            "name": one_line(_named(row, figures, language), longest),
            "actual": row.actual,
            "plan": row.plan,
            "percent": row.percent,
            "note": STANDINGS[row.standing].to(language) if row.standing else _note(row, figures, language),
        }
        for row in shown
    ]
    others = figures.rows[len(shown) :]
    if others:
        plans = [row.plan for row in others if row.plan is not None]
        actual, plan = sum((row.actual for row in others), Decimal(0)), sum(plans, Decimal(0)) if plans else None
        name = Words(f"{len(others)} others", f"{len(others)} weitere").to(language)
        percent = percent_of(actual, plan) if plan else None
        rows.append({"name": name, "actual": actual, "plan": plan, "percent": percent, "note": ""})
    return rows


def _is_planned(figures: Figures) -> bool:
    """Whether plans stand in the table: clients and stages have none, and that of the total would stand alone."""
    return figures.total.plan is not None and figures.scope.by in {By.REP, By.PRODUCT}


def _named(row: Row, figures: Figures, language: Language) -> str:
    if not row.name:
        return NAMELESS[figures.scope.by].to(language)
    return STAGES[row.name].to(language) if figures.scope.by is By.STAGE else row.name


def _note(row: Row, figures: Figures, language: Language) -> str:
    """(13,534.56 EUR at 1.10): what a row is made of, where that is another currency."""
    wording = Wording(language)
    amounts: dict[tuple[str, bool], Decimal] = defaultdict(Decimal)
    rates: dict[str, set[Decimal]] = defaultdict(set)
    for part in row.parts:
        if part.currency != figures.currency:
            amounts[part.currency, part.rate is not None] += part.amount
            rates[part.currency] |= set() if part.rate is None else {part.rate}
    said = []
    for (currency, is_converted), amount in amounts.items():
        money = wording.money(as_money(amount), currency)
        used = " / ".join(rate_written(rate, wording) for rate in sorted(rates[currency]))
        rated = f"{money} {Words('at', 'zu').to(language)} {used}"
        said.append(rated if is_converted else f"{money}: {Words('no rate', 'kein Kurs').to(language)}")
    return f"({'; '.join(said)})" if said else ""


def _fits(figures: Figures, rows: Sequence[dict[str, Plain]], language: Language) -> bool:
    """Whether the notes have room beside the table in the text part, each of them whole."""
    wording = Wording(language)
    if any(len(str(row["note"])) > WIDEST_CELL for row in rows):
        return False
    amounts = [figures.total.actual, *(row.actual for row in figures.rows)]
    plans = [figures.total.plan, *(row.plan for row in figures.rows)] if _is_planned(figures) else []
    columns = [
        max((len(str(row["name"])) for row in rows), default=0),
        max(len(wording.amount(amount)) for amount in amounts),
        *([max(len(wording.amount(plan)) for plan in plans if plan is not None), 9] if plans else []),
        max((len(str(row["note"])) for row in rows), default=0),
    ]
    return 1 + sum(columns) + 3 * (len(columns) - 1) <= _WIDTH


def _waiting(line: Waiting, language: Language) -> dict[str, Plain]:
    """One line that is not in the total: what, how much, why, and who was asked."""
    differs = line.doubt == Doubt.TOTAL_DIFFERS and line.amount is not None and line.differs is not None
    said = line.amount if line.amount is None else as_money(line.amount)
    return {
        "name": one_line(line.name or line.words, 60),
        "rep": first_name(line.rep),
        "amount": said,
        "currency": line.currency or "",
        "why": DOUBTS[line.doubt].to(language) if line.doubt in DOUBTS else line.doubt,
        "asked": first_name(line.asked),
        "sheet": differs,
        "lines": as_money(line.amount - line.differs)
        if differs and line.amount is not None and line.differs is not None
        else None,
    }
