"""The whole road, measured: intake beside its floor, one process and two, the pure part, dispatch, memory."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

from imapclient import IMAPClient
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from benchmarks import company
from mailbot import app
from mailbot.clock import SetClock
from mailbot.config import MailboxSettings, Security, SmtpSettings
from mailbot.records.session import Database
from tests.servers import PASSWORD, Dovecot, running_dovecot

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, the reference beside it, and the bar it has to reach."""

    name: str
    value: float
    unit: str
    reference: float | None = None
    bar: float | None = None

    @property
    def ratio(self) -> float | None:
        """The figure as a part of its reference."""
        return self.value / self.reference if self.reference else None


def measure(corpus: Path | None, mails: int, letters: int, only: tuple[str, ...], json_file: Path | None) -> None:
    """Measures what is asked for, prints a table, and writes the figures down where a file is named."""
    figures: list[Figure] = []
    with running_dovecot() as dovecot:
        if "intake" in only:
            figures += intake(dovecot, mails)
    show(figures)
    if json_file:
        json_file.write_text(json.dumps([asdict(figure) | {"ratio": figure.ratio} for figure in figures], indent=1))


def show(figures: list[Figure]) -> None:
    """The figures as a table."""
    table = Table("what", "measured", "reference", "ratio", "bar")
    for figure in figures:
        table.add_row(
            figure.name,
            f"{figure.value:,.1f} {figure.unit}",
            f"{figure.reference:,.1f}" if figure.reference else "",
            f"{figure.ratio:.2f}" if figure.ratio else "",
            f"{figure.bar:g}" if figure.bar else "",
        )
    Console().print(table)


def intake(dovecot: Dovecot, mails: int) -> list[Figure]:
    """From IMAP to committed decision, beside the floor on the same inbox."""
    user = filled_inbox(dovecot, mails)
    with folder() as where:
        floor = mails / seconds(lambda: floor_of_intake(dovecot, user, where / "floor.sqlite"))
        ours = mails / take_in(dovecot, user, f"sqlite:///{where}/desk.sqlite")
    return [Figure("intake, IMAP to committed decision (SQLite, FULL)", ours, "mails/s", floor, 0.4)]


def filled_inbox(dovecot: Dovecot, mails: int) -> str:
    """A new account whose inbox holds so many mails."""
    user = dovecot.new_user()
    with IMAPClient(LOOPBACK, dovecot.imap_port, ssl=False, timeout=60) as client:
        client.login(user, PASSWORD)
        batch = [{"msg": mail, "date": company.BEGINNING} for mail in company.mails(mails)]
        for start in range(0, len(batch), 200):
            client.multiappend("INBOX", batch[start : start + 200])
    return user


def floor_of_intake(dovecot: Dovecot, user: str, database: Path) -> None:
    """What cannot be done without: fetch in batches, parse with the standard library, one raw row and its commit each."""
    records = sqlite3.connect(database, isolation_level=None)
    records.execute("PRAGMA journal_mode = WAL")
    records.execute("PRAGMA synchronous = FULL")
    records.execute("CREATE TABLE raw (uid INTEGER PRIMARY KEY, content BLOB)")
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
    records.close()


def take_in(dovecot: Dovecot, user: str, url: str) -> float:
    """Seconds that the desk takes for the whole inbox, without the start of its workers."""
    config = company.settings(mailbox(dovecot, user), SmtpSettings(host=LOOPBACK, port=9), url)
    database = Database(url)
    office = app.office(config, database, SetClock(company.BEGINNING, running=True))
    with database.writing() as session:
        company.found(session)
    service = app.service(config, office)
    try:
        service.workers.read([b"Subject: warm up\n\n"] * 8)
        return seconds(lambda: [intake.step() for intake in service.intakes])
    finally:
        service.close()


def mailbox(dovecot: Dovecot, user: str) -> MailboxSettings:
    return MailboxSettings(
        host=LOOPBACK,
        port=dovecot.imap_port,
        security=Security.PLAINTEXT_LOOPBACK,
        user=user,
        password=SecretStr(PASSWORD),
        start="all",
    )


def seconds(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
