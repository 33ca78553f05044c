"""What the records say about the address a bounce is about, where the kernel's Known is not enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mailbot.duties.bounces.dead_ends.own_clients import OwnClient, own_clients, spoken_of
from mailbot.duties.bounces.heard import Heard
from mailbot.duties.bounces.refusals.history import Domain, domain
from mailbot.duties.bounces.reports.failure import Failure, Outcome
from mailbot.duties.bounces.returned.history import Passed, counted_before, passing, writers
from mailbot.duties.bounces.returned.on_file import OnFile, Unsent, on_file, unsent
from mailbot.duties.bounces.whereabouts.calls import CallLeft, calls_left
from mailbot.duties.bounces.whereabouts.written import Written, written
from mailbot.duties.hints import seen_of
from mailbot.message.model import Clues
from mailbot.message.sealing import Cover
from mailbot.records.in_words import Teller
from mailbot.records.known import Known, LetterCard, Party
from mailbot.records.settled import ClosedQuestion, closed_questions
from mailbot.records.succession import Leaving, hanging_on
from mailbot.records.tables import AddressStatus, Contact, QuestionRow, QuestionState
from mailbot.records.together import found_for, writing_contact

NAME = "bounces"
# The kinds of the questions that this duty asks.
DEAD_ADDRESS = "dead-address"
REFUSED_DOMAIN = "refused-domain"
SUCCESSOR = "successor"
ASK_DETAILS = "ask-details"  # of a colleague: may a client be asked?
CLIENT_DETAILS = "client-details"  # of the client
# The purposes of the letters that confirm an answer.
DEAD_SETTLED = "dead-settled"
SUCCESSOR_SETTLED = "successor-settled"

_MOST_QUESTIONS = 1_000


@dataclass(frozen=True, slots=True)
class Counted:
    """A bounce that counted already."""

    letter_ref: str
    address_key: str
    outcome: Outcome
    is_dead: bool


@dataclass(frozen=True, slots=True)
class Writer:
    """A letter that was written because of a colleague's mail, and whose that was."""

    letter_ref: str
    person_id: int


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question of this duty about an address that was not answered yet."""

    id: int
    address_key: str


@dataclass(frozen=True, slots=True)
class AwayUntil:
    """A contact who is away, and until when letters wait."""

    contact_id: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Recalled:
    """All that is known about the addresses of the letters that a mail proves, or of the question that it answers.

    `closed` are the questions of this duty that the mail would answer, if they were still open. `domains` are those of
    these addresses; `passed` is what passed at them; `writers` the colleagues for whom these letters were written;
    `asked` what is asked of colleagues about these addresses. `hanging` is what hangs on the contact who writes, in the
    words of its owner; `away` says until when contacts are away. `written` are the letters to a contact of whom the
    mail says who follows; `calls` were left with a letter that it answers. `own` are the clients of a colleague who may
    say that they are no longer reached.
    """

    on_file: tuple[OnFile, ...]
    unsent: tuple[Unsent, ...]
    counted: tuple[Counted, ...]
    closed: tuple[ClosedQuestion, ...] = ()
    domains: tuple[Domain, ...] = ()
    passed: tuple[Passed, ...] = ()
    writers: tuple[Writer, ...] = ()
    asked: tuple[OpenQuestion, ...] = ()
    hanging: tuple[str, ...] = ()
    away: tuple[AwayUntil, ...] = ()
    written: tuple[Written, ...] = ()
    calls: tuple[CallLeft, ...] = ()
    own: tuple[OwnClient, ...] = ()

    def address(self, key: str) -> OnFile | None:
        return next((each for each in self.on_file if each.key == key), None)

    def letters_to(self, key: str) -> tuple[Unsent, ...]:
        return tuple(each for each in self.unsent if each.recipient_key == key)

    def domain(self, name: str) -> Domain | None:
        return next((each for each in self.domains if each.name == name), None)

    def is_away_until(self, contact_id: int, until: datetime) -> bool:
        """Whether it is known that the contact is away until that moment."""
        return any(each.contact_id == contact_id and each.until == until for each in self.away)

    def open_about(self, key: str) -> tuple[int, ...]:
        """The open questions about an address."""
        return tuple(each.id for each in self.asked if each.address_key == key)

    def call_of(self, letter_ref: str) -> CallLeft | None:
        """The call that a letter left."""
        return next((each for each in self.calls if each.letter_ref == letter_ref), None)

    def writer_of(self, letter_ref: str) -> int | None:
        """The colleague for whom the letter was written."""
        return next((each.person_id for each in self.writers if each.letter_ref == letter_ref), None)

    def has_counted(self, letter_ref: str, address_key: str, failure: Failure) -> bool:
        """Whether this counted already, or more: that an address is dead is news after a mere refusal, not the other
        way round."""
        said = (failure.is_dead, True)
        return any(Counted(letter_ref, address_key, failure.outcome, dead) in self.counted for dead in said)


NOTHING = Recalled((), (), ())


def recalled(known: Known) -> Recalled:
    """This duty's part of what is known."""
    part = known.recalled.get(NAME)
    return part if isinstance(part, Recalled) else NOTHING


