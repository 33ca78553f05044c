"""`mailbot aliases`: what reps call their clients, as they have said in their answers."""

from __future__ import annotations

import click
from sqlalchemy import select

from mailbot.cli.commands import Exit
from mailbot.cli.opening import records
from mailbot.cli.terminal import as_json, say, table
from mailbot.duties.sales.client_actions import ForgetAlias
from mailbot.duties.sales.tables import SalesAlias
from mailbot.errors import Never
from mailbot.records.tables import Client, DecisionRow, Person

_ALIASES = (
    select(
        SalesAlias.id.label("number"),
        Person.name.label("rep"),
        SalesAlias.words,
        Client.name.label("client"),
        SalesAlias.learned_on,
        DecisionRow.ref.label("decision"),
    )
    .join(Person, Person.id == SalesAlias.rep_id)
    .join(Client, Client.id == SalesAlias.client_id)
    .join(DecisionRow, DecisionRow.id == SalesAlias.made_by, isouter=True)
    .where(SalesAlias.undone_by.is_(None))
    .order_by(Person.name, SalesAlias.key)
)


@click.command()
@click.option("--forget", type=int, metavar="NUMBER", help="The alias with this number holds no longer.")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON for each of them.")
@click.pass_context
def aliases(ctx: click.Context, forget: int | None, in_json: bool) -> None:
    """What each rep calls a client: words that by themselves fit several clients, or none.

    An alias is learned from an answer and holds for that rep alone. To forget one leaves what was booked as it is;
    `mailbot undo` of its decision takes back both.

    \b
    mailbot aliases
    mailbot aliases --forget 3
    """
    with records(ctx) as opened:
        with opened.database.reading() as session:
            rows = session.execute(_ALIASES).mappings().all()
        if forget is not None:
            row = next((row for row in rows if row["number"] == forget), None)
            if row is None:
                raise Never(f"there is no alias {forget}: `mailbot aliases` lists them")
            order = ForgetAlias(forget, row["words"], row["client"], row["rep"])
            done = opened.by_hand().decide("forget-alias", f"{row['words']!r} of {row['rep']} is forgotten.", [order])
            say(f"Forgotten ({done}): who writes it is asked again. Wrong? mailbot undo {done}")
            ctx.exit(Exit.OK)
    if in_json:
        for row in rows:
            as_json(dict(row))
    elif rows:
        table(("number", "rep", "words", "client", "learned on", "decision"), [tuple(row.values()) for row in rows])
    else:
        say("No rep has said yet what they call a client.")
