"""`mailbot why`: the reasons of a decision, and the others that wrote the same records."""

from __future__ import annotations

import click

from mailbot.cli.opening import records
from mailbot.cli.stories import in_short
from mailbot.cli.terminal import as_json, say
from mailbot.errors import Never
from mailbot.records.why import tell


@click.command()
@click.argument("ref")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON for each decision.")
@click.pass_context
def why(ctx: click.Context, ref: str, in_json: bool) -> None:
    """Tells why something was done: the decision REF, what it stands on and changed, and what happened to the same
    records before and after it.

    REF is the reference of a decision (N-0412), or of one of its letters (N-0412.2).

    \b
    mailbot why N-0412
    """
    with records(ctx) as opened, opened.database.reading() as session:
        stories = tell(session, ref)
        if not stories:
            raise Never(f"there is no decision {ref!r}: references look like N-0412 and stand under every letter")
        for number, story in enumerate(stories):
            if in_json:
                as_json(story)
                continue
            if number:
                say()
            for line in in_short(story, opened.desk.zone):
                say(line, indent=2)
