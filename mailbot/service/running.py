"""The running desk: each part in a thread of its own, woken by its bell, slowed down by trouble, stopped together."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from mailbot.errors import Never, TryAgain
from mailbot.service.schedule import Bell

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a part waits after trouble, in seconds: twice as long each time; where only a person can help, long."""

    first: float = 1.0
    longest: float = 300.0
    for_a_person: float = 150.0


class Part(Protocol):
    """Something that is done again and again."""

    def step(self) -> int:
        """Does what there is to do, and says how much that was."""


@dataclass(frozen=True, slots=True)
class Running:
    """A part of the desk: its name, its work, and how it waits between two steps (None: for the bell)."""

    name: str
    part: Part
    wait: Callable[[], object] | None
    close: Callable[[], None]


class Desk:
    """All parts together, until somebody says stop."""

    def __init__(
        self,
        parts: Sequence[Running],
        bell_seconds: float = 5.0,
        patience: Patience = Patience(),
    ) -> None:
        self._parts = tuple(parts)
        self._patience = patience
        self.trouble: Exception | None = None  # what nobody had foreseen, and stopped the desk
        self._stop = threading.Event()
        self._rung = {part.name: threading.Event() for part in parts}
        self._bell = Bell(self.ring, bell_seconds)
        self._threads = [threading.Thread(target=self._keep_on, args=(part,), name=part.name) for part in parts]

    def start(self) -> None:
        """Begins the work of all parts."""
        self._bell.start()
        for thread in self._threads:
            thread.start()

    def ring(self) -> None:
        """Wakes every part that waits for the bell."""
        for event in self._rung.values():
            event.set()

    def stop(self) -> None:
        """Lets every part finish the step it is at, and closes it."""
        self._stop.set()
        self._bell.stop()
        self.ring()
        for part in self._parts:
            part.close()
        for thread in self._threads:
            thread.join()

    def wait(self) -> None:
        """Waits until somebody says stop."""
        self._stop.wait()

    def _keep_on(self, running: Running) -> None:
        pause = self._patience.first
        while not self._stop.is_set():
            try:
                done = running.part.step()
                pause = self._patience.first
                if done:
                    self.ring()  # what one part did may be work for another
                else:
                    self._await(running)
            except TryAgain as trouble:
                self._hold_back(running.name, trouble, pause)
                pause = min(pause * 2, self._patience.longest)
            except Never as trouble:
                self._hold_back(running.name, trouble, self._patience.for_a_person)
            except Exception as trouble:  # noqa: BLE001  (not swallowed: the desk stops, and run says why)
                _log.exception("%s stopped the desk", running.name)
                self.trouble = trouble
                self._stop.set()

    def _await(self, running: Running) -> None:
        if running.wait is not None:
            running.wait()
            return
        self._rung[running.name].wait()
        self._rung[running.name].clear()

    def _hold_back(self, name: str, trouble: Exception, pause: float) -> None:
        _log.warning("%s: %s; tried again in %.0f s", name, trouble, pause)
        self._stop.wait(pause)
