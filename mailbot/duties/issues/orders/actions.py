"""What orders do to issues. Each can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import select

from mailbot.duties.issues.actions import settle_questions
from mailbot.duties.issues.tables import Issue, IssueState, Ring
from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.pen import Pen


@dataclass(frozen=True, slots=True)
class Merge(Action):
    """One issue goes on in another: what is written about it from now on, and its number, mean the other one."""

    name: ClassVar[str] = "issues.merge"
    issue_id: int
    ref: str
    into_id: int
    into: str

    def carry_out(self, pen: Pen) -> None:
        issue, into = pen.get(Issue, self.issue_id), pen.get(Issue, self.into_id)
        if IssueState.MERGED in (issue.state, into.state):
            raise TryAgain(f"{self.ref} or {self.into} was merged meanwhile; the order will be decided anew")
        earlier = select(Issue).where(Issue.merged_into_id == issue.id, Issue.undone_by.is_(None)).with_for_update()
        for each in pen.session.scalars(earlier).all():
            pen.update(each, merged_into_id=into.id)
        pen.update(issue, state=IssueState.MERGED, merged_into_id=into.id, rings_at=None, rings_for=None)
        settle_questions(pen, self.ref)

    def __str__(self) -> str:
        return f"merge {self.ref} into {self.into}"

    def in_german(self) -> str:
        return f"{self.ref} mit {self.into} zusammenführen"


@dataclass(frozen=True, slots=True)
class Assign(Action):
    """Somebody else answers for an issue, or a department works on it."""

    name: ClassVar[str] = "issues.assign"
    issue_id: int
    ref: str
    person_id: int
    person: str
    is_department: bool

    def carry_out(self, pen: Pen) -> None:
        issue = pen.get(Issue, self.issue_id)
        if self.is_department:
            pen.update(issue, department_id=self.person_id)
        else:
            pen.update(issue, owner_id=self.person_id)

    def __str__(self) -> str:
        return f"give {self.ref} to {self.person}"

    def in_german(self) -> str:
        return f"{self.ref} an {self.person} geben"


@dataclass(frozen=True, slots=True)
class Snooze(Action):
    """An issue rests until a day: nobody is warned meanwhile. A mail of the client wakes it."""

    name: ClassVar[str] = "issues.snooze"
    issue_id: int
    ref: str
    until: date
    wakes_at: datetime

    def carry_out(self, pen: Pen) -> None:
        issue = pen.get(Issue, self.issue_id)
        if issue.state is not IssueState.OPEN:
            raise TryAgain(f"{self.ref} is {issue.state} meanwhile; the order will be decided anew")
        pen.update(issue, snoozed_until=self.until, rings_at=self.wakes_at, rings_for=Ring.WAKES)

    def __str__(self) -> str:
        return f"put {self.ref} off until {self.until:%d %b %Y}"

    def in_german(self) -> str:
        return f"{self.ref} bis {self.until:%d.%m.%Y} zurückstellen"


@dataclass(frozen=True, slots=True)
class Wake(Action):
    """An issue that rested rests no more."""

    name: ClassVar[str] = "issues.wake"
    issue_id: int
    ref: str

    def carry_out(self, pen: Pen) -> None:
        pen.update(pen.get(Issue, self.issue_id), snoozed_until=None)

    def __str__(self) -> str:
        return f"{self.ref} rests no more"

    def in_german(self) -> str:
        return f"{self.ref} ruht nicht mehr"
