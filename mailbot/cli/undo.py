"""`mailbot undo`: takes a decision back, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import click

from mailbot.cli.commands import Exit
from mailbot.cli.opening import records
from mailbot.cli.stories import change_in_words, letter_in_words
from mailbot.cli.terminal import as_json, moment, say
from mailbot.errors import Never, TryAgain
from mailbot.letters.refs import decision_of
from mailbot.records.undo import Undo, Undoing, foresee

_REFUSED = {
    "already_undone": "it was taken back before",
    "nothing_changed": "it changed nothing",
    "built_on": "something later was built on it; take that back first",
}


@click.command()
@click.argument("ref")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON; asks nothing, so --yes is needed too.")
@click.pass_context
def undo(ctx: click.Context, ref: str, yes: bool, in_json: bool) -> None:
    """Takes the decision REF back: shows what would be reversed, and asks.

    Letters that were sent cannot be unsent, and are named. Undoing is a decision too, and can be taken back itself.
    Exit code 1 where it is refused or not wanted.

    \b
    mailbot undo N-0412
    mailbot undo N-0412 --yes
    """
    if in_json and not yes:
        raise click.UsageError("--json asks nothing: say --yes too")
    with records(ctx) as opened:
        with opened.database.reading() as session:
            foreseen = foresee(session, decision_of(ref.strip().upper()))
        if foreseen is None:
            raise Never(f"there is no decision {ref!r}: references look like N-0412 and stand under every letter")
        if not in_json:
            for line in _in_words(foreseen, opened.desk.zone):
                say(line, indent=2)
        if foreseen.refused is not None:
            if in_json:
                as_json({"undone": None, "foreseen": foreseen})
            ctx.exit(Exit.LOOK)
        if not yes and not click.confirm("Take it back?"):
            ctx.exit(Exit.LOOK)
        try:
            done = opened.by_hand().decide("undo", f"Took back {foreseen.ref}.", [Undo(foreseen.ref)])
        except TryAgain as refused:
            raise Never(str(refused)) from refused
    if in_json:
        as_json({"undone": done, "foreseen": foreseen})
    else:
        say(f"{foreseen.ref} is taken back ({done}).")


def _in_words(foreseen: Undoing, zone: ZoneInfo) -> Iterator[str]:
    yield f"{foreseen.ref}: {foreseen.summary}"
    if foreseen.refused is not None:
        yield f"It cannot be taken back: {_REFUSED[foreseen.refused.reason]}."
        for later in foreseen.refused.later:
            who = f", {later.sender}" if later.sender else ""
            yield f"  {later.ref} of {moment(later.moment, zone)}{who}: {later.what}"
        return
    yield "This would be reversed:"
    for change in foreseen.reverses:
        yield f"  {change_in_words(change)}"
    if not foreseen.reverses:
        yield "  only letters that still wait: they are withdrawn"
    if foreseen.cannot_be_unsent:
        yield "These letters were sent, and stay sent:"
        for letter in foreseen.cannot_be_unsent:
            yield f"  {letter_in_words(letter, zone)}"
