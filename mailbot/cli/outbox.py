"""`mailbot outbox`: the letters, and what a person says about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.cli.commands import Exit, Group
from mailbot.cli.opening import records
from mailbot.cli.terminal import as_json, many, moment, say
from mailbot.duties.desk.actions import DropLetter, SettleLetter
from mailbot.errors import Never, TryAgain
from mailbot.letters.cleaning import one_line
from mailbot.records import outbox_status
from mailbot.records.pauses import ALL, ResumeSending
from mailbot.records.tables import LetterRow, LetterState

_TROUBLE = (LetterState.UNSURE, LetterState.REFUSED)
_OVER = (LetterState.SENT, LetterState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter in the list."""

    ref: str
    state: str
    since: datetime
    recipient: str
    subject: str
    tries: int
    reply: str | None


@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--state",
    type=click.Choice([state.value for state in LetterState]),
    help="Only letters in this state; without it, all that are not sent or withdrawn.",
)
@click.option("--most", type=click.IntRange(1, 100_000), default=50, show_default=True, help="Letters to list.")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON for each letter.")
@click.pass_context
def outbox(ctx: click.Context, state: str | None, most: int, in_json: bool) -> None:
    """Lists letters by their state, the newest first, and says whether sending is stopped.

    Exit code 1 where sending is stopped, a letter was refused, or nobody knows whether it was sent.

    \b
    mailbot outbox
    mailbot outbox --state sent --most 10
    mailbot outbox settle N-0412 again
    mailbot outbox resume
    """
    if ctx.invoked_subcommand is not None:
        return
    with records(ctx) as opened, opened.database.reading() as session:
        counts = outbox_status.count_by_state(session)
        stopped = outbox_status.stopped(session, opened.clock.now())
        found = _listed(session, LetterState(state) if state else None, most)
    if in_json:
        for each in found:
            as_json(each)
    else:
        _say_what_is_stopped(stopped)
        shown = ", ".join(f"{count:,} {each.value}" for each, count in counts.items())
        say(shown or "no letters yet")
        for each in found:
            say(f"{each.ref}  {each.state}  {moment(each.since, opened.desk.zone)}  {each.recipient}", indent=2)
            say(f'  "{one_line(each.subject)}"{f"; {one_line(each.reply, 500)}" if each.reply else ""}')
    ctx.exit(Exit.LOOK if stopped or any(counts.get(each) for each in _TROUBLE) else Exit.OK)


def _listed(session: Session, state: LetterState | None, most: int) -> list[Listed]:
    wanted = LetterRow.state == state if state else LetterRow.state.notin_(_OVER)
    rows = session.scalars(select(LetterRow).where(wanted).order_by(LetterRow.id.desc()).limit(most))
    return [
        Listed(
            row.ref, row.state.value, row.sent_at or row.created_at, row.recipient, row.subject, row.tries, row.reply
        )
        for row in rows
    ]


def _say_what_is_stopped(stopped: Sequence[tuple[str, str]]) -> None:
    for scope, because in stopped:
        where, order = ("altogether", "resume") if scope == ALL else (f"to {scope}", f"resume {scope}")
        say(f"Sending is stopped {where}: {because}. Let it go on with `mailbot outbox {order}`.")


@outbox.command()
@click.argument("ref")
@click.argument("word", type=click.Choice(["sent", "again", "drop"]))
@click.pass_context
def settle(ctx: click.Context, ref: str, word: str) -> None:
    """Says what becomes of a letter that is on hold, was refused, or of which nobody knows.

    It was SENT, it goes out (once more) AGAIN, or it is not needed: DROP.

    \b
    mailbot outbox settle N-0412 sent
    mailbot outbox settle N-0412 again
    mailbot outbox settle N-0412 drop
    """
    letter = ref.strip().upper()
    with records(ctx) as opened:
        with opened.database.reading() as session:
            state = session.scalar(select(LetterRow.state).where(LetterRow.ref == letter))
        if state is None:
            raise Never(f"there is no letter {ref!r}: `mailbot outbox` lists them")
        if state not in (*_TROUBLE, LetterState.ON_HOLD):
            raise Never(f"there is nothing to settle about {letter}: it is {state.value}")
        action = DropLetter(letter) if word == "drop" else SettleLetter(letter, was_sent=word == "sent")
        try:
            done = opened.by_hand().decide("letter settled", f"{action}.", [action])
        except TryAgain as moved_on:
            raise Never(str(moved_on)) from moved_on
    say(f"{action} ({done}).")


@outbox.command()
@click.argument("domain", default=ALL)
@click.pass_context
def resume(ctx: click.Context, domain: str) -> None:
    """Lets sending go on: altogether, after too many letters within an hour, or to one DOMAIN that had refused them.

    \b
    mailbot outbox resume
    mailbot outbox resume lanternfoods.example
    """
    scope = domain.strip().casefold()
    with records(ctx) as opened:
        with opened.database.reading() as session:
            stopped = [each for each, _ in outbox_status.stopped(session, opened.clock.now())]
            waiting = outbox_status.count_by_state(session).get(LetterState.WAITING, 0)
        if scope not in stopped:
            _refuse(scope, stopped)
        action = ResumeSending(scope)
        done = opened.by_hand().decide("sending resumed", f"{action}.", [action])
    where = "" if scope == ALL else f" to {scope}"
    say(f"Sending{where} goes on ({done}); {many(waiting, 'letter waits', 'letters wait')}.")


def _refuse(scope: str, stopped: Sequence[str]) -> NoReturn:
    said = "sending is not stopped" if scope == ALL else f"sending to {scope!r} is not stopped"
    orders = [f"`mailbot outbox resume{'' if each == ALL else f' {each}'}`" for each in stopped]
    raise Never(f"{said}; what is: {', '.join(orders)}" if orders else said)
