"""What the records say about one mail: loaded once, frozen, and then handed to the pure part.

Nothing behind these values reaches back into the database. They are kept with the decision, so that a replay sees
what was known on that day and not what is known today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from mailbot.config import Level
from mailbot.letters.model import Language, LetterKind, Recipient
from mailbot.message.addresses import address_key
from mailbot.records.tables import AddressStatus, Role
from mailbot.working_days import is_working_day


@dataclass(frozen=True, slots=True)
class DeskCard:
    """The desk itself: who it is, which addresses are its own, whose word on authentication counts.

    `settings` holds what each duty takes from the settings file, by duty; only that duty knows its type.
    """

    company: str
    name: str
    address: str
    own_addresses: frozenset[str]  # address keys, aliases included
    domains: frozenset[str]
    authserv_id: str
    believe_unauthenticated: bool
    zone: ZoneInfo
    language: Language
    currency: str
    levels: Mapping[str, Level]
    answers_per_address_and_day: int
    letters_per_hour: int = 300
    holidays: str = ""  # whose public holidays are kept: "US-MA"
    settings: Mapping[str, object] = field(default_factory=dict)

    def approved(self) -> DeskCard:
        """The desk as it may act on what a person said yes to: what proposes acts, and what watches still does."""
        levels = {duty: Level.ACT if level is Level.PROPOSE else level for duty, level in self.levels.items()}
        return replace(self, levels=levels)

    def level(self, duty: str) -> Level:
        """What a duty may do by itself; one that is not named watches."""
        return self.levels.get(duty, Level.WATCH)

    def works_on(self, day: date) -> bool:
        """Whether the desk's people work on that day."""
        return is_working_day(day, self.holidays)

    def is_own(self, key: str) -> bool:
        """Whether an address is the desk's, with or without a plus-part."""
        local, _, domain = key.rpartition("@")
        return f"{local.partition('+')[0]}@{domain}" in self.own_addresses


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A member of the staff, or a department.

    `address` is where letters to this person go: the registered one, or, where the person wrote the mail from another
    that counts as theirs, that one. `keys` are the address keys of all of them, the registered one first.
    """

    id: int
    name: str
    address: str
    role: Role
    language: Language
    locale: str
    currency: str | None
    keys: tuple[str, ...] = ()
    holidays: str | None = None  # whose public holidays this person keeps; None: the desk's

    def has(self, key: str) -> bool:
        """Whether an address is this person's."""
        return key in self.keys or key == address_key(self.address)

    @property
    def recipient(self) -> Recipient:
        """This person, as the one a letter goes to."""
        return Recipient(self.address, self.name, self.language)


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A person at a client, at one address."""

    id: int
    name: str
    address: str
    address_id: int
    address_status: AddressStatus
    language: Language | None
    last_ok: datetime | None


@dataclass(frozen=True, slots=True)
class ClientCard:
    """A client, its owner among the reps, and its contacts in the order of their rank."""

    id: int
    name: str
    owner: PersonCard | None
    language: Language
    paused_because: str | None
    contacts: tuple[ContactCard, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """Who an address belongs to, by the records: a member of the staff, or a contact of a client.

    `vouched`: the address is on nobody's file (`address_id` 0), but a member of the staff has said, at the registered
    address, that this one mail is theirs.
    """

    key: str
    address_id: int
    status: AddressStatus
    person: PersonCard | None = None
    contact: ContactCard | None = None
    client: ClientCard | None = None
    vouched: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all addresses that are the same person's, this one first."""
        others = self.person.keys if self.person else ()
        return (self.key, *(key for key in others if key != self.key))


@dataclass(frozen=True, slots=True)
class LetterCard:
    """A letter of ours that this mail names. `proven`: the mail carries its signed reference, not only its number."""

    ref: str
    decision_ref: str
    duty: str
    purpose: str
    object: str
    recipient_key: str
    recipient: str
    message_id: str
    subject: str
    sent_at: datetime | None
    client_id: int | None
    proven: bool
    kind: LetterKind | None = None


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """An open question that this mail may answer."""

    id: int
    letter_ref: str
    decision_ref: str
    duty: str
    kind: str
    asked_key: str
    words: str
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Copy:
    """A mail that was decided before and is the same as this one. `was_believed`: its sender was proven then."""

    decision_ref: str
    folder: str  # where the first one was wanted; the copy follows it
    was_believed: bool = True


@dataclass(frozen=True, slots=True)
class BrakeCard:
    """How much was answered to this sender lately.

    `told_held_last_day` counts those letters among them that told a colleague that his own mail is left to a person;
    `strangers_last_hour` counts, by duty, the mails of all unknown and unproven senders that were not just left alone.
    """

    answers_last_day: int
    acknowledged_last_day: bool
    strangers_last_hour: Mapping[str, int] = field(default_factory=dict)
    told_held_last_day: int = 0


NEVER_WRITTEN: Final = BrakeCard(0, acknowledged_last_day=False)


@dataclass(frozen=True, slots=True)
class Known:
    """All that the records say about one mail, or about one thing that fell due.

    `number` is reserved for the decision to be made; `key` signs its letters. `sender` is who the From address
    belongs to, which is a claim until sorting has judged its authentication. `questions` are the open ones on the
    letters this mail names, then those asked of the sender; `asked_letters` are the letters of the latter, which this
    mail does not name but whose subject it may bear. `similar` are the domains of contacts that an unknown sender's may
    be mistaken for. `recalled` holds what each duty wanted to know, by duty.
    """

    desk: DeskCard
    number: int
    key: bytes = field(repr=False)
    sender: Party | None
    parties: tuple[Party, ...]
    letters: tuple[LetterCard, ...]
    questions: tuple[QuestionCard, ...]
    copy_of: Copy | None
    clients: tuple[ClientCard, ...]
    staff: tuple[PersonCard, ...]
    brakes: BrakeCard
    recalled: Mapping[str, object]
    asked_letters: tuple[LetterCard, ...] = ()
    similar: tuple[str, ...] = ()

    def party(self, key: str) -> Party | None:
        """Who an address that the mail mentions belongs to."""
        return next((party for party in self.parties if party.key == key), None)

    def person(self, person_id: int | None) -> PersonCard | None:
        """A member of the active staff by number, at the registered address."""
        return next((person for person in self.staff if person.id == person_id), None)

    def is_senders(self, key: str) -> bool:
        """Whether an address is the sender's: the one the mail came from, or another of the same colleague."""
        return self.sender is not None and key in self.sender.keys

    def in_role(self, role: Role) -> tuple[PersonCard, ...]:
        """The active staff in a role."""
        return tuple(person for person in self.staff if person.role is role)

    def client(self, client_id: int | None) -> ClientCard | None:
        """A client that is in play, by its number."""
        return next((client for client in self.clients if client.id == client_id), None)


def known_beforehand(desk: DeskCard) -> Known:
    """What is known of a mail before the records were asked: the desk alone."""
    return Known(
        desk=desk,
        number=0,
        key=b"",
        sender=None,
        parties=(),
        letters=(),
        questions=(),
        copy_of=None,
        clients=(),
        staff=(),
        brakes=NEVER_WRITTEN,
        recalled={},
    )
