"""A whole desk in the process of the test, on a mailbox and a way out that do what the test says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot import app
from mailbot.clock import SetClock
from mailbot.config import Config, Limits, MailboxSettings, SmtpSettings
from mailbot.deciding.orders import StandingOrders
from mailbot.duties.duty import Duty
from mailbot.errors import TryAgain
from mailbot.post.ports import (
    Accepted,
    Envelope,
    Fetched,
    FolderState,
    Inbox,
    LeftAlone,
    Listed,
    NotSent,
    Outcome,
    Outgoing,
    Web,
    always,
)
from mailbot.post.sandbox_delivery import as_received
from mailbot.records import migrate
from mailbot.records.session import Database
from mailbot.records.tables import Arrival, DecisionRow, LetterRow
from mailbot.service.checkpoints import Checkpoint, unwatched
from mailbot.service.intake import Intake
from mailbot.service.office import Office
from mailbot.service.workers import Workers
from tests.crash import company, poison
from tests.crash.desk import NoWorkers

DUTIES = (*app.DUTIES, poison.DUTY)
Value = TypeVar("Value")


@dataclass(slots=True)
class Lying:
    """A mail in a folder of the fake server."""

    raw: bytes
    received: datetime | None
    size: int


@dataclass(slots=True)
class FakeInbox:
    """A mailbox in memory, as mailbot.post.ports.Inbox promises it; `before` is asked before each command."""

    clock: SetClock
    uidvalidity: int = 1
    uidnext: int = 1
    says_uidnext: bool = True
    lying: dict[int, Lying] = field(default_factory=dict)
    moved: list[tuple[int, str]] = field(default_factory=list)
    fetched: list[int] = field(default_factory=list)
    withheld: set[int] = field(default_factory=set)  # UIDs that are listed, and of which FETCH gives nothing
    looked_above: list[int] = field(default_factory=list)  # the UIDs above which it was asked what there is
    before: Callable[[str], None] = lambda _: None

    def receive(self, *mails: bytes, received: datetime | None = None, size: int | None = None) -> None:
        """Puts mails into the folder, dated with whole seconds, as INTERNALDATE is."""
        for mail in mails:
            raw = as_received(
                mail,
                sender="sender@client.example",
                recipient=company.DESK,
                server="mx.harbourpine.example",
                peer="client.example",
                when=self.clock.now(),
            )
            self.lay(raw, received, size)

    def lay(self, raw: bytes, received: datetime | None = None, size: int | None = None) -> None:
        """Puts bytes into the folder just as they are."""
        moment = (received or self.clock.now()).replace(microsecond=0)
        self.lying[self.uidnext] = Lying(raw, moment, size or len(raw))
        self.uidnext += 1

    def number_anew(self) -> None:
        """Gives the folder another UIDVALIDITY, and every mail in it another UID."""
        mails = list(self.lying.values())
        self.lying = dict(enumerate(mails, start=1))
        self.uidvalidity, self.uidnext = self.uidvalidity + 1, len(mails) + 1

    def open(self) -> FolderState:
        self.before("open")
        return FolderState(self.uidvalidity, self.uidnext if self.says_uidnext else 0)

    def uids(self, above: int = 0) -> tuple[int, ...]:
        self.before("uids")
        self.looked_above.append(above)
        return tuple(sorted(uid for uid in self.lying if uid > above))

    def listed(self, uids: tuple[int, ...]) -> tuple[Listed, ...]:
        self.before("listed")
        return tuple(Listed(uid, self.lying[uid].size, self.lying[uid].received) for uid in uids if uid in self.lying)

    def fetch(self, uids: tuple[int, ...]) -> tuple[Fetched, ...]:
        self.before("fetch")
        self.fetched += uids
        return tuple(Fetched(uid, self.lying[uid].raw) for uid in uids if uid in self.lying.keys() - self.withheld)

    def make_folders(self, names: tuple[str, ...]) -> None:
        self.before("make_folders")

    def move(self, uids: tuple[int, ...], folder: str) -> tuple[int, ...]:
        self.before("move")
        self.moved += [(uid, folder) for uid in uids if self.lying.pop(uid, None)]
        return ()

    def wait(self, seconds: float) -> bool:
        return False

    def close(self) -> None:
        """There is nothing to leave."""


@dataclass(slots=True)
class FakeOutgoing:
    """A way out that keeps what it is given; `answer` says what becomes of a letter."""

    answer: Callable[[Envelope], Outcome] = lambda _: Accepted("250 2.0.0 taken")
    handed_over: list[Envelope] = field(default_factory=list)
    is_away: bool = False  # the server is not reached

    def send(self, envelope: Envelope, begin: Callable[[], bool] = always) -> Outcome:
        if self.is_away:
            return NotSent("nobody answers")
        if not begin():
            return LeftAlone()
        self.handed_over.append(envelope)
        return self.answer(envelope)

    def close(self) -> None:
        """There is nothing to leave."""

    def times(self) -> Counter[str]:
        """How often each letter was handed over."""
        return Counter(envelope.envid for envelope in self.handed_over)


@dataclass(frozen=True, slots=True)
class Bench:
    """One desk. Several may share a database, a mailbox and a clock: they are several machines."""

    office: Office
    service: app.Service
    clock: SetClock

    @property
    def intake(self) -> Intake:
        return self.service.intakes[0]

    def step(self) -> int:
        return self.service.step()

    def steps_until_done(self, most: int = 12) -> int:
        """Steps until one goes through; gives how many had to be tried again."""
        for failed in range(most):
            try:
                self.step()
            except TryAgain:
                continue
            return failed
        raise AssertionError(f"{most} steps in a row failed")

    def read(self, query: Callable[[Session], Value]) -> Value:
        with self.office.database.reading() as session:
            return query(session)

    def kinds(self) -> Counter[str]:
        """How many decisions of each kind there are, but for the letters of the morning."""
        kinds = select(DecisionRow.kind).where(DecisionRow.kind != "morning")
        return Counter(self.read(lambda session: session.scalars(kinds).all()))

    def decisions_of_mails(self) -> Counter[int | None]:
        """How many decisions each stored mail has."""
        of_mail = select(DecisionRow.arrival_id).where(DecisionRow.origin == "mail")
        return Counter(self.read(lambda session: session.scalars(of_mail).all()))

    def arrivals(self) -> Sequence[Arrival]:
        return self.read(lambda session: session.scalars(select(Arrival).order_by(Arrival.id)).all())

    def letters(self, *purposes: str) -> Sequence[LetterRow]:
        """All letters, or those for these purposes."""
        query = select(LetterRow).order_by(LetterRow.id)
        return self.read(
            lambda session: session.scalars(query.where(LetterRow.purpose.in_(purposes)) if purposes else query).all()
        )


@dataclass(slots=True)
class Benches:
    """Makes desks, and closes them when the test is over."""

    orders: StandingOrders
    url: str
    clock: SetClock = field(default_factory=lambda: SetClock(company.NOW))
    made: list[Bench] = field(default_factory=list)
    clients: int = 10
    is_founded: bool = False

    def desk(
        self,
        inbox: Inbox | None,
        outgoing: Outgoing | None = None,
        *,
        mailbox: MailboxSettings | None = None,
        smtp: SmtpSettings | None = None,
        limits: Limits = company.ONE_WORKER,
        checkpoint: Checkpoint = unwatched,
        zone: str = "America/New_York",
        duties: Sequence[Duty] = DUTIES,
        letters_per_hour: int = 300,
        worker_processes: bool = False,
        busy_seconds: float = 30.0,
        web: Web | None = None,
    ) -> Bench:
        """A desk with this mailbox; without one, with the server that `mailbox` names."""
        config = self._config(mailbox, smtp, limits, zone, letters_per_hour)
        database = Database(self.url, busy_seconds)
        migrate.upgrade(database)
        if not self.is_founded:
            with database.writing() as session:
                company.found(session, self.clients)
            self.is_founded = True
        at = app.office(config, database, self.clock, checkpoint, duties, self.orders)
        workers: Workers | None = None if worker_processes else NoWorkers(at)
        inboxes = {"desk": inbox} if inbox else None
        bench = Bench(at, app.service(config, at, inboxes, outgoing or FakeOutgoing(), workers, web), self.clock)
        self.made.append(bench)
        return bench

    def _config(
        self,
        mailbox: MailboxSettings | None,
        smtp: SmtpSettings | None,
        limits: Limits,
        zone: str,
        letters_per_hour: int,
    ) -> Config:
        return company.settings(
            mailbox or MailboxSettings(host="127.0.0.1", start="all"),
            smtp or SmtpSettings(host="127.0.0.1"),
            self.url,
            limits=limits,
            zone=zone,
            letters_per_hour=letters_per_hour,
        )

    def after_all_leases(self) -> None:
        """Lets so much time pass that every lease has run out."""
        self.clock.advance(timedelta(minutes=21))


@contextmanager
def benches(orders: StandingOrders, url: str) -> Iterator[Benches]:
    made = Benches(orders, url)
    try:
        yield made
    finally:
        for bench in made.made:
            bench.service.close()
