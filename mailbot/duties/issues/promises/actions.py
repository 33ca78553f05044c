"""What promises do to the records of an issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from mailbot.duties.issues.actions import Times
from mailbot.duties.issues.tables import Issue, IssueState
from mailbot.records.decision import Action
from mailbot.records.pen import Pen


@dataclass(frozen=True, slots=True)
class Promise(Action):
    """Somebody here has promised to have it done by a day."""

    name: ClassVar[str] = "issues.promise"
    issue_id: int
    ref: str
    by: str  # who promises
    day: date
    times: Times

    def carry_out(self, pen: Pen) -> None:
        issue = pen.get(Issue, self.issue_id)
        times = self.times
        pen.update(
            issue, promised_on=self.day, solve_by=times.solve_by, rings_at=times.rings_at, rings_for=times.rings_for
        )

    def __str__(self) -> str:
        return f"{self.by} promises {self.ref} by {self.day:%d %b %Y}"

    def in_german(self) -> str:
        return f"{self.by} sagt {self.ref} bis {self.day:%d.%m.%Y} zu"


@dataclass(frozen=True, slots=True)
class SetRing(Action):
    """When the clock looks at an open issue next; it does not at one that rests or is solved."""

    name: ClassVar[str] = "issues.set_ring"
    issue_id: int
    ref: str
    times: Times

    def carry_out(self, pen: Pen) -> None:
        issue = pen.get(Issue, self.issue_id)
        rings = issue.state in (IssueState.OPEN, IssueState.CLAIMED)
        pen.update(
            issue,
            rings_at=self.times.rings_at if rings else None,
            rings_for=self.times.rings_for if rings else None,
        )

    def __str__(self) -> str:
        if self.times.rings_at is None or self.times.rings_for is None:
            return f"the clock looks at {self.ref} no more"
        return f"the clock looks at {self.ref} again: {self.times.rings_for.value}"

    def in_german(self) -> str:
        if self.times.rings_at is None:
            return f"für {self.ref} läuft keine Uhr mehr"
        return f"die Uhr für {self.ref} weiterstellen"
