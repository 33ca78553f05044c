"""What runs inside a worker process: it is set up once, and then takes the pure road within its limits."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from mailbot.config import Limits as LimitSettings
from mailbot.errors import MailbotError, OurBug
from mailbot.message import Limits
from mailbot.message.model import Clues
from mailbot.message.sealing import SealedMail
from mailbot.records.decision import Decision
from mailbot.records.known import Known, PersonCard
from mailbot.service.garbage import collect_garbage_seldom
from mailbot.service.road import Judged, Read, Road
from mailbot.service.travelling import travel_light

_STDERR = 2
_BEHIND_THE_DESK = 10  # niceness: where cores are short, who writes down what was read goes before who reads on


class LostError(MailbotError):
    """A mail cost its worker, or broke what reads it: it hung, died, ran out of memory, or raised."""


@dataclass(frozen=True, slots=True)
class _Setup:
    road: Road
    limits: Limits
    seconds: float


_setup: _Setup | None = None


def begin(road: Road, limits: LimitSettings) -> None:
    """Runs once in a new worker, which takes the limit of memory upon itself before it reads anything."""
    global _setup  # noqa: PLW0603  (a worker process is set up once, and then only reads this)
    allowed = limits.memory_megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
    most = int(limits.mail_megabytes * 1_000_000)
    _setup = _Setup(road, Limits(mail_bytes=most), limits.seconds_per_mail)
    faulthandler.register(signal.SIGALRM, file=_STDERR, chain=True)  # says where it stands, and dies
    os.nice(_BEHIND_THE_DESK)
    travel_light()
    collect_garbage_seldom()


def is_ready() -> bool:
    """Whether this worker was set up."""
    return _setup is not None


def read_handful(raws: tuple[bytes, ...], staff: tuple[PersonCard, ...]) -> tuple[Read, ...]:
    """Reads mails in this worker. Raises LostError, or MemoryError."""
    setup = _ready()
    with _within_limits(setup.seconds):
        road = setup.road.among(staff)
        return tuple(road.read(raw, setup.limits) for raw in raws)


def open_files(mail: SealedMail, known: Known, staff: tuple[PersonCard, ...]) -> Read:
    """Opens the files of a mail in this worker, where its sender is believed, and looks at it again. Raises LostError,
    or MemoryError."""
    setup = _ready()
    with _within_limits(setup.seconds):
        return setup.road.among(staff).open(mail, known)


def listen(mail: SealedMail, staff: tuple[PersonCard, ...]) -> Clues:
    """Looks at a mail again, among other people. Raises LostError, or MemoryError."""
    setup = _ready()
    with _within_limits(setup.seconds):
        return setup.road.among(staff).listen(mail)


def judge_handful(mails: tuple[Judged, ...], now: datetime) -> tuple[Decision, ...]:
    """Sorts and decides mails in this worker. Raises LostError, or MemoryError."""
    setup = _ready()
    with _within_limits(setup.seconds):
        return tuple(setup.road.judge(mail, now) for mail in mails)


def _ready() -> _Setup:
    if _setup is None:
        raise OurBug("a worker process was given a mail before it was set up")
    return _setup


@contextmanager
def _within_limits(seconds: float) -> Iterator[None]:
    """The worker's own limit of time, for when nobody is left to stop it; and whatever is raised, in words."""
    signal.setitimer(signal.ITIMER_REAL, 2 * seconds + 1)
    try:
        yield
    except MemoryError:
        raise
    except Exception as trouble:
        raise LostError(f"{type(trouble).__name__}: {trouble}") from trouble
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
