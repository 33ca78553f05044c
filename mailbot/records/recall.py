"""Loads what the records say about a group of mails, with a handful of queries for the whole group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from mailbot.config import Level
from mailbot.letters.model import Language
from mailbot.letters.refs import SignedRef, decision_key, decision_of, is_genuine
from mailbot.message.model import Clues, Message
from mailbot.records.arrivals import Claimed
from mailbot.records.known import (
    BrakeCard,
    ClientCard,
    ContactCard,
    Copy,
    DeskCard,
    Known,
    LetterCard,
    Party,
    PersonCard,
    QuestionCard,
)
from mailbot.records.tables import (
    Address,
    Arrival,
    ArrivalState,
    Client,
    Contact,
    DecisionRow,
    LetterRow,
    LetterState,
    Pause,
    Person,
    QuestionRow,
    QuestionState,
)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Read:
    """A mail that was read, with what it mentions: what `recall` is asked about."""

    claimed: Claimed
    message: Message
    clues: Clues

    @property
    def sender_key(self) -> str | None:
        """The key of the From address; None where the mail has no identity."""
        return self.message.sender.key if self.message.sender else None


def recall(
    session: Session, desk: DeskCard, secret: bytes, mails: Sequence[Read], numbers: Sequence[int], now: datetime
) -> tuple[Known, ...]:
    """What the records say about each of these mails. `numbers` are reserved for their decisions, one each."""
    staff = people(session)
    addresses = _parties(session, {key for mail in mails for key in mail.clues.addresses}, staff)
    letters = _letters(session, secret, [mail.clues for mail in mails])
    client_ids = {party.client.id for party in addresses.values() if party.client} | {
        letter.client_id for found in letters for letter in found if letter.client_id is not None
    }
    clients = clients_by_id(session, client_ids, staff)
    questions = _questions(session, mails, letters)
    asked = _letters_of(session, questions)
    copies = _copies(session, mails)
    brakes = _brakes(session, {mail.sender_key for mail in mails if mail.sender_key}, now)
    paused = _paused(session, now)
    return tuple(
        Known(
            desk=_approved(desk) if mail.claimed.approved else desk,
            number=number,
            key=decision_key(secret, number),
            sender=addresses.get(mail.sender_key or ""),
            parties=tuple(addresses[key] for key in mail.clues.addresses if key in addresses),
            letters=found,
            questions=_those_of(mail, found, questions),
            copy_of=copies.get(mail.claimed.id),
            clients=_in_play(mail, addresses, found, clients),
            staff=tuple(staff.values()),
            brakes=BrakeCard(*brakes.get(mail.sender_key or "", (0, False)), paused_because=paused),
            recalled={},
            asked_letters=_not_named(mail, found, questions, asked),
        )
        for mail, number, found in zip(mails, numbers, letters, strict=True)
    )


def _approved(desk: DeskCard) -> DeskCard:
    """The desk as it may act on a mail to which a person said yes."""
    return replace(desk, levels=dict.fromkeys(desk.levels, Level.ACT))


def known_by_the_clock(session: Session, desk: DeskCard, secret: bytes, number: int, now: datetime) -> Known:
    """What the records say when no mail came but something fell due: the staff, and whether the desk is stopped."""
    return Known(
        desk=desk,
        number=number,
        key=decision_key(secret, number),
        sender=None,
        parties=(),
        letters=(),
        questions=(),
        copy_of=None,
        clients=(),
        staff=tuple(people(session).values()),
        brakes=BrakeCard(0, acknowledged_last_day=False, paused_because=_paused(session, now)),
        recalled={},
    )


def people(session: Session) -> dict[int, PersonCard]:
    """The active staff, each at the address that was registered first."""
    rows = session.execute(
        select(Person, Address.written)
        .join(Address, Address.person_id == Person.id)
        .where(Person.active, Person.undone_by.is_(None), Address.undone_by.is_(None))
        .order_by(Person.id, Address.id)
    )
    found: dict[int, PersonCard] = {}
    for person, address in rows:
        if person.id not in found:
            found[person.id] = PersonCard(
                id=person.id,
                name=person.name,
                address=address,
                role=person.role,
                language=_language(person.language),
                locale=person.locale,
                currency=person.currency,
            )
    return found


def clients_by_id(
    session: Session, ids: Iterable[int], staff: Mapping[int, PersonCard] | None = None
) -> dict[int, ClientCard]:
    """Clients with their owners and their contacts, the main contact first."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    owners = people(session) if staff is None else staff
    contacts: dict[int, list[ContactCard]] = defaultdict(list)
    rows = session.execute(
        select(Contact, Address)
        .join(Address, Address.contact_id == Contact.id)
        .where(Contact.client_id.in_(wanted), Contact.undone_by.is_(None), Address.undone_by.is_(None))
        .order_by(Contact.rank, Contact.id, Address.id)
    )
    for contact, address in rows:
        contacts[contact.client_id].append(_contact_card(contact, address))
    found = session.scalars(select(Client).where(Client.id.in_(wanted), Client.undone_by.is_(None)))
    return {
        client.id: ClientCard(
            id=client.id,
            code=client.code,
            name=client.name,
            name_key=client.name_key,
            owner=owners.get(client.owner_id or 0),
            language=_language(client.language),
            paused_because=client.paused_because,
            contacts=tuple(contacts[client.id]),
        )
        for client in found
    }


