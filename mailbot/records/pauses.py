"""Stopping the outbox, of the whole desk or towards one domain, and letting it go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import or_, select

from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import Pause


@dataclass(frozen=True, slots=True)
class StopSending(Action):
    """Stops sending: for the whole desk ("*"), or to one recipient domain. Alarms still go out."""

    name: ClassVar[str] = "desk.stop_sending"
    scope: str
    because: str

    def carry_out(self, pen: Pen) -> None:
        pen.insert(Pause(scope=self.scope, because=self.because, since=pen.now))

    def __str__(self) -> str:
        return f"stop sending {'altogether' if self.scope == '*' else f'to {self.scope}'}: {self.because}"


@dataclass(frozen=True, slots=True)
class ResumeSending(Action):
    """Lets the outbox go on."""

    name: ClassVar[str] = "desk.resume_sending"
    scope: str

    def carry_out(self, pen: Pen) -> None:
        stopped = select(Pause).where(
            Pause.scope == self.scope, Pause.undone_by.is_(None), or_(Pause.until.is_(None), Pause.until > pen.now)
        )
        for pause in pen.session.scalars(stopped):
            pen.update(pause, until=pen.now)

    def __str__(self) -> str:
        return f"resume sending {'altogether' if self.scope == '*' else f'to {self.scope}'}"
