"""What more than one duty does to what a contract promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select

from mailbot.errors import TryAgain
from mailbot.records.contracts.questions import CONTRACT, HOW_IT_STANDS, HOW_RENEWED, WAS_CANCELLED
from mailbot.records.contracts.tables import Deliverable, DeliverableState, Use
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import QuestionRow, QuestionState


@dataclass(frozen=True, slots=True)
class UseBenefit(Action):
    """The client has used a benefit, by their own word: nobody reminds them of it any more. Saying it twice changes
    nothing; one that was dropped meanwhile is decided anew."""

    name: ClassVar[str] = "desk.use_benefit"
    deliverable_id: int
    what: str  # the deliverable, for people
    used_at: datetime

    def carry_out(self, pen: Pen) -> None:
        benefit = pen.get(Deliverable, self.deliverable_id)
        if benefit.state is DeliverableState.DROPPED:
            raise TryAgain(f"{self.what} was dropped meanwhile; the mail will be decided anew")
        if benefit.use is not Use.USED:
            pen.update(benefit, use=Use.USED, used_at=self.used_at)

    def __str__(self) -> str:
        return f"mark as used: {self.what}"

    def in_german(self) -> str:
        return f"als genutzt vermerken: {self.what}"


@dataclass(frozen=True, slots=True)
class LapseBenefit(Action):
    """The time in which a benefit could be used is over. One that was used meanwhile stays used."""

    name: ClassVar[str] = "desk.lapse_benefit"
    deliverable_id: int
    what: str

    def carry_out(self, pen: Pen) -> None:
        benefit = pen.get(Deliverable, self.deliverable_id)
        if benefit.use is Use.UNUSED:
            pen.update(benefit, use=Use.LAPSED)

    def __str__(self) -> str:
        return f"mark as lapsed: {self.what}"

    def in_german(self) -> str:
        return f"als verfallen vermerken: {self.what}"


@dataclass(frozen=True, slots=True)
class SetDeliverable(Action):
    """What a contract promises is in another state: told to its department, said to be done, seen, held up.

    `was` is the state it was known in; where it is in another one meanwhile, whoever decided it decides anew. `proof`,
    `link` and `target` stay as they are where they are None.
    """

    name: ClassVar[str] = "desk.set_deliverable"
    deliverable_id: int
    what: str
    was: DeliverableState
    state: DeliverableState
    proof: str | None = None
    link: str | None = None
    target: str | None = None

    def carry_out(self, pen: Pen) -> None:
        row = pen.get(Deliverable, self.deliverable_id)
        if row.state is not self.was:
            raise TryAgain(f"{self.what} is {row.state.value} meanwhile; it will be decided anew")
        said = {"proof": self.proof, "link": self.link, "target": self.target}
        pen.update(row, state=self.state, **{name: value for name, value in said.items() if value is not None})

    def __str__(self) -> str:
        return f"{self.what}: {self.state.value}"

    def in_german(self) -> str:
        return f"{self.what}: {_IN_GERMAN[self.state]}"


def no_more_asked(pen: Pen, contract: str) -> None:
    """Nobody is asked any more how it stands with a contract of which that is known."""
    kinds = (HOW_IT_STANDS, HOW_RENEWED, WAS_CANCELLED)
    open_ones = select(QuestionRow).where(
        QuestionRow.kind.in_(kinds), QuestionRow.state == QuestionState.OPEN, QuestionRow.undone_by.is_(None)
    )
    for question in pen.session.scalars(open_ones).all():
        if question.context.get(CONTRACT) == contract:
            pen.update(question, state=QuestionState.WITHDRAWN)


_IN_GERMAN = {
    DeliverableState.PLANNED: "geplant",
    DeliverableState.ORDERED: "beauftragt",
    DeliverableState.CLAIMED: "als erledigt gemeldet",
    DeliverableState.DELIVERED: "erbracht",
    DeliverableState.PROBLEM: "durch ein Problem aufgehalten",
    DeliverableState.DROPPED: "entfallen",
}
