"""What an angry mail does to the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from mailbot.duties.issues.actions import kept
from mailbot.duties.issues.tables import Issue, Severity
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import Client


@dataclass(frozen=True, slots=True)
class RaiseSeverity(Action):
    """An issue presses more than it did."""

    name: ClassVar[str] = "issues.raise_severity"
    issue_id: int
    ref: str
    severity: Severity
    because: str
    deadline: date | None = None

    def carry_out(self, pen: Pen) -> None:
        issue = pen.get(Issue, self.issue_id)
        pen.update(
            issue,
            severity=self.severity,
            severity_because=kept(self.because),
            deadline=self.deadline or issue.deadline,
            called_at=None,  # a new angry mail asks for a new call
        )

    def __str__(self) -> str:
        return f"{self.ref} is of severity {self.severity} now: {self.because}"


@dataclass(frozen=True, slots=True)
class NoteCall(Action):
    """Somebody has spoken with the client of an issue."""

    name: ClassVar[str] = "issues.note_call"
    issue_id: int
    ref: str

    def carry_out(self, pen: Pen) -> None:
        issue = pen.get(Issue, self.issue_id)
        pen.update(issue, called_at=pen.now, answered_at=issue.answered_at or pen.now)

    def __str__(self) -> str:
        return f"note that the client of {self.ref} was called"

    def in_german(self) -> str:
        return f"notieren, dass wegen {self.ref} telefoniert wurde"


@dataclass(frozen=True, slots=True)
class PauseClient(Action):
    """Nothing automatic goes to this client any more. An older reason stays."""

    name: ClassVar[str] = "issues.pause_client"
    client_id: int
    client: str
    because: str  # begins with the number of the issue, by which `Close` finds its own pause again

    def carry_out(self, pen: Pen) -> None:
        client = pen.get(Client, self.client_id)
        if client.paused_because is None:
            pen.update(client, paused_because=kept(self.because))

    def __str__(self) -> str:
        return f"stop automatic letters to {self.client}: {self.because}"

    def in_german(self) -> str:
        return f"automatische Mails an {self.client} anhalten"
