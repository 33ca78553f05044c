"""The pure road in worker processes, with a limit of time and memory for every mail.

A worker reads bytes it did not ask for; it has no database and no network. One that hangs, or wants too much memory,
is killed, and costs its own mail only. Workers end with the process they work for, however that one ends.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from math import ceil
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from mailbot.config import Limits
from mailbot.errors import MailbotError, TryAgain
from mailbot.message.model import Clues
from mailbot.message.sealing import SealedMail
from mailbot.records.decision import Decision
from mailbot.records.known import Known, PersonCard
from mailbot.service import worker
from mailbot.service.forking import forked_ready
from mailbot.service.road import Judged, Read, Road
from mailbot.service.travelling import travel_light
from mailbot.service.worker import LostError

_log = logging.getLogger(__name__)

Result = TypeVar("Result")
Arguments = tuple[Any, ...]
_HANDFUL = 25  # mails that go to a worker together: to send each by itself costs as much as to read it
_HANDFUL_BYTES = 500_000  # a large mail has the time of one for itself


class _UnansweredError(MailbotError):
    """The pool broke, or stands still, before it could say whose fault that is."""


class Workers:
    """A pool of processes that read and judge. What a mail does to its worker comes out as LostError.

    Where no task is finished for `patience` seconds beyond the limit of a mail, the pool is replaced.
    """

    def __init__(
        self,
        road: Road,
        limits: Limits,
        patience: float = 30.0,
    ) -> None:
        travel_light()
        self._setup = (road, limits)
        self._limits = limits
        self._patience = limits.seconds_per_mail + patience
        self._finished = 0
        self._changing = threading.Lock()
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        pool = ProcessPool(
            max_workers=self._limits.workers, context=forked_ready(), initializer=worker.begin, initargs=self._setup
        )
        pool.schedule(worker.is_ready)  # brings them all up now, while the first mail is still on its way
        return pool

    def read(self, raws: Sequence[bytes], staff: tuple[PersonCard, ...]) -> Iterator[Read | LostError]:
        """Begins to read mails, on all cores; gives each in its order when it is there. `staff` are the people whose
        orders are listened to.

        Small ones go to a worker by the handful, within the time of one; where one spoils it for the others, each is
        read by itself. TryAgain where no worker comes up.
        """
        handfuls = list(_handfuls(raws))
        return self._each(handfuls, staff, self._begin(worker.read_handful, [(each, staff) for each in handfuls]))

    def _each(
        self,
        handfuls: Sequence[tuple[bytes, ...]],
        staff: tuple[PersonCard, ...],
        outcomes: Iterator[tuple[Read, ...] | LostError],
    ) -> Iterator[Read | LostError]:
        for handful, outcome in zip(handfuls, outcomes, strict=True):
            if not isinstance(outcome, LostError):
                yield from outcome
            elif len(handful) == 1:
                yield outcome
            else:
                singly = [(raw,) for raw in handful]
                again = self._begin(worker.read_handful, [(single, staff) for single in singly])
                yield from self._each(singly, staff, again)

    def open(self, mail: SealedMail, known: Known, staff: tuple[PersonCard, ...]) -> Read | LostError:
        """The mail with its files opened, where its sender is believed, and what it mentions with them."""
        (opened,) = self._begin(worker.open_files, [(mail, known, staff)])
        return opened

    def listen(self, mails: Sequence[tuple[SealedMail, tuple[PersonCard, ...]]]) -> Iterator[Clues | LostError]:
        """What the mails mention, each among these people, in their order."""
        return self._begin(worker.listen, mails)

    def judge(self, mails: Sequence[Judged], now: datetime) -> Callable[[], list[Decision]]:
        """Begins to sort and decide mails, by the handful, and by smaller ones where some worker would have none; call
        what it returns for the decisions.

        That raises LostError where one of the mails spoils it.
        """
        size = max(1, min(_HANDFUL, ceil(len(mails) / self._limits.workers)))
        handfuls = [tuple(mails[start : start + size]) for start in range(0, len(mails), size)]
        outcomes = self._begin(worker.judge_handful, [(handful, now) for handful in handfuls])

        def decisions() -> list[Decision]:
            decided: list[Decision] = []
            for outcome in outcomes:
                if isinstance(outcome, LostError):
                    raise outcome
                decided += outcome
            return decided

        return decisions

    def close(self) -> None:
        """Stops the workers, whatever they are at."""
        _stop(self._pool)

    def _begin(self, function: Callable[..., Result], calls: Sequence[Arguments]) -> Iterator[Result | LostError]:
        pool, futures = self._schedule(function, calls)
        return self._outcomes(function, calls, pool, futures)

    def _schedule(
        self, function: Callable[..., Result], calls: Sequence[Arguments]
    ) -> tuple[ProcessPool, list[Future[Result] | _UnansweredError]]:
        pool = self._pool
        try:
            futures: list[Future[Result]] = [
                pool.schedule(function, args=arguments, timeout=self._limits.seconds_per_mail) for arguments in calls
            ]
        except RuntimeError as broken:
            self._replace(pool)
            return pool, [_UnansweredError(str(broken)) for _ in calls]
        for future in futures:
            future.add_done_callback(self._count)
        return pool, list(futures)

    def _outcomes(
        self,
        function: Callable[..., Result],
        calls: Sequence[Arguments],
        pool: ProcessPool,
        futures: Sequence[Future[Result] | _UnansweredError],
    ) -> Iterator[Result | LostError]:
        for arguments, future in zip(calls, futures, strict=True):
            outcome = self._answer(pool, future)
            yield self._alone(function, arguments) if isinstance(outcome, _UnansweredError) else outcome

    def _alone(self, function: Callable[..., Result], arguments: Arguments) -> Result | LostError:
        """Once more, with nothing beside it: now it shows whether the call breaks the pool, or the pool is broken."""
        outcome = self._once(function, arguments)
        if not isinstance(outcome, _UnansweredError):
            return outcome
        well = self._once(worker.is_ready, ())
        if isinstance(well, MailbotError):
            raise TryAgain(f"the worker processes do not come up ({well}); is [limits] memory_megabytes too small?")
        return LostError(f"it breaks the worker processes: {outcome}")

    def _once(self, function: Callable[..., Result], arguments: Arguments) -> Result | LostError | _UnansweredError:
        pool, (future,) = self._schedule(function, [arguments])
        return self._answer(pool, future)

    def _answer(
        self, pool: ProcessPool, future: Future[Result] | _UnansweredError
    ) -> Result | LostError | _UnansweredError:
        """What came of a call; unanswered where nothing moves any more, not even for others who use the pool."""
        if isinstance(future, _UnansweredError):
            return future
        while not future.done():
            before = self._finished
            done, _ = wait([future], self._patience)
            if not done and self._finished == before:
                self._replace(pool)
                break
        return _outcome(future)

    def _count(self, _future: object) -> None:
        self._finished += 1

    def _replace(self, broken: ProcessPool) -> None:
        with self._changing:
            if self._pool is not broken:
                return  # another thread has seen it too
            _log.error("the worker processes broke, or stand still; they are replaced")
            self._pool = self._new_pool()
        _stop(broken)


def _handfuls(raws: Sequence[bytes]) -> Iterator[tuple[bytes, ...]]:
    handful: list[bytes] = []
    for raw in raws:
        if handful and (len(handful) == _HANDFUL or sum(map(len, handful)) + len(raw) > _HANDFUL_BYTES):
            yield tuple(handful)
            handful = []
        handful.append(raw)
    if handful:
        yield tuple(handful)


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _outcome(future: Future[Result]) -> Result | LostError | _UnansweredError:
    if not future.done():
        return _UnansweredError("they do not answer")
    try:
        return future.result()
    except TookTooLong:
        return LostError("reading it took longer than [limits] seconds_per_mail allows, and its worker was stopped")
    except ProcessExpired as death:
        return LostError(f"its worker process died (exit code {death.exitcode})")
    except MemoryError:
        return LostError("reading it takes more memory than [limits] memory_megabytes allows")
    except BrokenProcessPool as broken:
        return _UnansweredError(str(broken) or "the pool broke")
    except LostError as lost:
        _log.exception("a worker could not settle a mail")
        return lost
