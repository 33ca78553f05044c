"""The road of a mail with this one duty on it: stored, read, known, sorted, decided and written; nothing is sent.

The records are a real database made by migration; the company is the one of the situations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from shutil import copyfile, copytree
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from mailbot.config import Level
from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.rulebook import RuleBook
from mailbot.deciding.verbs import Situation, Vocabulary
from mailbot.duties.issues import DUTY
from mailbot.duties.issues.tables import Issue, IssueMessage
from mailbot.letters.templates import Templates
from mailbot.message import Limits, clues, read
from mailbot.records import arrivals, migrate, writing
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
    Contact,
    DecisionRow,
    LetterRow,
    LetterState,
    Person,
    QuestionRow,
    Role,
    TaskRow,
)
from mailbot.records.undo import undo
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
    (folder / "issues.toml").write_bytes((ROOT / "rules/issues.toml").read_bytes())
    return RuleBook.load(folder, (DESK, DUTY.vocabulary))


def letters_of_the_duty(folder: Path) -> Templates:
    """The letters of this duty and of the desk itself, as they come with the program."""
    here = folder / "templates"
    for part in ("en", "de", "samples"):
        for duty in ("desk", "issues"):
            copytree(ROOT / "templates" / part / duty, here / part / duty, dirs_exist_ok=True)
    copyfile(ROOT / "templates/layout.html", here / "layout.html")
    return Templates.load(here)


def desk_card(level: Level = Level.ACT) -> DeskCard:
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
        levels={"issues": level},
        answers_per_address_and_day=5,
    )


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
            reading = sort(message, known, [(DUTY.name, DUTY.read)])
            decision = decide(message, known, reading, self.orders, now)
            writing.write(session, decision, known, claimed.id, message)
            session.execute(
                update(LetterRow)
                .where(LetterRow.state == LetterState.WAITING)
                .values(state=LetterState.SENT, sent_at=now + timedelta(seconds=5))
            )
        return decision

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

    def issues(self) -> list[Issue]:
        return self._all(Issue)

    def messages(self) -> list[IssueMessage]:
        return self._all(IssueMessage)

    def letters(self) -> list[LetterRow]:
        return self._all(LetterRow)

    def questions(self) -> list[QuestionRow]:
        return self._all(QuestionRow)

    def tasks(self) -> list[TaskRow]:
        return self._all(TaskRow)

    def client(self, name: str) -> Client:
        return next(client for client in self._all(Client) if client.name == name)

    def written_to(self, decision: Decision) -> dict[str, str]:
        """The letters of a decision: to whom, and with which text."""
        letters = (letter for letter in self.letters() if letter.ref.partition(".")[0] == decision.ref)
        return {letter.recipient: f"{letter.subject}\n{letter.text}" for letter in letters}

    def count_of(self, table: type[Kept]) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def _all(self, table: type[Row]) -> list[Row]:
        with self.database.reading() as session:
            return list(session.scalars(select(table).where(table.undone_by.is_(None)).order_by(table.id)))


def open_road(url: str, folder: Path, level: Level = Level.ACT) -> Road:
    """A road over an empty database."""
    orders = StandingOrders(
        book=rule_book(folder),
        vocabularies={"issues": DUTY.vocabulary, "desk": DESK},
        prefixes={"issues": "I", "desk": "D"},
        templates=letters_of_the_duty(folder),
    )
    database = Database(url)
    migrate.upgrade(database)
    with database.writing() as session:
        settle_in(session)
    return Road(database, orders, desk_card(level))
