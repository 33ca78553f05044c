"""The tables of what comes, what is decided and what goes out: mails, decisions, letters, questions, tasks, pauses."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.letters.model import LetterKind
from mailbot.records import tables_in_words
from mailbot.records.address_book import words_of
from mailbot.records.base import Base, Kept, Key, Personal
from mailbot.records.in_words import Teller


class ArrivalState(StrEnum):
    """How far a mail has come. The last two are the kinds, too, of the decisions that say so."""

    ACCEPTED = "accepted"  # stored, not yet decided
    DECIDED = "decided"
    SET_ASIDE = "set aside"  # reading or deciding it failed too often: a person looks at it
    TOO_BIG = "too big"  # never fetched


class Arrival(Base):
    """A mail that stands, or stood, in a folder of ours. Its first four columns are its key.

    `folder_wanted` is where the decision wants it on the IMAP server ("" leaves it where it is), `filed_at` when that
    was done. `lease_until` says how long the worker `lease_of` has it; a lease that ran out is free again.
    """

    __tablename__ = "arrivals"
    __table_args__ = (
        UniqueConstraint("mailbox", "folder", "uidvalidity", "uid"),
        Index(
            "ix_arrivals_waiting",
            "id",
            sqlite_where=text("state = 'accepted'"),
            postgresql_where=text("state = 'accepted'"),
        ),
        Index(
            "ix_arrivals_unfiled",
            "mailbox",
            sqlite_where=text("filed_at IS NULL AND folder_wanted <> ''"),
            postgresql_where=text("filed_at IS NULL AND folder_wanted <> ''"),
        ),
        Index("ix_arrivals_copies", "content_hash"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    mailbox: Mapped[str] = mapped_column(String(64))
    folder: Mapped[str] = mapped_column(String(200))
    uidvalidity: Mapped[int] = mapped_column(Key)
    uid: Mapped[int] = mapped_column(Key)
    size: Mapped[int]
    arrived_at: Mapped[datetime]
    state: Mapped[ArrivalState] = mapped_column(words_of(ArrivalState), default=ArrivalState.ACCEPTED)
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None] = mapped_column(Text, default=None)  # what the last try said
    try_after: Mapped[datetime | None] = mapped_column(default=None)
    lease_of: Mapped[str | None] = mapped_column(String(64), default=None)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    message_id: Mapped[str | None] = mapped_column(String(998), default=None)
    content_hash: Mapped[str | None] = mapped_column(String(64), default=None)
    sender_key: Mapped[str | None] = mapped_column(String(320), index=True, default=None)
    subject: Mapped[str | None] = mapped_column(String(300), default=None)
    folder_wanted: Mapped[str] = mapped_column(String(32), default="")
    again_by: Mapped[int | None] = mapped_column(
        Key, default=None
    )  # the decision in which a person had it decided again
    approved: Mapped[bool] = mapped_column(default=False)  # because the person said yes to what was proposed for it
    vouched_for: Mapped[int | None] = mapped_column(Key, default=None)  # the colleague who said: that mail is mine
    filed_at: Mapped[datetime | None] = mapped_column(default=None)


class RawMail(Base):
    """The bytes of an arrival, exactly as the server gave them, until the retention setting lets them go."""

    __tablename__ = "raw_mails"
    arrival_id: Mapped[int] = mapped_column(ForeignKey("arrivals.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Watermark(Base):
    """Up to which UID a folder has been listed, and which of its mails are the desk's business.

    Those from `first_uid` on are. Of those below `renumbered_below`, which lay there when the folder got another
    UIDVALIDITY, only those that were received since `since` are; None means all of them.
    """

    __tablename__ = "watermarks"
    mailbox: Mapped[str] = mapped_column(String(64), primary_key=True)
    folder: Mapped[str] = mapped_column(String(200), primary_key=True)
    uidvalidity: Mapped[int] = mapped_column(Key)
    first_uid: Mapped[int] = mapped_column(Key)
    last_uid: Mapped[int] = mapped_column(Key)
    renumbered_below: Mapped[int] = mapped_column(Key, default=0)
    since: Mapped[datetime | None] = mapped_column(default=None)


class CircumstancesRow(Base):
    """The desk and its staff as they were for thousands of decisions; kept once, found again by its digest."""

    __tablename__ = "circumstances"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DecisionRow(Base):
    """One decision: about a mail, about something that fell due, or by a person at the command line.

    `origin` is "mail", "clock" or "person"; `job` names the (job, local date) of a decision by the clock.
    `trace`, `evidence` and `actions` are kept as they were, for `why`; `known` is what the records said at that
    moment, for replay, but for what the circumstances hold. `carried_out` is false where the level only allowed to say
    what would be done.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index("ix_decisions_lately", "decided_at", "origin", "trust", "folder", "duty"),
        Index(
            "ix_decisions_undone",
            "undone_by",
            sqlite_where=text("undone_by IS NOT NULL"),
            postgresql_where=text("undone_by IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    origin: Mapped[str] = mapped_column(String(16))
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), index=True, default=None)
    job: Mapped[str | None] = mapped_column(String(200), default=None)
    decided_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(64))
    duty: Mapped[str] = mapped_column(String(32))
    rule: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(16))
    trust: Mapped[str] = mapped_column(String(2))
    folder: Mapped[str] = mapped_column(String(32))
    carried_out: Mapped[bool]
    summary: Mapped[str] = mapped_column(Text)
    evidence: Mapped[list[Any]] = mapped_column(JSON)
    trace: Mapped[dict[str, Any]] = mapped_column(JSON)
    actions: Mapped[list[Any]] = mapped_column(JSON)
    known: Mapped[bytes | None] = mapped_column(LargeBinary, default=None, deferred=True)
    circumstances_id: Mapped[int | None] = mapped_column(ForeignKey("circumstances.id"), default=None)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), default=None)


