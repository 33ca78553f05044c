"""`mailbot figures`: what was sold, as the reports tell it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from decimal import Decimal

import click

from mailbot.cli.opening import Records, records
from mailbot.cli.terminal import as_json, say, table
from mailbot.clock import local_date
from mailbot.duties.sales.figures import figures as figures_of
from mailbot.duties.sales.reports.facts import By, Figures, Row, Scope
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.reports.titles import HEADS, NAMELESS, title_with_year
from mailbot.duties.sales.reports.wording import asked_for
from mailbot.errors import Never
from mailbot.letters.wording import Wording
from mailbot.records.importing.sheet import without_formula
from mailbot.records.names import name_words
from mailbot.records.parties import people
from mailbot.records.tables import Role

_WORDS = Wording("en")


@click.command()
@click.argument("words", metavar="[SPAN]", nargs=-1)
@click.option("--by", type=click.Choice([each.value for each in By]), default=None, help="What a row stands for.")
@click.option("--rep", metavar="NAME", help="The figures of one rep alone.")
@click.option("--json", "in_json", is_flag=True, help="Everything as one line of JSON.")
@click.option("--csv", "in_csv", is_flag=True, help="The rows as CSV, safe to open in a spreadsheet.")
@click.pass_context
def figures(
    ctx: click.Context, words: tuple[str, ...], by: str | None, rep: str | None, in_json: bool, in_csv: bool
) -> None:
    """What was sold in SPAN, beside its plan, and what is not in the total: the very numbers of the reports.

    SPAN is a week, a month, a quarter or a year, in the words that a mail may use; else it is this week.

    \b
    mailbot figures week 44
    mailbot figures q4 2025 --by product
    mailbot figures october --rep tom --csv > october.csv
    """
    with records(ctx) as opened:
        span = _span(opened, " ".join(words))
        with opened.database.reading() as session:
            staff = tuple(people(session).values())
            reps = [person for person in staff if person.role is Role.REP and _is_called(person.name, rep)]
            if rep is not None and len(reps) != 1:
                raise Never(f"--rep {rep}: {'nobody' if not reps else 'more than one rep'} is called so")
            rep_id = reps[0].id if rep is not None else None
            dimension = By(by) if by else (By.REP if rep_id is None else By.CLIENT)
            today = local_date(opened.clock.now(), opened.desk.zone)
            found = figures_of(session, opened.desk, span, Scope(dimension, rep_id), today)
    if in_json:
        as_json(found)
    elif in_csv:
        _write_csv(found)
    else:
        _show(found)


def _span(opened: Records, words: str) -> Span:
    today = local_date(opened.clock.now(), opened.desk.zone)
    if not words.strip():
        return Span.of(SpanKind.WEEK, today)
    asked = asked_for(words, today, opened=False)
    if asked is None or asked.span is None or asked.names or asked.by:
        raise Never(f"{words!r} is no span: write 'week 44', 'october', 'q3 2025', 'last month' or 'ytd'")
    return asked.span


def _is_called(name: str, wanted: str | None) -> bool:
    return wanted is not None and set(name_words(wanted)) <= set(name_words(name)) and bool(name_words(wanted))


def _rows(found: Figures) -> Iterator[tuple[str, Row]]:
    for row in found.rows:
        yield row.name or NAMELESS[found.scope.by].en, row
    yield "total", found.total


def _write_csv(found: Figures) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow((HEADS[found.scope.by].en, "actual", "plan", "percent", "currency"))
    for name, row in _rows(found):
        plan = "" if row.plan is None else row.plan
        percent = "" if row.percent is None else row.percent
        writer.writerow((without_formula(name), row.actual, plan, percent, found.currency))


def _show(found: Figures) -> None:
    say(f"{title_with_year(found.span, 'en')}, {found.span.first} to {found.span.last}, {found.currency}", style="bold")
    shown = ((name, _amount(row.actual), _amount(row.plan), _percent(row.percent)) for name, row in _rows(found))
    table((HEADS[found.scope.by].en, "actual", "plan", "of plan"), shown)
    if found.judged:
        say("forecasts, and what came of them", style="bold")
        judged = (
            (each.name, _amount(each.expected), _amount(each.came), _percent(each.percent)) for each in found.judged
        )
        table(("rep", "expected", "sold", "accuracy"), judged)
    for each in found.without_rate:
        say(f"not in the total: {_WORDS.money(each.amount.normalize(), each.currency)}, no rate", indent=2)
    for line in found.waiting:
        amount = "" if line.amount is None else f" {_WORDS.money(line.amount.normalize(), line.currency or '')}"
        asked = f"asked {line.asked}" if line.asked else f"from {line.rep}"
        say(f"not in the total: {line.name or line.words}{amount} ({line.doubt}; {asked})", indent=2)
    for rate in found.rates:
        since = f"since {rate.since:%Y-%m}" if rate.since else "for every month"
        say(f"rate: {rate.currency} {rate.value} in {rate.month:%Y-%m} ({since})", indent=2)


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else _WORDS.amount(amount)


def _percent(percent: int | None) -> str:
    return "" if percent is None else _WORDS.percent(percent)
