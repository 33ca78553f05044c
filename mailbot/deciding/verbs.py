"""What a rule may say: its verbs, and the fields it may ask about.

A duty hands in verbs and facts; their parameters and fields are those of its own frozen dataclasses, so that a
misspelt one is a fault at start and never a surprise at run time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from mailbot.clock import local_date
from mailbot.config import Level
from mailbot.letters.model import Thread
from mailbot.letters.subjects import of_thread
from mailbot.message.model import Message
from mailbot.records.decision import Action, Folder
from mailbot.records.known import Known
from mailbot.sorting.model import Finding, Sorted

Parameters = TypeVar("Parameters")


def thread_of(message: Message, known: Known) -> Thread:
    """A mail, as the letter names it that answers it."""
    ours = (letter.subject for letter in (*known.letters, *known.asked_letters))
    return Thread(of_thread(message.subject, ours), message.message_id, message.references)


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a verb may look at when it is turned into actions."""

    message: Message
    known: Known
    sorted: Sorted
    finding: Finding
    ref: str  # of the decision being made
    now: datetime

    @property
    def today(self) -> date:
        """The date of this moment, in the desk's own time zone."""
        return local_date(self.now, self.known.desk.zone)

    @property
    def thread(self) -> Thread:
        """The mail, as the letter names it that answers it."""
        return thread_of(self.message, self.known)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a verb comes to: actions, the folder the mail goes to, and one sentence for people.

    `acts_from` is the lowest level of its duty at which it is carried out at once. ACT is for whatever a duty does by
    itself; PROPOSE for what is itself a question to a person, so that nobody is asked whether to ask; WATCH for what a
    person has ordered, and for what keeps the desk running.
    """

    summary: str
    actions: tuple[Action, ...] = ()
    folder: Folder = Folder.DONE
    acts_from: Level = Level.ACT


@dataclass(frozen=True, slots=True)
class Due:
    """Something that fell due by the clock: what it is about, and what is planned; it becomes a decision of its own.

    `once` is the name under which it is done once on a local date, where its job has no hour.
    """

    kind: str
    why: str
    plan: Plan
    once: str = ""


@dataclass(frozen=True, slots=True)
class Verb(Generic[Parameters]):
    """`do.NAME = {…}`: the table holds the fields of `parameters`, a frozen dataclass; `plan` is pure."""

    name: str
    parameters: type[Parameters]
    plan: Callable[[Situation, Parameters], Plan]
    says: str  # one sentence for `mailbot rules check --verbs`


@dataclass(frozen=True, slots=True)
class NoParameters:
    """Of a verb that is only named: `do.VERB = {}`."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one duty's rule file.

    `fields` are the names a rule may ask about and their types (str, bool, int, Decimal, or a tuple of str);
    `values` reads them all from a situation. `kinds` are the kinds its findings can have. `beside` says what this duty
    does with a mail besides whatever is decided about it (None: nothing); it is asked of every mail that is settled.
    """

    duty: str
    kinds: tuple[str, ...]
    fields: Mapping[str, type]
    values: Callable[[Situation], Mapping[str, object]]
    verbs: Mapping[str, Verb[Any]]
    beside: Callable[[Situation], Plan | None] | None = None
