"""What is found where somebody asks whether the desk is well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Wellness(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"  # the desk runs, and somebody should know
    FAIL = "fail"  # the desk cannot do its work


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that was looked at. `advice` is what to do, "" where there is nothing to do."""

    wellness: Wellness
    part: str  # "imap sales", "smtp", "database"
    what: str
    advice: str = ""
    unreachable: bool = False
