"""The road of a mail with this one duty on it: stored, read, known, sorted, decided and written; nothing is sent.

The records are a real database made by migration; the company is the one of the situations.
"""

from __future__ import annotations

import quopri
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.config import Level
from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.rulebook import RuleBook
from mailbot.deciding.verbs import Situation, Vocabulary
from mailbot.duties.bounces import DUTY
from mailbot.duties.bounces.tables import Bounce
from mailbot.letters import Templates
from mailbot.letters.sources import read_sources
from mailbot.message import clues, read
from mailbot.records import arrivals, migrate, snapshot, writing
from mailbot.records.arrivals import Incoming, Lease
from mailbot.records.base import Kept
from mailbot.records.decision import Decision
from mailbot.records.known import DeskCard, Known
from mailbot.records.numbers import reserve
from mailbot.records.recall import Read, known_by_the_clock, recall
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
from mailbot.records.undo import Undo
from mailbot.sorting.sort import sort
from tests.duties.bounces.reports import DESK, GIL, KAREN, SECRET, Sent

ROOT = Path(__file__).parents[3]
Row = TypeVar("Row", bound=Kept)

MONDAY_BEFORE = datetime(2025, 11, 3, 14, 0, tzinfo=UTC)
BOUNCED_AT = datetime(2025, 11, 4, 14, 0, 7, tzinfo=UTC)


def _no_values(_: Situation) -> Mapping[str, object]:
    return {}


DESK_WORDS = Vocabulary("desk", ("nothing",), {}, _no_values, {})


def rule_book(folder: Path) -> RuleBook:
    """The rules of the duty as they come with the program, and a desk that holds what is nobody's."""
    folder.mkdir(exist_ok=True)
    (folder / "desk.toml").write_text('[[rule]]\nname = "all"\ndo.hold = {}\nthen = "stop"\n', encoding="utf-8")
    (folder / "bounces.toml").write_bytes((ROOT / "rules/bounces.toml").read_bytes())
    return RuleBook.load(folder, (DESK_WORDS, DUTY.vocabulary))


PEOPLE = (
    ("Mara Lindqvist", "mara", Role.COORDINATOR, "en"),
    ("Viktor Sand", "viktor", Role.ADMIN, "en"),
    ("Dana Reyes", "dana", Role.REP, "en"),
    ("Tom Okafor", "tom", Role.REP, "en"),
    ("Jonas Weber", "jonas", Role.REP, "de"),
)


def settle_in(session: Session) -> None:
    """Writes the company of the situations, as an import does: Karen Holt and Gil Fox are Tom's, Anja is Jonas'."""
    people: dict[str, int] = {}
    for name, local, role, language in PEOPLE:
        person = Person(name=name, role=role, language=language)
        session.add(person)
        session.flush()
        people[local] = person.id
        address = f"{local}@harbourpine.example"
        session.add(Address(key=address, written=address, person_id=person.id))
    south = Client(code="C08", name="South Star Logistics", name_key="south star logistics", owner_id=people["tom"])
    acme = Client(
        code="C02", name="Acme Medical GmbH", name_key="acme medical", owner_id=people["jonas"], language="de"
    )
    session.add_all((south, acme))
    session.flush()
    for client, name, address, rank, phone in (
        (south, "Karen Holt", KAREN, 1, "802 555 0123"),
        (south, "Gil Fox", GIL, 2, None),
        (acme, "Ute Kern", "u.kern@acmemedical.example", 1, None),
    ):
        contact = Contact(client_id=client.id, name=name, rank=rank, phone=phone)
        session.add(contact)
        session.flush()
        last_ok = datetime(2025, 9, 12, 14, 0, tzinfo=UTC) if name == "Karen Holt" else None
        session.add(Address(key=address, written=address, contact_id=contact.id, last_ok=last_ok))
    session.flush()


