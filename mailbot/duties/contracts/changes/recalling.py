"""What the records say about a mail of a contract that runs: which it may be, and the changes that wait for a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.contracts.changes.facts import (
    QUESTIONS,
    ChangeCard,
    ChangeReading,
    Meant,
    Said,
)
from mailbot.duties.contracts.changes.said import LONGEST, said_in
from mailbot.duties.contracts.clients import client_cards
from mailbot.duties.contracts.facts import NAME
from mailbot.duties.contracts.settings import settings_of
from mailbot.duties.contracts.tables import ContractChange, DraftState
from mailbot.message.model import Message
from mailbot.records.about_client import clients_named
from mailbot.records.contracts.cards import ContractCard, contract_card, contracts_by_id, contracts_of
from mailbot.records.contracts.questions import CONTRACT, HOW_RENEWED, WAS_CANCELLED
from mailbot.records.contracts.tables import ContractState, EventKind
from mailbot.records.known import DeskCard, QuestionCard
from mailbot.records.names import name_words

_READING: TypeAdapter[ChangeReading] = TypeAdapter(ChangeReading)
_MOST_WORDS: Final = 100
_MOST_LINES: Final = 12
_MOST_NUMBERS: Final = 5
_AFTER_ITS_END: Final = (EventKind.RENEWED, EventKind.REFUNDED)  # what may still become of one that has ended


@dataclass(frozen=True, slots=True)
class ChangeHint:
    """What a mail says of a contract, the words that may name its client, and those of its other lines with figures."""

    said: Said
    words: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]


def change_hint(message: Message, desk: DeskCard) -> ChangeHint | None:
    """None where the mail says nothing of a contract that runs. Pure."""
    said = said_in(message, settings_of(desk).kinds)
    if said is None:
        return None
    text = message.body.for_people.text[:LONGEST]
    others = (line for line in text.split("\n") if line.strip() and line.strip() not in said.line)
    figured = [tuple(name_words(line)[:_MOST_WORDS]) for line in others if any(sign.isdigit() for sign in line)]
    return ChangeHint(said, tuple(name_words(said.line)[:_MOST_WORDS]), tuple(figured[:_MOST_LINES]))


def meant_in(session: Session, hint: ChangeHint) -> Meant:
    """Those that are named by their number; else those of the clients that the line names.

    A contract that has ended may still go on, late, or money of it go back; nothing else becomes of it.
    """
    if hint.said.numbers:
        cards = [contract_card(session, ref) for ref in hint.said.numbers[:_MOST_NUMBERS]]
        found = tuple(card for card in cards if card is not None and _may_be(card, hint.said.kind))
        return _meant(session, hint, found, ", ".join(hint.said.numbers[:_MOST_NUMBERS]))
    clients = clients_named(session, hint.words)
    ids = {client.id for client in clients}
    of_others = any(_others(session, words, ids) for words in hint.others)
    found = _of_clients(session, ids, hint.said.kind)
    return _meant(session, hint, found, ", ".join(client.name for client in clients), tells_of_others=of_others)


def _meant(
    session: Session, hint: ChangeHint, found: tuple[ContractCard, ...], named: str, *, tells_of_others: bool = False
) -> Meant:
    return Meant(hint.said, found, client_cards(session, {each.client_id for each in found}), named, tells_of_others)


def asked_about(session: Session, questions: Sequence[QuestionCard]) -> tuple[tuple[int, ContractCard], ...]:
    """The contracts that questions of renewals are about and can still be answered for, each with the number of its
    question."""
    kinds = {HOW_RENEWED: EventKind.RENEWED, WAS_CANCELLED: EventKind.CANCELLED}
    asked = [each for each in questions if each.kind in kinds]
    cards = ((each, contract_card(session, str(each.context.get(CONTRACT)))) for each in asked)
    return tuple((each.id, card) for each, card in cards if card is not None and _may_be(card, kinds[each.kind]))


def waiting(session: Session, questions: Sequence[QuestionCard]) -> tuple[tuple[int, ChangeCard], ...]:
    """The change of each question, where it still waits."""
    by_ref = {
        str(each.context.get("change")): each.id for each in questions if each.duty == NAME and each.kind in QUESTIONS
    }
    if not by_ref:
        return ()
    rows = session.scalars(
        select(ContractChange).where(
            ContractChange.ref.in_(sorted(by_ref)),
            ContractChange.state == DraftState.WAITING,
            ContractChange.undone_by.is_(None),
        )
    )
    return tuple((by_ref[row.ref], _card(session, row)) for row in rows)


def _card(session: Session, row: ContractChange) -> ChangeCard:
    keys = [row.contract_id] if row.contract_id is not None else [int(each) for each in row.contract_ids]
    cards = contracts_by_id(session, keys)
    return ChangeCard(
        id=row.id,
        ref=row.ref,
        kind=row.kind,
        contracts=tuple(cards[key] for key in keys if key in cards and _may_be(cards[key], row.kind)),
        clients=client_cards(session, {card.client_id for card in cards.values()}),
        said_on=row.said_on,
        words=row.words,
        file_text=row.file_text,
        reading=_READING.validate_python(row.reading) if row.reading else None,
        in_file=_READING.validate_python(row.in_file) if row.in_file else None,
        sent_by_id=row.sent_by_id,
    )


def _of_clients(session: Session, ids: Iterable[int], kind: EventKind) -> tuple[ContractCard, ...]:
    """The running ones; of a client that has none, the last one that has ended."""
    found: list[ContractCard] = []
    for contracts in contracts_of(session, ids).values():
        fitting = [each for each in contracts if _may_be(each, kind)]
        running = [each for each in fitting if each.state is ContractState.RUNNING]
        found += running or sorted(fitting, key=lambda each: each.ends_on)[-1:]
    return tuple(found)


def _may_be(contract: ContractCard, kind: EventKind) -> bool:
    """Whether that may become of the contract."""
    states = (ContractState.RUNNING, ContractState.ENDED) if kind in _AFTER_ITS_END else (ContractState.RUNNING,)
    return contract.state in states


def _others(session: Session, words: Sequence[str], ids: set[int]) -> bool:
    named = {client.id for client in clients_named(session, words)}
    return bool(named) and not named & ids
