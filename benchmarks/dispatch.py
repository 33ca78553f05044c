"""Dispatch: letters from the outbox to Postfix, beside bare smtplib on one connection with the same letters."""

from __future__ import annotations

import smtplib
import time
from pathlib import Path

from benchmarks import company
from mailbot import app
from mailbot.clock import SetClock
from mailbot.config import MailboxSettings, Security, SmtpSettings
from mailbot.letters import Draft, Letter, Letterhead, Recipient, Templates, compose
from mailbot.records import outbox_status
from mailbot.records.session import Database
from mailbot.records.tables import LetterRow, LetterState
from tests.servers import Postfix

LOOPBACK = "127.0.0.1"


def rates(postfix: Postfix, letters: int, folder: Path) -> tuple[float, float]:
    """Letters per second that the desk hands over, and that bare smtplib does."""
    written = [_letter(number) for number in range(letters)]
    bare = letters / _bare(postfix, written)
    return letters / _dispatched(postfix, written, folder), bare


def _letter(number: int) -> Letter:
    templates = _templates()
    sample = templates.sources.samples["issues/received"][0]
    draft = Draft(
        to=Recipient(f"contact{number}@gone.example", "Karen Holt", "en"),
        template="issues/received",
        facts=sample.facts,
        purpose="benchmark",
        object=str(number),
    )
    head = Letterhead(
        company="Harbour & Pine Media",
        desk="Sales Desk",
        address="desk@harbourpine.example",
        ref=f"I-{1000 + number}",
        key=b"for benchmarks only",
        now=company.BEGINNING,
        zone=company.ZONE,
    )
    return compose(draft, 1, head, templates)


_loaded: list[Templates] = []


def _templates() -> Templates:
    if not _loaded:
        _loaded.append(app.standing_orders().templates)
    return _loaded[0]


def _bare(postfix: Postfix, letters: list[Letter]) -> float:
    started = time.perf_counter()
    with smtplib.SMTP(LOOPBACK, postfix.smtp_port, timeout=30) as client:
        for letter in letters:
            client.sendmail(letter.envelope_sender, [letter.recipient], letter.content)
    return time.perf_counter() - started


def _dispatched(postfix: Postfix, letters: list[Letter], folder: Path) -> float:
    smtp = SmtpSettings(
        host=LOOPBACK, port=postfix.smtp_port, security=Security.PLAINTEXT_LOOPBACK, letters_per_connection=len(letters)
    )
    nobox = MailboxSettings(host=LOOPBACK, port=9, security=Security.PLAINTEXT_LOOPBACK)
    config = company.settings(nobox, smtp, f"sqlite:///{folder}/outbox.sqlite")
    database = Database(config.database)
    office = app.office(config, database, SetClock(company.BEGINNING, running=True))
    with database.writing() as session:
        company.found(session)
        session.add_all(_row(letter) for letter in letters)
    service = app.service(config, office)
    try:
        started = time.perf_counter()
        taken = service.dispatch.step()
        spent = time.perf_counter() - started
        with database.reading() as session:
            states = outbox_status.count_by_state(session)
        if taken != len(letters) or states != {LetterState.SENT: len(letters)}:
            raise SystemExit(f"only {taken} of {len(letters)} letters were handed over: {states}")
        return spent
    finally:
        service.close()


def _row(letter: Letter) -> LetterRow:
    return LetterRow(
        ref=letter.ref,
        duty="issues",
        purpose=letter.purpose,
        object=letter.object,
        period=letter.period,
        recipient=letter.recipient,
        recipient_key=letter.recipient,
        envelope_sender=letter.envelope_sender,
        message_id=letter.message_id,
        subject=letter.subject,
        text=letter.text,
        content=letter.content,
        created_at=company.BEGINNING,
        try_after=company.BEGINNING,
    )
