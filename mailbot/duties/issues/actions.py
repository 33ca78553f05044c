"""What the issues duty does to the records: frozen actions of a closed set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final

from sqlalchemy import select

from mailbot.duties.issues.kinds import ASKING_DONE, DONE_QUESTION, NAME
from mailbot.duties.issues.tables import Issue, IssueMessage, IssueState, Ring, Severity, Voice
from mailbot.duties.issues.tables_in_words import ISSUE
from mailbot.errors import TryAgain
from mailbot.letters.cleaning import clean
from mailbot.letters.model import Language
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import Client, DecisionRow, LetterRow, QuestionRow, QuestionState, TaskRow, TaskState

_LONGEST_TEXT = 20_000
_LONGEST_NAME = 200
_LONGEST_NUMBER = 64


@dataclass(frozen=True, slots=True)
class Times:
    """What is promised for an issue, and when the clock looks at it next: see `Issue`."""

    answer_by: datetime | None = None
    solve_by: datetime | None = None
    rings_at: datetime | None = None
    rings_for: Ring | None = None


NO_TIMES: Final = Times()


@dataclass(frozen=True, slots=True)
class Open(Action):
    """A new issue, with the mail that reports it."""

    name: ClassVar[str] = "issues.open"
    ref: str  # "" at the command line: that of the decision
    client_id: int | None
    writer: str  # the name on record; "" for a stranger
    address: str
    address_key: str
    subject: str
    words: str
    severity: Severity
    severity_because: str
    owner_id: int | None
    deadline: date | None = None
    language: Language = "en"
    department_id: int | None = None
    follows_id: int | None = None
    contract_id: int | None = None
    deliverable_id: int | None = None
    link: str | None = None
    asks_month: date | None = None
    times: Times = NO_TIMES

    def carry_out(self, pen: Pen) -> None:
        issue = pen.insert(
            Issue(
                ref=self.ref or pen.session.get_one(DecisionRow, pen.decision_id).ref,
                client_id=self.client_id,
                name=kept(self.writer, _LONGEST_NAME),
                address=self.address,
                address_key=self.address_key,
                subject=kept(self.subject),
                opened_at=pen.now,
                severity=self.severity,
                severity_because=kept(self.severity_because),
                owner_id=self.owner_id,
                deadline=self.deadline,
                language=self.language,
                department_id=self.department_id,
                follows_id=self.follows_id,
                contract_id=self.contract_id,
                deliverable_id=self.deliverable_id,
                link=None if self.link is None else kept(self.link),
                asks_month=self.asks_month,
                answer_by=self.times.answer_by,
                solve_by=self.times.solve_by,
                rings_at=self.times.rings_at,
                rings_for=self.times.rings_for,
            )
        )
        _keep(pen, issue.id, Voice.CLIENT, self.address, self.words)

    def __str__(self) -> str:
        return f"open {self.ref}, severity {self.severity} ({self.severity_because}): {self.subject}"

    def in_german(self) -> str:
        return f"den Vorgang {self.ref} anlegen ({ISSUE['severity'].values[self.severity].de}): {self.subject}"


@dataclass(frozen=True, slots=True)
class Attach(Action):
    """A further mail is kept with an issue. One that was closed, or opened again, meanwhile is decided anew: what a
    client writes to a solved issue opens it, and who closes a solved one hears that it was."""

    name: ClassVar[str] = "issues.attach"
    issue_id: int
    ref: str
    state: IssueState  # as it was known
    voice: Voice
    sender: str
    words: str
    passed_on: bool = False  # a colleague's words go to the client

    def carry_out(self, pen: Pen) -> None:
        issue = pen.get(Issue, self.issue_id)
        if issue.state is not self.state:
            raise TryAgain(f"{self.ref} is {issue.state} meanwhile; the mail will be decided anew")
        _keep(pen, issue.id, self.voice, self.sender, self.words, passed_on=self.passed_on)
        if self.passed_on and issue.answered_at is None:
            pen.update(issue, answered_at=pen.now)

    def __str__(self) -> str:
        return f"keep the mail of {self.sender} with {self.ref}"

    def in_german(self) -> str:
        return f"die Mail von {self.sender} bei {self.ref} ablegen"


@dataclass(frozen=True, slots=True)
class Claim(Action):
    """Somebody says that an issue is done, and the page that it is about is looked at before that is believed."""

    name: ClassVar[str] = "issues.claim"
    issue_id: int
    ref: str
    link: str

    def carry_out(self, pen: Pen) -> None:
        issue = pen.get(Issue, self.issue_id)
        if issue.state is not IssueState.OPEN:
            raise TryAgain(f"{self.ref} is {issue.state} meanwhile; the mail will be decided anew")
        pen.update(issue, state=IssueState.CLAIMED, link=kept(self.link))

    def __str__(self) -> str:
        return f"{self.ref} is said to be done: look at {self.link}"

    def in_german(self) -> str:
        return f"{self.ref} soll erledigt sein: {self.link} prüfen"


@dataclass(frozen=True, slots=True)
class Reopen(Action):
    """An issue that counted as solved waits again."""

    name: ClassVar[str] = "issues.reopen"
    issue_id: int
    ref: str

    def carry_out(self, pen: Pen) -> None:
        pen.update(pen.get(Issue, self.issue_id), state=IssueState.OPEN, solved_at=None)

    def __str__(self) -> str:
        return f"open {self.ref} again"

    def in_german(self) -> str:
        return f"{self.ref} wieder öffnen"


@dataclass(frozen=True, slots=True)
class KeepTheirNumber(Action):
    """What the client's own ticket system calls the issue. The first number stays."""

    name: ClassVar[str] = "issues.keep_their_number"
    issue_id: int
    ref: str
    number: str

    def carry_out(self, pen: Pen) -> None:
        issue = pen.get(Issue, self.issue_id)
        if issue.their_number is None:
            pen.update(issue, their_number=kept(self.number, _LONGEST_NUMBER))

    def __str__(self) -> str:
        return f"{self.ref} is {self.number} at the client's"


