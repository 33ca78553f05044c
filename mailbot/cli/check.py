"""`mailbot check`: what people wrote, all of it, every fault at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from mailbot.app import DUTIES, desk_card
from mailbot.cli.commands import Exit
from mailbot.cli.opening import settings_path
from mailbot.cli.terminal import many, say
from mailbot.config import SHIPPED, Config
from mailbot.config.environment import strange_names
from mailbot.config.loading import load
from mailbot.deciding.rulebook import RuleBook
from mailbot.errors import Fault, Faults
from mailbot.letters import Templates
from mailbot.records.sqlite_file import file_of, obstacle
from mailbot.service.believing import what_trust_means
from mailbot.suggestions import unknown
from mailbot.toml_source import read_source


@click.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Settings, rules with their tests, and letters: every fault at once, with its file and line.

    Connects to nothing and changes nothing; of the database it only looks whether its file could be opened. Exit code
    2 where something is wrong, 1 where only a test of a rule fails.

    \b
    mailbot check
    mailbot --config /etc/mailbot/config.toml check
    """
    path = settings_path(ctx)
    config, faults = _settings(path)
    rules, rule_faults = _rules(config)
    letters, letter_faults = _letters(config)
    faults += [*rule_faults, *letter_faults]
    failed = [result for result in (rules.test() if rules else ()) if not result.passed]
    for fault in faults:
        say(str(fault), indent=4)
    for result in failed:
        say(str(result), indent=4)
    if faults or failed:
        say(f"{many(len(faults), 'fault', 'faults')}, {many(len(failed), 'test of a rule', 'tests of rules')} failed")
        ctx.exit(Exit.WRONG if faults else Exit.LOOK)
    say(f"{path}: right")
    if config:
        say(f"[trust] {what_trust_means(desk_card(config))}")
    if rules:
        count = sum(len(each.rules) for each in rules.sets.values())
        say(f"{many(len(rules.sets), 'rule file', 'rule files')}: {count} rules, {len(rules.test())} tests passed")
    if letters:
        say(f"{len(letters.sources.names)} letters in two languages: right")


def _settings(path: Path) -> tuple[Config | None, list[Fault]]:
    if not path.exists():
        return None, [
            Fault(str(path), None, "is not there: write it with `mailbot init`, or name another with --config")
        ]
    try:
        config = load(path, os.environ)
    except Faults as found:
        return None, [*found.faults, *strange_names(os.environ)]
    return config, [
        *strange_names(os.environ, config.mailbox),
        *_strange_levels(path, config),
        *_database_out_of_reach(path, config),
    ]


def _strange_levels(path: Path, config: Config) -> Iterator[Fault]:
    known = [duty.name for duty in DUTIES]
    source = read_source(path)
    for duty in config.levels:
        if duty not in known:
            yield Fault(str(path), source.line("levels", duty), f"[levels] {unknown('duty', duty, known)}")


def _database_out_of_reach(path: Path, config: Config) -> Iterator[Fault]:
    """A file that no desk could open; whether a server answers is the doctor's question."""
    file = file_of(config.database)
    hindrance = obstacle(file) if file else None
    if hindrance:
        line = read_source(path).lines.get(("database",))
        yield Fault(str(path), line, f"database: {file} cannot be used: {hindrance}")


def _rules(config: Config | None) -> tuple[RuleBook | None, tuple[Fault, ...]]:
    folder = config.rules if config and config.rules else SHIPPED / "rules"
    try:
        return RuleBook.load(folder, [duty.vocabulary for duty in DUTIES]), ()
    except Faults as found:
        return None, found.faults


def _letters(config: Config | None) -> tuple[Templates | None, tuple[Fault, ...]]:
    folder = config.templates if config and config.templates else SHIPPED / "templates"
    try:
        letters = Templates.load(folder)
    except Faults as found:
        return None, found.faults
    return letters, letters.check()
