"""A small company as a file describes it, its desk, and a moment in it of which nothing stays."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, SecretStr
from sqlalchemy.orm import Session

from mailbot import app
from mailbot.clock import SetClock
from mailbot.config import Config, DeskSettings, Level, MailboxSettings, SmtpSettings, TrustSettings
from mailbot.message import address_key
from mailbot.records.name_index.changes import name_written
from mailbot.records.names import name_key
from mailbot.records.session import Database
from mailbot.records.tables import Address, Client, Contact, Person, Role
from mailbot.service.office import Office


class Described(BaseModel):
    """The root of all that a world.json describes."""

    model_config = ConfigDict(frozen=True)


class Rep(Described):
    """A rep, how he writes numbers, and in which currency he sells, where that is known."""

    name: str
    address: str
    locale: str
    currency: str | None


class Contacted(Described):
    """A person at a client."""

    name: str
    address: str


class Account(Described):
    """A client. `owner` is the address of its rep, `code` what the company calls it."""

    name: str
    owner: str
    code: str | None = None
    contacts: tuple[Contacted, ...] = ()


class World(Described):
    """A company at one moment: the address of its desk, whose word on authentication counts, its reps and clients."""

    now: AwareDatetime
    authserv_id: str
    desk: str
    reps: tuple[Rep, ...] = ()
    clients: tuple[Account, ...] = ()


@contextmanager
def desk_of(world: World, *, believe_unauthenticated: bool = False) -> Iterator[Office]:
    """The desk of this company: it may act in every duty, and its records are empty."""
    with tempfile.TemporaryDirectory() as folder:
        config = _settings(world, f"sqlite:///{folder}/desk.sqlite", believe_unauthenticated)
        database = Database(config.database)
        try:
            yield app.office(config, database, SetClock(world.now))
        finally:
            database.close()


def _settings(world: World, database: str, believe_unauthenticated: bool) -> Config:
    return Config(
        desk=DeskSettings(company="A company", address=world.desk, domains=(world.desk.rpartition("@")[2],)),
        mailbox={"desk": MailboxSettings(host="127.0.0.1")},
        smtp=SmtpSettings(host="127.0.0.1"),
        trust=TrustSettings(authserv_id=world.authserv_id, believe_unauthenticated=believe_unauthenticated),
        database=database,
        secret=SecretStr("a secret for benchmarks only"),
        levels={duty.name: Level.ACT for duty in app.DUTIES},
    )


@contextmanager
def vanishing(database: Database, world: World) -> Iterator[Session]:
    """A transaction in which the company is there, and of which nothing is kept."""
    with database.writing() as session:
        found(session, world)
        yield session
        session.rollback()


def found(session: Session, world: World) -> None:
    """Writes the company into empty records."""
    owners: dict[str, Person] = {}
    for rep in world.reps:
        person = Person(name=rep.name, role=Role.REP, language=rep.locale[:2], locale=rep.locale, currency=rep.currency)
        owners[rep.address] = person
        session.add(person)
        session.flush()
        session.add(Address(key=address_key(rep.address), written=rep.address, person_id=person.id))
    for account in world.clients:
        client = Client(
            name=account.name, name_key=name_key(account.name), code=account.code, owner_id=owners[account.owner].id
        )
        session.add(client)
        session.flush()
        name_written(session, client.id)
        for contacted in account.contacts:
            contact = Contact(client_id=client.id, name=contacted.name)
            session.add(contact)
            session.flush()
            session.add(Address(key=address_key(contacted.address), written=contacted.address, contact_id=contact.id))
    session.flush()


def described(file: Path) -> World:
    """The company that a world.json describes. Raises ValidationError, which names what is wrong in it."""
    return World.model_validate_json(file.read_bytes())
