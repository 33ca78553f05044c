"""What the records say about a mail of contracts: the clients it names, and the drafts that wait for its sender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.contracts.changes.recalling import ChangeHint, asked_about, change_hint, meant_in, waiting
from mailbot.duties.contracts.changes.renewing import ended_on
from mailbot.duties.contracts.clients import client_cards
from mailbot.duties.contracts.facts import (
    IS_IT_RIGHT,
    NAME,
    ContractReading,
    DraftCard,
    Hint,
    NamedClient,
)
from mailbot.duties.contracts.intake.correcting import names_client
from mailbot.duties.contracts.known import ContractsKnown
from mailbot.duties.contracts.reading import says_signed
from mailbot.duties.contracts.tables import ContractDraft, DraftState
from mailbot.message.model import Clues, Message
from mailbot.message.sealing import Cover
from mailbot.records.about_client import clients_named
from mailbot.records.contracts.tables import Contract
from mailbot.records.known import Known, QuestionCard
from mailbot.records.names import name_words

_READING: TypeAdapter[ContractReading] = TypeAdapter(ContractReading)
_LONGEST_TEXT = 4_000  # characters in which clients are looked for
_MOST_WORDS = 400


def hint(message: Message, beforehand: Known) -> Hint | ChangeHint | None:
    """The words among which the client is named, where the mail says that a contract was signed, or with whom it is;
    or what it says of a contract that runs. Pure."""
    if not (says_signed(message) or names_client(message)):
        return change_hint(message, beforehand.desk)
    text = message.body.for_people.text[:_LONGEST_TEXT]
    return Hint(tuple(name_words(message.subject)[:_MOST_WORDS]), tuple(name_words(text)[:_MOST_WORDS]))


def load(session: Session, _cover: Cover, clues: Clues, known: Known) -> ContractsKnown | None:
    """Looks up what a colleague's mail about a contract needs; None for every other mail."""
    if known.sender is None or known.sender.person is None:
        return None
    seen = clues.hints.get(NAME)
    drafts = tuple(
        _drafts(session, [each for each in known.questions if each.duty == NAME and each.kind == IS_IT_RIGHT])
    )
    named = (_named(session, seen.subject) or _named(session, seen.text)) if isinstance(seen, Hint) else ()
    changes = waiting(session, known.questions)
    asked = asked_about(session, known.questions)
    meant = meant_in(session, seen) if isinstance(seen, ChangeHint) else None
    if not (named or drafts or changes or asked or meant):
        return None
    clients = named or client_cards(session, {contract.client_id for _, contract in asked})
    return ContractsKnown(clients, drafts, changes, asked, meant)


def _named(session: Session, words: Sequence[str]) -> tuple[NamedClient, ...]:
    return client_cards(session, [client.id for client in clients_named(session, words)])


def _drafts(session: Session, questions: Sequence[QuestionCard]) -> Iterator[tuple[int, DraftCard]]:
    """The draft of each question, where it still waits."""
    by_ref = {str(each.context.get("draft")): each.id for each in questions}
    if not by_ref:
        return
    waiting = select(ContractDraft).where(
        ContractDraft.ref.in_(sorted(by_ref)),
        ContractDraft.state == DraftState.WAITING,
        ContractDraft.undone_by.is_(None),
    )
    for draft in session.scalars(waiting):
        clients = client_cards(session, [draft.client_id] if draft.client_id else [])
        before = session.get(Contract, draft.follows_id) if draft.follows_id is not None else None
        yield (
            by_ref[draft.ref],
            DraftCard(
                id=draft.id,
                ref=draft.ref,
                client=clients[0] if clients else None,
                asked_id=draft.asked_id,
                sent_by_id=draft.sent_by_id,
                signed_on=draft.signed_on,
                reading=_READING.validate_python(draft.reading),
                in_file=_READING.validate_python(draft.in_file) if draft.in_file else None,
                follows_id=draft.follows_id,
                follows=before.ref if before else None,
                follows_ended_on=ended_on(before) if before else None,
            ),
        )