def _language(kept: str) -> Language:
    return "de" if kept == "de" else "en"


def _contact_card(contact: Contact, address: Address) -> ContactCard:
    return ContactCard(
        id=contact.id,
        name=contact.name,
        address=address.written,
        address_id=address.id,
        address_status=address.status,
        rank=contact.rank,
        language=_language(contact.language) if contact.language else None,
        last_ok=address.last_ok,
    )


def _parties(session: Session, keys: set[str], staff: Mapping[int, PersonCard]) -> dict[str, Party]:
    if not keys:
        return {}
    rows = session.execute(
        select(Address, Contact)
        .join(Contact, Address.contact_id == Contact.id, isouter=True)
        .where(Address.key.in_(keys), Address.undone_by.is_(None))
    ).all()
    clients = clients_by_id(session, {contact.client_id for _, contact in rows if contact}, staff)
    return {
        address.key: Party(
            key=address.key,
            address_id=address.id,
            status=address.status,
            person=staff.get(address.person_id or 0),
            contact=_contact_card(contact, address) if contact else None,
            client=clients.get(contact.client_id) if contact else None,
        )
        for address, contact in rows
    }


_LETTER = (
    LetterRow.ref,
    LetterRow.duty,
    LetterRow.purpose,
    LetterRow.object,
    LetterRow.period,
    LetterRow.recipient_key,
    LetterRow.recipient,
    LetterRow.message_id,
    LetterRow.subject,
    LetterRow.state,
    LetterRow.sent_at,
    LetterRow.client_id,
)


def _letters(session: Session, secret: bytes, clues: Sequence[Clues]) -> list[tuple[LetterCard, ...]]:
    """For each mail, the letters of ours that it names: the proven ones first."""
    signed = [[found for found in map(SignedRef.parse, each.refs) if found] for each in clues]
    refs = {found.ref for each in signed for found in each}
    ids = {message_id for each in clues for message_id in each.message_ids}
    if not refs and not ids:
        return [()] * len(clues)
    rows = session.execute(select(*_LETTER).where(or_(LetterRow.ref.in_(refs), LetterRow.message_id.in_(ids)))).all()
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
        period=row.period,
        recipient_key=row.recipient_key,
        recipient=row.recipient,
        message_id=row.message_id,
        subject=row.subject,
        state=row.state,
        sent_at=row.sent_at,
        client_id=row.client_id,
        proven=proven,
    )


def _questions(
    session: Session, mails: Sequence[Read], letters: Sequence[Sequence[LetterCard]]
) -> tuple[QuestionCard, ...]:
    refs = {letter.ref for found in letters for letter in found}
    senders = {mail.sender_key for mail in mails if mail.sender_key}
    if not refs and not senders:
        return ()
    rows = session.scalars(
        select(QuestionRow)
        .where(
            QuestionRow.state == QuestionState.OPEN,
            QuestionRow.undone_by.is_(None),
            or_(QuestionRow.letter_ref.in_(refs), QuestionRow.asked_key.in_(senders)),
        )
        .order_by(QuestionRow.asked_at.desc(), QuestionRow.id.desc())
    )
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
            asked_at=row.asked_at,
        )
        for row in rows
    )


