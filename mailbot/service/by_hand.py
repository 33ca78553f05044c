"""What a person orders at the command line: a decision, written in one transaction like every other."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mailbot.clock import Clock
from mailbot.deciding.by_person import decide_by_person
from mailbot.deciding.composing import with_letters
from mailbot.duties.duty import Duty
from mailbot.letters.templates import Templates
from mailbot.records import writing
from mailbot.records.decision import Action, Send
from mailbot.records.known import DeskCard
from mailbot.records.numbers import reserve
from mailbot.records.recall import known_by_the_clock
from mailbot.records.session import Database


@dataclass(frozen=True, slots=True)
class ByHand:
    """Carries out orders. It needs no rules, and letters only for an order that writes some, so that a person can mend
    while those are broken.

    `duty` is the one that the decisions belong to; `templates` opens the letters.
    """

    database: Database
    desk: DeskCard
    duty: Duty
    secret: bytes = field(repr=False)
    clock: Clock
    templates: Callable[[], Templates] = field(repr=False)

    def decide(self, kind: str, summary: str, actions: Sequence[Action]) -> str:
        """Does it, and gives the reference of the decision. TryAgain where the records have moved on, Faults where
        letters are to be written and theirs are wrong."""
        now = self.clock.now()
        templates = self.templates() if any(isinstance(each, Send) for each in actions) else None
        with self.database.writing() as session:
            number = reserve(session, 1)[0]
            known = known_by_the_clock(session, self.desk, self.secret, number)
            ref = f"{self.duty.prefix}-{number:04d}"
            if templates is not None:
                actions = with_letters(actions, known, ref, now, templates)
            decision = decide_by_person(kind, summary, person_at_the_keyboard(), actions, self.duty.name, ref, now)
            writing.write(session, decision, known)
        return ref


def person_at_the_keyboard() -> str:
    """Who gives the order, as far as this machine knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
