"""The pure road in worker processes, with a limit of time and memory for every mail.

A worker reads bytes it did not ask for; it has no database and no network. One that hangs, or wants too much memory,
is killed, and costs its own mail only.
"""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Sequence
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from mailbot.config import Limits as LimitSettings
from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.errors import MailbotError, OurBug
from mailbot.message import Limits, clues, read
from mailbot.message.model import Clues, Message
from mailbot.records.decision import Decision
from mailbot.records.known import Known
from mailbot.sorting.model import Reader
from mailbot.sorting.sort import sort

Result = TypeVar("Result")


class LostError(MailbotError):
    """A mail cost its worker: it hung, died, or ran out of memory."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A mail with what is known about it, on its way to a decision."""

    message: Message
    known: Known


class Workers:
    """A pool of processes that read and judge. What a mail does to its worker comes out as LostError."""

    def __init__(self, orders: StandingOrders, readers: Sequence[tuple[str, Reader]], limits: LimitSettings) -> None:
        self._seconds = limits.seconds_per_mail
        self._pool = ProcessPool(
            max_workers=limits.workers,
            context=multiprocessing.get_context("forkserver"),
            initializer=_begin,
            initargs=(orders, tuple(readers), limits),
        )

    def read(self, raws: Sequence[bytes]) -> list[tuple[Message, Clues] | LostError]:
        """Reads mails, all cores at once; each has its own limit of time."""
        futures = [self._pool.schedule(_read, args=[raw], timeout=self._seconds) for raw in raws]
        outcomes: list[tuple[Message, Clues] | LostError] = []
        for future in futures:
            outcome = _outcome(future)
            outcomes.append(outcome)
        return outcomes

    def judge(self, mails: Sequence[Judged], now: datetime) -> list[Decision | LostError]:
        """Sorts and decides mails. Where a group costs its worker, each of its mails is judged again by itself."""
        if not mails:
            return []
        future = self._pool.schedule(_judge, args=[tuple(mails), now], timeout=self._seconds)
        together = _outcome(future)
        if not isinstance(together, LostError):
            return list(together)
        if len(mails) == 1:
            return [together]
        return [self.judge([mail], now)[0] for mail in mails]

    def close(self) -> None:
        """Stops the workers, whatever they are at."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _outcome(future: ProcessFuture[Result]) -> Result | LostError:
    try:
        return future.result()
    except TookTooLong:
        return LostError("reading it took longer than [limits] seconds_per_mail allows, and its worker was stopped")
    except ProcessExpired as death:
        return LostError(f"its worker process died (exit code {death.exitcode})")
    except MemoryError:
        return LostError("reading it takes more memory than [limits] memory_megabytes allows")


@dataclass(frozen=True, slots=True)
class _Setup:
    orders: StandingOrders
    readers: tuple[tuple[str, Reader], ...]
    limits: Limits


_setup: _Setup | None = None


def _begin(orders: StandingOrders, readers: tuple[tuple[str, Reader], ...], limits: LimitSettings) -> None:
    """Runs once in a new worker, which takes the limit of memory upon itself before it reads anything."""
    global _setup  # noqa: PLW0603  (a worker process is set up once, and then only reads this)
    allowed = limits.memory_megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
    _setup = _Setup(orders, readers, Limits(mail_bytes=int(limits.mail_megabytes * 1_000_000)))


def _ready() -> _Setup:
    if _setup is None:
        raise OurBug("a worker process was given a mail before it was set up")
    return _setup


def _read(raw: bytes) -> tuple[Message, Clues]:
    message = read(raw, _ready().limits)
    return message, clues(message)


def _judge(mails: tuple[Judged, ...], now: datetime) -> tuple[Decision, ...]:
    setup = _ready()
    return tuple(
        decide(mail.message, mail.known, sort(mail.message, mail.known, setup.readers), setup.orders, now)
        for mail in mails
    )
