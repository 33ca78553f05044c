"""What the records say about a mail of contracts: the clients it names, and the drafts that wait for its sender."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.contracts.facts import (
    IS_IT_RIGHT,
    NAME,
    ContractReading,
    ContractsKnown,
    DraftCard,
    NamedClient,
)
from mailbot.duties.contracts.tables import ContractDraft, DraftState
from mailbot.message.model import Clues, Message
from mailbot.records.about_client import clients_named
from mailbot.records.known import Known, QuestionCard
from mailbot.records.names import name_words
from mailbot.records.tables import Client, Person

_READING: TypeAdapter[ContractReading] = TypeAdapter(ContractReading)
_LONGEST_TEXT = 4_000  # characters in which clients are looked for
_MOST_WORDS = 400


def load(session: Session, message: Message, _clues: Clues, known: Known) -> ContractsKnown | None:
    """Looks up what a colleague's mail about a contract needs; None for every other mail."""
    if known.sender is None or known.sender.person is None:
        return None
    questions = [each for each in known.questions if each.duty == NAME and each.kind == IS_IT_RIGHT]
    drafts = tuple(_drafts(session, questions))
    named = _named(session, message.subject) or _named(session, message.body.for_people.text[:_LONGEST_TEXT])
    return ContractsKnown(named, drafts) if named or drafts else None


def client_cards(session: Session, ids: Iterable[int]) -> tuple[NamedClient, ...]:
    """These clients, each with its owner and the currency in which that one books."""
    found = (
        select(Client.id, Client.name, Client.owner_id, Person.currency)
        .join(Person, Person.id == Client.owner_id, isouter=True)
        .where(Client.id.in_(sorted(set(ids))), Client.undone_by.is_(None))
        .order_by(Client.id)
    )
    return tuple(NamedClient(*row) for row in session.execute(found))


def _named(session: Session, text: str) -> tuple[NamedClient, ...]:
    words = name_words(text)[:_MOST_WORDS]
    return client_cards(session, [client.id for client in clients_named(session, words)])


def _drafts(session: Session, questions: Sequence[QuestionCard]) -> Iterable[tuple[int, DraftCard]]:
    """The draft of each question, where it still waits."""
    by_ref = {str(each.context.get("draft")): each.id for each in questions}
    waiting = select(ContractDraft).where(
        ContractDraft.ref.in_(sorted(by_ref)),
        ContractDraft.state == DraftState.WAITING,
        ContractDraft.undone_by.is_(None),
    )
    for draft in session.scalars(waiting) if by_ref else ():
        clients = client_cards(session, [draft.client_id] if draft.client_id else [])
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
            ),
        )
