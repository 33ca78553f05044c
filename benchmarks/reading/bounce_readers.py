"""Who else reads bounces: flufl.bounce 6 in the same run, mail by mail in turn, and what rb-sisimai says of itself.

flufl.bounce is for this comparison alone, and no part of what is locked.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from rich.table import Table

from benchmarks.reading.predicting import whole_mails
from mailbot.duties.bounces.reports.detectors import failures_in
from mailbot.message import read

Reader = Callable[[bytes], bool]

# Its README (4.22): 1,000 mails in 3.30 s with Ruby 2.4 on its author's machine; it read all of its own 2,000 mails.
_SISIMAI: Final = ("rb-sisimai 4.22 (as published)", "303", "all of its own", "")

logging.getLogger("flufl.bounce").addHandler(logging.NullHandler())  # what it complains of is counted below


@dataclass(slots=True)
class _Run:
    """What one reader did so far."""

    seconds: float = 0.0
    named: int = 0
    raised: int = 0


def ours(raw: bytes) -> bool:
    """Whether we name a recipient of a letter that failed, is late, or was complained of."""
    return bool(failures_in(read(raw)))


def flufl_bounce(raw: bytes) -> bool:
    """Whether flufl.bounce names a recipient."""
    from flufl.bounce import all_failures  # noqa: PLC0415  (installed by choice)

    return any(all_failures(message_from_bytes(raw)))


def beside(folder: Path) -> Table:
    """The mails of a folder, read by each: how many in a second, in how many it names somebody, how often it raised."""
    readers: dict[str, Reader] = {"mailbot": ours}
    is_here = find_spec("flufl") is not None and find_spec("flufl.bounce") is not None
    if is_here:
        readers["flufl.bounce"] = flufl_bounce
    runs = {name: _Run() for name in readers}
    mails = [path.read_bytes() for path in whole_mails(folder)]
    for raw in mails:
        for name, reader in readers.items():
            _one(runs[name], reader, raw)
    table = Table("reader", "mails in a second", "mails with a recipient", "mails that raised", title="beside others")
    for name, run in runs.items():
        table.add_row(name, f"{len(mails) / run.seconds:,.0f}", f"{run.named:,}", str(run.raised))
    if not is_here:
        table.add_row("flufl.bounce", "not installed:", f"{sys.executable} -m pip install flufl.bounce", "")
    table.add_row(*_SISIMAI)
    return table


def _one(run: _Run, reader: Reader, raw: bytes) -> None:
    started = time.perf_counter()
    try:
        run.named += reader(raw)
    except Exception:  # noqa: BLE001  (that a reader raises is one of the things that are measured)
        run.raised += 1
    run.seconds += time.perf_counter() - started
