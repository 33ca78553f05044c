"""A company for tests of the whole service: client N belongs to rep N and has one contact; Mara coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy.orm import Session

from mailbot.config import (
    Brakes,
    Config,
    DeskSettings,
    Level,
    Limits,
    MailboxSettings,
    SmtpSettings,
    TrustSettings,
)
from mailbot.records.name_index.changes import name_written
from mailbot.records.names import name_key
from mailbot.records.tables import Address, Client, Contact, Person, Role

DESK = "desk@harbourpine.example"
MARA = "mara@harbourpine.example"
NOW = datetime(2025, 11, 4, 15, 0, tzinfo=UTC)  # a Tuesday, ten in the morning in New York
NO_MAILBOX = MailboxSettings(host="127.0.0.1")
NO_WAY_OUT = SmtpSettings(host="127.0.0.1")
ONE_WORKER = Limits(workers=1)
LEVELS: Mapping[str, Level] = dict.fromkeys(("desk", "bounces", "sales", "issues", "poison"), Level.ACT)


def settings(
    mailbox: MailboxSettings,
    smtp: SmtpSettings,
    database: str,
    rules: Path | None = None,
    limits: Limits = ONE_WORKER,
    zone: str = "America/New_York",
    letters_per_hour: int = 300,
) -> Config:
    """A desk that acts in every duty."""
    return Config(
        desk=DeskSettings(
            company="Harbour & Pine Media", address=DESK, domains=("harbourpine.example",), timezone=ZoneInfo(zone)
        ),
        mailbox={"desk": mailbox},
        smtp=smtp,
        trust=TrustSettings(authserv_id="mx.harbourpine.example"),
        database=database,
        secret=SecretStr("a secret for tests only"),
        rules=rules,
        levels=dict(LEVELS),
        limits=limits,
        brakes=Brakes(letters_per_hour=letters_per_hour),
    )


def found(session: Session, clients: int) -> None:
    """Writes the company into empty records."""
    mara = Person(name="Mara Lindqvist", role=Role.COORDINATOR, currency="USD")
    reps = [Person(name=f"Rep {number}", role=Role.REP, currency="USD") for number in range(clients)]
    session.add_all([mara, *reps])
    session.flush()
    session.add(_address(MARA, person_id=mara.id))
    companies = [
        Client(name=_name(number), name_key=name_key(_name(number)), owner_id=rep.id) for number, rep in enumerate(reps)
    ]
    session.add_all(companies)
    session.flush()
    contacts = [Contact(client_id=client.id, name=f"Contact of {client.name}") for client in companies]
    session.add_all(contacts)
    session.flush()
    for number, (rep, client, contact) in enumerate(zip(reps, companies, contacts, strict=True)):
        name_written(session, client.id)
        session.add(_address(f"rep{number}@harbourpine.example", person_id=rep.id))
        session.add(_address(f"contact@client{number}.example", contact_id=contact.id))
    session.flush()


def _address(written: str, person_id: int | None = None, contact_id: int | None = None) -> Address:
    return Address(key=written, written=written, person_id=person_id, contact_id=contact_id)


def _name(number: int) -> str:
    first = ("Anchor", "Bramble", "Cedar", "Dover", "Ember", "Fjord", "Grove", "Heron", "Inlet", "Juniper")
    second = (
        "Roofing",
        "Dental",
        "Windows",
        "Tools",
        "Logistics",
        "Interiors",
        "Freight",
        "Gardens",
        "Marine",
        "Print",
    )
    third = ("North", "South", "East", "West", "Upper", "Lower")
    return f"{third[number // 100]} {first[number // 10 % 10]} {second[number % 10]}"


def problem(number: int) -> bytes:
    """The contact of client `number` reports a problem: one issue, an answer to the contact, a letter to the rep."""
    text = f"Hello,\n\nthe link of our banner number {number} is broken, please fix it.\n\nRegards\n"
    return mail(f"contact@client{number}.example", "our banner", text, f"problem-{number}@client{number}.example")


def sale(number: int) -> bytes:
    """Rep `number` reports one sale to the client of the same number: one booking and one answer."""
    text = f"{_name(number)} {number + 100}.50\n"
    return mail(f"rep{number}@harbourpine.example", "numbers", text, f"sale-{number}@harbourpine.example")


def poisoned(subject: str, number: int = 0) -> bytes:
    """A mail over which the duty of tests/crash/poison.py breaks as the subject says."""
    sender = f"villain{number}@poison.example"
    return mail(sender, subject, "Good morning.\n", f"{subject[8:].replace(' ', '-')}-{number}@poison.example")


def heavy(number: int, size: int) -> bytes:
    """A mail of at least `size` bytes."""
    line = "All work and no play makes Mara a dull coordinator.\n"
    return mail(
        f"heavy{number}@client{number}.example", "a film", line * (size // len(line) + 1), f"heavy-{number}@x.example"
    )


def mail(sender: str, subject: str, text: str, message_id: str, written: datetime = NOW) -> bytes:
    """A mail as its sender hands it to the server."""
    made = EmailMessage()
    made["From"] = sender
    made["To"] = DESK
    made["Subject"] = subject
    made["Date"] = format_datetime(written)
    made["Message-ID"] = f"<{message_id}>"
    made.set_content(text)
    return made.as_bytes(policy=SMTP)
