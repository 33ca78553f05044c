"""A mail server that survives, a desk that does not, and what must be true when everything is done."""

from __future__ import annotations

import json
import smtplib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from email.policy import default as modern
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.clock import SetClock
from mailbot.config import SHIPPED
from mailbot.duties.issues.tables import Issue
from mailbot.duties.sales.tables import SalesEntry
from mailbot.post.sandbox import OUTSIDE, Sandbox
from mailbot.records import migrate
from mailbot.records.session import Database
from mailbot.records.tables import (
    Arrival,
    ArrivalState,
    DecisionRow,
    LetterRow,
    LetterState,
    RawMail,
    Run,
    Watermark,
)
from tests.crash import company, poison
from tests.crash.desk import Order

CLIENTS = 300
AFTER_ALL_LEASES = timedelta(minutes=21)
KILLED = -9


@dataclass(slots=True)
class Stand:
    """The mail server and the records of one chain of desks that are killed one after the other."""

    box: Sandbox
    forges: Sequence[subprocess.Popen[str]]  # each forks one desk at a time
    url: str
    moment: datetime = company.NOW
    posted: int = 0

    def desk(self, place: str | None = None, passage: int = 1, rounds: Sequence[Sequence[bytes]] = ((),)) -> int:
        """Lets a desk work until it is killed or done; says how it ended."""
        self.begin(place, passage, rounds)
        return self.end()

    def begin(
        self,
        place: str | None = None,
        passage: int = 1,
        rounds: Sequence[Sequence[bytes]] = ((),),
        *,
        worker_processes: bool = False,
        forge: int = 0,
        later: timedelta = AFTER_ALL_LEASES,
    ) -> int:
        """Starts a desk, all leases of the last one having run out; gives its process id, which is its session's."""
        self.moment += later
        order: Order = {
            "imap_port": self.box.imap_port,
            "smtp_port": self.box.smtp_port,
            "user": company.DESK,
            "password": self.box.password,
            "database": self.url,
            "moment": self.moment.isoformat(),
            "place": place,
            "passage": passage,
            "rounds": [[mail.decode() for mail in mails] for mails in rounds],
            "worker_processes": worker_processes,
        }
        orders = self.forges[forge].stdin
        assert orders is not None
        orders.write(json.dumps(order) + "\n")
        orders.flush()
        return self._hear("pid", forge)

    def end(self, forge: int = 0) -> int:
        """Waits until the desk has ended; says how."""
        return self._hear("exit", forge)

    def together(self, desks: int) -> list[int]:
        """Lets several desks work at the same time; says how each ended."""
        for forge in range(desks):
            self.begin(forge=forge, later=timedelta())
        return [self.end(forge) for forge in range(desks)]

    def hand_in(self, mails: Sequence[bytes]) -> None:
        """Hands mails in to the mail server."""
        with smtplib.SMTP("127.0.0.1", self.box.smtp_port) as server:
            for mail in mails:
                server.sendmail("sender@client.example", [company.DESK], mail)

    def _hear(self, what: str, forge: int) -> int:
        outcomes = self.forges[forge].stdout
        assert outcomes is not None
        return int(json.loads(outcomes.readline())[what])

    def new_mails(self, rounds: int) -> list[list[bytes]]:
        """A problem and a sale for each round, of clients who have not written before."""
        numbers = range(self.posted, self.posted + rounds)
        self.posted += rounds
        return [[company.problem(number), company.sale(number)] for number in numbers]

    def until_tomorrow_morning(self) -> None:
        """Half past eight in New York, on the next day: the jobs of the morning are due."""
        self.moment = (self.moment + timedelta(days=1)).replace(hour=13, minute=30)

    def mails_on_the_server(self) -> Counter[str]:
        """The Message-IDs of all mails that were ever handed in, wherever they lie now."""
        folders = ("INBOX", "Desk/Done", "Desk/Asked", "Desk/Held", "Desk/Quarantine")
        return Counter(_id(raw) for folder in folders for raw in self.box.messages(folder))

    def letters_at_the_sink(self) -> Counter[str]:
        """The Message-IDs of all letters that the mail server took from the desk."""
        return Counter(_id(raw) for raw in self.box.messages(account=OUTSIDE))


def _id(raw: bytes) -> str:
    return str(BytesHeaderParser(policy=modern).parsebytes(raw)["Message-ID"]).strip("<>")


