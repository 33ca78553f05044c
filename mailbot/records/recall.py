"""Loads what the records say about a group of mails, with a handful of queries for the whole group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from mailbot.letters.refs import decision_key
from mailbot.message.model import Clues
from mailbot.message.sealing import Cover, SealedMail
from mailbot.records.arrivals import Claimed
from mailbot.records.base import UtcDateTime
from mailbot.records.correspondence import OpenQuestions, letters_named, letters_of, not_named, open_questions
from mailbot.records.decision import DUPLICATE
from mailbot.records.known import (
    NEVER_WRITTEN,
    BrakeCard,
    ClientCard,
    Copy,
    DeskCard,
    Known,
    LetterCard,
    Party,
    PersonCard,
    known_beforehand,
)
from mailbot.records.outbox import HELD
from mailbot.records.parties import clients_by_id, domains_like, parties_by_key, people
from mailbot.records.tables import (
    AddressStatus,
    Arrival,
    ArrivalState,
    DecisionRow,
    LetterRow,
    LetterState,
)

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_UNPROVEN, _STRANGER = "T0", "T1"  # the trust of decisions, as it is kept


@dataclass(frozen=True, slots=True)
class Read:
    """A mail that was read, with what it mentions: what `recall` is asked about. `among` is the staff as it was then,
    whose words were listened to."""

    claimed: Claimed
    sealed: SealedMail
    clues: Clues
    among: tuple[PersonCard, ...] = ()

    @property
    def cover(self) -> Cover:
        """What is known of the mail without reading it."""
        return self.sealed.cover

    @property
    def sender_key(self) -> str | None:
        """The key of the From address; None where the mail has no identity."""
        return self.cover.sender_key


def listened_among(mail: Read, staff: tuple[PersonCard, ...]) -> tuple[PersonCard, ...]:
    """The staff, among whom the words of a mail are listened to: where a colleague has said that it is theirs, its From
    address counts as one of that colleague's."""
    theirs, key = mail.claimed.vouched_for, mail.sender_key
    if theirs is None or key is None:
        return staff
    return tuple(replace(each, keys=(*each.keys, key)) if each.id == theirs else each for each in staff)


def recall(
    session: Session, desk: DeskCard, secret: bytes, mails: Sequence[Read], numbers: Sequence[int], now: datetime
) -> tuple[Known, ...]:
    """What the records say about each of these mails. `numbers` are reserved for their decisions, one each."""
    staff = people(session)
    addresses = parties_by_key(session, {key for mail in mails for key in mail.clues.addresses}, staff)
    letters = letters_named(session, secret, [mail.clues for mail in mails])
    client_ids = {party.client.id for party in addresses.values() if party.client} | {
        letter.client_id for found in letters for letter in found if letter.client_id is not None
    }
    clients = clients_by_id(session, client_ids, staff)
    senders = {mail.sender_key for mail in mails if mail.sender_key}
    questions = open_questions(session, {key for mail in mails for key in _keys(mail, addresses)}, letters)
    asked = letters_of(session, questions)
    open_ones = OpenQuestions(questions)
    theirs = [open_ones.of(_keys(mail, addresses), found) for mail, found in zip(mails, letters, strict=True)]
    copies = _copies(session, mails)
    brakes = _brakes(session, senders, now)
    strangers = {row.duty: row.mails for row in session.connection().execute(_STRANGERS, {"since": now - _HOUR})}
    everybody = tuple(staff.values())
    similar = domains_like(session, {_domain(mail) for mail in mails if mail.sender_key not in addresses} - {""})
    return tuple(
        Known(
            desk=desk.approved() if mail.claimed.approved else desk,
            number=number,
            key=decision_key(secret, number),
            sender=_sender(mail, addresses, staff),
            parties=tuple(addresses[key] for key in mail.clues.addresses if key in addresses),
            letters=found,
            questions=questions_asked,
            copy_of=copies.get(mail.claimed.id),
            clients=_in_play(mail, addresses, found, clients),
            staff=everybody,
            brakes=replace(brakes.get(mail.sender_key or "", NEVER_WRITTEN), strangers_last_hour=strangers),
            recalled={},
            asked_letters=not_named(found, questions_asked, asked),
            similar=similar.get(_domain(mail), ()),
        )
        for mail, number, found, questions_asked in zip(mails, numbers, letters, theirs, strict=True)
    )


def _sender(mail: Read, parties: Mapping[str, Party], staff: Mapping[int, PersonCard]) -> Party | None:
    """Who the From address belongs to; where it was nobody's, the colleague who said that the mail is theirs. That
    colleague said so at the registered address, and is answered there."""
    party = parties.get(mail.sender_key or "")
    person = staff.get(mail.claimed.vouched_for or 0)
    if person is None or mail.sender_key is None:
        return party
    if party is None or (party.person is None and party.contact is None):
        return Party(mail.sender_key, 0, AddressStatus.OK, person=person, vouched=True)
    return replace(party, person=person) if party.person and party.person.id == person.id else party


