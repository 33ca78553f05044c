"""A company of any size, and the mail it gets on a working day: made from a seed, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy.orm import Session

from mailbot.config import Brakes, Config, DeskSettings, Level, Limits, MailboxSettings, SmtpSettings, TrustSettings
from mailbot.records.name_index.changes import name_written
from mailbot.records.names import name_key
from mailbot.records.tables import Address, Client, Contact, Person, Role

REPS = 40
CLIENTS = 400
ZONE = ZoneInfo("America/New_York")
BEGINNING = datetime(2025, 11, 4, 8, 0, tzinfo=UTC)

_SYLLABLES = (
    "bar",
    "den",
    "fol",
    "gar",
    "hal",
    "kes",
    "lin",
    "mor",
    "nor",
    "pel",
    "ras",
    "sol",
    "tam",
    "vel",
    "wick",
    "zan",
)
_TRADES = ("Logistics", "Dental", "Windows", "Tools", "Roofing", "Media", "Freight", "Interiors")


def settings(mailbox: MailboxSettings, smtp: SmtpSettings, database: str, workers: int = 2) -> Config:
    """A desk that acts in every duty."""
    return Config(
        desk=DeskSettings(
            company="Harbour & Pine Media",
            address="desk@harbourpine.example",
            domains=("harbourpine.example",),
            timezone=ZONE,
        ),
        mailbox={"desk": mailbox},
        smtp=smtp,
        trust=TrustSettings(authserv_id="mx.harbourpine.example"),
        database=database,
        secret=SecretStr("a secret for benchmarks only"),
        levels={"desk": Level.ACT, "bounces": Level.ACT, "sales": Level.ACT, "issues": Level.ACT},
        limits=Limits(workers=workers),
        brakes=Brakes(letters_per_hour=1_000_000),
    )


def client_name(number: int) -> str:
    """The name of a client, no two the same: "Dengarhal Tools"."""
    syllables = (_SYLLABLES[number % 16], _SYLLABLES[number // 16 % 16], _SYLLABLES[number // 256 % 16])
    return f"{''.join(syllables).capitalize()} {_TRADES[number % 8]}"


def found(session: Session) -> None:
    """Writes the company into empty records: its staff, its clients, one contact each."""
    staff = [("Mara Lindqvist", "mara", Role.COORDINATOR), ("Viktor Sand", "viktor", Role.ADMIN)]
    staff += [(f"Rep Number {number}", f"rep{number}", Role.REP) for number in range(REPS)]
    people = [Person(name=name, role=role, currency="USD") for name, _, role in staff]
    session.add_all(people)
    session.flush()
    for person, (_, local, _) in zip(people, staff, strict=True):
        _address(session, f"{local}@harbourpine.example", person_id=person.id)
    clients = [
        Client(name=client_name(number), name_key=name_key(client_name(number)), owner_id=people[2 + number % REPS].id)
        for number in range(CLIENTS)
    ]
    session.add_all(clients)
    session.flush()
    contacts = [Contact(client_id=client.id, name=f"Contact of {client.name}") for client in clients]
    session.add_all(contacts)
    session.flush()
    for number, (client, contact) in enumerate(zip(clients, contacts, strict=True)):
        name_written(session, client.id)
        _address(session, f"contact@client{number}.example", contact_id=contact.id)
    session.flush()


def _address(session: Session, written: str, person_id: int | None = None, contact_id: int | None = None) -> None:
    session.add(Address(key=written, written=written, person_id=person_id, contact_id=contact_id))


def mails(count: int, seed: int = 1) -> Iterator[bytes]:
    """Some working days of a shared inbox, in plain text as phones write it, or with HTML as mail programs do.

    Of a hundred mails 15 are reps' numbers, 10 problems of clients, 15 absences, 30 newsletters and 30 letters of
    strangers.
    """
    chance = random.Random(seed)  # noqa: S311  (a benchmark, not a secret)
    for number in range(count):
        kind = chance.choices(("numbers", "problem", "away", "list", "stranger"), (15, 10, 15, 30, 30))[0]
        yield _mail(kind, number, chance).as_bytes(policy=SMTP)


def _mail(kind: str, number: int, chance: random.Random) -> EmailMessage:
    client = chance.randrange(CLIENTS)
    match kind:
        case "numbers":
            rep = client % REPS
            text = f"{client_name(client)} {chance.randrange(100, 9000)}.50\n\nthx\nRep {rep}\n"
            return _written(number, f"rep{rep}@harbourpine.example", "numbers", text)
        case "problem":
            text = "Hello,\n\nthe link of our banner is broken, please fix it.\n\nRegards\n"
            return _written(number, f"contact@client{client}.example", "our banner", text, html=True)
        case "away":
            text = "I am out of the office until Friday.\n"
            mail = _written(number, f"contact@client{client}.example", "Automatic reply: your letter", text, html=True)
            mail["Auto-Submitted"] = "auto-replied"
        case "list":
            text = _prose(chance, paragraphs=12)
            mail = _written(number, f"news@list{number % 13}.example", "Newsletter", text, html=True)
            mail["List-Id"] = f"<news.list{number % 13}.example>"
            mail["Precedence"] = "list"
        case _:
            text = _prose(chance, paragraphs=4)
            mail = _written(number, f"someone{number}@stranger{number % 97}.example", "an offer", text, html=True)
    return mail


def _written(number: int, sender: str, subject: str, text: str, *, html: bool = False) -> EmailMessage:
    """A mail as it stands in an inbox: with the trace fields of its way, and the verdict of the receiving server."""
    domain = sender.partition("@")[2]
    moment = BEGINNING + timedelta(seconds=20 * number)
    mail = EmailMessage()
    mail["Return-Path"] = f"<{sender}>"
    mail["Received"] = _hop(f"out.{domain}", "mx.harbourpine.example", moment)
    mail["Authentication-Results"] = (
        f"mx.harbourpine.example; spf=pass smtp.mailfrom={domain}; dmarc=pass header.from={domain}"
    )
    mail["Received"] = _hop(f"mail.{domain}", f"out.{domain}", moment)
    mail["Received"] = _hop(f"desk.{domain}", f"mail.{domain}", moment)
    mail["DKIM-Signature"] = f"v=1; a=rsa-sha256; d={domain}; s=k1; h=from:to:subject; bh={'b' * 43}=; b={'s' * 340}"
    mail["From"] = f"Sender {number} <{sender}>"
    mail["To"] = "desk@harbourpine.example"
    mail["Subject"] = subject
    mail["Date"] = format_datetime(moment)
    mail["Message-ID"] = f"<{number}@{domain}>"
    mail.set_content(text)
    if html:
        rows = "".join(
            f"<tr><td style='padding:8px;font:14px sans-serif'>{line}</td></tr>" for line in text.splitlines()
        )
        mail.add_alternative(f"<html><body><table width='600'>{rows}</table></body></html>", subtype="html")
    return mail


def _hop(sender: str, receiver: str, moment: datetime) -> str:
    return f"from {sender} ({sender} [192.0.2.10]) by {receiver} with ESMTPS; {format_datetime(moment)}"


def _prose(chance: random.Random, paragraphs: int) -> str:
    words = (
        "chairs",
        "colours",
        "offer",
        "today",
        "morning",
        "price",
        "garden",
        "season",
        "table",
        "wood",
        "soft",
        "new",
    )
    return "\n\n".join(" ".join(chance.choices(words, k=60)).capitalize() + "." for _ in range(paragraphs)) + "\n"
