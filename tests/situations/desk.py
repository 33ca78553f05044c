"""A played company: mails come in by SMTP, letters are read back from the mailboxes of those they went to.

Between the two stands the whole real service, with the company of the demo imported from its tables, on the sandbox
mail server and one clock that is set. A situation reads like its story:

    desk.receives("S01-in-1.eml")
    (letter,) = desk.letters_to("dana@harbourpine.example")
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import SecretStr
from sqlalchemy import func, select, update

from mailbot import app
from mailbot.app import Service
from mailbot.cli.demo import company, mails
from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.told import Told, last_decision, told_since
from mailbot.clock import SetClock
from mailbot.config import SHIPPED, Config, Level, WebSettings
from mailbot.deciding.orders import StandingOrders
from mailbot.duties import departments, reminders, renewals, sales
from mailbot.duties.duty import Duty
from mailbot.letters.model import LetterKind
from mailbot.message import read
from mailbot.post.ports import Accepted, Envelope, Web
from mailbot.post.sandbox import OUTSIDE, Sandbox
from mailbot.post.smtp import SmtpOutgoing
from mailbot.post.web.looking import WebLooker
from mailbot.post.web.wire import Endpoint, NoSuchHostError
from mailbot.records import migrate
from mailbot.records.base import Kept
from mailbot.records.session import Database
from mailbot.records.tables import Address, Change, DecisionRow, LetterRow, LetterState
from mailbot.service.office import Office
from tests.webserver import WebServer

MAILS = Path(__file__).parent / "mails"
COMPANY = SHIPPED / "demo"
DESK = company.DESK
MORNING_BEFORE = datetime(2025, 10, 31, 12, 0, tzinfo=UTC)
Row = TypeVar("Row", bound=Kept)


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is in the records: to say that nothing more came of something."""

    decisions: int
    changes: int
    letters: int


@dataclass
class PlayedDesk:
    """The desk of Harbour & Pine Media, at work."""

    box: Sandbox
    service: Service
    clock: SetClock
    accounts: tuple[str, ...]

    # --- what happens ---

    def receives(self, mail: str | bytes, *, at: datetime | None = None, to: str = "") -> Told:
        """One mail (a file of mails/, or its bytes) comes in and is settled, at its own Date or at `at`.

        Gives what was decided of it; that is exactly one decision, for every mail there is.
        """
        decided = [told for told in self.receives_with_consequences(mail, at=at, to=to) if told.mail is not None]
        assert len(decided) == 1, [told.story.kind for told in decided]
        return decided[0]

    def receives_with_consequences(
        self, mail: str | bytes, *, at: datetime | None = None, to: str = ""
    ) -> tuple[Told, ...]:
        """The same, with what else was decided after it came. What had fallen due until then is done first."""
        raw = mail if isinstance(mail, bytes) else (MAILS / mail).read_bytes()
        written = read(raw)
        moment = at or written.date
        assert moment is not None, "a mail without a Date needs `at`"
        self.clock.set(moment)
        self.service.step()
        before = last_decision(self.database)
        sender = written.sender.address if written.sender and written.report is None else ""
        recipient = to or (written.to[0].address if written.to else DESK)
        outgoing = SmtpOutgoing(self.box.smtp(), SecretStr(""))
        assert isinstance(outgoing.send(Envelope(sender, recipient, raw, "")), Accepted)
        outgoing.close()
        self.service.step()
        return told_since(self.database, before)

    def is_answered(self, letter: Received, words: str, *, by: str, after: timedelta = timedelta(minutes=5)) -> Told:
        """`by` replies to a letter, as a mail program does: the words above, the letter quoted below."""
        at = self.clock.now() + after
        return self.receives(mails.answer(letter, words, by, at), at=at)

    def waits(self, time: timedelta) -> tuple[Told, ...]:
        """Time passes; what fell due is done. Gives what was decided."""
        before = last_decision(self.database)
        self.clock.advance(time)
        self.service.step()
        return told_since(self.database, before)

    # --- what came of it, as others see it ---

    def letters_to(self, address: str) -> tuple[Received, ...]:
        """The letters in somebody's mailbox, the oldest first."""
        return tuple(Received.parse(raw) for raw in self.box.messages(account=address))

    def letters(self) -> dict[str, int]:
        """How many letters lie in each mailbox outside the desk; mailboxes without any are left out."""
        counted = {account: len(self.box.messages(account=account)) for account in (*self.accounts, OUTSIDE)}
        return {account: count for account, count in counted.items() if count}

    def folder(self, name: str) -> int:
        """How many mails lie in INBOX, or in one of the desk's own folders."""
        return len(self.box.messages(name if name == "INBOX" else f"Desk/{name}"))

    # --- what came of it, in the records ---

    @property
    def database(self) -> Database:
        """Where the records are."""
        return self.service.office.database

    def count(self) -> Count:
        """How much there is in the records."""
        with self.database.reading() as session:
            return Count(
                *(session.scalar(select(func.count(each.id))) or 0 for each in (DecisionRow, Change, LetterRow))
            )

    def all_of(self, table: type[Row]) -> list[Row]:
        """The rows of a table that were not taken back."""
        with self.database.reading() as session:
            return list(session.scalars(select(table).where(table.undone_by.is_(None)).order_by(table.id)))

    def decision(self, ref: str) -> DecisionRow:
        """A decision as it is kept."""
        with self.database.reading() as session:
            return session.scalars(select(DecisionRow).where(DecisionRow.ref == ref)).one()

    def addresses_that_are_not_ok(self) -> dict[str, str]:
        """Every address that is marked, and how."""
        return {each.written: each.status.value for each in self.all_of(Address) if each.status.value != "ok"}

    # --- what was before ---

    def has_planned(self, subject: str, to: str, at: datetime) -> None:
        """A letter of another duty waits in the outbox for its day."""
        with self.database.writing() as session:
            number = (session.scalar(select(func.count(LetterRow.id))) or 0) + 1
            session.add(
                LetterRow(
                    ref=f"R-{number:04d}",
                    duty="reminders",
                    purpose="reminder",
                    object=f"{to} {number}",
                    recipient=to,
                    recipient_key=to,
                    envelope_sender=f"desk+r-{number:04d}@harbourpine.example",
                    message_id=f"<r-{number:04d}@harbourpine.example>",
                    subject=subject,
                    text=subject,
                    content=f"To: {to}\r\nSubject: {subject}\r\n\r\n{subject}\r\n".encode(),
                    kind=LetterKind.REMINDER,
                    created_at=MORNING_BEFORE,
                    try_after=at,
                    state=LetterState.WAITING,
                )
            )

    def has_worked(self, address: str, last: datetime) -> None:
        """A letter to this address arrived, the last time at that moment."""
        with self.database.writing() as session:
            session.execute(update(Address).where(Address.key == address).values(last_ok=last))


