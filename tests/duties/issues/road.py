"""The company of the situations with clients and their contacts, and what a mail makes of its issues."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.config import Level
from mailbot.deciding.rulebook import RuleBook
from mailbot.duties.issues import DUTY
from mailbot.duties.issues.tables import Issue, IssueMessage
from mailbot.records.base import Kept
from mailbot.records.decision import Decision
from mailbot.records.tables import Address, Client, Contact, Person, Role
from tests.duties import road

PEOPLE = (
    ("Mara Lindqvist", "mara", Role.COORDINATOR, "en"),
    ("Priya Nair", "priya", Role.MANAGER, "en"),
    ("Dana Reyes", "dana", Role.REP, "en"),
    ("Tom Okafor", "tom", Role.REP, "en"),
    ("Jonas Weber", "jonas", Role.REP, "de"),
)
CLIENTS = (
    ("C02", "Acme Medical GmbH", "Jonas Weber", "de", ()),
    ("C05", "Müller Bau GmbH", "Jonas Weber", "de", (("Anja Schmidt", "a.schmidt@muellerbau.example"),)),
    (
        "C07",
        "North Star Logistics",
        "Dana Reyes",
        "en",
        (("Ellen Marsh", "ellen@northstar.example"), ("Sam Whitlock", "sam@northstar.example")),
    ),
    ("C08", "South Star Logistics", "Tom Okafor", "en", (("Gil Fox", "gil@southstar.example"),)),
    ("C10", "Hansen & Söhne KG", None, "de", (("Uwe Hansen", "uwe@hansen.example"),)),
    ("C12", "Globex Tools", "Tom Okafor", "en", (("Pete Grundy", "pete@globex.example"),)),
)


def settle_in(session: Session) -> None:
    """Writes the company of the situations, as an import does."""
    people = {}
    for name, local, role, language in PEOPLE:
        person = people[name] = Person(name=name, role=role, language=language)
        session.add(person)
        session.flush()
        address = f"{local}@harbourpine.example"
        session.add(Address(key=address, written=address, person_id=person.id))
    for code, name, owner, language, contacts in CLIENTS:
        client = Client(code=code, name=name, name_key=name.casefold(), language=language)
        client.owner_id = people[owner].id if owner else None
        session.add(client)
        session.flush()
        for rank, (contact_name, address) in enumerate(contacts, start=1):
            contact = Contact(client_id=client.id, name=contact_name, rank=rank)
            session.add(contact)
            session.flush()
            session.add(Address(key=address, written=address, contact_id=contact.id))
    session.flush()


class Road(road.Road):
    """The road of a client's mail."""

    duty = DUTY

    # --- asking the records ---

    def issues(self) -> list[Issue]:
        return self.all_of(Issue)

    def messages(self) -> list[IssueMessage]:
        return self.all_of(IssueMessage)

    def client(self, name: str) -> Client:
        return next(client for client in self.all_of(Client) if client.name == name)

    def written_to(self, decision: Decision) -> dict[str, str]:
        """The letters of a decision: to whom, and with which text."""
        return {letter.recipient: f"{letter.subject}\n{letter.text}" for letter in self.letters_of(decision)}

    def count_of(self, table: type[Kept]) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


def rule_book(folder: Path) -> RuleBook:
    return road.rule_book(DUTY, folder)


def open_road(url: str, folder: Path, level: Level = Level.ACT) -> Road:
    """A road over an empty database, which gets its schema by migration."""
    orders = road.standing_orders(DUTY, folder)
    return Road(road.settled(url, settle_in), orders, road.desk_card(DUTY, level))
