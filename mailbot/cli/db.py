"""`mailbot db`: the database itself."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.commands import Group
from mailbot.cli.opening import settings
from mailbot.cli.terminal import say
from mailbot.records import migrate
from mailbot.records.backup import back_up
from mailbot.records.session import Database


@click.group(cls=Group)
def db() -> None:
    """Brings the database up to date, or copies it."""


@db.command()
@click.pass_context
def upgrade(ctx: click.Context) -> None:
    """Brings the schema of the database to the version of this program. Does nothing where it is there already.

    \b
    mailbot db upgrade
    """
    database = Database(settings(ctx).database)
    try:
        before, _ = migrate.versions(database)
        migrate.upgrade(database)
        after, _ = migrate.versions(database)
    finally:
        database.close()
    say(f"schema {after}, as it was" if before == after else f"schema {before or '(none)'} → {after}")


@db.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_context
def backup(ctx: click.Context, file: Path) -> None:
    """Copies the database to FILE while the desk is at work; the copy is whole, checked, and for its owner alone.

    For PostgreSQL it says which command to use.

    \b
    mailbot db backup /backup/mailbot-2025-11-07.sqlite
    """
    database = Database(settings(ctx).database)
    try:
        size = back_up(database, file)
    finally:
        database.close()
    say(f"{file}: {size:,} bytes")
