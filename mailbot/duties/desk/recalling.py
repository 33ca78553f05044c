"""What the desk wants to know of a mail that gives it an order: the decisions it is about."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.desk.reading import command_in
from mailbot.message.model import Clues, Message
from mailbot.records import undo, why
from mailbot.records.known import Known
from mailbot.records.tables import Arrival, DecisionRow, LetterRow, RawMail
from mailbot.records.undo import Undoing
from mailbot.records.why import Story


@dataclass(frozen=True, slots=True)
class Recalled:
    """The decisions an order is about; and whether they were about this person's own mail, or letters to them."""

    stories: tuple[Story, ...] = ()
    undoing: Undoing | None = None
    own: bool = False
    arrival_to_repeat: int | None = None  # the mail of the decision that is asked about, where its bytes are still kept


def load(session: Session, message: Message, _clues: Clues, known: Known) -> Recalled | None:
    """Looks up the decision that a WHY, an UNDO or a YES is about; None for every other mail."""
    if known.sender is None or known.sender.person is None:
        return None
    command = command_in(message, known)
    if command is not None:
        ref = command.ref or ""
        own = _is_own(session, ref, known.sender.key)
        if command.does == "why":
            return Recalled(stories=why.tell(session, ref), own=own)
        return Recalled(undoing=undo.foresee(session, ref), own=own)
    asked = next((question for question in known.questions if question.duty == "desk"), None)
    return Recalled(arrival_to_repeat=_arrival(session, asked.context.get("decision"))) if asked else None


def _is_own(session: Session, ref: str, sender_key: str) -> bool:
    """Whether the decision came of this person's mail, or wrote them a letter."""
    of_mail = (
        select(DecisionRow.id)
        .join(Arrival, Arrival.id == DecisionRow.arrival_id)
        .where(DecisionRow.ref == ref, Arrival.sender_key == sender_key)
    )
    of_letter = (
        select(LetterRow.id)
        .join(DecisionRow, DecisionRow.id == LetterRow.made_by)
        .where(DecisionRow.ref == ref, LetterRow.recipient_key == sender_key)
    )
    return session.scalar(of_mail) is not None or session.scalar(of_letter) is not None


def _arrival(session: Session, ref: object) -> int | None:
    kept = (
        select(DecisionRow.arrival_id)
        .join(RawMail, RawMail.arrival_id == DecisionRow.arrival_id)
        .where(DecisionRow.ref == str(ref))
    )
    return session.scalar(kept)