@dataclass(frozen=True, slots=True)
class Close(Action):
    """An issue is solved, by a person's word: what was asked about it is settled, and its own pause is over."""

    name: ClassVar[str] = "issues.close"
    issue_id: int
    ref: str

    def carry_out(self, pen: Pen) -> None:
        issue = pen.get(Issue, self.issue_id)
        if issue.state is IssueState.SOLVED:
            return
        answered = issue.answered_at or pen.now
        pen.update(
            issue, state=IssueState.SOLVED, solved_at=pen.now, answered_at=answered, rings_at=None, rings_for=None
        )
        settle_questions(pen, self.ref)
        self._settle_tasks(pen)
        if issue.client_id is not None:
            client = pen.get(Client, issue.client_id)
            if is_pause_of(client.paused_because, self.ref):
                pen.update(client, paused_because=None)

    def _settle_tasks(self, pen: Pen) -> None:
        of_this_issue = select(IssueMessage.arrival_id).where(IssueMessage.issue_id == self.issue_id)
        tasks = select(TaskRow).where(
            TaskRow.duty == NAME, TaskRow.state == TaskState.OPEN, TaskRow.arrival_id.in_(of_this_issue)
        )
        for task in pen.session.scalars(tasks).all():
            pen.update(task, state=TaskState.DONE)

    def __str__(self) -> str:
        return f"close {self.ref}"


def settle_questions(pen: Pen, ref: str) -> None:
    """Nobody is asked any more whether this issue is done."""
    asked = (
        select(QuestionRow)
        .join(LetterRow, LetterRow.ref == QuestionRow.letter_ref)
        .where(
            LetterRow.purpose.in_(ASKING_DONE),
            LetterRow.object == ref,
            QuestionRow.kind == DONE_QUESTION,
            QuestionRow.state == QuestionState.OPEN,
            QuestionRow.undone_by.is_(None),
        )
    )
    for question in pen.session.scalars(asked).all():
        pen.update(question, state=QuestionState.ANSWERED)


def is_pause_of(paused_because: str | None, ref: str) -> bool:
    """Whether a client is paused because of this issue."""
    return paused_because is not None and paused_because.startswith(f"{ref}:")


def _keep(pen: Pen, issue_id: int, voice: Voice, sender: str, words: str, *, passed_on: bool = False) -> None:
    pen.insert(
        IssueMessage(
            issue_id=issue_id,
            arrival_id=pen.arrival_id,
            voice=voice,
            sender=sender,
            words=kept(words),
            passed_on=passed_on,
            at=pen.now,
        )
    )


def kept(text: str, longest: int = _LONGEST_TEXT) -> str:
    """Words of strangers as every database takes them."""
    return clean(text, longest)
