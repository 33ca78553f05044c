"""What the desk wants to know of a colleague's mail: what its order is about, and what the questions it may answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mailbot.duties.desk.cards import Card, look_up
from mailbot.duties.desk.heard import Heard
from mailbot.duties.desk.matters import Matter, matters_of
from mailbot.duties.desk.named import Named, named_in
from mailbot.duties.desk.tasks import TasksLeft, tasks_left_by
from mailbot.duties.desk.words import NAME, own_questions, refs_of
from mailbot.message.model import Clues
from mailbot.message.sealing import Cover
from mailbot.records import undo, why
from mailbot.records.client_card import TellingOfClient
from mailbot.records.known import Known, Party, PersonCard
from mailbot.records.settled import ClosedQuestion, closed_questions
from mailbot.records.tables import Arrival, DecisionRow, LetterRow
from mailbot.records.undo import Undoing
from mailbot.records.why import Story
from mailbot.sorting.commands import Order


@dataclass(frozen=True, slots=True)
class Recalled:
    """The decisions, or the tasks, that an order is about, and the matters that an answer may be about.

    `own` are those of the decisions that came of a mail of this person, or wrote them a letter. `may_undo` is narrower:
    a letter to them about a colleague's mail does not make that mail theirs.
    """

    stories: tuple[Story, ...] = ()
    undoing: Undoing | None = None
    own: tuple[str, ...] = ()
    may_undo: bool = False
    tasks: tuple[TasksLeft, ...] = ()
    matters: tuple[Matter, ...] = ()
    closed: tuple[ClosedQuestion, ...] = ()
    named: tuple[Named, ...] = ()
    card: Card | None = None


NOTHING = Recalled()


def load(
    cards: Sequence[TellingOfClient], session: Session, cover: Cover, clues: Clues, known: Known
) -> Recalled | None:
    """Looks up what an order of a colleague is about, and what those questions are about that the mail may answer;
    None for every other mail.

    `cards` are what the duties tell of a client, for who asks for its card.
    """
    sender, heard = known.sender, clues.hints.get(NAME)
    if sender is None or sender.person is None:
        return None
    found = replace(
        _ordered(cards, session, heard, cover, known) if isinstance(heard, Heard) else NOTHING,
        matters=matters_of(session, own_questions(known)),
        closed=closed_questions(session, [letter.ref for letter in known.letters], NAME, sender.keys),
    )
    return found if found != NOTHING else None


def recalled_of(known: Known) -> Recalled:
    """What was looked up for this mail."""
    recalled = known.recalled.get(NAME)
    return recalled if isinstance(recalled, Recalled) else NOTHING


def _ordered(cards: Sequence[TellingOfClient], session: Session, heard: Heard, cover: Cover, known: Known) -> Recalled:
    """What the order is about that was heard; one in a word comes before one in sentences."""
    sender = known.sender
    if sender is None or sender.person is None:
        return NOTHING
    if heard.word and (refs := refs_of(heard.word, known)) is not None:
        return _of_command(session, heard.word.does, refs, sender, sender.person, known.desk.zone)
    if heard.card:
        return Recalled(card=look_up(session, heard.card, sender.person, known, cover, cards))
    named = named_in(session, heard.sentences, cover.date, sender.person.language, known.desk.zone)
    own = _of_mails(session, [ref for each in named for ref in each.refs], sender)
    return Recalled(own=tuple(sorted(own)), named=named)


def _of_command(
    session: Session, does: Order, refs: Sequence[str], sender: Party, person: PersonCard, zone: tzinfo
) -> Recalled:
    ref = refs[0] if refs else ""
    if does == "undo":
        return Recalled(
            undoing=undo.foresee(session, ref, person.language, zone), may_undo=_may_undo(session, ref, sender)
        )
    if does == "done":
        return Recalled(tasks=tuple(tasks_left_by(session, each) for each in refs or ("",)))
    stories = why.tell(session, ref, person.language, zone)
    told = [story.ref for story in stories]
    own = {*_of_mails(session, told, sender), *_of_letters(session, told, sender)}
    return Recalled(stories=stories, own=tuple(each for each in told if each in own))


def _may_undo(session: Session, ref: str, sender: Party) -> bool:
    """Whether it came of this person's own mail, or of the clock, for nobody else: a report of all is not one's own."""
    if _of_mails(session, [ref], sender):
        return True
    decision = session.scalar(select(DecisionRow).where(DecisionRow.ref == ref))
    if decision is None or decision.arrival_id is not None:
        return False
    readers = set(session.scalars(select(LetterRow.recipient_key).where(LetterRow.made_by == decision.id)))
    return bool(readers) and readers <= set(sender.keys)


def _of_mails(session: Session, refs: Iterable[str], sender: Party) -> frozenset[str]:
    """Those of these decisions that were made of this person's mail, from whichever address."""
    vouched_for = [sender.person.id] if sender.person else []
    found = (
        select(DecisionRow.ref)
        .join(Arrival, Arrival.id == DecisionRow.arrival_id)
        .where(
            DecisionRow.ref.in_(refs), or_(Arrival.sender_key.in_(sender.keys), Arrival.vouched_for.in_(vouched_for))
        )
    )
    return frozenset(session.scalars(found))


def _of_letters(session: Session, refs: Iterable[str], sender: Party) -> frozenset[str]:
    """Those of these decisions that wrote this person a letter."""
    found = (
        select(DecisionRow.ref)
        .join(LetterRow, LetterRow.made_by == DecisionRow.id)
        .where(DecisionRow.ref.in_(refs), LetterRow.recipient_key.in_(sender.keys))
    )
    return frozenset(session.scalars(found))
