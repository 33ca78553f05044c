"""The commands, in the order in which a new desk needs them, and what their errors mean to a script."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import click

from mailbot import __version__
from mailbot.errors import Faults, Never, TryAgain


class Exit(IntEnum):
    """What a script is told."""

    OK = 0
    LOOK = 1  # done, and there is something that a person should look at
    WRONG = 2  # wrong usage, wrong settings, or refused: the same again will not help
    UNREACHABLE = 3  # a server or the database did not answer: the same may work later
    INTERRUPTED = 130  # Ctrl-C


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: where it is, and its one line in the list. Its module is imported when it is asked for."""

    place: str  # "mailbot.cli.check:check"
    says: str
    has_workers: bool = False


SECTIONS: Mapping[str, Mapping[str, Entry]] = {
    "Look at it first": {
        "demo": Entry("mailbot.cli.demo:demo", "a few days at a desk, played on this machine alone", has_workers=True),
    },
    "Set up": {
        "init": Entry("mailbot.cli.init:init", "write the settings of a new desk"),
        "check": Entry("mailbot.cli.check:check", "settings, rules and letters: every fault at once"),
        "doctor": Entry("mailbot.cli.doctor:doctor", "ask the servers and the database whether all is well"),
        "import": Entry("mailbot.cli.importing:import_", "people, clients, contracts or figures from a CSV file"),
        "db": Entry("mailbot.cli.db:db", "bring the database up to date, or copy it"),
    },
    "Work": {
        "run": Entry("mailbot.cli.run:run", "work until told to stop", has_workers=True),
        "once": Entry("mailbot.cli.run:once", "do what there is to do right now, and stop", has_workers=True),
    },
    "Look": {
        "figures": Entry("mailbot.cli.figures:figures", "what was sold, beside its plan, as the reports tell it"),
        "held": Entry("mailbot.cli.held:held", "what waits for a person"),
        "why": Entry("mailbot.cli.why:why", "why something was done, and what it changed"),
        "explain": Entry("mailbot.cli.explain:explain", "what would be done with a mail, or was, step by step"),
        "aliases": Entry("mailbot.cli.aliases:aliases", "what reps call their clients"),
        "contract": Entry("mailbot.cli.contract:contract", "what was sold for a time: list, show or add contracts"),
        "issue": Entry("mailbot.cli.issues:issue", "what clients say is wrong: list, show, merge, hand over, close"),
        "expenses": Entry("mailbot.cli.expenses:expenses", "list what colleagues spent"),
        "export": Entry("mailbot.cli.exporting:export", "records as CSV or JSON"),
    },
    "Mend": {
        "close": Entry("mailbot.cli.months:close", "close a month of sales"),
        "reopen": Entry("mailbot.cli.months:reopen", "open a month of sales again"),
        "undo": Entry("mailbot.cli.undo:undo", "take a decision back"),
        "merge": Entry("mailbot.cli.merge:merge", "two clients that are one"),
        "person": Entry("mailbot.cli.person:person", "what is kept of somebody, and erasing it"),
        "outbox": Entry("mailbot.cli.outbox:outbox", "letters: list them, settle them, let them go on"),
    },
    "Rules and letters": {
        "rules": Entry("mailbot.cli.rules:rules", "check, test, explain and replay the rules"),
        "templates": Entry("mailbot.cli.templates:templates", "check the letters, or look at one"),
    },
}


class Group(click.Group):
    """A group of commands that says which one was meant, or which there are, to who mistypes."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            from mailbot.suggestions import unknown  # noqa: PLC0415 - only who mistypes waits for it

            ctx.fail(unknown("command", args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


class Commands(Group):
    """The group of all: its commands are imported one by one, so that `mailbot --help` is quick."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and _has_workers(*args):
            from mailbot.service.forking import begin_to_import  # noqa: PLC0415 - what most commands do not need

            begin_to_import()
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for section in SECTIONS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = _entry(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, section in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, entry.says) for name, entry in section.items()], col_max=12)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command. What it could not do is said in one paragraph, and told to the script by the exit code."""
        try:
            return super().invoke(ctx)
        except Faults as faults:
            for fault in faults.faults:
                _complain(str(fault))
            ctx.exit(Exit.WRONG)
        except Never as refusal:
            _complain(f"mailbot: {refusal}")
            ctx.exit(Exit.WRONG)
        except TryAgain as trouble:
            _complain(f"mailbot: {trouble}")
            ctx.exit(Exit.UNREACHABLE)
        except PermissionError as refusal:
            what = f"{refusal.filename} may not be read or written by this user" if refusal.filename else str(refusal)
            _complain(f"mailbot: {what}: change its owner or mode, or name another")
            ctx.exit(Exit.WRONG)
        except KeyboardInterrupt:
            _complain("mailbot: stopped")
            ctx.exit(Exit.INTERRUPTED)
        except click.Abort as unanswered:
            if isinstance(unanswered.__context__, EOFError):
                _complain("\nmailbot: nobody is there to answer: say it with options, which --help lists")
                ctx.exit(Exit.WRONG)
            _complain("\nmailbot: stopped at a question; nothing was done")
            ctx.exit(Exit.INTERRUPTED)


def _entry(name: str) -> Entry | None:
    return next((section[name] for section in SECTIONS.values() if name in section), None)


def _has_workers(name: str, *options: str) -> bool:
    entry = _entry(name)
    return entry is not None and entry.has_workers and not {"-h", "--help"} & set(options)


def _complain(words: str) -> None:
    from mailbot.letters.cleaning import clean  # noqa: PLC0415 - `mailbot --help` has nothing to clean

    click.echo(clean(words, 10_000), err=True)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("config.toml"),
    show_default=True,
    envvar="MAILBOT_CONFIG",
    show_envvar=True,
    help="The settings of the desk.",
)
@click.version_option(__version__, prog_name="mailbot")
@click.pass_context
def main(ctx: click.Context, config: Path) -> None:
    """The desk of a sales coordinator, living in a shared inbox.

    \b
    mailbot init                 a new desk, from a few questions
    mailbot check                is what I wrote right?
    mailbot doctor               are the servers there?
    mailbot run                  go to work

    Exit codes: 0 all is well, 1 something to look at, 2 wrong usage or settings, 3 a server did not answer.
    """
    ctx.obj = config
