"""Stopping the outbox, of the whole desk or towards one domain, and letting it go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from sqlalchemy import BindParameter, ColumnElement, or_, select

from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import Pause

ALL: Final = "*"  # the scope of a pause of the whole desk


def in_force(now: datetime | BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a pause that is in force at this moment, or at one that is said when they are asked."""
    return (Pause.undone_by.is_(None), or_(Pause.until.is_(None), Pause.until > now))


@dataclass(frozen=True, slots=True)
class StopSending(Action):
    """Stops sending: for the whole desk ("*"), or to one recipient domain. Alarms still go out.

    What is stopped already is not stopped twice: whoever finds it so is decided anew.
    """

    name: ClassVar[str] = "desk.stop_sending"
    scope: str
    because: str

    def carry_out(self, pen: Pen) -> None:
        if pen.session.scalar(select(Pause.id).where(Pause.scope == self.scope, *in_force(pen.now))) is not None:
            raise TryAgain(f"sending to {self.scope} was stopped meanwhile")
        pen.insert(Pause(scope=self.scope, because=self.because, since=pen.now))

    def __str__(self) -> str:
        return f"stop sending {'altogether' if self.scope == '*' else f'to {self.scope}'}: {self.because}"


@dataclass(frozen=True, slots=True)
class ResumeSending(Action):
    """Lets the outbox go on."""

    name: ClassVar[str] = "desk.resume_sending"
    scope: str

    def carry_out(self, pen: Pen) -> None:
        for pause in pen.session.scalars(select(Pause).where(Pause.scope == self.scope, *in_force(pen.now))):
            pen.update(pause, until=pen.now)

    def __str__(self) -> str:
        return f"resume sending {'altogether' if self.scope == '*' else f'to {self.scope}'}"
