"""What fell due by the clock at a desk that may only propose, and a person's yes to it.

    steps_key(planned)            what was proposed, as one key: the letter that asks bears it, and asks once
    DoAsProposed(decision)        the action of the yes: an approval waits
    waiting_approvals(session)    what the service takes: the job is asked once more, as of the moment of the proposal
    SettleApproval(id, state)     among the actions of what comes of it, so that one yes is one deed

A mail that is approved is decided once more; here there is no mail, and the clock of that moment takes its place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from sqlalchemy import ForeignKey, and_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from mailbot.errors import TryAgain
from mailbot.records import tables_in_words
from mailbot.records.base import Base, Kept, Key
from mailbot.records.codec import plain
from mailbot.records.decision import Action, Send
from mailbot.records.in_words import Teller
from mailbot.records.pen import Pen
from mailbot.records.tables import DecisionRow, LetterRow, words_of

PROPOSAL: Final = "proposal"  # the purpose of the letter that asks


class ApprovalState(StrEnum):
    """What has become of a yes."""

    WAITING = "waiting"
    DONE = "done"
    MOOT = "moot"  # it was no longer so when it came to be done


class Approval(Kept, Base):
    """A person's yes to what a decision by the clock has proposed.

    `settled_by` is the decision that came of it, and stays when that is taken back: nothing is done twice for one yes.
    """

    __tablename__ = "approvals"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), index=True)
    state: Mapped[ApprovalState] = mapped_column(words_of(ApprovalState), default=ApprovalState.WAITING)
    settled_by: Mapped[int | None] = mapped_column(Key, index=True, default=None)

    told = tables_in_words.APPROVAL
    untold = frozenset({"proposal_id", "settled_by"})

    def title(self, teller: Teller) -> str:
        proposal = teller.session.get_one(DecisionRow, self.proposal_id).ref
        return teller.say(f"yes to {proposal}", f"Ja zu {proposal}")


def steps_key(actions: Iterable[Action]) -> str:
    """What is to be done, as one short text: the same for the same steps in the same words, whenever they are due.

    Letters count by what they say, and to whom; a day that only names when one is written does not.
    """
    steps = [
        (
            str(each),
            *((each.draft.purpose, each.draft.object, plain(each.draft.facts)) if isinstance(each, Send) else ()),
        )
        for each in actions
    ]
    return hashlib.sha256(json.dumps(steps, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class DoAsProposed(Action):
    """Somebody said yes to what fell due: it waits to be done as it was proposed."""

    name: ClassVar[str] = "desk.do_as_proposed"
    decision_id: int
    ref: str

    def carry_out(self, pen: Pen) -> None:
        pen.insert(Approval(proposal_id=self.decision_id))

    def __str__(self) -> str:
        return f"do what {self.ref} proposed"

    def in_german(self) -> str:
        return f"tun, was {self.ref} vorgeschlagen hat"


@dataclass(frozen=True, slots=True)
class SettleApproval(Action):
    """A yes was acted on, or there was nothing left to act on."""

    name: ClassVar[str] = "desk.settle_approval"
    approval_id: int
    state: ApprovalState

    def carry_out(self, pen: Pen) -> None:
        approval = pen.get(Approval, self.approval_id)
        if approval.settled_by is not None:
            raise TryAgain(f"the approval {self.approval_id} was settled meanwhile")
        approval.settled_by = pen.decision_id
        pen.update(approval, state=self.state)
        pen.session.flush()

    def __str__(self) -> str:
        return f"the approval is {self.state.value}"

    def in_german(self) -> str:
        return "die Freigabe ist erledigt" if self.state is ApprovalState.DONE else "die Freigabe ist hinfällig"


@dataclass(frozen=True, slots=True)
class Approved:
    """A yes that waits, and what it was said to: the decision that proposed, as it is kept, the key of its steps, and
    the subject of the letter that asked. `yes` is the decision of the mail that said it, `by_key` who was asked."""

    id: int
    ref: str
    job: str
    kind: str
    summary: str
    proposed_at: datetime
    steps: str
    subject: str
    yes: str
    by_key: str


def waiting_approvals(session: Session) -> tuple[Approved, ...]:
    """Every yes that waits, the oldest first."""
    return tuple(
        Approved(
            id=key,
            ref=proposal.ref,
            job=(proposal.job or "").partition(" ")[0],
            kind=proposal.kind,
            summary=proposal.summary,
            proposed_at=proposal.decided_at,
            steps=letter.object,
            subject=letter.subject,
            yes=yes,
            by_key=letter.recipient_key,
        )
        for key, proposal, letter, yes in session.execute(_WAITING)
    )


_Yes: Final = aliased(DecisionRow)
_WAITING: Final = (  # asked at every ring, and so built once
    select(Approval.id, DecisionRow, LetterRow, _Yes.ref)
    .join(DecisionRow, DecisionRow.id == Approval.proposal_id)
    .join(LetterRow, and_(LetterRow.made_by == DecisionRow.id, LetterRow.purpose == PROPOSAL))
    .join(_Yes, _Yes.id == Approval.made_by)
    .where(Approval.settled_by.is_(None), Approval.undone_by.is_(None))
    .order_by(Approval.id)
)
