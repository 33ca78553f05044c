"""`mailbot doctor`: the servers and the database are asked whether all is well."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import click

from mailbot.app import desk_card
from mailbot.cli.commands import Exit
from mailbot.cli.opening import settings, settings_path
from mailbot.cli.terminal import as_json, mark, say
from mailbot.clock import SystemClock
from mailbot.config import Config, Level
from mailbot.config.environment import strange_names
from mailbot.deciding.to_a_person import DESK
from mailbot.records.session import Database
from mailbot.records.sqlite_file import file_of
from mailbot.service.health import examine
from mailbot.service.observation import Observation, Wellness


@click.command()
@click.option("--json", "in_json", is_flag=True, help="One line of JSON for each finding.")
@click.pass_context
def doctor(ctx: click.Context, in_json: bool) -> None:
    """Asks the mail servers and the database whether all is well, and says what to do where it is not.

    Reads the newest mails to see what [trust] means for them; changes nothing. Exit code 1 where something should be
    looked at, 3 where a server cannot be reached, 2 where a setting is wrong.

    \b
    mailbot doctor
    """
    config = settings(ctx)
    database = Database(config.database, cache=config.cache)
    found: list[Observation] = []
    try:
        for finding in _all(ctx, config, database):
            found.append(finding)
            _tell(finding, in_json=in_json)
    finally:
        database.close()
    if not in_json and all(finding.wellness is Wellness.OK for finding in found):
        say("all is well")
    ctx.exit(_exit_code(found))


def _all(ctx: click.Context, config: Config, database: Database) -> Iterator[Observation]:
    path = settings_path(ctx)
    yield Observation(Wellness.OK, "settings", f"{path} is right")
    for fault in strange_names(os.environ, config.mailbox):
        yield Observation(Wellness.WARN, "settings", str(fault), "correct its name, or unset it")
    yield from _of_secrets(path, config)
    yield from _of_levels(config)
    yield from examine(config, database, desk_card(config), SystemClock())


def _of_secrets(path: Path, config: Config) -> Iterator[Observation]:
    """Files that hold secrets, or all mail, are for their owner alone."""
    named = [config.secret_file, config.smtp.password_file, *(each.password_file for each in config.mailbox.values())]
    files = [path, *(path.absolute().parent / file for file in named if file is not None)]
    for file in dict.fromkeys(files):
        mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else 0
        if mode & 0o077 and (file != path or _holds_secrets(path)):
            what = f"{file} holds a secret, and others on this machine can read it (mode {mode:04o})"
            yield Observation(Wellness.WARN, "settings", what, f"chmod 600 {file}")
    database = file_of(config.database)
    if database is not None and database.exists() and (mode := stat.S_IMODE(database.stat().st_mode)) & 0o077:
        what = f"{database} holds all mail, and others on this machine can read it (mode {mode:04o})"
        yield Observation(Wellness.WARN, "settings", what, f"chmod 600 {database}*")


def _of_levels(config: Config) -> Iterator[Observation]:
    """Duties that act beside a desk that only watches: then nobody keeps forged mail apart."""
    acting = [name for name, level in config.levels.items() if level is not Level.WATCH]
    if acting and config.levels.get(DESK, Level.WATCH) is Level.WATCH:
        what = f"[levels] desk only watches beside {', '.join(acting)}: forged mail is not put into quarantine"
        advice = 'write desk = "act" under [levels]'
        yield Observation(Wellness.WARN, "settings", f"{what}, and what no duty understands is not held", advice)


def _holds_secrets(path: Path) -> bool:
    lines = path.read_text(encoding="utf-8").splitlines()
    return any(line.lstrip().startswith(("password =", "password=", "secret =", "secret=")) for line in lines)


def _tell(finding: Observation, *, in_json: bool) -> None:
    if in_json:
        as_json(finding)
        return
    mark(finding.wellness.value, finding.part, finding.what)
    if finding.advice:
        say(f"      → {finding.advice}", indent=2)


def _exit_code(found: list[Observation]) -> Exit:
    if any(finding.unreachable for finding in found):
        return Exit.UNREACHABLE
    if any(finding.wellness is Wellness.FAIL for finding in found):
        return Exit.WRONG
    return Exit.LOOK if any(finding.wellness is Wellness.WARN for finding in found) else Exit.OK
