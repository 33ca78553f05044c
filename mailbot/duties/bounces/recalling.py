"""What the records say about the address a bounce is about, where the kernel's Known is not enough."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.bounces.failure import Outcome
from mailbot.duties.bounces.tables import Bounce
from mailbot.message.model import Clues, Message
from mailbot.records.known import ClientCard, ContactCard, Known
from mailbot.records.parties import clients_by_id
from mailbot.records.settled import ClosedQuestion, closed_questions
from mailbot.records.tables import Address, AddressStatus, Contact, LetterRow, LetterState

NAME = "bounces"
DEAD_ADDRESS = "dead-address"  # the kind of the question that is asked about a dead address

_MOST_LETTERS = 1_000


@dataclass(frozen=True, slots=True)
class OnFile:
    """An address that is on file, and whose it is: a contact's of a client, or a member of the staff's."""

    key: str
    written: str
    address_id: int
    status: AddressStatus
    person_id: int | None
    contact: ContactCard | None
    phone: str | None
    client: ClientCard | None


@dataclass(frozen=True, slots=True)
class Unsent:
    """A letter in the outbox to such an address that was not sent: it waits, or it is on hold."""

    id: int
    ref: str
    recipient_key: str
    subject: str
    on_hold: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A bounce that counted already."""

    letter_ref: str
    address_key: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Recalled:
    """All that is known about the addresses of the letters that a mail proves, or of the question that it answers.

    `closed` are the questions of this duty that the mail would answer, if they were still open.
    """

    on_file: tuple[OnFile, ...]
    unsent: tuple[Unsent, ...]
    counted: tuple[Counted, ...]
    closed: tuple[ClosedQuestion, ...] = ()

    def address(self, key: str) -> OnFile | None:
        return next((each for each in self.on_file if each.key == key), None)

    def letters_to(self, key: str) -> tuple[Unsent, ...]:
        return tuple(each for each in self.unsent if each.recipient_key == key)

    def has_counted(self, letter_ref: str, address_key: str, outcome: Outcome) -> bool:
        return Counted(letter_ref, address_key, outcome) in self.counted


NOTHING = Recalled((), (), ())


def recalled(known: Known) -> Recalled:
    """This duty's part of what is known."""
    part = known.recalled.get(NAME)
    return part if isinstance(part, Recalled) else NOTHING


def load(session: Session, _message: Message, _clues: Clues, known: Known) -> Recalled | None:
    """A few queries, and only for a mail that proves a letter of ours or answers a question of this duty."""
    refs = [letter.ref for letter in known.letters if letter.proven]
    keys = {letter.recipient_key for letter in known.letters if letter.proven}
    keys |= {
        str(question.context.get("address_key"))
        for question in known.questions
        if question.duty == NAME and question.kind == DEAD_ADDRESS
    }
    asked = [letter.ref for letter in known.letters if letter.duty == NAME]
    closed = closed_questions(session, asked, NAME, known.sender.keys) if known.sender else ()
    if not keys and not closed:
        return None
    return Recalled(_on_file(session, keys), _unsent(session, keys), _counted(session, refs), closed)


def _on_file(session: Session, keys: set[str]) -> tuple[OnFile, ...]:
    rows = session.execute(
        select(Address, Contact)
        .join(Contact, Address.contact_id == Contact.id, isouter=True)
        .where(Address.key.in_(keys), Address.undone_by.is_(None))
        .order_by(Address.id)
    ).all()
    clients = clients_by_id(session, (contact.client_id for _, contact in rows if contact))
    return tuple(
        OnFile(
            key=address.key,
            written=address.written,
            address_id=address.id,
            status=address.status,
            person_id=address.person_id,
            contact=_card(clients.get(contact.client_id), address.id) if contact else None,
            phone=contact.phone if contact else None,
            client=clients.get(contact.client_id) if contact else None,
        )
        for address, contact in rows
    )


def _card(client: ClientCard | None, address_id: int) -> ContactCard | None:
    contacts = client.contacts if client else ()
    return next((contact for contact in contacts if contact.address_id == address_id), None)


def _unsent(session: Session, keys: set[str]) -> tuple[Unsent, ...]:
    rows = session.execute(
        select(LetterRow.id, LetterRow.ref, LetterRow.recipient_key, LetterRow.subject, LetterRow.state)
        .where(
            LetterRow.recipient_key.in_(keys),
            LetterRow.state.in_((LetterState.WAITING, LetterState.ON_HOLD)),
            LetterRow.undone_by.is_(None),
        )
        .order_by(LetterRow.id)
        .limit(_MOST_LETTERS)
    )
    return tuple(
        Unsent(row.id, row.ref, row.recipient_key, row.subject, row.state is LetterState.ON_HOLD) for row in rows
    )


def _counted(session: Session, refs: list[str]) -> tuple[Counted, ...]:
    """Those that were taken back included: the same letter does not count a second time."""
    if not refs:
        return ()
    rows = session.execute(
        select(Bounce.letter_ref, Bounce.address_key, Bounce.outcome).where(Bounce.letter_ref.in_(refs))
    )
    return tuple(Counted(row.letter_ref, row.address_key, row.outcome) for row in rows)
