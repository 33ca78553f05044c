"""Intake: from a filled inbox in Dovecot to committed decisions; the floor beside it; several processes; memory."""

from __future__ import annotations

import multiprocessing
import resource
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from multiprocessing.synchronize import Barrier
from pathlib import Path

from imapclient import IMAPClient
from pydantic import SecretStr
from sqlalchemy import func, select

from benchmarks import company
from mailbot import app
from mailbot.clock import SetClock
from mailbot.config import Config, MailboxSettings, Security, SmtpSettings
from mailbot.errors import TryAgain
from mailbot.records import migrate
from mailbot.records.session import Database
from mailbot.records.tables import DecisionRow
from mailbot.service.garbage import collect_garbage_seldom
from tests.servers import PASSWORD, Dovecot

LOOPBACK = "127.0.0.1"
_SPAWN = multiprocessing.get_context("spawn")
_BETWEEN_STEPS = 0.05  # seconds: a desk that has nothing left waits for mail, and takes no time from the other one


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How long an inbox took, and how much memory a desk process had at most."""

    seconds: float
    desk_megabytes: float


def filled_inbox(dovecot: Dovecot, mails: int) -> str:
    """A new account whose inbox holds so many mails."""
    user = dovecot.new_user()
    with IMAPClient(LOOPBACK, dovecot.imap_port, ssl=False, timeout=60) as client:
        client.login(user, PASSWORD)
        batch: list[dict[str, object]] = []
        for number, mail in enumerate(company.mails(mails), start=1):
            batch.append({"msg": mail, "date": company.BEGINNING})
            if len(batch) == 200 or number == mails:
                client.multiappend("INBOX", batch)
                batch = []
    return user


def floor(dovecot: Dovecot, user: str, database: Path) -> float:
    """Seconds for what cannot be done without: fetch in batches, parse with the standard library, and for each mail one
    raw row with its own commit."""
    records = sqlite3.connect(database, isolation_level=None)
    records.execute("PRAGMA journal_mode = WAL")
    records.execute("PRAGMA synchronous = FULL")
    records.execute("CREATE TABLE raw (uid INTEGER PRIMARY KEY, content BLOB)")
    started = time.perf_counter()
    with IMAPClient(LOOPBACK, dovecot.imap_port, ssl=False, timeout=60) as client:
        client.login(user, PASSWORD)
        client.select_folder("INBOX", readonly=True)
        uids = client.search()
        for start in range(0, len(uids), 50):
            for uid, parts in client.fetch(uids[start : start + 50], ["BODY.PEEK[]"]).items():
                BytesParser(policy=policy.compat32).parsebytes(parts[b"BODY[]"])
                records.execute("BEGIN IMMEDIATE")
                records.execute("INSERT INTO raw VALUES (?, ?)", (uid, parts[b"BODY[]"]))
                records.execute("COMMIT")
    spent = time.perf_counter() - started
    records.close()
    return spent


def desk_of(dovecot: Dovecot, user: str, url: str, workers: int = 2) -> Config:
    """The settings of a desk that reads this inbox; nothing is sent by it."""
    inbox = MailboxSettings(
        host=LOOPBACK,
        port=dovecot.imap_port,
        security=Security.PLAINTEXT_LOOPBACK,
        user=user,
        password=SecretStr(PASSWORD),
        start="all",
    )
    nowhere = SmtpSettings(host=LOOPBACK, port=9, security=Security.PLAINTEXT_LOOPBACK)
    return company.settings(inbox, nowhere, url, workers)


def taken_in(config: Config, mails: int, processes: int = 1) -> TakenIn:
    """So many desk processes take in the inbox together, each new, and begin at the same moment."""
    _found(config)
    barrier = _SPAWN.Barrier(processes + 1)
    answers = _SPAWN.Queue()
    desks = [_SPAWN.Process(target=_work, args=(config, mails, barrier, answers)) for _ in range(processes)]
    for desk in desks:
        desk.start()
    barrier.wait()
    started = time.perf_counter()
    found = [answers.get() for _ in desks]
    spent = max(ended for ended, _ in found) - started
    for desk in desks:
        desk.join()
    return TakenIn(spent, max(own for _, own in found))


def _found(config: Config) -> None:
    database = Database(config.database)
    migrate.upgrade(database)
    with database.writing() as session:
        company.found(session)
    database.close()


def _work(config: Config, mails: int, barrier: Barrier, answers: multiprocessing.Queue[tuple[float, float]]) -> None:
    """One desk process: ready, then at work until every mail has its decision."""
    database = Database(config.database)
    office = app.office(config, database, SetClock(company.BEGINNING, running=True))
    service = app.service(config, office)
    collect_garbage_seldom()  # as `mailbot run` does
    list(service.workers.read([b"Subject: warm up\n\n"] * 8, ()))
    barrier.wait()
    while True:
        with suppress(TryAgain):  # two desks move mails out of one folder: what is gone is asked for again
            for intake in service.intakes:
                intake.step()
        with database.reading() as session:
            if (session.scalar(select(func.count()).select_from(DecisionRow)) or 0) >= mails:
                break
        time.sleep(_BETWEEN_STEPS)
    ended = time.perf_counter()
    service.close()
    answers.put((ended, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
