"""The letters that wait for a contact who is followed, word for word: they are passed on to whoever follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from mailbot.records.tables import LetterRow, QuestionRow, QuestionState

MOST: Final = 20  # letters that are passed on; more of them are left to a colleague
_LONGEST_TEXT: Final = 6_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a letter asks, and the duty that reads the answer."""

    duty: str
    kind: str
    words: str
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that waits: its words without our reference, when it was to go, and the open question that it asks."""

    letter_id: int
    ref: str
    subject: str
    text: str
    goes_at: datetime
    asks: Asked | None


def written(session: Session, letters: Collection[int]) -> tuple[Written, ...]:
    """Those of these letters that can be passed on, the first ones first. One query."""
    if not letters:
        return ()
    rows = session.execute(
        select(LetterRow, QuestionRow)
        .join(
            QuestionRow,
            and_(
                QuestionRow.letter_ref == LetterRow.ref,
                QuestionRow.state == QuestionState.OPEN,
                QuestionRow.undone_by.is_(None),
            ),
            isouter=True,
        )
        .where(LetterRow.id.in_(letters), LetterRow.acknowledgement.is_(False))
        .order_by(LetterRow.id)
        .limit(MOST)
    )
    return tuple(_written(letter, question) for letter, question in rows)


def _written(letter: LetterRow, question: QuestionRow | None) -> Written:
    asks = Asked(question.duty, question.kind, question.words, question.context) if question else None
    text = _without_reference(letter.text, letter.message_id.partition("@")[0])[:_LONGEST_TEXT]
    return Written(letter.id, letter.ref, letter.subject, text, letter.try_after, asks)


def _without_reference(text: str, signed: str) -> str:
    """The signed reference is the proof of whom a letter went to: nobody else gets it."""
    return "\n".join(line for line in text.splitlines() if signed not in line).strip()
