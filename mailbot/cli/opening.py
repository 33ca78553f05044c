"""Settings and records, opened for a command and closed after it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from mailbot.app import DUTIES, desk_card, letter_templates, standing_orders
from mailbot.clock import Clock, SystemClock
from mailbot.config import Config
from mailbot.config.loading import load
from mailbot.errors import Never
from mailbot.records import migrate
from mailbot.records.known import DeskCard
from mailbot.records.session import Database
from mailbot.service.by_hand import ByHand
from mailbot.service.office import Office

NAME_OF_THE_DESK = "desk"


def settings(ctx: click.Context) -> Config:
    """The settings that this call of mailbot is about. Raises Faults, or Never where there are none."""
    path = settings_path(ctx)
    if not path.exists():
        raise Never(f"there is no {path}: write one with `mailbot init`, or name another one with --config")
    return load(path, os.environ)


def settings_path(ctx: click.Context) -> Path:
    """Where the settings are."""
    path = ctx.find_root().obj
    if not isinstance(path, Path):
        raise TypeError(f"the command line was opened without settings, but with {path!r}")
    return path


@dataclass(frozen=True, slots=True)
class Records:
    """A desk without its servers and its rules: enough to look and to mend."""

    config: Config
    database: Database
    desk: DeskCard
    clock: Clock

    def by_hand(self) -> ByHand:
        """The way in which a person writes into the records."""
        duty = next(duty for duty in DUTIES if duty.name == NAME_OF_THE_DESK)
        secret = self.config.secret.get_secret_value().encode()
        return ByHand(self.database, self.desk, duty, secret, self.clock, lambda: letter_templates(self.config))

    def office(self) -> Office:
        """The same with its rules and letters. Raises Faults where those are wrong."""
        return Office(
            database=self.database,
            orders=standing_orders(self.config),
            duties=DUTIES,
            desk=self.desk,
            secret=self.config.secret.get_secret_value().encode(),
            clock=self.clock,
            worker="command line",
        )


@contextmanager
def records(ctx: click.Context) -> Iterator[Records]:
    """The records of the desk. An empty database gets its tables; one of another version is refused."""
    config = settings(ctx)
    database = Database(config.database, cache=config.cache)
    try:
        _demand_schema(database)
        yield Records(config, database, desk_card(config), SystemClock())
    finally:
        database.close()


def _demand_schema(database: Database) -> None:
    has, brings = migrate.versions(database)
    if has is None:
        migrate.upgrade(database)
    elif has != brings:
        raise Never(
            f"the database has schema {has}, and this program brings {brings}: "
            "make a copy (`mailbot db backup FILE`), then `mailbot db upgrade`"
        )