def _domain(mail: Read) -> str:
    return (mail.sender_key or "").rpartition("@")[2]


def _keys(mail: Read, parties: Mapping[str, Party]) -> tuple[str, ...]:
    """The From address, and the other addresses of the same colleague: what one was asked, any of them may answer."""
    party = parties.get(mail.sender_key or "")
    if party is not None:
        return party.keys
    return (mail.sender_key,) if mail.sender_key else ()


def known_by_the_clock(session: Session, desk: DeskCard, secret: bytes, number: int) -> Known:
    """What the records say when no mail came but something fell due: the staff."""
    return replace(
        known_beforehand(desk),
        number=number,
        key=decision_key(secret, number),
        staff=tuple(people(session).values()),
    )


_SAME_CONTENT = (
    select(
        Arrival.id,
        Arrival.message_id,
        Arrival.content_hash,
        Arrival.size,
        Arrival.arrived_at,
        DecisionRow.ref,
        DecisionRow.folder,
        DecisionRow.trust,
    )
    .join(DecisionRow, DecisionRow.arrival_id == Arrival.id)
    .where(
        Arrival.content_hash.in_(bindparam("hashes", expanding=True)),
        Arrival.state == ArrivalState.DECIDED,
        DecisionRow.kind != DUPLICATE,  # a mail that is decided once more is no copy of its own copies
    )
    .order_by(Arrival.id, DecisionRow.id.desc())  # of a mail that was decided anew, the last word counts
)


def _copies(session: Session, mails: Sequence[Read]) -> dict[int, Copy]:
    """Mails that were decided before: the same Message-ID and the same content.

    A mail without a Message-ID is a copy only where content, size and moment of arrival are all the same, as they are
    when a folder gets a new UIDVALIDITY. Neither an id nor a hash alone ever makes a copy. One that was believed comes
    before one that was not.
    """
    hashes = sorted({mail.cover.content_hash for mail in mails})
    rows = session.connection().execute(_SAME_CONTENT, {"hashes": hashes}).all()
    rows = sorted(rows, key=lambda row: row.trust == _UNPROVEN)
    found: dict[int, Copy] = {}
    for mail in mails:
        for row in rows:
            if row.id != mail.claimed.id and _is_copy(mail, row):
                was_believed = row.trust != _UNPROVEN
                found[mail.claimed.id] = Copy(row.ref, row.folder, was_believed)
                break
    return found


def _is_copy(mail: Read, row: Any) -> bool:
    if mail.cover.content_hash != row.content_hash:
        return False
    if mail.cover.message_id is None:
        return bool(
            row.message_id is None and mail.claimed.size == row.size and mail.claimed.arrived_at == row.arrived_at
        )
    return bool(mail.cover.message_id[:998] == row.message_id)


def _in_play(
    mail: Read, parties: Mapping[str, Party], letters: Sequence[LetterCard], clients: Mapping[int, ClientCard]
) -> tuple[ClientCard, ...]:
    ids = [parties[key].client for key in mail.clues.addresses if key in parties]
    wanted = [client.id for client in ids if client] + [letter.client_id for letter in letters if letter.client_id]
    return tuple(clients[each] for each in dict.fromkeys(wanted) if each in clients)


_WRITTEN_LATELY = (
    select(
        LetterRow.recipient_key,
        func.count(),
        func.max(case((LetterRow.acknowledgement, 1), else_=0)),
        func.sum(case((LetterRow.purpose == HELD, 1), else_=0)),
    )
    .where(
        LetterRow.recipient_key.in_(bindparam("keys", expanding=True)),
        LetterRow.created_at > bindparam("since", type_=UtcDateTime()),
        LetterRow.state.notin_((LetterState.WITHDRAWN, LetterState.REFUSED)),
    )
    .group_by(LetterRow.recipient_key)
)


def _brakes(session: Session, keys: set[str], now: datetime) -> dict[str, BrakeCard]:
    """For each address that was written to in the last day: how often, and to what end."""
    if not keys:
        return {}
    rows = session.connection().execute(_WRITTEN_LATELY, {"keys": sorted(keys), "since": now - _DAY})
    return {
        key: replace(NEVER_WRITTEN, answers_last_day=count, acknowledged_last_day=bool(acks), told_held_last_day=held)
        for key, count, acks, held in rows
    }


_STRANGERS = (
    select(DecisionRow.duty, func.count().label("mails"))
    .where(
        DecisionRow.decided_at > bindparam("since", type_=UtcDateTime()),
        DecisionRow.origin == "mail",
        DecisionRow.trust.in_((_UNPROVEN, _STRANGER)),
        DecisionRow.folder != "",
    )
    .group_by(DecisionRow.duty)
)
