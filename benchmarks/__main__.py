"""`./start bench road [CORPUS]` and `./start bench reading SET DIR --out PRED.json`."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def bench() -> None:
    """Measures the desk on this machine. Nothing is sent anywhere but to loopback."""


@bench.command()
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--mails", default=5000, show_default=True, help="How many mails lie in the inbox.")
@click.option("--letters", default=1000, show_default=True, help="How many letters are handed over.")
@click.option("--only", multiple=True, type=click.Choice(["intake", "workers", "pure", "dispatch", "memory"]))
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write the figures here.")
def road(corpus: Path | None, mails: int, letters: int, only: tuple[str, ...], json_file: Path | None) -> None:
    """The whole road: intake, the pure part over a CORPUS of mails, dispatch, memory."""
    from benchmarks.road import measure  # noqa: PLC0415  (reading --help should not load a mail server)

    measure(corpus, mails, letters, only or ("intake", "workers", "pure", "dispatch", "memory"), json_file)


if __name__ == "__main__":
    bench()
