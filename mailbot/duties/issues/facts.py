"""What is read in a mail about an issue, frozen; and what the records say about the issues it may be about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from mailbot.duties.issues.signals import Signal, anger_of
from mailbot.duties.issues.tables import IssueState, Severity
from mailbot.records.known import QuestionCard

Naming = Literal["letter", "question", "thread", "number", "moment"]

DAYS: Final = "days"  # in the context of the question whether an answer may go out: those of the mails it names
ENOUGH_ANGER = 2  # kinds of it in one mail; from here on a person answers


@dataclass(frozen=True, slots=True)
class IssueCard:
    """An issue that a mail may be about, and how it was found.

    "letter": the mail answers a letter of ours about it; "question": its sender was asked about it; "thread": it
    answers, or continues, a mail that is kept with it; "number": it names the issue; "moment": it was opened from the
    same domain moments before. `told_more_at` is when its owner last heard of a further mail.
    """

    id: int
    ref: str
    found_by: Naming
    client_id: int | None
    name: str
    address: str
    address_key: str
    subject: str
    severity: Severity
    state: IssueState
    owner_id: int | None
    their_number: str | None
    told_more_at: datetime | None
    deadline: date | None = None
    called_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EarlierMail:
    """A mail of the same client that no colleague has answered by way of the desk, as far as anybody knows here."""

    came_at: datetime
    subject: str


@dataclass(frozen=True, slots=True)
class IssuesKnown:
    """The issues that a mail may be about, the surest first; and what the same client wrote in the weeks before,
    the oldest first."""

    issues: tuple[IssueCard, ...]
    earlier: tuple[EarlierMail, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A mail that says something is wrong, or asks something."""

    subject: str
    words: str
    signals: tuple[Signal, ...]
    by_known_client: bool
    deadline: date | None = None

    @property
    def severity(self) -> Severity:
        """How much it presses: by its anger, then by whether anything is wrong."""
        return severity_of(self.signals)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A mail that continues an issue. `by_same_party`: it comes from the address, or the client, that opened it."""

    issue: IssueCard
    words: str
    signals: tuple[Signal, ...]
    by_same_party: bool
    is_only_thanks: bool
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Thanks:
    """A client's mail that says thanks and nothing else, and continues no issue."""

    words: str


@dataclass(frozen=True, slots=True)
class RobotNote:
    """An automatic reply to a letter of ours, with the number that their ticket system gave it."""

    issue: IssueCard
    words: str
    their_number: str | None


@dataclass(frozen=True, slots=True)
class StaffWord:
    """What a member of the staff answers to a letter about an issue."""

    issue: IssueCard
    words: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Called:
    """A colleague has spoken with a client, and says what came of it."""

    issue: IssueCard
    words: str


@dataclass(frozen=True, slots=True)
class MaySend:
    """The answer to "may I send this to the angry client?"."""

    question: QuestionCard
    issue: IssueCard
    words: str
    says_yes: bool

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the mails that the answer names."""
        days = self.question.context.get(DAYS)
        return tuple(date.fromisoformat(str(day)) for day in days) if isinstance(days, Sequence) else ()


def severity_of(signals: tuple[Signal, ...]) -> Severity:
    """High where several kinds of anger show, normal where something is wrong, low where something is only asked."""
    anger = anger_of(signals)
    if len(anger) >= ENOUGH_ANGER:
        return Severity.HIGH
    is_wrong = bool(anger) or any(signal.sign == "problem" for signal in signals)
    return Severity.NORMAL if is_wrong else Severity.LOW