@contextmanager
def standing(url: str, folder: Path, at_once: int = 1) -> Iterator[Stand]:
    """Founds the company in an empty database, and starts the mail server and the processes that fork desks."""
    database = Database(url)
    migrate.upgrade(database)
    with database.writing() as session:
        company.found(session, CLIENTS)
    database.close()
    rules = poison.rules(folder / "rules")
    command = (sys.executable, "-m", "tests.crash.desk", str(rules))
    with Sandbox(desk=company.DESK, authserv_id="mx.harbourpine.example", clock=SetClock(company.NOW)) as box:
        forges = [
            subprocess.Popen(command, cwd=SHIPPED, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(at_once)
        ]
        try:
            yield Stand(box, forges, url)
        finally:
            for forge in forges:
                _dismiss(forge)


def _dismiss(forge: subprocess.Popen[str]) -> None:
    """Ends a process that forks desks. Not by its output: a worker that was left behind may still hold that."""
    for pipe in (forge.stdin, forge.stdout):
        if pipe is not None:
            pipe.close()
    forge.wait()


def assert_all_is_right(stand: Stand) -> None:
    """0 mails lost, 0 effects twice, 0 letters twice; whatever nobody can know is named once."""
    database = Database(stand.url)
    with database.reading() as session:
        _every_mail_has_one_decision(session, stand.mails_on_the_server())
        _every_effect_is_there_once(session)
        _no_letter_went_out_twice(session, stand.letters_at_the_sink())
        _what_nobody_knows_is_named_once(session)
        _every_job_ran_once(session)
    database.close()


def _every_mail_has_one_decision(session: Session, on_the_server: Counter[str]) -> None:
    assert max(on_the_server.values()) == 1
    arrivals = session.scalars(select(Arrival)).all()
    assert len(arrivals) == len(on_the_server)
    assert {arrival.state for arrival in arrivals} <= set(ArrivalState) - {ArrivalState.ACCEPTED}
    assert all(arrival.filed_at for arrival in arrivals)
    decided = Counter(session.scalars(select(DecisionRow.arrival_id).where(DecisionRow.origin == "mail")))
    assert decided == Counter(arrival.id for arrival in arrivals)
    assert "duplicate" not in session.scalars(select(DecisionRow.kind)).all()
    fetched = {arrival.id for arrival in arrivals if arrival.state is not ArrivalState.TOO_BIG}
    assert set(session.scalars(select(RawMail.arrival_id))) == fetched
    known = {arrival.message_id for arrival in arrivals if arrival.state is ArrivalState.DECIDED}
    assert {mail for mail in on_the_server if mail.startswith(("problem-", "sale-"))} == known
    assert session.scalars(select(Watermark.last_uid)).one() == max(arrival.uid for arrival in arrivals)


def _every_effect_is_there_once(session: Session) -> None:
    ids = session.scalars(select(Arrival.message_id)).all()
    problems = [one.partition("@")[2] for one in ids if one and one.startswith("problem-")]
    assert sorted(session.scalars(select(Issue.address))) == sorted(f"contact@{domain}" for domain in problems)
    sales = session.scalars(select(Arrival.id).where(Arrival.message_id.startswith("sale-"))).all()
    assert Counter(session.scalars(select(SalesEntry.arrival_id))) == Counter(sales)


def _no_letter_went_out_twice(session: Session, at_the_sink: Counter[str]) -> None:
    assert set(at_the_sink.values()) <= {1}
    states = {row.message_id: row.state for row in session.execute(select(LetterRow.message_id, LetterRow.state))}
    assert set(states.values()) <= {LetterState.SENT, LetterState.UNSURE}
    assert at_the_sink.keys() <= states.keys()
    assert {letter for letter, state in states.items() if state is LetterState.SENT} <= at_the_sink.keys()


def _what_nobody_knows_is_named_once(session: Session) -> None:
    unsure = session.execute(
        select(LetterRow.ref, LetterRow.purpose).where(LetterRow.state == LetterState.UNSURE)
    ).all()
    alarms = session.scalars(select(LetterRow.object).where(LetterRow.purpose == "alarm-letter")).all()
    assert sorted(alarms) == sorted(row.ref for row in unsure if not row.purpose.startswith("alarm-"))
    incidents = session.scalar(select(func.count()).where(DecisionRow.kind == "unsure letter"))
    assert incidents == len(alarms)
    others = Counter(session.scalars(select(LetterRow.object).where(LetterRow.purpose == "alarm-mail")))
    troubled = session.scalars(
        select(Arrival.id).where(Arrival.state.in_((ArrivalState.SET_ASIDE, ArrivalState.TOO_BIG)))
    )
    assert others == Counter(str(arrival) for arrival in troubled)


def _every_job_ran_once(session: Session) -> None:
    days = session.scalars(select(Run.day).where(Run.job == "desk.morning")).all()
    letters = session.scalars(select(LetterRow.period).where(LetterRow.purpose == "morning")).all()
    assert len(set(days)) == len(days)
    assert len(set(letters)) == len(letters)
    assert days
