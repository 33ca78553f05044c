"""The letters of ours, and the open questions, that a mail may be about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from mailbot.letters.refs import SignedRef, decision_of, is_genuine
from mailbot.message.model import Clues
from mailbot.records.known import LetterCard, QuestionCard
from mailbot.records.tables import LetterRow, QuestionRow, QuestionState

_LETTER = (
    LetterRow.ref,
    LetterRow.duty,
    LetterRow.purpose,
    LetterRow.object,
    LetterRow.recipient_key,
    LetterRow.recipient,
    LetterRow.message_id,
    LetterRow.subject,
    LetterRow.sent_at,
    LetterRow.client_id,
    LetterRow.kind,
)


_NAMED_LETTERS = select(*_LETTER).where(
    or_(
        LetterRow.ref.in_(bindparam("refs", expanding=True)),
        LetterRow.message_id.in_(bindparam("ids", expanding=True)),
    )
)


def letters_named(session: Session, secret: bytes, clues: Sequence[Clues]) -> list[tuple[LetterCard, ...]]:
    """For each mail, the letters of ours that it names: the proven ones first."""
    signed = [[found for found in map(SignedRef.parse, each.refs) if found] for each in clues]
    refs = {found.ref for each in signed for found in each}
    ids = {message_id for each in clues for message_id in each.message_ids}
    if not refs and not ids:
        return [()] * len(clues)
    rows = session.connection().execute(_NAMED_LETTERS, {"refs": sorted(refs), "ids": sorted(ids)}).all()
    by_ref = {row.ref: row for row in rows}
    by_id = {row.message_id: row for row in rows}
    return [
        _cards(secret, each_signed, each.message_ids, by_ref, by_id)
        for each_signed, each in zip(signed, clues, strict=True)
    ]


def _cards(
    secret: bytes,
    signed: Sequence[SignedRef],
    message_ids: Sequence[str],
    by_ref: Mapping[str, Any],
    by_id: Mapping[str, Any],
) -> tuple[LetterCard, ...]:
    proven = [
        by_ref[found.ref]
        for found in signed
        if found.ref in by_ref and is_genuine(secret, found, by_ref[found.ref].recipient_key)
    ]
    named = [by_id[message_id] for message_id in message_ids if message_id in by_id]
    cards: dict[str, LetterCard] = {}
    for row, is_proven in [*((row, True) for row in proven), *((row, False) for row in named)]:
        cards.setdefault(row.ref, _letter_card(row, proven=is_proven))
    return tuple(cards.values())


def _letter_card(row: Any, *, proven: bool) -> LetterCard:
    return LetterCard(
        ref=row.ref,
        decision_ref=decision_of(row.ref),
        duty=row.duty,
        purpose=row.purpose,
        object=row.object,
        recipient_key=row.recipient_key,
        recipient=row.recipient,
        message_id=row.message_id,
        subject=row.subject,
        sent_at=row.sent_at,
        client_id=row.client_id,
        proven=proven,
        kind=row.kind,
    )


_OPEN_QUESTIONS = (
    select(
        QuestionRow.id,
        QuestionRow.letter_ref,
        QuestionRow.duty,
        QuestionRow.kind,
        QuestionRow.asked_key,
        QuestionRow.words,
        QuestionRow.context,
    )
    .where(
        QuestionRow.state == QuestionState.OPEN,
        QuestionRow.undone_by.is_(None),
        or_(
            QuestionRow.letter_ref.in_(bindparam("refs", expanding=True)),
            QuestionRow.asked_key.in_(bindparam("senders", expanding=True)),
        ),
    )
    .order_by(QuestionRow.asked_at.desc(), QuestionRow.id.desc())
)


_MOST_QUESTIONS = 20  # that one mail may answer


def open_questions(
    session: Session, senders: Iterable[str], letters: Sequence[Sequence[LetterCard]]
) -> tuple[QuestionCard, ...]:
    """The open questions on these letters, and those that these senders were asked; the latest first."""
    refs = {letter.ref for found in letters for letter in found}
    asked = sorted(set(senders))
    if not refs and not asked:
        return ()
    rows = session.connection().execute(_OPEN_QUESTIONS, {"refs": sorted(refs), "senders": asked})
    return tuple(
        QuestionCard(
            id=row.id,
            letter_ref=row.letter_ref,
            decision_ref=decision_of(row.letter_ref),
            duty=row.duty,
            kind=row.kind,
            asked_key=row.asked_key,
            words=row.words,
            context=row.context,
        )
        for row in rows
    )


def letters_of(session: Session, questions: Sequence[QuestionCard]) -> dict[str, LetterCard]:
    """The letters of these questions, by reference."""
    refs = {question.letter_ref for question in questions}
    if not refs:
        return {}
    rows = session.connection().execute(_NAMED_LETTERS, {"refs": sorted(refs), "ids": []})
    return {row.ref: _letter_card(row, proven=False) for row in rows}


class OpenQuestions:
    """Open questions, the latest first, as the mails of a group ask for them."""

    def __init__(self, questions: Iterable[QuestionCard]) -> None:
        self._on: dict[str, list[tuple[int, QuestionCard]]] = {}
        self._asked: dict[str, list[tuple[int, QuestionCard]]] = {}
        for place, question in enumerate(questions):
            self._on.setdefault(question.letter_ref, []).append((place, question))
            self._asked.setdefault(question.asked_key, []).append((place, question))

    def of(self, sender_keys: Iterable[str], letters: Sequence[LetterCard]) -> tuple[QuestionCard, ...]:
        """The questions on the letters this mail names, then the others that its sender was asked; twenty at most."""
        named = dict(each for letter in letters for each in self._on.get(letter.ref, ()))
        asked = dict(each for key in sender_keys for each in self._asked.get(key, ())[:_MOST_QUESTIONS])
        places = [*sorted(named), *sorted(asked.keys() - named.keys())]
        return tuple((named | asked)[place] for place in places[:_MOST_QUESTIONS])


def not_named(
    letters: Sequence[LetterCard], questions: Sequence[QuestionCard], asked: Mapping[str, LetterCard]
) -> tuple[LetterCard, ...]:
    """The letters of these questions that the mail does not name."""
    named = {letter.ref for letter in letters}
    refs = dict.fromkeys(question.letter_ref for question in questions)
    return tuple(asked[ref] for ref in refs if ref in asked and ref not in named)
