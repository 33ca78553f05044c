"""`mailbot export`: records for other programs."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from mailbot.cli.opening import records
from mailbot.cli.terminal import many
from mailbot.errors import Never
from mailbot.records.exporting import Exported
from mailbot.records.exporting import export as rows_of
from mailbot.records.importing.sheet import without_formula
from mailbot.service.journal import json_line


@click.command()
@click.argument("what", metavar="people|clients|contracts|billing|reach|decisions|changes|letters|…")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON for each row, instead of CSV.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A new file; else standard output."
)
@click.pass_context
def export(ctx: click.Context, what: str, in_json: bool, output: Path | None) -> None:
    """Writes records as CSV (RFC 4180, UTF-8) or as JSON lines: people, clients and contracts as `mailbot import` reads
    them, `billing` as docs/contracts.md tells it, and every other table as it is. `reach` says of every address, number
    and postal address whether it works, and why not.

    In CSV an apostrophe goes before a text that a spreadsheet program would take for a formula. A file is readable for
    its owner alone, and never overwritten.

    \b
    mailbot export clients > clients.csv
    mailbot export decisions --json -o decisions.jsonl
    """
    with records(ctx) as opened, opened.database.reading() as session, _opened(output) as file:
        rows = rows_of(session, what)
        count = _write_json(rows, file) if in_json else _write_csv(rows, file)
    if output is not None:
        click.echo(f"{many(count, 'row', 'rows')} in {output}", err=True)


def _write_json(rows: Iterator[Exported], file: TextIO) -> int:
    count = 0
    for row in rows:
        file.write(f"{json_line(row)}\n")
        count += 1
    return count


def _write_csv(rows: Iterator[Exported], file: TextIO) -> int:
    count = 0
    writer = csv.writer(file, lineterminator="\r\n")
    for row in rows:
        if not count:
            writer.writerow(row)
        writer.writerow([_cell(value) for value in row.values()])
        count += 1
    return count


def _cell(value: object) -> object:
    if isinstance(value, str):
        return without_formula(value)
    return without_formula(json_line(value)) if isinstance(value, dict | list) else value


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        descriptor = os.open(output, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as there:
        raise Never(f"{output} is there already: name a file that is not, or delete it") from there
    except OSError as refusal:
        raise Never(f"{output} cannot be written: {refusal.strerror}") from refusal
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        yield file