@dataclass
class Road:
    """Mails come in by `arrives`; what it made of them is asked of the records."""

    database: Database
    orders: StandingOrders
    desk: DeskCard
    _uids: count[int] = field(default_factory=lambda: count(1))

    def has_written(self, *letters: Sent, state: LetterState = LetterState.SENT) -> None:
        """Letters of other duties, as they lie in the outbox before the bounce comes."""
        with self.database.writing() as session:
            for letter in letters:
                session.add(
                    LetterRow(
                        ref=letter.ref,
                        duty="reminders",
                        purpose="reminder",
                        object=letter.ref,
                        recipient=letter.recipient,
                        recipient_key=letter.recipient,
                        envelope_sender=letter.reply_address,
                        message_id=letter.message_id,
                        subject=letter.subject,
                        text="Hello",
                        content=b"Hello",
                        state=state,
                        created_at=MONDAY_BEFORE,
                        try_after=MONDAY_BEFORE,
                        sent_at=MONDAY_BEFORE if state is LetterState.SENT else None,
                    )
                )

    def arrives(self, raw: bytes, now: datetime = BOUNCED_AT) -> Decision:
        """One mail, all the way to its commit."""
        with self.database.writing() as session:
            incoming = Incoming(next(self._uids), len(raw), now, raw)
            lease = Lease("test", now + timedelta(minutes=5))
            (claimed,) = arrivals.accept(session, "sales", "INBOX", 1, [incoming], lease)
            message = read(raw)
            known = self._known(session, Read(claimed, message, clues(message)), now)
            decision = decide(message, known, sort(message, known, [(DUTY.name, DUTY.read)]), self.orders, now)
            writing.write(session, decision, known, claimed.id, message)
        return decision

    def _known(self, session: Session, mail: Read, now: datetime) -> Known:
        (known,) = recall(session, self.desk, SECRET, [mail], reserve(session, 1), now)
        assert DUTY.recall is not None
        found = DUTY.recall.load(session, mail.message, mail.clues, known)
        return replace(known, recalled={DUTY.name: found}) if found is not None else known

    def known_for(self, decision: Decision) -> Known:
        """What was known for a decision, as a replay reads it back."""
        assert DUTY.recall is not None
        with self.database.reading() as session:
            packed = session.scalar(select(DecisionRow.known).where(DecisionRow.ref == decision.ref))
        assert packed is not None
        return snapshot.unpack(packed, {DUTY.name: DUTY.recall.type})

    def takes_back(self, decision: Decision, now: datetime = BOUNCED_AT) -> None:
        """Undoes a decision, by a decision of its own."""
        with self.database.writing() as session:
            number = reserve(session, 1)[0]
            known = known_by_the_clock(session, self.desk, SECRET, number, now)
            undoing = replace(
                decision, ref=f"D-{number:04d}", origin="person", actions=(Undo(decision.ref),), planned=()
            )
            writing.write(session, replace(undoing, decided_at=now), known)

    # --- asking the records ---

    def bounces(self) -> list[Bounce]:
        return self.all_of(Bounce)

    def questions(self) -> list[QuestionRow]:
        return self.all_of(QuestionRow)

    def tasks(self) -> list[TaskRow]:
        return self.all_of(TaskRow)

    def address(self, written: str) -> Address | None:
        return next((address for address in self.all_of(Address) if address.written == written), None)

    def addresses_that_are_not_ok(self) -> dict[str, str]:
        return {
            address.written: address.status.value for address in self.all_of(Address) if address.status.value != "ok"
        }

    def ranks(self) -> dict[str, int]:
        return {contact.name: contact.rank for contact in self.all_of(Contact)}

    def states(self, *letters: Sent) -> list[str]:
        by_ref = {letter.ref: letter.state.value for letter in self.all_of(LetterRow)}
        return [by_ref[letter.ref] for letter in letters]

    def written_by(self, decision: Decision) -> dict[str, LetterRow]:
        """The letters of a decision, by the address they go to."""
        letters = (letter for letter in self.all_of(LetterRow) if letter.ref.partition(".")[0] == decision.ref)
        return {letter.recipient: letter for letter in letters}

    def bytes_of(self, letter: LetterRow) -> bytes:
        """A letter as it is handed over, its transfer encoding taken off (RFC 2045 section 6.7)."""
        with self.database.reading() as session:
            content = session.scalar(select(LetterRow.content).where(LetterRow.id == letter.id))
        return quopri.decodestring(content or b"")

    def all_of(self, table: type[Row]) -> list[Row]:
        with self.database.reading() as session:
            return list(session.scalars(select(table).where(table.undone_by.is_(None)).order_by(table.id)))


@cache
def templates() -> Templates:
    """The templates that come with the program."""
    return Templates(read_sources(ROOT / "templates"))


def open_road(url: str, folder: Path, level: Level = Level.ACT) -> Road:
    """A road over an empty database, which gets its schema by migration."""
    database = Database(url)
    migrate.upgrade(database)
    with database.writing() as session:
        settle_in(session)
    orders = StandingOrders(
        book=rule_book(folder / "rules"),
        vocabularies={"bounces": DUTY.vocabulary, "desk": DESK_WORDS},
        prefixes={"bounces": "B", "desk": "D"},
        templates=templates(),
    )
    desk = DeskCard(
        company="Harbour & Pine Media",
        name="Sales Desk",
        address=DESK,
        own_addresses=frozenset({DESK}),
        domains=frozenset({"harbourpine.example"}),
        authserv_id="mx.harbourpine.example",
        believe_unauthenticated=False,
        zone=ZoneInfo("America/New_York"),
        language="en",
        currency="USD",
        levels={"bounces": level},
        answers_per_address_and_day=5,
    )
    return Road(database, orders, desk)
