"""`mailbot close` and `mailbot reopen`: a month of sales is closed, or opened again."""

from __future__ import annotations

from datetime import datetime

import click

from mailbot.cli.days import MONTH
from mailbot.cli.opening import records
from mailbot.cli.terminal import say
from mailbot.clock import local_date
from mailbot.duties.sales.weeks.actions import CloseMonth
from mailbot.duties.sales.weeks.closings import month_of
from mailbot.duties.sales.weeks.recalling import closings
from mailbot.errors import Never


@click.command()
@click.argument("month", type=MONTH)
@click.pass_context
def close(ctx: click.Context, month: datetime) -> None:
    """Closes MONTH, when it is over: what comes later for it waits for the manager's word. The clock does the same by
    itself.

    \b
    mailbot close 2025-10
    """
    _order(ctx, month, closes=True)


@click.command()
@click.argument("month", type=MONTH)
@click.pass_context
def reopen(ctx: click.Context, month: datetime) -> None:
    """Opens MONTH again: lines for it are booked, until somebody closes it.

    \b
    mailbot reopen 2025-10
    """
    _order(ctx, month, closes=False)


def _order(ctx: click.Context, month: datetime, *, closes: bool) -> None:
    first = month_of(month.date()).first
    kind, state = ("close", "closed") if closes else ("reopen", "open")
    with records(ctx) as opened:
        if closes and first >= month_of(local_date(opened.clock.now(), opened.desk.zone)).first:
            raise Never(f"{first:%Y-%m} is not over yet: only a month that has ended can be closed")
        with opened.database.reading() as session:
            is_closed = closings(session).closed_at(first) is not None
        if is_closed is closes:
            raise Never(f"{first:%Y-%m} is {state} already; nothing was done")
        action = CloseMonth(first, closes, opened.clock.now())
        ref = opened.by_hand().decide(kind, f"{first:%Y-%m} is {state}.", [action])
    say(f"{first:%Y-%m} is {state} ({ref}).")
