"""What can go wrong, told apart by what helps.

TryAgain   the same call may go through later: a server that is busy, a lock, a dropped connection.
Never      trying again changes nothing: a person has to mend a file, a setting, a record.
OurBug     the program broke a promise to itself. It is reported as such and never blamed on the mail.

Every message says what happened, where (file, line, value), and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass


class MailbotError(Exception):
    """The root of all errors that the program raises on purpose."""


class TryAgain(MailbotError):
    """The same call may succeed later."""


class Never(MailbotError):
    """The same call will fail again until somebody changes something."""


class OurBug(MailbotError):
    """A promise inside the program was broken."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file a person wrote: where it stands, what it is and what to write instead."""

    file: str
    line: int | None
    what: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.what}"


class Faults(Never):
    """All the faults of one reading at once, never only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults

    def __reduce__(self) -> tuple[type[Faults], tuple[tuple[Fault, ...]]]:
        return (Faults, (self.faults,))
