"""The process that every worker is forked from: it imports what a mail needs once, and each worker is there at once.

Imports next to nothing itself, so that a command can start that process before it imports anything for its own work.
"""

from __future__ import annotations

import multiprocessing
import pkgutil
import signal
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

from mailbot import duties

_THE_PURE_ROAD = "mailbot.service.workers"


def forked_ready() -> ForkServerContext:
    """How processes are made that have the pure road and all duties in memory when they begin."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["mailbot.__main__", _THE_PURE_ROAD, *_every_duty()])
    return context


def begin_to_import() -> None:
    """Starts the process that workers are forked from, and does not wait for it: it imports on another core.

    For the main thread of a command, before that imports what it needs for itself.
    """
    forked_ready()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # is inherited: Ctrl-C is for the command alone
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


def _every_duty() -> list[str]:
    return [f"{duties.__name__}.{found.name}" for found in pkgutil.iter_modules(duties.__path__) if found.ispkg]
