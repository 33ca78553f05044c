"""A ledger of a million lines, made from a seed: how long the weekly report takes, and whether its sums are exact."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from benchmarks.company import ZONE, settings
from mailbot import app
from mailbot.config import Level, MailboxSettings, SalesSettings, SmtpSettings
from mailbot.deciding.decide import decide_due
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.figures import figures
from mailbot.duties.sales.reports.due import due
from mailbot.duties.sales.reports.facts import TEAM
from mailbot.duties.sales.reports.recalling import load
from mailbot.duties.sales.reports.rounding import in_cents
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.settings import Arrangements, settings_of
from mailbot.duties.sales.tables import EntryKind, SalesEntry
from mailbot.records import migrate
from mailbot.records.decision import Send
from mailbot.records.known import DeskCard
from mailbot.records.names import name_key
from mailbot.records.recall import known_by_the_clock
from mailbot.records.rows import table_of
from mailbot.records.session import Database
from mailbot.records.tables import Address, Client, Person, Role
from tests.servers import missing_for, running_postgresql

_REPS, _CLIENTS, _DAYS, _CHUNK = 40, 400, 3 * 364, 20_000
_LAST_DAY = date(2025, 11, 2)
_WEEK = Span.of(SpanKind.WEEK, _LAST_DAY)
_MONDAY = datetime(2025, 11, 3, 8, 0, tzinfo=ZONE)
_RATES = {"EUR": {"always": "1.10"}, "CHF": {"always": "1.125"}}


def measure(lines: int, url: str | None) -> None:
    """Writes the ledger into the database that is named; else into SQLite, and into PostgreSQL where it is installed.
    Each time the report is made by a process of its own, which tells what it took."""
    if url is not None:
        _measure_on(url, lines)
        return
    with TemporaryDirectory() as folder:
        _measure_on(f"sqlite:///{Path(folder)}/ledger.sqlite", lines)
    if (missing := missing_for("postgresql")) is not None:
        print(f"not on PostgreSQL: {missing}")
        return
    with running_postgresql() as server:
        _measure_on(server.new_database(), lines)


def _measure_on(url: str, lines: int) -> None:
    database = Database(url)
    migrate.upgrade(database)
    started = time.perf_counter()
    with database.writing() as session:
        _settle(session)
        for chunk in _chunks(lines):
            session.execute(insert(table_of(SalesEntry)), chunk)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))  # which the server does by itself, a minute later
    kind = database.engine.dialect.name
    database.close()
    print(f"{kind}: {lines:,} lines written in {time.perf_counter() - started:.1f} s", flush=True)
    subprocess.run([sys.executable, "-m", "benchmarks.figures", url], check=True)


def _settle(session: Session) -> None:
    for number in range(1, _REPS + 1):
        session.add(Person(id=number, name=f"Rep {number:02}", role=Role.REP, language="en", locale="en_US"))
    session.add(Person(id=_REPS + 1, name="The Manager", role=Role.MANAGER, language="en", locale="en_US"))
    session.flush()
    for number in range(1, _REPS + 2):
        address = f"person{number}@harbourpine.example"
        session.add(Address(key=address, written=address, person_id=number))
    for number in range(1, _CLIENTS + 1):
        name = f"Client {number:03}"
        session.add(Client(id=number, name=name, name_key=name_key(name), owner_id=1 + number % _REPS))
    session.flush()


def _chunks(lines: int) -> Iterator[list[dict[str, object]]]:
    """Lines of three years; one in fifty corrects the line before it, and no day has the same rates of all three."""
    chance = random.Random(11)  # noqa: S311 - the same in every run
    chunk: list[dict[str, object]] = []
    for number in range(1, lines + 1):
        day = _LAST_DAY - timedelta(days=chance.randrange(_DAYS))
        client = chance.randrange(1, _CLIENTS + 1)
        corrects = number % 50 == 0
        chunk.append(
            {
                "id": number,
                "kind": EntryKind.CORRECTED if corrects else EntryKind.BOOKED,
                "client_id": client,
                "rep_id": 1 + client % _REPS,
                "amount": Decimal(chance.randrange(-10_000, 2_000_000)) / 100,
                "currency": chance.choice(("USD", "USD", "EUR", "CHF")),
                "period_start": day,
                "period_end": day,
                "counts_on": day,
                "product": "",
                "words": "a line",
                "place": "body",
                "line": 1,
                "said_on": day,
                "supersedes_id": number - 1 if corrects else None,
            }
        )
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def report(url: str) -> None:
    """Makes the weekly report, whole letters with chart and workbook, and compares its total with a sum made line by
    line."""
    database = Database(url)
    config = settings(MailboxSettings(host="localhost", user="x"), SmtpSettings(host="localhost"), url)
    rates = SalesSettings.model_validate({"rates": _RATES})
    desk = replace(app.desk_card(config), settings={NAME: Arrangements(rates)}, levels={NAME: Level.ACT})
    orders = app.standing_orders(config)
    now = _MONDAY.astimezone(UTC)
    with database.reading() as session:
        known = known_by_the_clock(session, desk, b"a secret of a benchmark", 1)
        clock = _Clock()
        found = figures(session, desk, _WEEK, TEAM, _LAST_DAY)
        clock.passes("the figures of the week alone")
        ripe = load(session, known, now)
        clock.passes(f"all that {len(ripe)} reports say, with the lines behind them")
        planned = due(ripe, known, now)
        clock.passes("charts drawn, workbooks written")
        letters = [
            action.letter
            for each in planned
            for action in decide_due(each, NAME, "benchmark", known, orders, now).actions
            if isinstance(action, Send) and action.letter is not None
        ]
        clock.passes(f"{len(letters)} letters composed, {sum(len(each.content) for each in letters) / 1e6:.1f} MB")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        total = _line_by_line(session, desk)
    print(f"  the report from the ledger to its letters: {clock.since_the_first:.2f} s; memory {memory} MB")
    print(f"  total {found.total.actual:,}, line by line {total:,}")
    if not letters:
        raise SystemExit("no report was due")
    if found.total.actual != total or sum(row.actual for row in found.rows) != total:
        raise SystemExit("the sums differ")
    database.close()


class _Clock:
    """Says how long each step took; all that come after the first are the report itself."""

    def __init__(self) -> None:
        self.since_the_first = -1.0
        self._last, self._last_cpu = time.perf_counter(), time.process_time()

    def passes(self, step: str) -> None:
        now, cpu = time.perf_counter(), time.process_time()
        took, worked = now - self._last, cpu - self._last_cpu
        self._last, self._last_cpu = now, cpu
        self.since_the_first = 0.0 if self.since_the_first < 0 else self.since_the_first + took
        print(f"  {step}: {took:.2f} s, {worked:.2f} s of them this process on a core")


def _line_by_line(session: Session, desk: DeskCard) -> Decimal:
    """Every entry of the week that nothing supersedes, converted and added up one by one."""
    superseded = set(session.scalars(select(SalesEntry.supersedes_id).where(SalesEntry.supersedes_id.is_not(None))))
    worth = {currency: Decimal(str(each["always"])) for currency, each in settings_of(desk).rates.items()} | {
        "USD": Decimal(1)
    }
    entries = session.execute(
        select(SalesEntry.id, SalesEntry.amount, SalesEntry.currency).where(
            SalesEntry.counts_on.between(_WEEK.first, _WEEK.last)
        )
    )
    kept = (amount * worth[currency] for number, amount, currency in entries if number not in superseded)
    return in_cents(sum(kept, Decimal(0)))


if __name__ == "__main__":
    report(sys.argv[1])
