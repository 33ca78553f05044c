"""`mailbot run` and `mailbot once`: the desk at work."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.app import Service, office, service
from mailbot.cli.commands import Exit
from mailbot.cli.opening import settings
from mailbot.cli.terminal import as_json, many, say
from mailbot.records import outbox_status
from mailbot.records.session import Database
from mailbot.records.tables import LetterState, TaskRow, TaskState
from mailbot.records.waiting_mails import never_read
from mailbot.service.garbage import collect_garbage_seldom
from mailbot.service.journal import keep_journal


@click.command()
@click.pass_context
def run(ctx: click.Context) -> None:
    """Works until SIGTERM or Ctrl-C: reads mail, decides, writes letters, does what is due.

    What happens is written to the standard error output, one line of JSON for each event. On a signal every part
    finishes the step it is at; a second signal ends at once, and nothing is lost by that either. Exit code 1 where the
    desk had to stop for trouble.

    \b
    mailbot run
    """
    with _service(ctx) as at_work, _until_signalled() as stopped:
        desk = at_work.running()
        desk.start()
        try:
            desk.wait()
        except KeyboardInterrupt:
            stopped()
        finally:
            desk.stop()
        if desk.trouble is not None:
            click.echo(f"mailbot: stopped for trouble: {desk.trouble}", err=True)
            ctx.exit(Exit.LOOK)


@click.command()
@click.option("--json", "in_json", is_flag=True, help="What is left as one line of JSON.")
@click.pass_context
def once(ctx: click.Context, in_json: bool) -> None:
    """Does what there is to do right now, and stops: for a timer of your own, or to look at a new desk step by step.

    Exit code 1 where something is left that a person should look at.

    \b
    mailbot once
    */5 * * * *  mailbot --config /etc/mailbot/config.toml once
    """
    with _service(ctx) as at_work:
        done = at_work.step()
        with at_work.office.database.reading() as session:
            left = _left(session, at_work.office.clock.now())
        left["jobs that did not go through"] = len(at_work.maintenance.failing)
    if in_json:
        as_json({"done": done, **left})
    else:
        say(f"{many(done, 'thing', 'things')} done: mails decided, jobs run, letters sent")
        for what, count in left.items():
            if count:
                say(f"{count:>6}  {what}")
    ctx.exit(Exit.LOOK if any(left.values()) else Exit.OK)


def _left(session: Session, now: datetime) -> dict[str, int]:
    """What a person should look at."""
    letters = outbox_status.count_by_state(session)
    tasks = (
        select(func.count()).select_from(TaskRow).where(TaskRow.state == TaskState.OPEN, TaskRow.undone_by.is_(None))
    )
    return {
        "tasks open": session.scalar(tasks) or 0,
        "mails set aside": never_read(session, now),
        "letters not sent yet": letters.get(LetterState.WAITING, 0),
        "letters on hold": letters.get(LetterState.ON_HOLD, 0),
        "letters refused": letters.get(LetterState.REFUSED, 0),
        "letters of which nobody knows whether they were sent": letters.get(LetterState.UNSURE, 0),
    }


@contextmanager
def _service(ctx: click.Context) -> Iterator[Service]:
    config = settings(ctx)
    keep_journal(sys.stderr)
    database = Database(config.database, cache=config.cache)
    try:
        at_work = service(config, office(config, database))
    except BaseException:
        database.close()
        raise
    collect_garbage_seldom()
    try:
        yield at_work
    finally:
        at_work.close()


@contextmanager
def _until_signalled() -> Iterator[Callable[[], None]]:
    """While the block runs, SIGTERM is a Ctrl-C. Calling the value gives the signals back: the next one ends it."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGINT)}

    def give_back() -> None:
        for number in before:
            signal.signal(number, signal.SIG_DFL)

    try:
        yield give_back
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
