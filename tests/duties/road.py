"""The road of a mail with one duty on it: stored, read, known, sorted, decided and written; nothing is sent.

The records are a real database made by migration. Each duty says who works at its company, and asks the records in its
own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import ClassVar, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from mailbot.config import Level
from mailbot.deciding.by_person import decide_by_person
from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.rulebook import RuleBook
from mailbot.deciding.verbs import Situation, Vocabulary
from mailbot.duties.duty import Duty
from mailbot.duties.hints import clues_for, hints_of
from mailbot.letters import Templates
from mailbot.message import read
from mailbot.message.sealing import seal, unseal
from mailbot.records import arrivals, migrate, writing
from mailbot.records.arrivals import Incoming, Lease
from mailbot.records.base import Kept
from mailbot.records.decision import Action, Decision
from mailbot.records.known import DeskCard, Known
from mailbot.records.numbers import reserve
from mailbot.records.parties import people
from mailbot.records.recall import Read, known_by_the_clock, recall
from mailbot.records.session import Database
from mailbot.records.tables import LetterRow, LetterState, QuestionRow, TaskRow
from mailbot.records.undo import Undo
from mailbot.service.enclosed import files_read_of, with_believed_files, with_shut_files
from mailbot.sorting.sort import sort

ROOT = Path(__file__).parents[2]
SECRET = b"a secret of these tests, long enough"
ADDRESS = "desk@harbourpine.example"
Row = TypeVar("Row", bound=Kept)


def _no_values(_: Situation) -> Mapping[str, object]:
    return {}


DESK = Vocabulary("desk", ("nothing",), {}, _no_values, {})


def rule_book(duty: Duty, folder: Path, otherwise: str = "leave") -> RuleBook:
    """The rules of the duty as they come with the program; what is nobody's, the desk leaves, or holds."""
    folder.mkdir(exist_ok=True)
    last = f'[[rule]]\nname = "all"\ndo.{otherwise} = {{}}\nthen = "stop"\n'
    (folder / "desk.toml").write_text(last, encoding="utf-8")
    (folder / f"{duty.name}.toml").write_bytes((ROOT / f"rules/{duty.name}.toml").read_bytes())
    return RuleBook.load(folder, (DESK, duty.vocabulary))


@cache
def templates() -> Templates:
    """The templates that come with the program."""
    return Templates.load(ROOT / "templates")


def standing_orders(duty: Duty, folder: Path, otherwise: str = "leave") -> StandingOrders:
    """The rules and templates that come with the program; `folder` takes the rules of the desk beside them."""
    return StandingOrders(
        book=rule_book(duty, folder, otherwise),
        vocabularies={duty.name: duty.vocabulary, "desk": DESK},
        prefixes={duty.name: duty.prefix, "desk": "D"},
        templates=templates(),
    )


def desk_card(duty: Duty, level: Level = Level.ACT, answers_per_address_and_day: int = 5) -> DeskCard:
    return DeskCard(
        company="Harbour & Pine Media",
        name="Sales Desk",
        address=ADDRESS,
        own_addresses=frozenset({ADDRESS}),
        domains=frozenset({"harbourpine.example"}),
        authserv_id="mx.harbourpine.example",
        believe_unauthenticated=False,
        zone=ZoneInfo("America/New_York"),
        language="en",
        currency="USD",
        levels={duty.name: level},
        answers_per_address_and_day=answers_per_address_and_day,
    )


def settled(url: str, settle_in: Callable[[Session], None]) -> Database:
    """An empty database, with its schema by migration and the company in it."""
    database = Database(url)
    migrate.upgrade(database)
    with database.writing() as session:
        settle_in(session)
    return database


@dataclass
class Road:
    """Mails come in by `arrives`; what it made of them is asked of the records."""

    duty: ClassVar[Duty]
    letters_go_out: ClassVar[bool] = True  # those that a mail wrote count as sent five seconds later

    database: Database
    orders: StandingOrders
    desk: DeskCard
    _uids: count[int] = field(default_factory=lambda: count(1))

    def arrives(self, raw: bytes, now: datetime) -> Decision:
        """One mail, all the way to its commit."""
        with self.database.writing() as session:
            mail = self._accepted(session, raw, now)
            known = self._known(session, mail, now)
            message = unseal(mail.sealed)
            reading = sort(message, known, [(self.duty.name, self.duty.read)])
            decision = decide(message, known, reading, self.orders, now)
            writing.write(session, decision, known, mail.claimed.id, mail.sealed)
            if self.letters_go_out:
                session.execute(
                    update(LetterRow)
                    .where(LetterRow.state == LetterState.WAITING)
                    .values(state=LetterState.SENT, sent_at=now + timedelta(seconds=5))
                )
        return decision

    def take_back(self, decision: Decision, now: datetime) -> None:
        """Undoes a decision, by a decision of its own."""
        self.by_hand("undo", f"Took back {decision.ref}.", Undo(decision.ref), now)

    def by_hand(self, kind: str, said: str, action: Action, now: datetime) -> Decision:
        """A person decides at the command line."""
        with self.database.writing() as session:
            number = reserve(session, 1)[0]
            known = known_by_the_clock(session, self.desk, SECRET, number)
            decision = decide_by_person(kind, said, "mara", [action], "desk", f"D-{number:04d}", now)
            writing.write(session, decision, known)
        return decision

    def _accepted(self, session: Session, raw: bytes, now: datetime) -> Read:
        incoming = Incoming(next(self._uids), len(raw), now, raw)
        lease = Lease("test", now + timedelta(minutes=5))
        (claimed,) = arrivals.accept(session, "sales", "INBOX", 1, [incoming], lease)
        hints = hints_of((self.duty,), self.desk).among(tuple(people(session).values()))
        message = with_shut_files(read(raw))
        mail = Read(replace(claimed, raw=None), seal(message), clues_for(message, hints))
        (known,) = recall(session, self.desk, SECRET, [mail], [0], now)
        opened = with_believed_files(message, known, files_read_of([self.duty]))
        return Read(mail.claimed, seal(opened), clues_for(opened, hints))

    def _known(self, session: Session, mail: Read, now: datetime) -> Known:
        (known,) = recall(session, self.desk, SECRET, [mail], reserve(session, 1), now)
        if self.duty.recall is None:
            return known
        found = self.duty.recall.load(session, mail.cover, mail.clues, known)
        return replace(known, recalled={self.duty.name: found}) if found is not None else known

    # --- asking the records ---

    def questions(self) -> list[QuestionRow]:
        return self.all_of(QuestionRow)

    def tasks(self) -> list[TaskRow]:
        return self.all_of(TaskRow)

    def letters(self) -> list[LetterRow]:
        return self.all_of(LetterRow)

    def letters_of(self, decision: Decision) -> list[LetterRow]:
        """The letters that one decision wrote, with their bytes."""
        query = select(LetterRow).where(LetterRow.ref.startswith(decision.ref, autoescape=True)).order_by(LetterRow.id)
        with self.database.reading() as session:
            found = session.scalars(query.options(undefer(LetterRow.content)))
            return [letter for letter in found if letter.ref.partition(".")[0] == decision.ref]

    def content_of(self, letter: LetterRow) -> bytes:
        """The bytes of a letter."""
        with self.database.reading() as session:
            return session.scalars(select(LetterRow.content).where(LetterRow.id == letter.id)).one()

    def all_of(self, table: type[Row]) -> list[Row]:
        with self.database.reading() as session:
            return list(session.scalars(select(table).where(table.undone_by.is_(None)).order_by(table.id)))
