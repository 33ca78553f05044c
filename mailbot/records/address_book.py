"""The tables of who there is: the staff, the clients with their contacts, and the addresses of all of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from mailbot.letters.model import LetterKind
from mailbot.message.skeletons import skeleton
from mailbot.records import tables_in_words
from mailbot.records.base import Base, Kept, Key, Personal
from mailbot.records.in_words import Teller


def words_of(kind: type[StrEnum]) -> Enum:
    """An enumeration kept as its words, the same on every database."""
    return Enum(kind, native_enum=False, length=32, values_callable=lambda kinds: [word.value for word in kinds])


class Role(StrEnum):
    """What a member of the staff may do; the words are those of the import file."""

    REP = "rep"
    DEPARTMENT = "department"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    ADMIN = "admin"


class Person(Kept, Base):
    """A member of the staff, or a department that is written to as one."""

    __tablename__ = "people"
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(words_of(Role))
    language: Mapped[str] = mapped_column(String(2), default="en")
    locale: Mapped[str] = mapped_column(String(16), default="en_US")
    currency: Mapped[str | None] = mapped_column(String(3), default=None)
    active: Mapped[bool] = mapped_column(default=True)
    holidays: Mapped[str | None] = mapped_column(String(16), default=None)  # that this person keeps: "DE-HH"

    told = tables_in_words.PERSON
    untold = frozenset({"locale"})

    def title(self, teller: Teller) -> str:
        return self.name


class Client(Kept, Base):
    """A company that buys. `name_key` is the form in which names are compared.

    One that turned out to be another is out of force, and `merged_into_id` says which.
    """

    __tablename__ = "clients"
    code: Mapped[str | None] = mapped_column(String(64), unique=True, default=None)
    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(300), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True, default=None)
    language: Mapped[str] = mapped_column(String(2), default="en")
    paused_because: Mapped[str | None] = mapped_column(Text, default=None)  # set: no automatic letters to this client
    holidays: Mapped[str | None] = mapped_column(
        String(16), default=None
    )  # that it keeps, where they are known: "DE-HH"
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True, default=None)

    told = tables_in_words.CLIENT
    untold = frozenset({"name_key"})

    def title(self, teller: Teller) -> str:
        return teller.say(f"client {self.name}", f"Kunde {self.name}")

    def name_for(self, teller: Teller) -> str:
        return self.name


class NameChange(Base):
    """That the name of a client was written, changed or taken back: by the last of them every process sees whether its
    index of names is up to date. `token` tells two apart that got the same number, one of them in a transaction that
    was taken back.
    """

    __tablename__ = "name_changes"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token: Mapped[str] = mapped_column(String(32))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))


class Contact(Kept, Base):
    """A person at a client.

    From `away_from` until `away_until` nothing is sent to them of the desk's own accord: it waits until they are back.
    """

    __tablename__ = "contacts"
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str | None] = mapped_column(String(100), default=None)
    rank: Mapped[int] = mapped_column(default=1)  # 1 is the main contact
    language: Mapped[str | None] = mapped_column(String(2), default=None)
    phone: Mapped[str | None] = mapped_column(String(64), default=None)
    away_from: Mapped[datetime | None] = mapped_column(default=None)
    away_until: Mapped[datetime | None] = mapped_column(index=True, default=None)

    told = tables_in_words.CONTACT
    untold = frozenset({"away_from"})
    personal = Personal(erased=("name", "role", "phone"), by_contact="id")

    def title(self, teller: Teller) -> str:
        return teller.say(f"contact {self.name}", f"Kontakt {self.name}")

    def name_for(self, teller: Teller) -> str:
        return self.name


class AddressStatus(StrEnum):
    """Whether letters to an address arrive."""

    OK = "ok"
    UNDELIVERABLE = "undeliverable"
    STOPPED = "stopped"  # its owner asked us to stop
    LEFT = "left"  # the mailbox may answer, but whoever had it has left the company


class Address(Kept, Base):
    """An e-mail address of a person or of a contact. `key` is compared, `written` is shown and used.

    `looks` is the skeleton of its domain, by which the domains are found that are made to look like it.
    """

    __tablename__ = "addresses"
    __table_args__ = (
        Index("ix_addresses_status", "status", "status_since"),
        Index("ix_addresses_made_by", "made_by"),
    )
    key: Mapped[str] = mapped_column(String(320), unique=True)
    written: Mapped[str] = mapped_column(String(320))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True, default=None)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True, default=None)
    status: Mapped[AddressStatus] = mapped_column(words_of(AddressStatus), default=AddressStatus.OK)
    status_since: Mapped[datetime | None] = mapped_column(default=None)
    status_because: Mapped[str | None] = mapped_column(Text, default=None)
    last_ok: Mapped[datetime | None] = mapped_column(default=None)
    looks: Mapped[str] = mapped_column(String(320), index=True, default="")

    told = tables_in_words.ADDRESS
    untold = frozenset({"key", "status_since", "status_because", "last_ok", "looks"})

    @validates("key")
    def _with_its_looks(self, _column: str, key: str) -> str:
        self.looks = skeleton(key.rpartition("@")[2])[:320]
        return key

    personal = Personal(erased=("key", "written", "status_because"), by_key=("key",), by_contact="contact_id")

    def title(self, teller: Teller) -> str:
        return teller.say(f"address {self.written}", f"Adresse {self.written}")

    def name_for(self, teller: Teller) -> str:
        return self.written


class PointKind(StrEnum):
    """How a client is reached, other than by e-mail."""

    PHONE = "phone"
    POST = "post"


class PointStatus(StrEnum):
    """Whether anybody is reached there."""

    OK = "ok"
    DEAD = "dead"


class ContactPoint(Kept, Base):
    """A telephone number or a postal address of a client, and whether it works.

    `key` is compared: the digits of a number, "" for a postal address that is not written down. `first_seen` and
    `last_seen` are when its status was first and last said, `last_ok` when it was last known to work.
    """

    __tablename__ = "contact_points"
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True, default=None)
    kind: Mapped[PointKind] = mapped_column(words_of(PointKind))
    written: Mapped[str] = mapped_column(Text, default="")
    key: Mapped[str] = mapped_column(String(320), default="")
    status: Mapped[PointStatus] = mapped_column(words_of(PointStatus))
    status_because: Mapped[str] = mapped_column(Text)
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    last_ok: Mapped[datetime | None] = mapped_column(default=None)

    told = tables_in_words.CONTACT_POINT
    untold = frozenset({"key", "status_because", "first_seen", "last_seen", "last_ok"})
    personal = Personal(erased=("written", "key", "status_because"), by_contact="contact_id")

    def title(self, teller: Teller) -> str:
        if self.kind is PointKind.PHONE:
            return teller.say(f"phone {self.written}", f"Telefon {self.written}")
        return teller.say("postal address", "Postanschrift")


class LetterStop(Kept, Base):
    """A kind of letter that a contact wants no more, at whichever address. `words` are those that said so.

    It hangs on the address and on the contact: a new address of theirs, an import and a merge change nothing about it.
    """

    __tablename__ = "letter_stops"
    address_key: Mapped[str] = mapped_column(String(320), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    kind: Mapped[LetterKind] = mapped_column(words_of(LetterKind))
    words: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime]

    told = tables_in_words.LETTER_STOP
    untold = frozenset({"address_key", "words", "since"})
    personal = Personal(erased=("address_key", "words"), by_key=("address_key",), by_contact="contact_id")

    def title(self, teller: Teller) -> str:
        return teller.say(f"stop of {self.address_key}", f"Abbestellung von {self.address_key}")


class Suppression(Base):
    """The fingerprint of an address whose owner asked to be forgotten: it is not imported and not written to again."""

    __tablename__ = "suppressions"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    since: Mapped[datetime]
