"""The command itself: it sets the stage, plays the script, says whether the promises were kept, and stays open."""

from __future__ import annotations

import logging
import select
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from mailbot import app
from mailbot.app import Service
from mailbot.cli.demo import company
from mailbot.cli.demo.promises import FOLDERS, broken_in, broken_in_the_end, seen_in_the_end
from mailbot.cli.demo.script import Script, read_script
from mailbot.cli.demo.stage import Stage
from mailbot.cli.demo.told import last_decision, told_since
from mailbot.cli.demo.view import View
from mailbot.cli.terminal import many
from mailbot.clock import SetClock, SystemClock
from mailbot.config import SHIPPED
from mailbot.errors import Never
from mailbot.post.sandbox import HOST, OUTSIDE, PASSWORD, Sandbox
from mailbot.post.web.sandbox import SandboxWeb

_PAUSE_SECONDS = 4.0
_LOOK_SECONDS = 0.5
_BROKEN = 1  # the exit code where the play came out otherwise than promised


@dataclass(frozen=True, slots=True)
class Open:
    """A demo that is set up: its mail server, its web, its desk, its clock and its script."""

    script: Script
    box: Sandbox
    web: SandboxWeb
    service: Service
    clock: SetClock
    folder: Path


@click.command()
@click.option("--once", is_flag=True, help="Play without pauses, check what was promised, and leave: 0 kept, 1 broken.")
@click.option("--imap-port", default=1143, show_default=True, help="Where the mailboxes can be read; 0 is any port.")
@click.option("--smtp-port", default=2525, show_default=True, help="Where mail can be sent to; 0 is any port.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("demo-desk"),
    show_default=True,
    help="Where the demo keeps its settings and its database; replaced at each start.",
)
@click.option(
    "--play",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=SHIPPED / "demo",
    help="A folder with a play of your own: play.toml, people.csv, clients.csv and mails/.",
)
def demo(*, once: bool, imap_port: int, smtp_port: int, folder: Path, play: Path) -> None:
    """Plays a few days of a small publisher's desk, with the real service on a mail server inside this process.

    No mail leaves this machine. Afterwards the desk stays open: send it mail with any mail program, and read the
    mailboxes of everybody; Ctrl-C ends it.

    \b
    mailbot demo                 with pauses to read; Enter goes on at once
    mailbot demo --once          without pauses; the exit code says whether all came as promised
    """
    logging.getLogger("mailbot").addHandler(logging.NullHandler())
    script = read_script(play)
    view = View(company.ZONE)
    pause = 0 if once or not sys.stdin.isatty() else _PAUSE_SECONDS
    hint = " Enter goes on at once." if pause else ""
    view.head("Harbour & Pine Media, the sales desk", f"{len(script.scene)} scenes. No mail leaves this machine.{hint}")
    with _opened(script, folder, imap_port, smtp_port) as opened:
        broken = _play(opened, view, pause)
        view.kept(len(script.scene) + 1, broken)
        if not once:
            _show_around(opened, view)
            _stay(opened, view)
        elif broken:
            raise SystemExit(_BROKEN)


@contextmanager
def _opened(script: Script, folder: Path, imap_port: int, smtp_port: int) -> Iterator[Open]:
    company.prepare_folder(folder)
    clock = SetClock(script.begins)
    sandbox = Sandbox(
        desk=company.DESK,
        aliases=(company.ALIAS,),
        accounts=_mailboxes(script),
        authserv_id=company.AUTHSERV_ID,
        imap_port=imap_port,
        smtp_port=smtp_port,
        clock=clock,
    )
    with ExitStack() as stack:
        try:
            box = stack.enter_context(sandbox)
        except Never as taken:
            raise Never(f"{taken}. --imap-port 0 --smtp-port 0 takes ports that are free") from taken
        config = company.write_settings(folder, box)
        web = stack.enter_context(SandboxWeb({place: page.in_sandbox for place, page in script.pages.items()}))
        service = app.service(config, company.open_office(config, clock, script.folder), web=web)
        stack.callback(service.close)
        yield Open(script, box, web, service, clock, folder)


