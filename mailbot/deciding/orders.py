"""Standing orders: what holds for every mail until a person changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from mailbot.deciding.rulebook import RuleBook
from mailbot.deciding.to_a_person import DESK
from mailbot.deciding.verbs import Vocabulary
from mailbot.errors import OurBug
from mailbot.letters.templates import Templates


@dataclass(frozen=True, slots=True)
class StandingOrders:
    """The rules, the words of every duty, the letters, and the first letters of the references ("sales": "N").

    `desk` is the duty that takes what no other does: it asks, holds and alarms, and it always acts.
    """

    book: RuleBook
    vocabularies: Mapping[str, Vocabulary]
    prefixes: Mapping[str, str]
    templates: Templates
    desk: ClassVar[str] = DESK

    def __post_init__(self) -> None:
        for what, duties in (("rules", self.book.sets), ("words", self.vocabularies), ("prefix", self.prefixes)):
            if missing := sorted({self.desk, *self.vocabularies} - duties.keys()):
                raise OurBug(f"the standing orders have no {what} for the duty {missing[0]!r}")

    def ref(self, duty: str, number: int) -> str:
        """The reference of a decision: "N-0412"."""
        return f"{self.prefixes.get(duty, self.prefixes[self.desk])}-{number:04d}"
