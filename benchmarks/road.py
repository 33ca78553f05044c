"""The whole road, measured: intake beside its floor, one process and two, the pure part, dispatch, memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import dispatch, intake, pure
from tests.servers import running_dovecot, running_postfix, running_postgresql


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, the reference beside it, and the bar it has to reach.

    The bar is for the ratio to the reference where there is one, else for the figure itself; `at_most` turns it round.
    """

    name: str
    value: float
    unit: str
    reference: float | None = None
    bar: float | None = None
    at_most: bool = False

    @property
    def ratio(self) -> float | None:
        """The figure as a part of its reference."""
        return self.value / self.reference if self.reference else None

    @property
    def reaches_bar(self) -> bool | None:
        """Whether the bar is reached; None where there is none."""
        if self.bar is None:
            return None
        measured = self.value if self.ratio is None else self.ratio
        return measured <= self.bar if self.at_most else measured >= self.bar


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    mails: int
    letters: int
    many_mails: int


def measure(corpus: Path | None, size: Size, only: tuple[str, ...], json_file: Path | None) -> None:
    """Measures what is asked for, prints a table, and writes the figures down where a file is named."""
    parts: dict[str, Callable[[], list[Figure]]] = {
        "intake": lambda: of_intake(size.mails),
        "workers": lambda: of_processes(size.mails),
        "pure": lambda: of_pure(corpus) if corpus else [],
        "dispatch": lambda: of_dispatch(size.letters),
        "memory": lambda: of_memory(size.mails // 5, size.many_mails),
    }
    figures = [figure for name, part in parts.items() if name in only for figure in part()]
    show(figures)
    if json_file:
        told = [asdict(figure) | {"ratio": figure.ratio, "reaches_bar": figure.reaches_bar} for figure in figures]
        json_file.write_text(json.dumps(told, indent=1) + "\n")


def of_intake(mails: int) -> list[Figure]:
    """(a) IMAP to committed decision with SQLite at synchronous=FULL, beside the floor on the same inbox."""
    with running_dovecot() as dovecot, folder() as where:
        user = intake.filled_inbox(dovecot, mails)
        lowest = mails / intake.floor(dovecot, user, where / "floor.sqlite")
        desk = intake.desk_of(dovecot, user, f"sqlite:///{where}/desk.sqlite")
        ours = mails / intake.taken_in(desk, mails).seconds
    return [Figure("intake, SQLite at synchronous=FULL, beside its floor", ours, "mails/s", lowest, 0.4)]


def of_processes(mails: int) -> list[Figure]:
    """(a) Two processes beside one on PostgreSQL, each with one worker."""
    with running_dovecot() as dovecot, running_postgresql() as postgresql:
        rates = []
        for processes in (1, 2):
            user = intake.filled_inbox(dovecot, mails)
            desk = intake.desk_of(dovecot, user, postgresql.new_database(), workers=1)
            rates.append(mails / intake.taken_in(desk, mails, processes).seconds)
    return [Figure("intake, PostgreSQL, two processes beside one", rates[1], "mails/s", rates[0], 1.3)]


def of_pure(corpus: Path) -> list[Figure]:
    """(b) Bytes to decision over a folder of mails."""
    run = pure.over(corpus)
    speed = Figure(
        f"pure road, {run.mails} mails, beside compat32 parsing alone",
        run.compared / run.seconds,
        "mails/s",
        run.compared / run.reference_seconds,
    )
    return [
        speed,
        Figure(f"pure road, slowest mail ({run.slowest[1]})", run.slowest[0], "s", bar=2.0, at_most=True),
        Figure("pure road, mails that raised", len(run.raised), "", bar=0, at_most=True),
        Figure("pure road, memory at most", run.peak_megabytes, "MB", bar=600, at_most=True),
    ]


def of_dispatch(letters: int) -> list[Figure]:
    """(c) Letters through Postfix, beside bare smtplib on one connection."""
    with running_dovecot() as dovecot, running_postfix(dovecot) as postfix, folder() as where:
        ours, bare = dispatch.rates(postfix, letters, where)
    return [Figure("dispatch through Postfix, beside bare smtplib", ours, "letters/s", bare, 0.6)]


def of_memory(few: int, many: int) -> list[Figure]:
    """(d) Memory of the desk process at most, for many mails beside few."""
    peaks = []
    with ExitStack() as stack:
        dovecot, where = stack.enter_context(running_dovecot()), stack.enter_context(folder())
        for mails in (few, many):
            desk = intake.desk_of(dovecot, intake.filled_inbox(dovecot, mails), f"sqlite:///{where}/{mails}.sqlite")
            peaks.append(intake.taken_in(desk, mails).desk_megabytes)
    name = f"memory of the desk, {many:,} mails beside {few:,}"
    return [Figure(name, peaks[1], "MB", peaks[0], bar=1.2, at_most=True)]


def show(figures: list[Figure]) -> None:
    """The figures as a table."""
    table = Table("what", "measured", "reference", "ratio", "bar", "")
    for figure in figures:
        bar = "" if figure.bar is None else f"{'≤' if figure.at_most else '≥'} {figure.bar:g}"
        table.add_row(
            figure.name,
            f"{figure.value:,.1f} {figure.unit}".strip(),
            f"{figure.reference:,.1f}" if figure.reference else "",
            f"{figure.ratio:.2f}" if figure.ratio else "",
            bar,
            {True: "reached", False: "missed", None: ""}[figure.reaches_bar],
        )
    Console().print(table)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that goes when the measuring is done."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
