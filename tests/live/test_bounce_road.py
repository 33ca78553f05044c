"""The whole road with real servers: what Postfix cannot deliver comes back through LMTP into Dovecot, and cleans the
records. Everything is encrypted, with certificates that are verified."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_string
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from imapclient import IMAPClient
from pydantic import SecretStr
from sqlalchemy import select

from mailbot import app
from mailbot.config import Config, DeskSettings, Level, MailboxSettings, Security, SmtpSettings, TrustSettings
from mailbot.duties.bounces.reports.failure import Outcome, Reason
from mailbot.duties.bounces.tables import Bounce
from mailbot.records.name_index.changes import name_written
from mailbot.records.names import name_key
from mailbot.records.session import Database
from mailbot.records.tables import (
    Address,
    AddressStatus,
    Arrival,
    ArrivalState,
    Client,
    Contact,
    LetterRow,
    LetterState,
    Pause,
    Person,
    QuestionRow,
    Role,
)
from tests.schemas import migrated_file
from tests.servers import PASSWORD, Dovecot, Postfix

pytestmark = [pytest.mark.dovecot, pytest.mark.postfix]

DOMAIN = "harbourpine.example"
PATIENCE = 60.0


@pytest.fixture
def company(dovecot: Dovecot, postfix: Postfix, tmp_path: Path) -> Iterator[Company]:
    company = Company(dovecot, postfix, tmp_path)
    yield company
    company.service.close()


class Company:
    """A desk between a real Dovecot and a real Postfix, its rep Tom and one client of his."""

    def __init__(self, dovecot: Dovecot, postfix: Postfix, folder: Path) -> None:
        self.dovecot = dovecot
        self.desk, self.tom, self.viktor = dovecot.new_user(), dovecot.new_user(), dovecot.new_user()
        self.smtp_port = postfix.smtp_port
        config = self._config(postfix, folder)
        self.database = Database(config.database)
        office = app.office(config, self.database)
        with self.database.writing() as session:
            self._found(session)
        self.service = app.service(config, office)

    def _config(self, postfix: Postfix, folder: Path) -> Config:
        secured = {"host": "localhost", "ca_file": self.dovecot.certificates.authority}
        return Config(
            desk=DeskSettings(
                company="Harbour & Pine Media",
                address=self.desk,
                domains=(DOMAIN,),
                timezone=ZoneInfo("America/New_York"),
            ),
            mailbox={
                "desk": MailboxSettings(
                    **secured,
                    port=self.dovecot.imaps_port,
                    security=Security.TLS,
                    user=self.desk,
                    password=SecretStr(PASSWORD),
                    start="all",
                )
            },
            smtp=SmtpSettings(**secured, port=postfix.smtp_port, security=Security.STARTTLS),
            trust=TrustSettings(authserv_id=f"mx.{DOMAIN}"),
            database=migrated_file(folder / "desk.sqlite"),
            secret=SecretStr("a secret of the tests"),
            levels={"bounces": Level.ACT, "issues": Level.ACT, "desk": Level.ACT},
        )

    def _found(self, session) -> None:
        tom, viktor = Person(name="Tom Okafor", role=Role.REP), Person(name="Viktor Sand", role=Role.ADMIN)
        client = Client(name="South Star Logistics", name_key=name_key("South Star Logistics"))
        session.add_all([tom, viktor, client])
        session.flush()
        client.owner_id = tom.id
        name_written(session, client.id)
        for person, address in ((tom, self.tom), (viktor, self.viktor)):
            session.add(Address(key=address, written=address, person_id=person.id))

    def has_contact(self, name: str, address: str) -> None:
        with self.database.writing() as session:
            client = session.scalars(select(Client)).one()
            contact = Contact(client_id=client.id, name=name)
            session.add(contact)
            session.flush()
            session.add(Address(key=address, written=address, contact_id=contact.id))

    def receives_a_problem_from(self, name: str, address: str) -> None:
        """A mail as the receiving server leaves it in the inbox: with its verdict on the sender on top."""
        domain = address.partition("@")[2]
        mail = (
            f"Authentication-Results: mx.{DOMAIN}; dmarc=pass header.from={domain}\r\n"
            f"From: {name} <{address}>\r\nTo: {self.desk}\r\nSubject: our banner\r\n"
            f"Date: {datetime.now(UTC):%a, %d %b %Y %H:%M:%S +0000}\r\nMessage-ID: <{time.time_ns()}@{domain}>\r\n\r\n"
            "Hello, the link of our banner is broken, please fix it.\r\n"
        )
        with self.imap(self.desk) as client:
            client.append("INBOX", mail.encode())

    def answers(self, letter: str, person: str, words: str) -> None:
        """The person replies to a letter of the desk."""
        asked = message_from_string(letter)
        mail = (
            f"Authentication-Results: mx.{DOMAIN}; dmarc=pass header.from={DOMAIN}\r\n"
            f"From: {person}\r\nTo: {asked['Reply-To']}\r\nSubject: Re: {asked['Subject']}\r\n"
            f"Date: {datetime.now(UTC):%a, %d %b %Y %H:%M:%S +0000}\r\nMessage-ID: <{time.time_ns()}@{DOMAIN}>\r\n"
            f"In-Reply-To: {asked['Message-ID']}\r\n\r\n{words}\r\n"
        )
        with self.imap(self.desk) as client:
            client.append("INBOX", mail.encode())

    def bounces(self) -> list[Bounce]:
        with self.database.reading() as session:
            found = list(session.scalars(select(Bounce).order_by(Bounce.id)))
            session.expunge_all()
            return found

    def paused(self) -> list[str]:
        with self.database.reading() as session:
            return list(session.scalars(select(Pause.scope).where(Pause.until.is_(None))))

    def letter_to(self, address: str) -> LetterRow:
        with self.database.reading() as session:
            found = session.scalars(select(LetterRow).where(LetterRow.recipient_key == address)).first()
            if found is None:
                return LetterRow(state=LetterState.WAITING)
            session.expunge(found)
            return found

    def has_decided(self, subject: str) -> bool:
        with self.database.reading() as session:
            decided = session.scalars(select(Arrival.subject).where(Arrival.state == ArrivalState.DECIDED)).all()
            return any(subject in (each or "") for each in decided)

    def address(self, written: str) -> Address:
        with self.database.reading() as session:
            found = session.scalars(select(Address).where(Address.key == written)).one()
            session.expunge(found)
            return found

    def works_until(self, done: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < until, f"{what}: not within {PATIENCE:.0f} s; {self.story()}"
            if not self.service.step():
                time.sleep(0.1)

    def story(self) -> str:
        with self.database.reading() as session:
            letters = session.scalars(select(LetterRow)).all()
            arrivals = session.scalars(select(Arrival)).all()
            return "; ".join(
                [f"{letter.ref} {letter.recipient} {letter.state}: {letter.reply}" for letter in letters]
                + [
                    f"{arrival.subject!r} {arrival.state} {arrival.folder_wanted} {arrival.trouble}"
                    for arrival in arrivals
                ]
            )

    @contextmanager
    def imap(self, user: str) -> Iterator[IMAPClient]:
        with IMAPClient("127.0.0.1", self.dovecot.imap_port, ssl=False, timeout=10) as client:
            client.login(user, PASSWORD)
            yield client

    def inbox_of(self, user: str) -> list[str]:
        with self.imap(user) as client:
            client.select_folder("INBOX", readonly=True)
            fetched = client.fetch(client.search(), ["BODY.PEEK[]"]) if client.search() else {}
            return [parts[b"BODY[]"].decode() for parts in fetched.values()]


def test_a_bounce_of_postfix_marks_the_address_and_tells_the_owner(company: Company) -> None:
    company.has_contact("Karen Holt", "karen.holt@nouser.example")
    company.has_contact("Gil Fox", "gil@gone.example")
    company.receives_a_problem_from("Karen Holt", "karen.holt@nouser.example")

    company.works_until(
        lambda: company.address("karen.holt@nouser.example").status is AddressStatus.UNDELIVERABLE,
        "the address is marked",
    )
    company.works_until(
        lambda: any(
            "karen.holt@nouser.example" in mail and "Gil Fox" in mail for mail in company.inbox_of(company.tom)
        ),
        "the owner is told",
    )

    marked = company.address("karen.holt@nouser.example")
    assert "no such mailbox" in (marked.status_because or "")
    assert company.address("gil@gone.example").status is AddressStatus.OK
    assert company.address(company.tom).status is AddressStatus.OK
    with company.database.reading() as session:
        question = session.scalars(select(QuestionRow).where(QuestionRow.duty == "bounces")).one()
        assert question.asked_key == company.tom
        assert {row.state for row in session.scalars(select(LetterRow))} == {LetterState.SENT}
        assert {row.state for row in session.scalars(select(Arrival))} == {ArrivalState.DECIDED}


def test_a_full_mailbox_is_counted_and_marks_nobody(company: Company) -> None:
    company.has_contact("Karen Holt", "karen.holt@full.example")
    company.receives_a_problem_from("Karen Holt", "karen.holt@full.example")

    company.works_until(lambda: len(company.bounces()) == 1, "the bounce is counted")

    assert [(bounce.outcome, bounce.reason, bounce.is_dead) for bounce in company.bounces()] == [
        (Outcome.FAILED, Reason.MAILBOX_FULL, False)
    ]
    assert company.address("karen.holt@full.example").status is AddressStatus.OK
    assert not any("Karen Holt" in mail and "does not arrive" in mail for mail in company.inbox_of(company.tom))


def test_refusals_for_what_we_are_pause_the_domain_tell_it_once_and_resume_sends_them_again(company: Company) -> None:
    people = {"Karen Holt": "karen.holt@policy.example", "Gil Fox": "gil@policy.example"}
    for name, address in people.items():
        company.has_contact(name, address)
        company.receives_a_problem_from(name, address)
    company.works_until(lambda: len(company.bounces()) == 2, "both bounces are counted")
    company.works_until(lambda: len(company.inbox_of(company.viktor)) == 1, "IT is told")

    assert {bounce.reason for bounce in company.bounces()} == {Reason.BLOCKED}
    assert {company.address(address).status for address in people.values()} == {AddressStatus.OK}
    assert company.paused() == ["policy.example"]
    (told,) = company.inbox_of(company.viktor)
    assert "policy.example refuses our mail" in told

    company.answers(told, company.viktor, "RESUME")
    company.works_until(lambda: len(company.bounces()) == 4, "the refused letters were sent once more, and came back")
    assert {company.address(address).status for address in people.values()} == {AddressStatus.OK}


def test_a_delay_is_kept_and_is_no_failure(company: Company) -> None:
    company.has_contact("Karen Holt", "karen.holt@slow.example")
    company.receives_a_problem_from("Karen Holt", "karen.holt@slow.example")

    company.works_until(lambda: len(company.bounces()) == 1, "the delay is kept")

    assert [(bounce.outcome, bounce.is_dead) for bounce in company.bounces()] == [(Outcome.DELAYED, False)]
    assert company.address("karen.holt@slow.example").status is AddressStatus.OK


def test_a_report_of_success_is_no_bounce(company: Company) -> None:
    company.has_contact("Gil Fox", "gil@gone.example")
    company.receives_a_problem_from("Gil Fox", "gil@gone.example")
    company.works_until(lambda: company.letter_to("gil@gone.example").state is LetterState.SENT, "the answer is sent")
    letter = company.letter_to("gil@gone.example")
    reader = company.dovecot.new_user()
    with smtplib.SMTP("localhost", company.smtp_port) as client:
        client.ehlo("test.example")
        client.mail(letter.envelope_sender, ["RET=HDRS"])
        client.rcpt(reader, ["NOTIFY=SUCCESS"])
        client.data(
            f"From: {company.desk}\r\nTo: {reader}\r\nMessage-ID: <{letter.message_id}>\r\n\r\nHello\r\n".encode()
        )

    company.works_until(lambda: company.has_decided("Successful Mail Delivery Report"), "the report is decided")

    assert company.bounces() == []
    assert company.address("gil@gone.example").status is AddressStatus.OK
