"""`mailbot expenses`: what colleagues spent."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

import click

from mailbot.cli.days import MONTH
from mailbot.cli.opening import records
from mailbot.cli.terminal import table
from mailbot.duties.expenses.listing import Listed, listed
from mailbot.records.importing.sheet import write_sheet

_COLUMNS = ("day", "who", "client", "amount", "currency", "words", "receipts", "ref")


@click.command()
@click.option("--month", type=MONTH, help="Of this month alone.")
@click.option("--csv", "in_csv", is_flag=True, help="As CSV (RFC 4180), in which no cell is a formula.")
@click.pass_context
def expenses(ctx: click.Context, month: datetime | None, *, in_csv: bool) -> None:
    """Lists what colleagues spent, with the names of the receipts. An amount that nobody has said yet is left empty.

    \b
    mailbot expenses --month 2025-11
    mailbot expenses --csv > expenses.csv
    """
    first, last = (None, None) if month is None else _days_of(month.date())
    with records(ctx) as opened, opened.database.reading() as session:
        rows = [_row(each) for each in listed(session, first, last)]
    if in_csv:
        click.echo(write_sheet(_COLUMNS, iter(rows)), nl=False)
    else:
        table(_COLUMNS, rows, wide=("words",))


def _row(each: Listed) -> tuple[str, ...]:
    amount = "" if each.amount is None else f"{each.amount:.2f}"
    files = ", ".join(each.receipts)
    return (each.day.isoformat(), each.person, each.client, amount, each.currency, each.words, files, each.ref)


def _days_of(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
