"""`mailbot person`: what is kept of somebody outside the company, and erasing it when they ask for that."""

from __future__ import annotations

import click

from mailbot.cli.commands import Exit, Group
from mailbot.cli.opening import records
from mailbot.cli.terminal import many, say
from mailbot.records import forgetting
from mailbot.service.journal import json_line


@click.group(cls=Group)
def person() -> None:
    """Tells somebody outside the company what is kept of them, or erases it."""


@person.command()
@click.argument("address")
@click.pass_context
def export(ctx: click.Context, address: str) -> None:
    """Writes everything that is kept of the person with ADDRESS, as one line of JSON for each row.

    \b
    mailbot person export karen.holt@southstar.example > karen.jsonl
    """
    with records(ctx) as opened, opened.database.reading() as session:
        page = forgetting.page_of(session, forgetting.find(session, address))
        for table, rows in page.items():
            for row in rows:
                click.echo(json_line({"table": table, **row}))


@person.command()
@click.argument("address")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def erase(ctx: click.Context, address: str, yes: bool) -> None:
    """Erases what is kept of the person with ADDRESS. This cannot be taken back.

    Names, addresses, numbers, mails and the words of letters are written over. What the law wants kept stays: amounts
    of sales, and that letters were sent and decisions made, and when. The address is not written to again, and an
    import that names it leaves it out.

    \b
    mailbot person erase karen.holt@southstar.example
    """
    with records(ctx) as opened:
        with opened.database.reading() as session:
            page = forgetting.page_of(session, forgetting.find(session, address))
        for table, rows in page.items():
            if rows:
                say(f"{many(len(rows), 'row', 'rows')} of {table}", indent=2)
        if not yes and not click.confirm("Erase them? This cannot be taken back."):
            ctx.exit(Exit.LOOK)
        order = forgetting.ErasePerson(address)
        done = opened.by_hand().decide("erase", "Erased what was kept of a person, on request.", [order])
    say(f"Erased ({done}).")
