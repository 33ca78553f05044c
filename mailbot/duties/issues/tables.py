"""The tables of issues: what a client told us is wrong, or asked, and every mail about it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.duties.issues import tables_in_words
from mailbot.records.base import Base, Concern, Follows, Kept, Personal
from mailbot.records.contracts.tables import Contract, Deliverable
from mailbot.records.in_words import Teller
from mailbot.records.tables import words_of


class Severity(StrEnum):
    """How much an issue presses."""

    HIGH = "high"  # the client is angry: a person answers
    NORMAL = "normal"  # something is wrong
    LOW = "low"  # something was asked


class IssueState(StrEnum):
    """Whether an issue still waits for somebody."""

    OPEN = "open"
    CLAIMED = "claimed"  # somebody says that it is done, and it is being looked at
    SOLVED = "solved"
    MERGED = "merged"  # it goes on in another


class Ring(StrEnum):
    """What the clock has to say about an open issue next."""

    ANSWER_NEAR = "answer-near"  # the first answer is due soon
    ANSWER_LATE = "answer-late"
    SOLUTION_NEAR = "solution-near"
    SOLUTION_LATE = "solution-late"
    WAKES = "wakes"  # it was put off until now


class Voice(StrEnum):
    """Who speaks in a mail about an issue."""

    CLIENT = "client"
    ROBOT = "robot"  # an automatic reply from the client's side
    STAFF = "staff"


class Issue(Kept, Base):
    """One problem or question. `ref` is that of the decision that opened it ("I-0091").

    `client_id` is None for a stranger; `address` is the one the first mail came from. `owner_id` answers for it,
    `department_id` is the department that works on it. `their_number` is what the client's own ticket system calls it.
    `deadline` is the day by which an angry client wants it done; `called_at` is when somebody said to have spoken with
    them; `promised_on` the day by which somebody here has promised it. `contract_id` and `deliverable_id` are what it
    is about, of what was sold.

    `answer_by` and `solve_by` are what the settings promise, in working hours; `answered_at` is when a person first
    answered. `rings_at` is when the clock looks at it next, and `rings_for` why: None where it has nothing to say.
    `merged_into_id` is the issue in which it goes on, `follows_id` an older one that it takes up again or came out of.
    """

    __tablename__ = "issues"
    __table_args__ = (
        Index("ix_issues_of_client", "client_id", "state"),
        Index("ix_issues_of_address", "address_key", "state"),
    )
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None)
    name: Mapped[str] = mapped_column(String(200), default="")  # of the writer, by the records; "" for a stranger
    address: Mapped[str] = mapped_column(String(320))
    address_key: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(2), default="en")  # of the writer
    subject: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(index=True)
    severity: Mapped[Severity] = mapped_column(words_of(Severity))
    severity_because: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True, default=None)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True, default=None)
    state: Mapped[IssueState] = mapped_column(words_of(IssueState), default=IssueState.OPEN)
    solved_at: Mapped[datetime | None] = mapped_column(index=True, default=None)
    their_number: Mapped[str | None] = mapped_column(String(64), default=None)
    deadline: Mapped[date | None] = mapped_column(index=True, default=None)
    called_at: Mapped[datetime | None] = mapped_column(default=None)
    promised_on: Mapped[date | None] = mapped_column(default=None)
    answer_by: Mapped[datetime | None] = mapped_column(index=True, default=None)
    answered_at: Mapped[datetime | None] = mapped_column(index=True, default=None)
    solve_by: Mapped[datetime | None] = mapped_column(index=True, default=None)
    snoozed_until: Mapped[date | None] = mapped_column(default=None)
    rings_at: Mapped[datetime | None] = mapped_column(index=True, default=None)
    rings_for: Mapped[Ring | None] = mapped_column(words_of(Ring), default=None)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey(Contract.id), default=None)
    deliverable_id: Mapped[int | None] = mapped_column(ForeignKey(Deliverable.id), default=None)
    link: Mapped[str | None] = mapped_column(Text, default=None)  # the page that it is about
    asks_month: Mapped[date | None] = mapped_column(default=None)  # whose figures the client wants to know
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("issues.id"), index=True, default=None)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("issues.id"), default=None)

    told = tables_in_words.ISSUE
    untold = frozenset(
        {
            "ref",
            "address",
            "address_key",
            "language",
            "opened_at",
            "severity_because",
            "solved_at",
            "answered_at",
            "rings_at",
            "rings_for",
            "asks_month",
        }
    )
    follows = Follows(
        name="name",
        address="address",
        address_key="address_key",
        while_column="state",
        while_one_of=(IssueState.OPEN, IssueState.CLAIMED),
    )
    concern = Concern("client_id", "state", (IssueState.OPEN, IssueState.CLAIMED))

    personal = Personal(
        erased=("name", "address", "address_key", "subject", "severity_because"), by_key=("address_key",)
    )

    def title(self, teller: Teller) -> str:
        return teller.say(f"issue {self.ref}", f"Vorgang {self.ref}")

    def name_for(self, teller: Teller) -> str:
        return self.ref


class IssueMessage(Kept, Base):
    """One mail about an issue: who spoke, and the new words. The letters that we wrote stand in the outbox.

    `passed_on`: the words of a colleague went to the client; all others stay inside.
    """

    __tablename__ = "issue_messages"
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), index=True)
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), index=True, default=None)
    voice: Mapped[Voice] = mapped_column(words_of(Voice))
    sender: Mapped[str] = mapped_column(String(320))
    words: Mapped[str] = mapped_column(Text)
    passed_on: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]

    told = tables_in_words.MESSAGE
    untold = frozenset({"issue_id", "arrival_id", "sender", "passed_on", "at"})

    personal = Personal(erased=("sender", "words"), by_arrival="arrival_id")

    def title(self, teller: Teller) -> str:
        return teller.say(f"mail from {self.sender}", f"Mail von {self.sender}")
