"""`mailbot merge`: two clients that are one."""

from __future__ import annotations

import click

from mailbot.cli.commands import Exit
from mailbot.cli.opening import records
from mailbot.cli.terminal import as_json, many, say
from mailbot.records.merging import MergeClients, find_client, foresee


@click.command()
@click.argument("keep")
@click.argument("drop")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON; asks nothing, so --yes is needed too.")
@click.pass_context
def merge(ctx: click.Context, keep: str, drop: str, yes: bool, in_json: bool) -> None:
    """Merges the client DROP into the client KEEP; each is a code, or a whole name.

    Contacts with their addresses, sales, issues, tasks, letters and open questions of DROP are those of KEEP from then
    on, and an import that names DROP means KEEP. Who said STOP stays stopped. It is a decision, and can be taken back.

    \b
    mailbot merge C01 C13
    mailbot merge "Acme Corp" "ACME Corporation" --yes
    """
    if in_json and not yes:
        raise click.UsageError("--json asks nothing: say --yes too")
    with records(ctx) as opened:
        with opened.database.reading() as session:
            kept, dropped = find_client(session, keep), find_client(session, drop)
            foreseen = foresee(session, kept, dropped)
            order = MergeClients(kept.id, kept.name, dropped.id, dropped.name)
        if not in_json:
            say(f"{foreseen.drop} becomes {foreseen.keep}, with")
            for table, count in foreseen.rows.items():
                say(f"{many(count, 'row', 'rows')} of {table}", indent=2)
        if not yes and not click.confirm("Merge them?"):
            ctx.exit(Exit.LOOK)
        done = opened.by_hand().decide("merge", f"Merged {foreseen.drop} into {foreseen.keep}.", [order])
    if in_json:
        as_json({"merged": done, "foreseen": foreseen})
    else:
        say(f"Merged ({done}). Wrong? mailbot undo {done}")
