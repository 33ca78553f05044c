"""How commands speak. What strangers wrote is cleaned first: nothing is left in it that a terminal would obey."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailbot.letters.cleaning import clean, one_line
from mailbot.records.codec import plain
from mailbot.service.journal import json_line

_LONGEST = 20_000
_COLOURS = {"ok": "green", "warn": "yellow", "fail": "bold red"}


def say(words: str = "", *, style: str = "", indent: int = 0) -> None:
    """A paragraph, wrapped to the width of the terminal; lines that go on are set in by `indent`."""
    console = _console()
    for line in clean(words, _LONGEST).split("\n"):
        lead = len(line) - len(line.lstrip(" "))
        hanging = lead + indent
        text = Text(line[lead:], style=style)
        if not console.is_terminal:
            click.echo(line)
            continue
        wrapped = text.wrap(console, max(20, console.width - hanging)) or [Text()]
        for number, part in enumerate(wrapped):
            part.rstrip()
            console.print(Text(" " * (hanging if number else lead)) + part)


def mark(wellness: str, part: str, words: str) -> None:
    """A line that begins with ok, warn or fail."""
    console = _console()
    head = Text(f"{wellness:<5}", style=_COLOURS.get(wellness, ""))
    body = one_line(f"{part}: {words}" if part else words, 2_000)
    if not console.is_terminal:
        click.echo(f"{wellness:<5} {body}")
        return
    for number, line in enumerate(Text(body).wrap(console, max(20, console.width - 6))):
        line.rstrip()
        console.print((head if number == 0 else Text("     ")) + Text(" ") + line)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, wide: Sequence[str] = ()) -> None:
    """Rows under their columns; those of `wide` take what is left of the line. In a pipe, tabs and no cutting."""
    console = _console()
    texts = [[_cell(value) for value in row] for row in rows]
    if not console.is_terminal:
        for row in [list(columns), *texts]:
            click.echo("\t".join(row))
        return
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        shown.add_column(
            column,
            overflow="fold" if column in wide else "ellipsis",
            ratio=1 if column in wide else None,
            no_wrap=column not in wide,
        )
    for row in texts:
        shown.add_row(*(Text(cell) for cell in row))
    console.print(shown)


def as_json(value: object) -> None:
    """A value as one line of JSON."""
    click.echo(json_line(plain(value)))


def moment(when: datetime | None, zone: ZoneInfo) -> str:
    """A moment as people of the desk read it; "" for none."""
    return when.astimezone(zone).strftime("%Y-%m-%d %H:%M") if when else ""


def many(count: int, one: str, several: str) -> str:
    """ "1 mail", "2 mails"."""
    return f"{count:,} {one if count == 1 else several}"


def _cell(value: object) -> str:
    return "" if value is None else one_line(str(value), 500)


def _console() -> Console:
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
