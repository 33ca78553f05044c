"""A mail of a folder, what is predicted of it, and how long that took."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import JsonValue

from benchmarks.pure import mails_in

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Timed(Generic[Value]):
    """What came of a call: its value, or in words the exception that escaped. `seconds` are those of the wall."""

    seconds: float
    value: Value | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Predicted:
    """What is predicted of one mail. Where an exception escaped, `error` names it, and only a form that has a place
    for errors has a prediction."""

    name: str
    seconds: float
    error: str | None
    prediction: JsonValue


def timed(call: Callable[[], Value]) -> Timed[Value]:
    """Calls, and never raises: that nothing escapes is one of the things that are measured."""
    started = time.perf_counter()
    try:
        value = call()
    except Exception as escaped:  # noqa: BLE001  (see above)
        return Timed(time.perf_counter() - started, None, f"{type(escaped).__name__}: {escaped}")
    return Timed(time.perf_counter() - started, value, None)


def whole_mails(folder: Path) -> tuple[Path, ...]:
    """The mails of a folder: those in its "mails", where it has that, else all that lie in it."""
    inner = folder / "mails"
    return tuple(mails_in(inner if inner.is_dir() else folder))
