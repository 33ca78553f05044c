"""`mailbot undo`: takes a decision back, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click

from mailbot.cli.commands import Exit
from mailbot.cli.days import DAY
from mailbot.cli.opening import Records, records
from mailbot.cli.stories import change_in_words, letter_in_words
from mailbot.cli.terminal import as_json, many, moment, say
from mailbot.errors import Never, TryAgain
from mailbot.letters.refs import decision_of
from mailbot.records.undo import Undo, Undoing, decided_on, foresee

_REFUSED = {
    "already_undone": "it was taken back before",
    "nothing_changed": "it changed nothing",
    "built_on": "something later was built on it; take that back first",
    "overtaken": "it was an undo itself, and later decisions stand in the way of doing again what it took back; "
    "take those back first, the newest first",
}


@click.command()
@click.argument("ref", required=False)
@click.option("--day", type=DAY, help="All that was decided on this day; say --duty too.")
@click.option("--duty", help="Whose decisions of the day, such as bounces.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON; asks nothing, so --yes is needed too.")
@click.pass_context
def undo(ctx: click.Context, ref: str | None, day: datetime | None, duty: str | None, yes: bool, in_json: bool) -> None:
    """Takes the decision REF back, or all of a duty on one day: shows what would be reversed, and asks.

    Letters that were sent cannot be unsent, and are named. Undoing is a decision too, and can be taken back itself.
    All of it is taken back, or nothing. Exit code 1 where it is refused or not wanted.

    \b
    mailbot undo N-0412
    mailbot undo N-0412 --yes
    mailbot undo --day 2025-11-04 --duty bounces
    """
    if in_json and not yes:
        raise click.UsageError("--json asks nothing: say --yes too")
    if (ref is None) == (day is None) or (day is None) != (duty is None):
        raise click.UsageError("say the REF of one decision, or --day and --duty for all of a duty on that day")
    with records(ctx) as opened:
        if day is not None and duty is not None:
            _undo_day(ctx, opened, day.date(), duty, yes=yes, in_json=in_json)
        else:
            _undo_one(ctx, opened, ref or "", yes=yes, in_json=in_json)


def _undo_one(ctx: click.Context, opened: Records, ref: str, *, yes: bool, in_json: bool) -> None:
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
    done = _decide(opened, f"Took back {foreseen.ref}.", [foreseen.ref])
    if in_json:
        as_json({"undone": done, "foreseen": foreseen})
    else:
        say(f"{foreseen.ref} is taken back ({done}).")


def _undo_day(ctx: click.Context, opened: Records, day: date, duty: str, *, yes: bool, in_json: bool) -> None:
    start = datetime.combine(day, time(), opened.desk.zone)
    end = datetime.combine(day + timedelta(days=1), time(), opened.desk.zone)
    with opened.database.reading() as session:
        refs = decided_on(session, duty, start, end)
        foreseen = [found for ref in refs if (found := foresee(session, ref)) is not None]
    if not refs:
        raise Never(f"nothing was decided by the duty {duty!r} on {day} that could be taken back")
    if not in_json:
        for each in foreseen:
            say(f"{each.ref}: {each.summary}", indent=2)
            for letter in each.cannot_be_unsent:
                say(f"  was sent, and stays sent: {letter_in_words(letter, opened.desk.zone)}", indent=2)
    if not yes and not click.confirm(f"Take {many(len(refs), 'decision', 'decisions')} back?"):
        ctx.exit(Exit.LOOK)
    done = _decide(opened, f"Took back {len(refs)} decisions of {duty} of {day}.", refs)
    if in_json:
        as_json({"undone": done, "foreseen": foreseen})
    else:
        say(f"{many(len(refs), 'decision is', 'decisions are')} taken back ({done}).")


def _decide(opened: Records, summary: str, refs: Sequence[str]) -> str:
    try:
        return opened.by_hand().decide("undo", summary, [Undo(ref) for ref in refs])
    except TryAgain as refused:
        raise Never(str(refused)) from refused


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
        yield "These letters were sent, and stay sent (departments hear that they no longer hold):"
        for letter in foreseen.cannot_be_unsent:
            yield f"  {letter_in_words(letter, zone)}"
