"""`mailbot templates`: the letters."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from mailbot.cli.commands import Exit, Group
from mailbot.cli.opening import settings, settings_path
from mailbot.cli.terminal import say
from mailbot.config import SHIPPED
from mailbot.errors import Faults, Never
from mailbot.letters import Templates
from mailbot.letters.model import Language
from mailbot.suggestions import unknown


@click.group(cls=Group)
def templates() -> None:
    """Checks the letters, or shows one as it will look."""


@templates.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Writes every letter in both languages with its samples. Exit code 2 where one is wrong, 1 where one is long.

    \b
    mailbot templates check
    """
    letters = Templates.load(_folder(ctx))
    if faults := letters.check():
        raise Faults(faults)
    advice = letters.advice()
    for each in advice:
        say(str(each), indent=4)
    say(f"{len(letters.sources.names)} letters in two languages: right")
    ctx.exit(Exit.LOOK if advice else Exit.OK)


@templates.command()
@click.argument("name")
@click.option("--language", type=click.Choice(["en", "de"]), default="en", show_default=True)
@click.option("--case", default="", help="Another sample than the first, such as 'not_yours' of desk/undo_refused.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the HTML part to this file.")
@click.pass_context
def preview(ctx: click.Context, name: str, language: str, case: str, html: Path | None) -> None:
    """Shows the letter NAME as it will look, with the facts of its sample.

    \b
    mailbot templates preview desk/why --language de
    mailbot templates preview sales/booked --html booked.html
    """
    letters = Templates.load(_folder(ctx))
    if name not in letters.sources.names:
        raise Never(unknown("letter", name, letters.sources.names))
    written = letters.preview(name, cast("Language", language), case)
    click.echo(f"Subject: {written.subject}\n\n{written.text}", nl=False)
    if html is not None:
        try:
            html.write_text(written.html, encoding="utf-8")
        except OSError as refusal:
            raise Never(f"{html} cannot be written: {refusal.strerror}") from refusal


def _folder(ctx: click.Context) -> Path:
    """The letters of the desk; where there are no settings yet, those that come with mailbot."""
    config = settings(ctx) if settings_path(ctx).exists() else None
    return config.templates if config and config.templates else SHIPPED / "templates"
