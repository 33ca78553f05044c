"""What a child process may use: memory, processor, time and output. It limits itself before it reads anything."""

from __future__ import annotations

import resource
import signal
from dataclasses import dataclass
from typing import Final

TOO_MUCH: Final = 3  # the exit code of a child whose memory did not suffice


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and seconds. `busy_seconds` are those of the processor; `seconds` are those of the clock, and several times
    as many: a good file is not too large because the machine has other work."""

    most_read: int
    most_written: int
    memory: int
    seconds: float
    busy_seconds: int


def limit(limits: Limits) -> None:
    """Sets them for this process. What the desk itself may use is never raised."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.busy_seconds),
        (resource.RLIMIT_FSIZE, limits.most_written),
        (resource.RLIMIT_CORE, 0),
    ):
        allowed = resource.getrlimit(kind)[1]
        least = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (least, least))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)  # for when nobody is left to stop it