def _letters_of(session: Session, questions: Sequence[QuestionCard]) -> dict[str, LetterCard]:
    """The letters of these questions, by reference."""
    refs = {question.letter_ref for question in questions}
    if not refs:
        return {}
    rows = session.execute(select(*_LETTER).where(LetterRow.ref.in_(refs)))
    return {row.ref: _letter_card(row, proven=False) for row in rows}


def _not_named(
    mail: Read, letters: Sequence[LetterCard], questions: Sequence[QuestionCard], asked: Mapping[str, LetterCard]
) -> tuple[LetterCard, ...]:
    """The letters of the questions this mail's sender was asked and that the mail does not name."""
    named = {letter.ref for letter in letters}
    refs = [question.letter_ref for question in _those_of(mail, letters, questions)]
    return tuple(asked[ref] for ref in dict.fromkeys(refs) if ref in asked and ref not in named)


def _those_of(mail: Read, letters: Sequence[LetterCard], questions: Sequence[QuestionCard]) -> tuple[QuestionCard, ...]:
    """The questions on the letters this mail names, then the others that its sender was asked; twenty at most."""
    refs = {letter.ref for letter in letters}
    named = [question for question in questions if question.letter_ref in refs]
    others = [
        question for question in questions if question.letter_ref not in refs and question.asked_key == mail.sender_key
    ]
    return tuple([*named, *others][:20])


def _copies(session: Session, mails: Sequence[Read]) -> dict[int, Copy]:
    """Mails that were decided before: the same Message-ID and the same content.

    A mail without a Message-ID is a copy only where content, size and moment of arrival are all the same, as they are
    when a folder gets a new UIDVALIDITY. Neither an id nor a hash alone ever makes a copy.
    """
    hashes = {mail.message.content_hash for mail in mails}
    rows = session.execute(
        select(
            Arrival.id,
            Arrival.message_id,
            Arrival.content_hash,
            Arrival.size,
            Arrival.arrived_at,
            DecisionRow.ref,
            DecisionRow.decided_at,
            DecisionRow.folder,
        )
        .join(DecisionRow, DecisionRow.arrival_id == Arrival.id)
        .where(
            Arrival.content_hash.in_(hashes),
            Arrival.state == ArrivalState.DECIDED,
            DecisionRow.kind != "duplicate",  # a mail that is decided once more is no copy of its own copies
        )
        .order_by(Arrival.id)
    ).all()
    found: dict[int, Copy] = {}
    for mail in mails:
        for row in rows:
            if row.id != mail.claimed.id and _is_copy(mail, row):
                found[mail.claimed.id] = Copy(row.ref, row.id, row.decided_at, row.folder)
                break
    return found


def _is_copy(mail: Read, row: Any) -> bool:
    if mail.message.content_hash != row.content_hash:
        return False
    if mail.message.message_id is None:
        return bool(
            row.message_id is None and mail.claimed.size == row.size and mail.claimed.arrived_at == row.arrived_at
        )
    return bool(mail.message.message_id[:998] == row.message_id)


def _in_play(
    mail: Read, parties: Mapping[str, Party], letters: Sequence[LetterCard], clients: Mapping[int, ClientCard]
) -> tuple[ClientCard, ...]:
    ids = [parties[key].client for key in mail.clues.addresses if key in parties]
    wanted = [client.id for client in ids if client] + [letter.client_id for letter in letters if letter.client_id]
    return tuple(clients[each] for each in dict.fromkeys(wanted) if each in clients)


def _brakes(session: Session, keys: set[str], now: datetime) -> dict[str, tuple[int, bool]]:
    """For each address: how many letters it was written in the last day, and whether one was an acknowledgement."""
    if not keys:
        return {}
    rows = session.execute(
        select(
            LetterRow.recipient_key,
            func.count(),
            func.max(case((LetterRow.acknowledgement, 1), else_=0)),
        )
        .where(
            LetterRow.recipient_key.in_(keys),
            LetterRow.created_at > now - _DAY,
            LetterRow.state.notin_((LetterState.WITHDRAWN, LetterState.REFUSED)),
        )
        .group_by(LetterRow.recipient_key)
    )
    return {key: (count, bool(acknowledged)) for key, count, acknowledged in rows}


def _paused(session: Session, now: datetime) -> str | None:
    return session.scalar(
        select(Pause.because).where(
            and_(Pause.scope == "*", Pause.undone_by.is_(None), or_(Pause.until.is_(None), Pause.until > now))
        )
    )
