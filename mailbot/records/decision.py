"""A decision as data: what it is about, the words it stands on, every rule that was asked, and what is to be done.

Deciding makes it; only this folder carries it out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal

from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Letter, LetterKind
from mailbot.message.model import Evidence
from mailbot.records.pen import Pen

Origin = Literal["mail", "clock", "person"]  # what a decision was made because of


class Folder(StrEnum):
    """Where the mail goes on the IMAP server, the gravest last. LEAVE: it stays exactly as it was."""

    LEAVE = ""
    DONE = "Done"
    ASKED = "Asked"
    HELD = "Held"
    QUARANTINE = "Quarantine"


DUPLICATE = "duplicate"  # the kind of a decision about a mail that was decided before


class Action(ABC):
    """One thing that a decision does to the records. Every action is a frozen dataclass of a closed set."""

    name: ClassVar[str]  # "sales.book": the duty and what it does

    @abstractmethod
    def carry_out(self, pen: Pen) -> None:
        """Writes it into the records; raises TryAgain where the records have moved on since they were known."""

    @abstractmethod
    def __str__(self) -> str:
        """What it does, in one line for people."""

    def in_german(self) -> str:
        """The same for people who read German; in English where nobody has put it into words."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Question:
    """What a letter asks, so that one word answers it. `context` is plain data for the duty that asked. One that is
    `followed` is reminded of by that duty itself, and is not among those of which the coordinator hears every morning.
    """

    duty: str
    kind: str
    words: str
    context: Mapping[str, object]
    followed: bool = False


@dataclass(frozen=True, slots=True)
class Send(Action):
    """Puts a letter into the outbox; with a question, the answer to it is expected."""

    name: ClassVar[str] = "desk.send"
    draft: Draft
    asks: Question | None = None
    letter: Letter | None = None  # set when the decision is composed

    def carry_out(self, pen: Pen) -> None:
        if self.letter is None:
            raise OurBug(f"a letter was about to be posted that was never composed: {self.draft.template}")
        row = pen.post(self.letter, self.draft)
        if row is None or self.asks is None:
            return
        is_followed = self.asks.followed or row.kind is LetterKind.REMINDER  # most of these stay unanswered
        pen.ask(row, self.asks.duty, self.asks.kind, self.asks.words, self.asks.context, is_followed=is_followed)

    def __str__(self) -> str:
        verb = "ask" if self.asks else "write to"
        return f"{verb} {self.draft.to.address}: {self._about}"

    def in_german(self) -> str:
        to = self.draft.to.address
        return f"{to} fragen: {self._about}" if self.asks else f"an {to} schreiben: {self._about}"

    @property
    def _about(self) -> str:
        return self.letter.subject if self.letter else self.draft.template


@dataclass(frozen=True, slots=True)
class Asked:
    """What one duty said when it was asked about a mail: its kind, or None for no; and why."""

    duty: str
    kind: str | None
    why: str


@dataclass(frozen=True, slots=True)
class RuleAsked:
    """One rule that was asked, whether it applied, and the check that decided it."""

    rule: str  # "sales.book-numbers"
    place: str  # "rules/sales.toml:12"
    applied: bool
    why: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Every question that led to the decision, in the order in which it was asked."""

    trust: str
    sorted_by: tuple[Asked, ...]
    rules: tuple[RuleAsked, ...]
    notes: tuple[str, ...] = ()  # what an automatic reply says of its sender; what the brakes or the level changed
    proof: str = ""  # what our mail server found out about the sender, where that is why the mail is believed


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done, and why. `summary` is one sentence for people."""

    ref: str
    origin: Origin
    decided_at: datetime
    kind: str
    duty: str
    rule: str
    trust: str
    level: str
    folder: Folder
    carried_out: bool
    summary: str
    evidence: tuple[Evidence, ...]
    trace: Trace
    actions: tuple[Action, ...]
    planned: tuple[Action, ...] = ()  # what a level that may not act would have done
    job: str | None = None
