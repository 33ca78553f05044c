"""What is read in a mail about an issue, frozen; and what the records say about the issues it may be about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal

from mailbot.duties.issues.signals import Signal, anger_of
from mailbot.duties.issues.sold.facts import NOTHING, About, Sold
from mailbot.duties.issues.tables import IssueState, Severity
from mailbot.letters.model import Language
from mailbot.message.model import Evidence
from mailbot.records.known import PersonCard, QuestionCard

Naming = Literal["letter", "question", "thread", "number", "subject", "moment"]
Does = Literal["merge", "split", "assign", "snooze"]

DAYS: Final = "days"  # in the context of the question whether an answer may go out: those of the mails it names
ENOUGH_ANGER = 2  # kinds of it in one mail; from here on a person answers


@dataclass(frozen=True, slots=True)
class IssueCard:
    """An issue that a mail may be about, and how it was found.

    "letter": the mail answers a letter of ours about it; "question": its sender was asked about it; "thread": it
    answers, or continues, a mail that is kept with it; "number": it names the issue; "subject": it has the subject of
    no other open issue of its sender; "moment": it was opened from the same domain moments before. `known_as` are the
    numbers of those that were merged into it. `told_more_at` is when its owner last heard of a further mail;
    `answers_given` and `last_answer_at` count what colleagues had passed on to the client. `their_mail` is the
    Message-ID of the client's last mail about it, `first_words` what the first one said.
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
    language: Language = "en"
    department_id: int | None = None
    promised_on: date | None = None
    answered_at: datetime | None = None
    solved_at: datetime | None = None
    snoozed_until: date | None = None
    contract_id: int | None = None
    deliverable_id: int | None = None
    link: str | None = None
    asks_month: date | None = None
    answer_by: datetime | None = None
    solve_by: datetime | None = None
    known_as: tuple[str, ...] = ()
    answers_given: int = 0
    last_answer_at: datetime | None = None
    their_mail: str | None = None
    first_words: str = ""

    def is_called(self, ref: str) -> bool:
        """Whether this is the number of the issue, or of one that goes on in it."""
        return bool(ref) and (ref == self.ref or ref in self.known_as)

    @property
    def who(self) -> str:
        """The name of the one who wrote, else the address."""
        return self.name or self.address


@dataclass(frozen=True, slots=True)
class EarlierMail:
    """A mail of the same client that no colleague has answered by way of the desk, as far as anybody knows here."""

    came_at: datetime
    subject: str


@dataclass(frozen=True, slots=True)
class IssuesKnown:
    """The issues that a mail may be about, the surest first; what the same client wrote in the weeks before, the oldest
    first; and what was sold to that client."""

    issues: tuple[IssueCard, ...]
    earlier: tuple[EarlierMail, ...] = ()
    sold: tuple[Sold, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A mail that says something is wrong, or asks something. `about` is what it is about, of what was sold; `question`
    an open one of another duty that it answers besides."""

    subject: str
    words: str
    signals: tuple[Signal, ...]
    by_known_client: bool
    deadline: date | None = None
    about: About = NOTHING
    question: QuestionCard | None = None

    @property
    def severity(self) -> Severity:
        """How much it presses: by its anger, then by whether anything is wrong."""
        return severity_of(self.signals)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A mail that continues an issue. `by_same_party`: it comes from the address, or the client, that opened it.
    `question` is the one that it answers with something else than yes: whether all is good now."""

    issue: IssueCard
    words: str
    signals: tuple[Signal, ...]
    by_same_party: bool
    is_only_thanks: bool
    deadline: date | None = None
    question: QuestionCard | None = None


@dataclass(frozen=True, slots=True)
class Good:
    """The client says that all is good now."""

    issue: IssueCard
    question: QuestionCard
    words: str


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
    """What a colleague, or a department, answers to a letter about an issue.

    `may_speak`: it owns the issue, works on it, was asked, or is the coordinator or a manager. `for_client` are the
    words that may go to the client: without what is marked as internal, "" where there are none.
    """

    issue: IssueCard
    words: str
    is_done: bool
    may_speak: bool = False
    for_client: str = ""
    promised_on: date | None = None
    page: str | None = None  # an address on the web that it names


class OrderRefused(StrEnum):
    """Why an order cannot be done; the letter has words for each."""

    UNKNOWN = "unknown"  # no such issue
    NOT_YOURS = "not-yours"
    SAME = "same"  # merged into itself
    OTHER_CLIENT = "other-client"  # two clients never share a thread
    NOBODY = "nobody"
    WHICH_PERSON = "which-person"
    NO_DAY = "no-day"
    PAST = "past"
    NOT_OPEN = "not-open"


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """What a colleague orders about an issue, in one line; with `refused` it cannot be done, `about` says of which.

    merge: `issue` goes on in `other`. split: `words` are what the new one is about. assign: to `person`. snooze: until
    `day`.
    """

    does: Does
    ref: str  # as it was named
    evidence: Evidence
    issue: IssueCard | None
    words: str = ""
    other: IssueCard | None = None
    other_ref: str = ""
    person: PersonCard | None = None
    day: date | None = None
    refused: OrderRefused | None = None
    about: str = ""

    def refused_for(self, why: OrderRefused, about: str = "") -> IssueOrder:
        """The same order, which cannot be done."""
        return replace(self, refused=why, about=about or self.ref)


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