def _play(opened: Open, view: View, pause: float) -> tuple[str, ...]:
    """Plays every scene, and gives the promises that were broken."""
    stage = Stage(opened.script, opened.box, opened.web, opened.service, opened.clock)
    broken: list[str] = []
    for scene in opened.script.scene:
        view.scene(scene.title, scene.at)
        told = stage.play(scene)
        for each in told:
            view.told(each)
        if not told:
            view.nothing(scene.at)
        broken += broken_in(scene, told)
        _wait(pause)
    seen = seen_in_the_end(opened.service.office.database, folders(opened.box), received(opened))
    return (*broken, *broken_in_the_end(opened.script.ending, seen))


def _wait(seconds: float) -> None:
    """Waits so that a person can read; Enter goes on at once."""
    if seconds and select.select([sys.stdin], [], [], seconds)[0]:
        sys.stdin.readline()


def folders(box: Sandbox) -> dict[str, int]:
    """How many mails lie in each folder of the desk."""
    return {name: len(box.messages(name if name == "INBOX" else f"Desk/{name}")) for name in FOLDERS}


def received(opened: Open) -> dict[str, int]:
    """How many letters lie in the mailbox of each address."""
    accounts = (*_mailboxes(opened.script), OUTSIDE)
    return {account: len(opened.box.messages(account=account)) for account in accounts}


def _mailboxes(script: Script) -> tuple[str, ...]:
    """Those of the people and clients that are imported, and of whoever comes to them while it plays."""
    return tuple(dict.fromkeys((*company.addresses_in(script.folder), *script.ending.received)))


def _show_around(opened: Open, view: View) -> None:
    settings = opened.folder / company.SETTINGS
    view.where_to_look(
        [(name, many(count, "mail", "mails")) for name, count in folders(opened.box).items()], "The desk's folders"
    )
    refs = [each.story.ref for each in told_since(opened.service.office.database, 0) if each.story.rule]
    first, booked = refs[0], refs[min(1, len(refs) - 1)]
    mailbot = f"{'mailbot' if shutil.which('mailbot') else './start mailbot'} --config {settings}"
    view.where_to_look(
        [
            (f"{mailbot} why {booked}", "its words and records"),
            (f"{mailbot} explain {first}", "every rule that was asked"),
            (f"{mailbot} held", "what waits for a person"),
            (f"{mailbot} undo {booked}", "it appears here"),
        ],
        "In a second terminal",
    )
    view.where_to_look(
        [
            (f"SMTP  {HOST}:{opened.box.smtp_port}", f"send mail to {company.DESK}, as any of the people"),
            (f"IMAP  {HOST}:{opened.box.imap_port}", f"no TLS; the user is an address, such as {company.DESK}"),
            (f"password  {PASSWORD}", "of every mailbox: the desk, the reps, the clients"),
        ],
        "With a mail program",
    )


def _stay(opened: Open, view: View) -> None:
    """The desk goes on working by itself, and every new decision is shown, until Ctrl-C.

    From here on it is today: a mail program dates its mails by today's clock, and sales belong to this week.
    """
    view.line("")
    view.line("The desk is open, and it is today again. Ctrl-C ends it.", style="bold")
    database = opened.service.office.database
    last = last_decision(database)
    opened.clock.set(SystemClock().now())
    opened.clock.run()
    desk = opened.service.running()
    desk.start()
    try:
        while desk.trouble is None:
            for told in told_since(database, last):
                view.scene("Just now", opened.clock.now())
                view.told(told)
                last = told.id
            time.sleep(_LOOK_SECONDS)
        raise Never(f"the desk stopped for trouble: {desk.trouble}") from desk.trouble
    except KeyboardInterrupt:
        view.line("")
        view.line("The desk is closed.", style="bold")
    finally:
        desk.stop()
