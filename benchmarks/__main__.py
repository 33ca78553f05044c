"""`./start bench`: what the desk can do in a second on this machine (road), and what it reads in mails (reading)."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def bench() -> None:
    """Measures the desk on this machine. Nothing is sent anywhere but to loopback."""


SETS = ("replies", "autoreply", "robustness", "attacks", "bounces", "numbers")
PARTS = ("intake", "workers", "pure", "dispatch", "memory")


@bench.command()
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--mails", default=5_000, show_default=True, help="How many mails lie in the inbox.")
@click.option("--letters", default=1_000, show_default=True, help="How many letters are handed over.")
@click.option("--many-mails", default=50_000, show_default=True, help="How many mails the memory is measured with.")
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="Measure only this; may be said again.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write the figures here.")
def road(
    corpus: Path | None, mails: int, letters: int, many_mails: int, only: tuple[str, ...], json_file: Path | None
) -> None:
    """The whole road: intake, the pure part over a CORPUS of mails, dispatch, memory."""
    from benchmarks.road import Size, measure  # noqa: PLC0415  (--help should not load a mail server)

    measure(corpus, Size(mails, letters, many_mails), only or PARTS, json_file)


@bench.command()
@click.argument("which", metavar="SET", type=click.Choice(SETS))
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The predictions, as JSON.")
def reading(which: str, folder: Path, out: Path) -> None:
    """What the desk reads in the mails of DIR, told in the form of a SET. Labels are not looked at."""
    from benchmarks.reading.measuring import measure  # noqa: PLC0415  (--help should not load the desk)

    measure(which, folder, out)


@bench.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--shown", default=5, show_default=True, help="How many differences of each kind are shown.")
def agree(folder: Path, shown: int) -> None:
    """Three other readers over the mails of DIR: where they agree with each other, and whether we agree with them.

    They are not among what is locked: pip install fast-mail-parser; apt install gir1.2-gmime-3.0 python3-gi.
    """
    from benchmarks.agreement.count import compare  # noqa: PLC0415  (--help should not load the desk)

    compare(folder, shown)


@bench.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def speed(folder: Path) -> None:
    """Reading, sorting and deciding the mails of DIR on one core, beside parsing them with mail-parser 4.

    It is not among what is locked: pip install mail-parser.
    """
    from benchmarks.speed import measure  # noqa: PLC0415  (--help should not load the desk)

    measure(folder)


@bench.command()
@click.argument("names_file", metavar="NAMES.txt", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("queries_file", metavar="QUERIES.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sample", default=40, show_default=True, help="Queries for rapidfuzz; pg_trgm gets ten times that.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write the figures here.")
def names(names_file: Path, queries_file: Path, sample: int, json_file: Path | None) -> None:
    """Which client is meant, among the names of NAMES.txt, one a line.

    QUERIES.json lists {"q": what somebody wrote, "truth": the line that is meant, from 0, or -1 for none}.
    """
    from benchmarks.names import measure  # noqa: PLC0415  (--help should not load the desk)

    measure(names_file, queries_file, sample, json_file)


@bench.command()
def hostile() -> None:
    """Mails made to be slow, each on the pure road; and how the time of the trimmer grows from 10 kB to 10 MB."""
    from benchmarks.hostile import measure  # noqa: PLC0415  (--help should not load the desk)

    measure()


@bench.command()
@click.option("--lines", default=1_000_000, show_default=True, help="How many lines the ledger has.")
@click.option("--database", help="An empty database for it; else SQLite and PostgreSQL, which are deleted.")
def figures(lines: int, database: str | None) -> None:
    """The weekly report over a million lines, with chart and workbook: seconds, memory, and whether sums are exact."""
    from benchmarks.figures import measure  # noqa: PLC0415  (--help should not load the desk)

    measure(lines, database)


@bench.command()
@click.option("--issues", default=10_000, show_default=True, help="How many issues are open.")
@click.option("--contracts", default=50_000, show_default=True, help="How many contracts there are.")
@click.option("--benefits", default=200_000, show_default=True, help="How many benefits they promise.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write the figures here.")
def upkeep(issues: int, contracts: int, benefits: int, json_file: Path | None) -> None:
    """What falls due on one working day, and what that costs when ten times as much exists that is not due."""
    from benchmarks.portfolio import Size  # noqa: PLC0415  (--help should not load the desk)
    from benchmarks.upkeep import measure  # noqa: PLC0415

    measure(Size(issues, contracts, benefits), json_file)


if __name__ == "__main__":
    bench()
