"""A whole folder: the predictions as JSON, the speed as a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from benchmarks.reading.attacks import attacks
from benchmarks.reading.bounce_readers import beside
from benchmarks.reading.numbers import numbers
from benchmarks.reading.predicting import Predicted
from benchmarks.reading.strangers import automatic_mails, bounced_mails, odd_mails, replies

Set = Callable[[Path], Iterator[Predicted]]

SETS: Final[Mapping[str, Set]] = {
    "replies": replies,
    "autoreply": automatic_mails,
    "robustness": odd_mails,
    "attacks": attacks,
    "bounces": bounced_mails,
    "numbers": numbers,
}


def measure(name: str, folder: Path, out: Path) -> None:
    """Reads the folder as mails of that set, writes the predictions to `out`, and prints how fast it went."""
    predicted = list(SETS[name](folder))
    if not predicted:
        raise click.ClickException(f"{folder} holds no mails of the set {name!r}; see ./start bench reading --help")
    written = {each.name: each.prediction for each in predicted if each.prediction is not None}
    out.write_text(json.dumps(written, indent=1) + "\n")
    show(name, predicted)
    if name == "bounces":
        Console().print(beside(folder))


def show(name: str, predicted: Sequence[Predicted]) -> None:
    """The speed of a set, its slowest mail, and what escaped."""
    slowest = max(predicted, key=lambda each: each.seconds)
    raised = [each for each in predicted if each.error]
    table = Table("what", "measured", title=f"reading: {name}")
    table.add_row("mails", f"{len(predicted):,}")
    table.add_row("mails in a second", f"{len(predicted) / sum(each.seconds for each in predicted):,.0f}")
    table.add_row("slowest mail", f"{slowest.seconds:.3f} s  {slowest.name}")
    table.add_row("mails that raised", str(len(raised)))
    for each in raised:
        table.add_row("", f"{each.name}: {each.error}")
    Console().print(table)
