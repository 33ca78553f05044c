"""The road of a mail with this one duty on it: stored, read, known, sorted, decided and written; nothing is sent.

The records are a real database made by migration; the company is the one of the situations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from mailbot.config import Level
from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.rulebook import RuleBook
from mailbot.deciding.verbs import Situation, Vocabulary
from mailbot.duties.sales import DUTY
from mailbot.duties.sales.tables import EntryKind, SalesEntry, SalesPending
from mailbot.letters.templates import Templates
from mailbot.message import Limits, clues, read
from mailbot.message.model import Message
from mailbot.records import arrivals, migrate, names, writing
from mailbot.records.arrivals import Incoming, Lease
from mailbot.records.base import Kept
from mailbot.records.decision import Decision
from mailbot.records.known import DeskCard, Known
from mailbot.records.numbers import reserve
from mailbot.records.pen import Pen
from mailbot.records.recall import Read, recall
from mailbot.records.session import Database
from mailbot.records.tables import (
    Address,
    Client,
    DecisionRow,
    LetterRow,
    LetterState,
    Person,
    QuestionRow,
    Role,
    TaskRow,
)
from mailbot.records.undo import undo
from mailbot.sorting.model import Reading
from mailbot.sorting.sort import sort

ROOT = Path(__file__).parents[3]
Row = TypeVar("Row", bound=Kept)
SECRET = b"a secret of these tests, long enough"


def _no_values(situation: Situation) -> Mapping[str, object]:
    return {}


DESK = Vocabulary("desk", ("nothing",), {}, _no_values, {})


def rule_book(folder: Path) -> RuleBook:
    """The rules of the duty as they come with the program, and a desk that leaves what is nobody's."""
    (folder / "desk.toml").write_text('[[rule]]\nname = "all"\ndo.leave = {}\nthen = "stop"\n', encoding="utf-8")
    (folder / "sales.toml").write_bytes((ROOT / "rules/sales.toml").read_bytes())
    return RuleBook.load(folder, (DESK, DUTY.vocabulary))


def desk_card() -> DeskCard:
    return DeskCard(
        company="Harbour & Pine Media",
        name="Sales Desk",
        address="desk@harbourpine.example",
        own_addresses=frozenset({"desk@harbourpine.example"}),
        domains=frozenset({"harbourpine.example"}),
        authserv_id="mx.harbourpine.example",
        believe_unauthenticated=False,
        zone=ZoneInfo("America/New_York"),
        language="en",
        currency="USD",
        levels={"sales": Level.ACT},
        answers_per_address_and_day=50,
    )


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
        names.index_words(session, client)
    session.flush()


@dataclass
class Road:
    """Mails come in by `arrives`; what it made of them is asked of the records."""

    database: Database
    orders: StandingOrders
    desk: DeskCard
    _uids: count[int] = field(default_factory=lambda: count(1))

    def arrives(self, raw: bytes, now: datetime) -> Decision:
        """One mail, all the way to its commit. Letters that it wrote count as sent five seconds later."""
        lease = Lease("test", now + timedelta(minutes=5))
        with self.database.writing() as session:
            incoming = Incoming(next(self._uids), len(raw), now, raw)
            (claimed,) = arrivals.accept(session, "sales", "INBOX", 1, [incoming], lease)
            message = read(raw, Limits())
            mail = Read(replace(claimed, raw=None), message, clues(message))
            known = self._known(session, mail, now)
            decision = decide(message, known, sort(message, known, [(DUTY.name, DUTY.read)]), self.orders, now)
            writing.write(session, decision, known, claimed.id, message)
            session.execute(
                update(LetterRow)
                .where(LetterRow.state == LetterState.WAITING)
                .values(state=LetterState.SENT, sent_at=now + timedelta(seconds=5))
            )
        return decision

    def reading(self, raw: bytes, now: datetime) -> tuple[Message, Reading]:
        """What a mail would be read as; nothing is kept."""
        message = read(raw, Limits())
        lease = Lease("test", now)
        with self.database.writing() as session:
            incoming = Incoming(next(self._uids), len(raw), now, raw)
            (claimed,) = arrivals.accept(session, "sales", "INBOX", 1, [incoming], lease)
            known = self._known(session, Read(replace(claimed, raw=None), message, clues(message)), now)
            session.rollback()
        return message, sort(message, known, [(DUTY.name, DUTY.read)])

    def _known(self, session: Session, mail: Read, now: datetime) -> Known:
        (known,) = recall(session, self.desk, SECRET, [mail], reserve(session, 1), now)
        assert DUTY.recall is not None
        found = DUTY.recall.load(session, mail.message, mail.clues, known)
        return replace(known, recalled={DUTY.name: found}) if found is not None else known

    def take_back(self, decision: Decision, now: datetime) -> None:
        """Undoes a decision, by a decision of its own."""
        with self.database.writing() as session:
            number = reserve(session, 1)[0]
            session.add(
                DecisionRow(
                    id=number,
                    ref=f"D-{number:04d}",
                    origin="person",
                    decided_at=now,
                    kind="undo",
                    duty="desk",
                    rule="",
                    level="act",
                    trust="",
                    folder="",
                    carried_out=True,
                    summary=f"took back {decision.ref}",
                    evidence=[],
                    trace={},
                    actions=[],
                )
            )
            session.flush()
            pen = Pen(session, number, "desk", now, None)
            undo(pen, decision.ref)
            pen.put_down()

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
        return self._all(SalesEntry)

    def pending(self) -> list[SalesPending]:
        return self._all(SalesPending)

    def questions(self) -> list[QuestionRow]:
        return self._all(QuestionRow)

    def tasks(self) -> list[TaskRow]:
        return self._all(TaskRow)

    def letters(self) -> list[LetterRow]:
        return self._all(LetterRow)

    def letters_of(self, decision: Decision) -> list[LetterRow]:
        """The letters that one decision wrote."""
        with self.database.reading() as session:
            row = session.scalar(select(DecisionRow).where(DecisionRow.ref == decision.ref))
            assert row is not None
            query = select(LetterRow).where(LetterRow.made_by == row.id).order_by(LetterRow.id)
            return list(session.scalars(query.options(undefer(LetterRow.content))))

    def _all(self, table: type[Row]) -> list[Row]:
        with self.database.reading() as session:
            return list(session.scalars(select(table).where(table.undone_by.is_(None)).order_by(table.id)))


def settle(url: str) -> None:
    """Makes the schema of an empty database, and writes the company into it."""
    database = Database(url)
    migrate.upgrade(database)
    with database.writing() as session:
        settle_in(session)
    database.close()


def standing_orders(folder: Path) -> StandingOrders:
    """The rules and templates that come with the program; `folder` takes the rules of the desk beside them."""
    return StandingOrders(
        book=rule_book(folder),
        vocabularies={"sales": DUTY.vocabulary, "desk": DESK},
        prefixes={"sales": "N", "desk": "D"},
        templates=Templates.load(ROOT / "templates"),
    )


def open_road(url: str, orders: StandingOrders) -> Road:
    """A road over a database that is settled."""
    return Road(Database(url), orders, desk_card())
