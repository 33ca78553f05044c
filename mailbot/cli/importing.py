"""`mailbot import`: people, clients, contracts, figures or targets from a CSV file."""

from __future__ import annotations

from collections import Counter
from itertools import chain, count
from pathlib import Path
from typing import cast

import click

from mailbot.cli.commands import Exit
from mailbot.cli.opening import Records, records
from mailbot.cli.terminal import many, say, table
from mailbot.clock import local_date
from mailbot.duties.sales.targets.importing import PlanReader, PlanRow
from mailbot.errors import Never, OurBug
from mailbot.records.importing.columns import FIELDS, Kind
from mailbot.records.importing.contract_rows import ContractRow, TrafficRow
from mailbot.records.importing.reading import Import, Row, read_import
from mailbot.records.importing.rows import ClientRow, PersonRow
from mailbot.records.importing.sheet import MOST_BYTES

_SHOWN = 8
_NAMED = 20


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True))
@click.option("--as", "kind", type=click.Choice([*FIELDS]), help="What the file holds; else it is guessed.")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=HEADER", help="Where a field stands; may be repeated."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def import_(ctx: click.Context, file: Path, kind: str | None, columns: tuple[str, ...], yes: bool) -> None:
    """Reads people, clients with their contacts, contracts with what they promise, the figures of their banners, or
    the targets of reps and the team from a CSV file, shows what will come of it, and asks.

    Charset, separator and columns are guessed, from headers in English or German. What is known already (by code, name,
    number or e-mail address) is brought up to date and never doubled; an address that is dead, or whose owner asked us
    to stop, stays so. Rows that cannot be taken are named, and written to FILE.rejected.csv to be mended. The import is
    a decision: `mailbot undo` takes it back. Exit code 1 where rows were left out.

    \b
    mailbot import people.csv
    mailbot import kunden.csv --as clients --column owner=Betreuer
    mailbot import contracts.csv
    mailbot import plan.csv
    """
    said = _said(columns)
    if file.stat().st_size > MOST_BYTES:
        raise Never(f"{file} has {file.stat().st_size:,} bytes, and {MOST_BYTES:,} are the most: split it")
    with records(ctx) as opened:
        found = _read(opened, file, cast("Kind | None", kind), said)
        _show(found)
        if found.good and not yes and not click.confirm("Import them?"):
            ctx.exit(Exit.LOOK)
        if found.good:
            action = found.writes
            done = opened.by_hand().decide("import", f"{str(action)[0].upper()}{str(action)[1:]}.", [action])
            say(f"Done ({done}): `mailbot undo {done}` takes it back.")
    if found.bad:
        _keep(file, found)
    ctx.exit(Exit.LOOK if found.bad else Exit.OK)


def _said(columns: tuple[str, ...]) -> dict[str, str]:
    said = dict(each.partition("=")[::2] for each in columns)
    if not all(said.values()):
        raise click.UsageError("--column takes FIELD=HEADER, such as --column owner=Betreuer")
    return said


def _read(opened: Records, file: Path, kind: Kind | None, said: dict[str, str]) -> Import:
    today = local_date(opened.clock.now(), opened.desk.zone)
    try:
        with opened.database.reading() as session:
            plan = PlanReader(session, opened.desk.currency, today)
            return read_import(file.read_bytes(), file.name, session, kind, said, {"plan": plan})
    except Never as refusal:
        raise Never(f"{file}: {refusal}") from refusal
    except OSError as refusal:
        raise Never(f"{file} cannot be read: {refusal.strerror}") from refusal


def _show(found: Import) -> None:
    sheet, columns = found.sheet, found.columns
    separator = {"\t": "tabs"}.get(sheet.separator, repr(sheet.separator))
    say(f"{found.file}: {columns.kind}, {sheet.charset}, separated by {separator}")
    rows = [(field, sheet.headers[place]) for field, place in columns.places.items()]
    table(("field", "column"), rows)
    if columns.unused:
        say(f"not used: {', '.join(columns.unused)}", indent=2)
    if found.good:
        say()
        table(
            ("line", "what", *_told_columns(columns.kind)),
            [(each.row.line, each.effect, *_told(each.row)) for each in found.good[:_SHOWN]],
            wide=_told_columns(columns.kind)[:2],
        )
        if len(found.good) > _SHOWN:
            say(f"… and {len(found.good) - _SHOWN:,} more")
    say()
    for bad in found.bad[:_NAMED]:
        say(f"{found.file}:{bad.line.number}: {bad.why}", indent=4)
    if len(found.bad) > _NAMED:
        say(f"… and {len(found.bad) - _NAMED:,} more")
    if found.off:
        say(f"{many(len(found.off), 'entry', 'entries')} that reach nobody, or are not to be written to, and stay so:")
        for off in found.off[:_NAMED]:
            say(f"{found.file}:{off.line}: {off.written}: {off.status.value}, {off.because or 'imported so'}", indent=4)
        if len(found.off) > _NAMED:
            say(f"… and {len(found.off) - _NAMED:,} more")
        say()
    counts = Counter(each.effect for each in found.good)
    told = ", ".join(f"{counts[effect]:,} {effect}" for effect in ("new", "changed", "as it was") if counts[effect])
    say(f"{many(len(found.good), 'row', 'rows')} good{f' ({told})' if told else ''}, {len(found.bad):,} bad")


def _told_columns(kind: Kind) -> tuple[str, ...]:
    return {
        "people": ("name", "e-mail", "role", "language"),
        "clients": ("client", "contact", "owner", "code"),
        "contracts": ("contract", "client", "until", "promises"),
        "traffic": ("contract", "month", "views", "clicks"),
        "plan": ("whose", "product", "days", "target"),
    }[kind]


def _told(row: Row) -> tuple[object, ...]:
    match row:
        case PersonRow():
            return row.name, "; ".join(mail.written for mail in row.mails), row.role, row.language
        case ClientRow():
            mails = " ".join(f"<{mail.written}>" for mail in row.contact.mails) if row.contact else ""
            return row.name, f"{row.contact.name} {mails}" if row.contact else "", row.owner, row.code
        case ContractRow():
            part = row.deliverable
            return row.ref, row.client, row.ends_on, (part.words or part.kind) if part else ""
        case TrafficRow():
            return row.ref, f"{row.month:%Y-%m}", row.views, row.clicks
        case PlanRow():
            return row.told
    raise OurBug(f"no row of an import is a {type(row).__name__}")


def _free(path: Path) -> Path:
    """This path, or one with a number behind its name: somebody may be mending what was kept there before."""
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(each for each in chain([path], numbered) if not each.exists())


def _keep(file: Path, found: Import) -> None:
    """The bad rows beside the file, to be mended."""
    path = _free(file.with_name(f"{file.name.removesuffix('.csv')}.rejected.csv"))
    try:
        path.write_text(found.rejected_csv(), encoding="utf-8-sig", newline="")
    except OSError as refusal:
        raise Never(f"{path} cannot be written: {refusal.strerror}") from refusal
    say(f"{many(len(found.bad), 'bad row is', 'bad rows are')} in {path}, each with its line and why.")