@contextmanager
def played_desk(
    folder: Path,
    database: str,
    letters_per_hour: int = 300,
    *,
    weeks_of_sales: bool = False,
    renewals_of_contracts: bool = False,
    reminds: bool = False,
    mornings_of_departments: bool = False,
    web: WebServer | Web | None = None,
    levels: Mapping[str, Level] = MappingProxyType({}),
) -> Iterator[PlayedDesk]:
    """Opens a desk over an empty database; nothing has happened yet, and it is the morning of Friday 31 October.

    What sales, renewals, reminders and departments do by the clock is played with `weeks_of_sales`,
    `renewals_of_contracts`, `reminds` and `mornings_of_departments` alone: their letters would stand among those that
    the situations of single mails count. On the `web` are the pages that a situation names; without one, there is none.
    Duties act, but those that `levels` names.
    """
    accounts = tuple(dict.fromkeys(company.addresses_in(COMPANY)))
    clock = SetClock(MORNING_BEFORE)
    box = Sandbox(desk=DESK, aliases=(company.ALIAS,), accounts=accounts, authserv_id=company.AUTHSERV_ID, clock=clock)
    with box:
        config = _settings(folder, box, database, letters_per_hour)
        config = config.model_copy(update={"levels": {**config.levels, **levels}})
        played = {
            sales.DUTY.name: weeks_of_sales,
            renewals.DUTY.name: renewals_of_contracts,
            reminders.DUTY.name: reminds,
            departments.DUTY.name: mornings_of_departments,
        }
        office = _office(config, clock, tuple(_as_played(duty, played) for duty in app.DUTIES))
        company.import_company(office, COMPANY)
        service = app.service(config, office, web=_looker(web))
        try:
            service.step()
            yield PlayedDesk(box, service, clock, accounts)
        finally:
            service.close()


def _as_played(duty: Duty, played: Mapping[str, bool]) -> Duty:
    """The duty, without its jobs by the clock where they are not played; what follows from a look is always done."""
    if played.get(duty.name, True):
        return duty
    return replace(duty, upkeep=tuple(job for job in duty.upkeep if duty is departments.DUTY and job.at is None))


def _looker(server: WebServer | Web | None) -> Web:
    """The real looks, at pages of this machine alone."""
    if server is None:
        return WebLooker(WebSettings(), _no_address)
    if not isinstance(server, WebServer):
        return server
    return WebLooker(WebSettings.model_validate({"allow": [f"127.0.0.1:{server.port}"]}), server.resolve)


def _no_address(host: str, _port: int) -> list[Endpoint]:
    raise NoSuchHostError(f"{host}: Name or service not known")


def _office(config: Config, clock: SetClock, duties: tuple[Duty, ...]) -> Office:
    """The office that the program itself would open. Its rules and letters are read once for all tests."""
    database = Database(config.database)
    migrate.upgrade(database)
    return Office(
        database=database,
        orders=_standing_orders(),
        duties=duties,
        desk=app.desk_card(config),
        secret=config.secret.get_secret_value().encode(),
        clock=clock,
        worker="situations",
    )


@cache
def _standing_orders() -> StandingOrders:
    return app.standing_orders()


def _settings(folder: Path, box: Sandbox, database: str, letters_per_hour: int) -> Config:
    settings = company.write_settings(folder, box)
    brakes = settings.brakes.model_copy(update={"letters_per_hour": letters_per_hour})
    limits = settings.limits.model_copy(update={"workers": 1})
    return settings.model_copy(update={"database": database, "brakes": brakes, "limits": limits})


# --- comparing letters with those of the situations ---

_NUMBER = re.compile(r"\b(?P<series>[A-Z])-\d{4}(?P<place>\.\d+)?(?:-[0-9a-z]{4,10})?\b", re.IGNORECASE)


def promised_letter(name: str) -> Received:
    """A letter as the situations have it: a file of mails/."""
    return Received.parse((MAILS / name).read_bytes())


def said(letter: Received) -> tuple[str, str, str, list[str]]:
    """What a letter says: sender, recipient, subject, lines. Reference numbers and runs of spaces do not count."""
    lines = [" ".join(line.split()) for line in letter.text.splitlines()]
    return (letter.sender, letter.recipient, _numberless(letter.subject), [_numberless(each) for each in lines if each])


def _numberless(words: str) -> str:
    return _NUMBER.sub(lambda found: f"{found['series'].upper()}-0000{found['place'] or ''}", words)