class Change(Base):
    """One row that a decision wrote: what it held before (None: it was new) and after."""

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_row", "table_name", "row_id"),
        Index("ix_changes_newest", "table_name", "id"),  # what was changed of a table after a change
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), index=True)
    table_name: Mapped[str] = mapped_column(String(64))
    row_id: Mapped[int] = mapped_column(Key)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)


class LetterState(StrEnum):
    """What has become of a letter."""

    WAITING = "waiting"
    ON_HOLD = "on hold"  # its address is dead, or asked us to stop: a later decision withdraws it
    CLAIMED = "claimed"  # a worker has it and has not yet begun to hand it over
    SENDING = "sending"  # the hand-over has begun: after a crash nobody knows
    SENT = "sent"
    REFUSED = "refused"  # the server said no for good
    UNSURE = "unsure"  # settled by proof or by a person's word
    WITHDRAWN = "withdrawn"


class LetterRow(Kept, Base):
    """The outbox, and the memory of what was sent: one letter to one address."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("purpose", "object", "period"),
        Index("ix_letters_due", "state", "try_after"),
        Index("ix_letters_sent_to", "recipient_key", "sent_at"),
        Index("ix_letters_to", "recipient_key", "state"),  # what waits for one reader, however much waits for others
        Index("ix_letters_sent_at", "sent_at"),
    )
    ref: Mapped[str] = mapped_column(String(40), unique=True)
    duty: Mapped[str] = mapped_column(String(32))
    purpose: Mapped[str] = mapped_column(String(64))
    object: Mapped[str] = mapped_column(String(320))
    period: Mapped[str] = mapped_column(String(32), default="")
    recipient: Mapped[str] = mapped_column(String(320))
    recipient_key: Mapped[str] = mapped_column(String(320))
    envelope_sender: Mapped[str] = mapped_column(String(320))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    acknowledgement: Mapped[bool] = mapped_column(default=False)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True, default=None)
    kind: Mapped[LetterKind | None] = mapped_column(words_of(LetterKind), default=None)
    state: Mapped[LetterState] = mapped_column(words_of(LetterState), default=LetterState.WAITING)
    created_at: Mapped[datetime]
    try_after: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    first_tried_at: Mapped[datetime | None] = mapped_column(default=None)  # since a person last said AGAIN
    lease_of: Mapped[str | None] = mapped_column(String(64), default=None)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    reply: Mapped[str | None] = mapped_column(Text, default=None)  # what the server said last

    personal = Personal(
        erased=("object", "recipient", "recipient_key", "subject", "text", "content", "reply"),
        by_key=("recipient_key",),
    )

    def title(self, teller: Teller) -> str:
        return teller.say(f"letter {self.ref} to {self.recipient}", f"Mail {self.ref} an {self.recipient}")


class QuestionState(StrEnum):
    """Whether a question still waits."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class QuestionRow(Kept, Base):
    """A question that can be answered with one word: asked of one address, by one letter, by one duty.

    `kind` tells the duty what was asked; `context` is what it needs to act on the answer, plain data. `followed`: the
    duty itself reminds of it, and nobody else has to.
    """

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_waiting", "state", "followed", "duty"),)
    letter_ref: Mapped[str] = mapped_column(String(40), unique=True)
    duty: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(64))
    asked_key: Mapped[str] = mapped_column(String(320), index=True)
    words: Mapped[str] = mapped_column(Text)
    context: Mapped[dict[str, Any]] = mapped_column(JSON)
    followed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[QuestionState] = mapped_column(words_of(QuestionState), default=QuestionState.OPEN)
    asked_at: Mapped[datetime]

    personal = Personal(erased=("asked_key", "words", "context"), by_key=("asked_key",))

    def title(self, teller: Teller) -> str:
        return teller.say(f"the question in {self.letter_ref}", f"die Frage in {self.letter_ref}")


class TaskState(StrEnum):
    """Whether a task still waits for somebody."""

    OPEN = "open"
    DONE = "done"


class TaskRow(Kept, Base):
    """Something a person has to do: a mail that needs a look, a call to make."""

    __tablename__ = "tasks"
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True, default=None)
    duty: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(64))
    words: Mapped[str] = mapped_column(Text)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None)
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)
    state: Mapped[TaskState] = mapped_column(words_of(TaskState), index=True, default=TaskState.OPEN)
    created_at: Mapped[datetime]

    told = tables_in_words.TASK
    untold = frozenset({"duty", "kind", "words", "arrival_id", "created_at"})
    personal = Personal(erased=("words",), by_arrival="arrival_id")

    def title(self, teller: Teller) -> str:
        return teller.say("task", "Aufgabe")


class Pause(Kept, Base):
    """Sending that is stopped: for the whole desk ("*"), or for one recipient domain."""

    __tablename__ = "pauses"
    scope: Mapped[str] = mapped_column(String(255), index=True)
    because: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime]
    until: Mapped[datetime | None] = mapped_column(default=None)

    told = tables_in_words.PAUSE
    untold = frozenset({"scope", "because"})

    def title(self, teller: Teller) -> str:
        if self.scope == "*":
            return teller.say("sending", "Versand")
        return teller.say(f"sending to {self.scope}", f"Versand an {self.scope}")