def load(session: Session, cover: Cover, clues: Clues, known: Known) -> Recalled | None:
    """A few queries, and only for a mail that proves a letter of ours, answers a question of this duty, or may say
    where a contact is."""
    refs = [letter.ref for letter in known.letters if letter.proven]
    keys = {letter.recipient_key for letter in known.letters if letter.proven} | _asked_about(known, "address_key")
    of_letters = keys if known.sender is None else set()  # who is on file is no mail system
    domains = {key.rpartition("@")[2] for key in of_letters} | _asked_about(known, "domain")
    contact = _contact_in_question(cover, clues, known)
    keys |= {contact.key} if contact else set()
    heard = _heard_in(clues)
    speaker = known.sender.person if known.sender and heard else None
    own = own_clients(session, speaker, known.staff) if speaker else ()
    spoken = spoken_of(heard, own) if heard else frozenset[str]()
    keys |= spoken | ({party.key for party in known.parties if party.contact} if speaker else set())
    asked = [letter.ref for letter in known.letters if letter.duty == NAME]
    calls = calls_left(session, _that_asked_for_calls(known)) if known.sender and known.sender.person else ()
    keys |= {call.address_key for call in calls}
    closed = closed_questions(session, asked, NAME, known.sender.keys) if known.sender else ()
    if not (keys or domains or closed or speaker):
        return None
    letters = unsent(session, keys)
    return Recalled(
        on_file(session, keys),
        letters,
        tuple(Counted(*each) for each in counted_before(session, refs)),
        closed,
        tuple(domain(session, name) for name in sorted(domains)),
        passing(session, keys),
        tuple(Writer(*each) for each in writers(session, refs)),
        _open_questions(session, keys) if contact and contact.status in _GIVEN_UP else (),
        _hanging_on(session, contact, known) if contact else (),
        _away(session, contact) if contact else (),
        written(session, _that_may_go_on(letters, known, calls, spoken)),
        calls,
        own,
    )


def _heard_in(clues: Clues) -> Heard | None:
    heard = clues.hints.get(NAME)
    return heard if isinstance(heard, Heard) else None


def _contact_in_question(cover: Cover, clues: Clues, known: Known) -> Party | None:
    """The contact who writes, where the address was given up or a machine writes for its owner."""
    sender, seen = known.sender, seen_of(clues)
    if sender is None or sender.contact is None:
        return None
    is_a_machines = seen is not None and seen.signs.mean_a_machine(cover.date, known)
    return sender if sender.status in _GIVEN_UP or is_a_machines else None


_GIVEN_UP = (AddressStatus.UNDELIVERABLE, AddressStatus.LEFT)


def _hanging_on(session: Session, party: Party, known: Known) -> tuple[str, ...]:
    if party.contact is None:
        return ()
    owner = party.client.owner if party.client else None
    teller = Teller(session, owner.language if owner else known.desk.language, known.desk.zone)
    return hanging_on(session, Leaving(party.contact.id, party.key), teller)


def _away(session: Session, party: Party) -> tuple[AwayUntil, ...]:
    if party.contact is None:
        return ()
    until = found_for(session, _away_until, party.contact.id, writing_contact)
    return (AwayUntil(party.contact.id, until),) if until else ()


def _open_questions(session: Session, keys: set[str]) -> tuple[OpenQuestion, ...]:
    rows = session.execute(
        select(QuestionRow.id, QuestionRow.context)
        .where(QuestionRow.duty == NAME, QuestionRow.state == QuestionState.OPEN, QuestionRow.undone_by.is_(None))
        .order_by(QuestionRow.id)
        .limit(_MOST_QUESTIONS)
    )
    told = ((row.id, str(row.context.get("address_key"))) for row in rows)
    return tuple(OpenQuestion(key, about) for key, about in told if about in keys)


def _that_asked_for_calls(known: Known) -> dict[str, LetterCard]:
    """The letters of this duty that the mail names and that confirm an answer, by the letter that was answered."""
    confirmed = (DEAD_SETTLED, SUCCESSOR_SETTLED)
    return {each.object: each for each in known.letters if each.duty == NAME and each.purpose in confirmed}


def _that_may_go_on(
    letters: tuple[Unsent, ...], known: Known, calls: tuple[CallLeft, ...], spoken: frozenset[str]
) -> tuple[int, ...]:
    """Those of the letters that wait for a contact, where the mail answers the letter that asked about a dead address,
    who follows, or for a call, or where a colleague speaks of the contact: they may have to go elsewhere."""
    named = {letter.ref for letter in known.letters}
    asked = (each for each in known.questions if each.duty == NAME and each.kind in (SUCCESSOR, DEAD_ADDRESS))
    keys = {str(each.context.get("address_key")) for each in asked if each.letter_ref in named}
    keys |= spoken | {call.address_key for call in calls}
    return tuple(letter.id for letter in letters if letter.recipient_key in keys)


def _asked_about(known: Known, name: str) -> set[str]:
    """What the open questions of this duty are about."""
    told = (question.context.get(name) for question in known.questions if question.duty == NAME)
    return {str(each) for each in told if each}


def _away_until(session: Session, contacts: Sequence[int]) -> dict[int, datetime | None]:
    return {row.id: row.away_until for row in session.connection().execute(_AWAY_UNTIL, {"contacts": contacts})}


_AWAY_UNTIL = select(Contact.id, Contact.away_until).where(Contact.id.in_(bindparam("contacts", expanding=True)))
