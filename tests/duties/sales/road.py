"""The company of the situations with its clients, as sales sees it, and what a mail makes of its ledger."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.deciding.orders import StandingOrders
from mailbot.duties.sales import DUTY
from mailbot.duties.sales.tables import EntryKind, SalesEntry, SalesPending
from mailbot.message.model import Message
from mailbot.message.sealing import unseal
from mailbot.records import names
from mailbot.records.name_index.changes import name_written
from mailbot.records.session import Database
from mailbot.records.tables import Address, Client, Person, Role
from mailbot.sorting.model import Reading
from mailbot.sorting.sort import sort
from tests.duties import road

PEOPLE = (
    ("Mara Lindqvist", "mara", Role.COORDINATOR, "en", "en_US", None),
    ("Priya Nair", "priya", Role.MANAGER, "en", "en_US", None),
    ("Dana Reyes", "dana", Role.REP, "en", "en_US", "USD"),
    ("Tom Okafor", "tom", Role.REP, "en", "en_US", "USD"),
    ("Jonas Weber", "jonas", Role.REP, "de", "de_DE", "EUR"),
    ("Lena Brandt", "lena", Role.REP, "de", "de_DE", "EUR"),
    ("Web Team", "web", Role.DEPARTMENT, "en", "en_US", None),
)
CLIENTS = (
    ("C01", "Acme Corp", "Dana Reyes"),
    ("C02", "Acme Medical GmbH", "Jonas Weber"),
    ("C03", "Acme Media", "Tom Okafor"),
    ("C04", "Beta Freight", "Dana Reyes"),
    ("C05", "Müller Bau GmbH", "Jonas Weber"),
    ("C06", "Mueller Maschinenbau AG", "Lena Brandt"),
    ("C07", "North Star Logistics", "Dana Reyes"),
    ("C08", "South Star Logistics", "Tom Okafor"),
    ("C09", "Blue Ridge Dental", "Tom Okafor"),
    ("C10", "Hansen & Söhne KG", "Lena Brandt"),
    ("C11", "Delphi Windows", "Dana Reyes"),
    ("C12", "Globex Tools", "Tom Okafor"),
    ("C13", "Studio 54", "Dana Reyes"),
)


def settle_in(session: Session) -> None:
    """Writes the company of the situations, as an import does."""
    people: dict[str, Person] = {}
    for name, local, role, language, locale, currency in PEOPLE:
        person = people[name] = Person(name=name, role=role, language=language, locale=locale, currency=currency)
        session.add(person)
        session.flush()
        address = f"{local}@harbourpine.example"
        session.add(Address(key=address, written=address, person_id=person.id))
    for code, name, owner in CLIENTS:
        client = Client(code=code, name=name, name_key=names.name_key(name), owner_id=people[owner].id)
        session.add(client)
        session.flush()
        name_written(session, client.id)
    session.flush()


class Road(road.Road):
    """The road of a rep's mail."""

    duty = DUTY

    def reading(self, raw: bytes, now: datetime) -> tuple[Message, Reading]:
        """What a mail would be read as; nothing is kept."""
        with self.database.writing() as session:
            mail = self._accepted(session, raw, now)
            known = self._known(session, mail, now)
            session.rollback()
        message = unseal(mail.sealed)
        return message, sort(message, known, [(DUTY.name, DUTY.read)])

    # --- asking the records ---

    def ledger(self) -> list[tuple[str, Decimal, str]]:
        """What counts: client, amount and currency of every entry that is current, in the order they were written."""
        rows = self.entries()
        superseded = {row.supersedes_id for row in rows}
        counting = [row for row in rows if row.id not in superseded and row.kind is not EntryKind.CANCELLED]
        with self.database.reading() as session:
            found = {client.id: client.name for client in session.scalars(select(Client))}
        return [(found[row.client_id], row.amount, row.currency) for row in counting]

    def entries(self) -> list[SalesEntry]:
        return self.all_of(SalesEntry)

    def pending(self) -> list[SalesPending]:
        return self.all_of(SalesPending)


def settle(url: str) -> None:
    """Makes the schema of an empty database, and writes the company into it."""
    road.settled(url, settle_in).close()


def standing_orders(folder: Path) -> StandingOrders:
    return road.standing_orders(DUTY, folder)


def open_road(url: str, orders: StandingOrders) -> Road:
    """A road over a database that is settled."""
    return Road(Database(url), orders, road.desk_card(DUTY, answers_per_address_and_day=50))
