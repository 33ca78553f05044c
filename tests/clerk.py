"""A made-up duty that opens and renames clients by mail, and a whole desk on a real database for it to work at.

open Kestrel                  a new client, and a letter to the sender
open Kestrel?                 the same, and the letter asks a question that is answered with 1 or 2
rename Kestrel to Osprey      a change of a row
contact Ed at Kestrel         a row that points to another
fail                          its reader breaks
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cache
from itertools import count
from pathlib import Path
from typing import ClassVar, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mailbot.config import Level
from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.rulebook import RuleBook
from mailbot.deciding.verbs import Plan, Situation, Verb, Vocabulary
from mailbot.duties import desk
from mailbot.duties.duty import Duty
from mailbot.duties.hints import clues_for, hints_of
from mailbot.letters import Templates
from mailbot.letters.model import Draft, Recipient
from mailbot.letters.sources import Source, Sources
from mailbot.message import read
from mailbot.message.model import Message
from mailbot.message.sealing import seal, unseal
from mailbot.records import arrivals, writing
from mailbot.records.arrivals import Claimed, Incoming, Lease
from mailbot.records.base import Kept
from mailbot.records.decision import Action, Decision, Question, Send
from mailbot.records.known import DeskCard, Known
from mailbot.records.numbers import reserve
from mailbot.records.parties import people
from mailbot.records.pen import Pen
from mailbot.records.questions import CloseQuestion
from mailbot.records.recall import Read, recall
from mailbot.records.session import Database
from mailbot.records.tables import (
    Address,
    Arrival,
    Client,
    Contact,
    DecisionRow,
    LetterRow,
    LetterState,
    Person,
    Role,
)
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.sort import sort

ROOT = Path(__file__).parents[1]
SECRET = b"a secret of these tests, long enough"
MONDAY = datetime(2025, 11, 3, 14, 0, tzinfo=UTC)
Row = TypeVar("Row", bound=Kept)

MARA, PRIYA, VIKTOR, DANA, JONAS, DESIGN = (
    f"{local}@harbourpine.example" for local in ("mara", "priya", "viktor", "dana", "jonas", "design")
)
PEOPLE = (
    ("Mara Lindqvist", MARA, Role.COORDINATOR, "en"),
    ("Priya Nair", PRIYA, Role.MANAGER, "en"),
    ("Viktor Sand", VIKTOR, Role.ADMIN, "en"),
    ("Dana Reyes", DANA, Role.REP, "en"),
    ("Jonas Weber", JONAS, Role.REP, "de"),
    ("Design", DESIGN, Role.DEPARTMENT, "en"),
)


# --- the duty ---


@dataclass(frozen=True, slots=True)
class Work:
    """What a mail says: a verb of the clerk, and its words."""

    does: str
    name: str
    other: str = ""
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Open(Action):
    name: ClassVar[str] = "clerk.open"
    client: str

    def carry_out(self, pen: Pen) -> None:
        pen.insert(Client(name=self.client, name_key=self.client.casefold()))

    def __str__(self) -> str:
        return f"open {self.client}"


@dataclass(frozen=True, slots=True)
class Rename(Action):
    name: ClassVar[str] = "clerk.rename"
    client: str
    to: str

    def carry_out(self, pen: Pen) -> None:
        pen.update(client_named(pen.session, self.client), name=self.to, name_key=self.to.casefold())

    def __str__(self) -> str:
        return f"rename {self.client} to {self.to}"


@dataclass(frozen=True, slots=True)
class AddContact(Action):
    name: ClassVar[str] = "clerk.add_contact"
    contact: str
    client: str

    def carry_out(self, pen: Pen) -> None:
        pen.insert(Contact(client_id=client_named(pen.session, self.client).id, name=self.contact))

    def __str__(self) -> str:
        return f"add {self.contact} to {self.client}"


def client_named(session: Session, name: str) -> Client:
    return session.scalars(select(Client).where(Client.name == name, Client.undone_by.is_(None))).one()


_WORK = re.compile(r"(open|rename|contact|fail) ?([A-Z]\w*)?(?: (?:to|at) ([A-Z]\w*))?(\?)?\s*")


def read_work(message: Message, known: Known, sorted_as: Sorted, /) -> Finding | NotMine:
    text = message.body.for_people.text
    found = _WORK.fullmatch(text)
    evidence = (message.body.for_people.evidence(0, len(text)),)
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is not None and question.duty == "clerk" and text.strip() in ("1", "2"):
        return Finding("clerk", "work", Work("answer", text.strip(), answers=question.id), evidence, "it answers")
    if found is None or sorted_as.trust.trust < Trust.T3:
        return NotMine("no work for the clerk")
    if found[1] == "fail":
        raise LookupError("the clerk fell over")
    work = Work(found[1] + (found[4] or ""), found[2] or "", found[3] or "")
    return Finding("clerk", "work", work, evidence, f"it says {found[1]}")


def _do_work(situation: Situation, _: object) -> Plan:
    work = situation.finding.facts
    assert isinstance(work, Work)
    match work.does:
        case "rename":
            return Plan(f"{work.name} is now {work.other}.", (Rename(work.name, work.other),))
        case "contact":
            return Plan(f"{work.name} is at {work.other}.", (AddContact(work.name, work.other),))
        case "answer":
            assert work.answers is not None
            return Plan(f"Answered {work.name}.", (CloseQuestion(work.answers, work.name),))
    asks = Question("clerk", "which", "1 or 2?", {}) if work.does == "open?" else None
    return Plan(f"Opened {work.name}.", (Open(work.name), Send(_draft(situation, work.name), asks)))


def _draft(situation: Situation, name: str) -> Draft:
    sender = situation.message.sender
    assert sender is not None
    return Draft(Recipient(sender.address, sender.name, "en"), "clerk/done", {"name": name}, "done", situation.ref)


@dataclass(frozen=True, slots=True)
class NoParameters:
    pass


def _no_values(_: Situation) -> Mapping[str, object]:
    return {}


CLERK = Duty(
    name="clerk",
    prefix="C",
    is_about="clients, by mail",
    read=read_work,
    vocabulary=Vocabulary(
        "clerk", ("work",), {}, _no_values, {"do": Verb("do", NoParameters, _do_work, "does what the mail says")}
    ),
)
DUTIES = (desk.DUTY, CLERK)


# --- the desk ---


@cache
def standing_orders(folder: Path) -> StandingOrders:
    folder.mkdir(exist_ok=True)
    (folder / "clerk.toml").write_text('[[rule]]\nname = "all"\ndo.do = {}\nthen = "stop"\n', encoding="utf-8")
    (folder / "desk.toml").write_bytes((ROOT / "rules/desk.toml").read_bytes())
    return StandingOrders(
        book=RuleBook.load(folder, [duty.vocabulary for duty in DUTIES]),
        vocabularies={duty.name: duty.vocabulary for duty in DUTIES},
        prefixes={duty.name: duty.prefix for duty in DUTIES},
        templates=_templates(),
    )


@cache
def _templates() -> Templates:
    shipped = Templates.load(ROOT / "templates").sources
    done = Source(
        "templates/en/clerk/done.md", "Subject: {{ name }} is open\n\nDone: {{ name }}.\nRef {{ signed_ref }}\n"
    )
    sources = {language: {**templates, "clerk/done": done} for language, templates in shipped.templates.items()}
    return Templates(Sources(sources, shipped.samples, shipped.layout))


def card(**levels: Level) -> DeskCard:
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
        levels={"desk": Level.ACT, "clerk": Level.ACT, **levels},
        answers_per_address_and_day=5,
    )


def mail(
    words: str,
    sender: str = DANA,
    *,
    subject: str = "numbers",
    to: str = "desk@harbourpine.example",
    message_id: str | None = "",
    dmarc: str = "pass",
    in_reply_to: str = "",
) -> bytes:
    """A mail as our own server hands it over. `message_id` None leaves it out, "" makes up one."""
    made = EmailMessage()
    domain = sender.rpartition("@")[2].rstrip(">")
    made["Authentication-Results"] = f"mx.harbourpine.example; dmarc={dmarc} header.from={domain}"
    made["From"], made["To"], made["Subject"] = sender, to, subject
    if message_id is not None:
        made["Message-ID"] = f"<{message_id or f'{next(_IDS)}@{domain}'}>"
    if in_reply_to:
        made["In-Reply-To"] = f"<{in_reply_to}>"
    made.set_content(f"{words}\n")
    return made.as_bytes()


_IDS = count(1)


@dataclass
class Desk:
    """Mails come in by `arrives`; what became of them is asked of the records. An hour passes with each."""

    database: Database
    orders: StandingOrders
    card: DeskCard
    now: datetime = MONDAY
    _uids: count[int] = field(default_factory=lambda: count(1))

    def arrives(self, raw: bytes, arrived_at: datetime | None = None) -> Decision:
        """One mail, all the way to its commit."""
        self.now += timedelta(hours=1)
        with self.database.writing() as session:
            incoming = Incoming(next(self._uids), len(raw), arrived_at or self.now, raw)
            (claimed,) = arrivals.accept(session, "sales", "INBOX", 1, [incoming], self._lease())
            return self._decide(session, claimed)

    def decides_what_waits(self) -> list[Decision]:
        """Mails that were put back, as the service takes them up again."""
        with self.database.writing() as session:
            return [self._decide(session, claimed) for claimed in arrivals.claim(session, self._lease(), self.now, 10)]

    def known_about(self, raw: bytes, arrived_at: datetime | None = None) -> Known:
        """What would be known about a mail; nothing is kept of it."""
        claimed = Claimed(-1, "sales", len(raw), arrived_at or self.now, 0, None)
        with self.database.writing() as session:
            known = self._known(session, self._read(session, claimed, raw))
            session.rollback()
        return known

    def _lease(self) -> Lease:
        return Lease("test", self.now + timedelta(minutes=5))

    def _decide(self, session: Session, claimed: Claimed) -> Decision:
        mail = self._read(session, replace(claimed, raw=None), claimed.raw or b"")
        known = self._known(session, mail)
        message = unseal(mail.sealed)
        reading = sort(message, known, [(duty.name, duty.read) for duty in DUTIES])
        decision = decide(message, known, reading, self.orders, self.now)
        writing.write(session, decision, known, claimed.id, mail.sealed)
        return decision

    def _read(self, session: Session, claimed: Claimed, raw: bytes) -> Read:
        message, hints = read(raw), hints_of(DUTIES, self.card).among(tuple(people(session).values()))
        return Read(claimed, seal(message), clues_for(message, hints))

    def _known(self, session: Session, mail: Read) -> Known:
        (known,) = recall(session, self.card, SECRET, [mail], reserve(session, 1), self.now)
        loaded = {duty.name: duty.recall.load(session, mail.cover, mail.clues, known) for duty in DUTIES if duty.recall}
        return replace(known, recalled={name: found for name, found in loaded.items() if found is not None})

    # --- the mails of colleagues to the desk ---

    def says(self, words: str, sender: str = DANA) -> Decision:
        return self.arrives(mail(words, sender))

    def answers(self, letter: LetterRow, words: str, sender: str | None = None) -> Decision:
        """A reply to a letter, from whom it went to."""
        return self.arrives(
            mail(words, sender or letter.recipient, subject=f"Re: {letter.subject}", to=letter.envelope_sender)
        )

    # --- what passes outside ---

    def sends(self, state: LetterState = LetterState.SENT) -> None:
        """Letters that wait are handed over."""
        with self.database.writing() as session:
            session.execute(
                update(LetterRow)
                .where(LetterRow.state == LetterState.WAITING)
                .values(state=state, sent_at=self.now if state is LetterState.SENT else None)
            )

    def redirects(self, letter: LetterRow, address: str) -> None:
        """A letter that went to somebody else than it did."""
        with self.database.writing() as session:
            session.execute(
                update(LetterRow).where(LetterRow.id == letter.id).values(recipient=address, recipient_key=address)
            )

    def files(self) -> list[tuple[int, str]]:
        """Moves what wants to be moved, and says what that was: UID and folder."""
        with self.database.writing() as session:
            unfiled = arrivals.unfiled(session, "sales", "INBOX", 1, 100)
            arrivals.filed(session, [each.id for each in unfiled], self.now)
        return [(each.uid, each.folder_wanted) for each in unfiled]

    # --- asking the records ---

    def clients(self) -> list[str]:
        return sorted(client.name for client in self.all_of(Client))

    def letters_of(self, decision: Decision) -> list[LetterRow]:
        return [letter for letter in self.all_of(LetterRow) if letter.ref.partition(".")[0] == decision.ref]

    def letter_of(self, decision: Decision) -> LetterRow:
        (letter,) = self.letters_of(decision)
        return letter

    def letter_to(self, decision: Decision, address: str) -> LetterRow:
        (letter,) = (letter for letter in self.letters_of(decision) if letter.recipient == address)
        return letter

    def arrival_of(self, decision: Decision) -> Arrival:
        with self.database.reading() as session:
            of_it = select(Arrival).join(DecisionRow, DecisionRow.arrival_id == Arrival.id)
            return session.scalars(of_it.where(DecisionRow.ref == decision.ref)).one()

    def all_of(self, table: type[Row]) -> list[Row]:
        with self.database.reading() as session:
            return list(session.scalars(select(table).where(table.undone_by.is_(None)).order_by(table.id)))


def open_desk(database: Database, folder: Path, **levels: Level) -> Desk:
    """A desk with the staff of the situations, and nothing in its books."""
    with database.writing() as session:
        for name, address, role, language in PEOPLE:
            person = Person(name=name, role=role, language=language)
            session.add(person)
            session.flush()
            session.add(Address(key=address, written=address, person_id=person.id))
        session.flush()
    return Desk(database, standing_orders(folder / "rules"), card(**levels))
