"""Mails that share a transaction come to the same end as if each had been decided after the one before it."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.config import MailboxSettings
from mailbot.deciding.orders import StandingOrders
from mailbot.duties.bounces.tables import Bounce
from mailbot.duties.issues.tables import Issue
from mailbot.duties.sales.tables import SalesEntry
from mailbot.records.tables import Address, ArrivalState, Contact, DecisionRow, LetterRow, Person, Role, TaskRow
from mailbot.service.by_hand import ByHand
from tests.clerk import Rename
from tests.crash import company
from tests.schemas import migrated_file
from tests.service.bench import Bench, Benches, FakeInbox, benches

PRIYA = "priya@harbourpine.example"
ERIN = "erin@client1.example"
SECOND = "rep2@gmail.example"  # where rep 2 writes from, too
START_ALL = MailboxSettings(host="127.0.0.1", start="all")
OTHER = START_ALL.model_copy(update={"folder": "Other"})  # the folder of another desk
_OF_A_MAIL = ("decisions", "ledger")  # their rows begin with the key of the mail
_REFERENCE = re.compile(r"(?i)\b[a-z]-\d{4}(?:\.\d+)?(?:-[0-9a-z]{10})?\b")  # a mail that is decided anew takes another
Ends = dict[str, list[tuple[object, ...]]]


def rep(number: int, text: str, name: str) -> bytes:
    return company.mail(f"rep{number}@harbourpine.example", "numbers", text, f"{name}@harbourpine.example")


def second(text: str, name: str) -> bytes:
    """Rep 2, from another address that counts as his."""
    return company.mail(SECOND, "numbers", text, f"{name}@gmail.example")


def staff(sender: str, text: str, name: str) -> bytes:
    return company.mail(sender, "done", text, f"{name}@harbourpine.example")


def erin(text: str, name: str, subject: str = "Re: our banner") -> bytes:
    """The second contact of client 1."""
    return company.mail(ERIN, subject, text, f"{name}@client1.example")


def answer(mail: bytes, to: str) -> bytes:
    """The mail as an answer to a mail with this Message-ID, or to our letter for this purpose."""
    return f"In-Reply-To: <{to}>\r\n".encode() + mail


@dataclass(frozen=True, slots=True)
class Story:
    """Mails that come one by one, and those that come after them, all at once or one by one."""

    before: tuple[bytes, ...]
    together: tuple[bytes, ...]


STORIES = {
    "a sender corrects twice, and takes that back": Story(
        (company.sale(2),),
        (
            rep(2, "sorry, North Anchor Windows 150, not 102.50\n", "second"),
            rep(2, "North Anchor Windows 1,500\n", "third"),
            rep(2, "drop North Anchor Windows\n", "fourth"),
            rep(2, "UNDO N-0101\n", "fifth"),
            company.sale(2),
        ),
    ),
    "a sender answers one letter twice, and takes the first answer back": Story(
        (company.sale(2),),
        (
            answer(rep(2, "1 is 1,500\n", "second"), "sales-booked"),
            answer(rep(2, "1 is 1,700\n", "third"), "sales-booked"),
            answer(rep(2, "undo\n", "fourth"), "sales-booked"),
            answer(rep(2, "drop 1\n", "fifth"), "sales-booked"),
        ),
    ),
    "a colleague of the client goes on with the thread": Story(
        (), (company.problem(1), answer(erin("It is broken here, too.\n", "second"), "problem-1@client1.example"))
    ),
    "one contact is angry, and another one of the client has a question": Story(
        (),
        (
            company.mail(
                "contact@client1.example",
                "complaint",
                "This is outrageous and unacceptable! I am furious. I will call my lawyer and cancel the contract.\n",
                "first@client1.example",
            ),
            erin("the link of our banner is broken, please fix it.\n", "second", "our banner"),
        ),
    ),
    "the answer to the second of two mails of a contact comes from a colleague": Story(
        (),
        (
            company.problem(1),
            company.mail(
                "contact@client1.example", "our page", "The page of our banner is empty.\n", "second@client1.example"
            ),
            answer(erin("It is broken here, too.\n", "third", "Re: our page"), "second@client1.example"),
        ),
    ),
    "two colleagues say DONE": Story(
        (rep(2, "please call me about the thing\n", "first"),),
        (
            staff(company.MARA, "DONE D-0101\n", "second"),
            staff(PRIYA, "DONE D-0101\n", "third"),
            staff(PRIYA, "UNDO D-0101\n", "fourth"),
        ),
    ),
    "an issue is closed, and the client says that it is not solved": Story(
        (company.problem(1),),
        (
            answer(staff("rep1@harbourpine.example", "DONE\n", "second"), "issue-told"),
            erin("I-0101: the link is still broken, please fix it.\n", "third", "our banner I-0101"),
        ),
    ),
    "two colleagues close one issue": Story(
        (company.problem(1),),
        (
            answer(staff("rep1@harbourpine.example", "DONE\n", "second"), "issue-told"),
            answer(staff(PRIYA, "DONE\n", "third"), "issue-told"),
        ),
    ),
    "a rep sends the same line from two addresses, and goes on from both": Story(
        (company.sale(3),),
        (
            rep(2, "North Anchor Windows 1,500\n", "first"),
            second("North Anchor Windows 1,500\n", "second"),
            rep(2, "sorry, North Anchor Windows 150, not 1,500\n", "third"),
            second("sorry, North Anchor Windows 175, not 150\n", "fourth"),
        ),
    ),
    "a mail and its copy": Story((), (company.problem(1), company.sale(2), company.problem(1), company.sale(2))),
}


@pytest.fixture(params=STORIES.values(), ids=STORIES)
def story(request: pytest.FixtureRequest) -> Story:
    told: Story = request.param
    return told


@pytest.fixture
def one_by_one(story: Story, orders: StandingOrders, tmp_path: Path) -> Ends:
    """What the mails of a story come to where each has a step for itself."""
    with benches(orders, migrated_file(tmp_path / "one-by-one.sqlite")) as desks:
        return _ends(desks, story.before, [(mail,) for mail in story.together])


@pytest.mark.parametrize("batch", [1, 2, START_ALL.batch])
def test_mails_that_come_at_once_end_as_if_they_had_come_one_by_one(
    desks_on_both: Benches, story: Story, one_by_one: Ends, batch: int
) -> None:
    assert _ends(desks_on_both, story.before, [story.together], batch) == one_by_one


def test_so_does_a_mail_that_was_read_before_another_desk_decided_those_that_came_first(
    desks_on_both: Benches, story: Story, one_by_one: Ends
) -> None:
    *first, last = story.together
    assert _unordered(_overtaken_ends(desks_on_both, story.before, first, last)) == _unordered(one_by_one)


@pytest.mark.parametrize("letters_per_hour", [50, 300])
def test_strangers_of_one_batch_cause_no_more_letters_than_those_of_many(desks: Benches, letters_per_hour: int) -> None:
    inbox = FakeInbox(desks.clock)
    bench = desks.desk(inbox, letters_per_hour=letters_per_hour)
    inbox.receive(*map(_of_a_stranger, range(3)))
    bench.intake.step()
    inbox.receive(*map(_of_a_stranger, range(3, 60)))
    bench.intake.step()
    assert bench.kinds() == {"issue": 60}
    assert Counter(letter.purpose for letter in bench.letters("issue-ack", "issue-told")) == {
        "issue-ack": letters_per_hour // 10,
        "issue-told": letters_per_hour // 10,
    }


def test_strangers_whose_mails_two_desks_decide_cause_no_more_letters_than_with_one(desks_on_both: Benches) -> None:
    other_inbox = FakeInbox(desks_on_both.clock)
    other = desks_on_both.desk(other_inbox, letters_per_hour=50, mailbox=OTHER)

    def overtake(place: str, /) -> None:
        if place == "read" and not other_inbox.fetched:
            other_inbox.receive(*map(_of_a_stranger, range(3, 30)))
            other.intake.step()

    inbox = FakeInbox(desks_on_both.clock)
    bench = desks_on_both.desk(inbox, letters_per_hour=50, checkpoint=overtake)
    inbox.receive(*map(_of_a_stranger, range(3)))
    bench.intake.step()
    assert bench.kinds() == {"issue": 30}
    assert Counter(letter.purpose for letter in bench.letters("issue-ack", "issue-told")) == {
        "issue-ack": 5,
        "issue-told": 5,
    }


def test_what_a_person_orders_while_a_mail_is_read_is_known_when_it_is_decided(desks_on_both: Benches) -> None:
    ordered: list[str] = []

    def order(place: str, /) -> None:
        if place == "read" and not ordered:
            ordered.append(_renamed(desks_on_both.made[0], "North Anchor Windows", "South Anchor Windows"))

    inbox = FakeInbox(desks_on_both.clock)
    bench = desks_on_both.desk(inbox, checkpoint=order)
    inbox.receive(rep(2, "South Anchor Windows 1,500\n", "first"))
    bench.intake.step()
    assert bench.kinds() == {"rename": 1, "numbers": 1}
    assert [entry.amount for entry in bench.read(lambda session: session.scalars(select(SalesEntry)).all())] == [1500]


def test_a_mail_from_an_address_that_becomes_a_colleagues_while_it_is_read_is_listened_to_as_his(
    desks_on_both: Benches, orders: StandingOrders, tmp_path: Path
) -> None:
    with benches(orders, migrated_file(tmp_path / "his-before.sqlite")) as others:
        expected = _ends_of_a_colleagues_line(others, his_at="fetched")
    assert [purpose for _, purpose, _, _ in expected["letters"]] == ["sales-booked", "sales-yours"]
    assert _ends_of_a_colleagues_line(desks_on_both, his_at="read") == expected


def test_two_mail_systems_that_return_one_letter_in_one_group_count_once_and_neither_mail_is_put_back(
    desks_on_both: Benches, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = FakeInbox(desks_on_both.clock)
    bench = desks_on_both.desk(inbox)
    inbox.receive(_of_a_stranger(1))
    bench.step()
    (letter,) = [each for each in bench.letters() if each.purpose == "issue-ack"]
    assert letter.client_id is None  # with a client the second mail would be decided anew in any case

    inbox.receive(*(_returned(letter, by) for by in ("mx1.isp.example", "mx2.isp.example")))
    bench.intake.step()
    assert len(bench.read(lambda session: session.scalars(select(Bounce)).all())) == 1
    assert [(each.state, each.tries) for each in bench.arrivals()[-2:]] == [(ArrivalState.DECIDED, 0)] * 2
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def _returned(letter: LetterRow, by: str) -> bytes:
    """A letter that a mail system returns: its reader is unknown there."""
    return f"""\
Return-Path: <>
From: Mail Delivery Subsystem <MAILER-DAEMON@{by}>
To: {letter.envelope_sender}
Subject: Undelivered Mail Returned to Sender
Date: Tue, 4 Nov 2025 14:00:07 +0000
Message-ID: <returned-{letter.id}@{by}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; {by}

Final-Recipient: rfc822; {letter.recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--part
Content-Type: text/rfc822-headers

To: {letter.recipient}
Subject: {letter.subject}
Message-ID: <{letter.message_id}>

--part--
""".replace("\n", "\r\n").encode()


def _of_a_stranger(number: int) -> bytes:
    text = f"Hello,\n\nthe link of our banner {number} is broken, please fix it.\n"
    return company.mail(f"s{number}@new{number}.example", "our banner", text, f"{number}@new{number}.example")


def _ends_of_a_colleagues_line(desks: Benches, his_at: str) -> Ends:
    """Rep 2 names a client of a colleague, from an address that becomes his when the desk passes this place."""
    private = "fox77@gmail.example"
    joining: list[Bench] = []

    def join(place: str, /) -> None:
        if place == his_at and joining:
            with joining.pop().office.database.writing() as session:
                rep2 = session.scalars(select(Person.id).where(Person.name == "Rep 2")).one()
                session.add(Address(key=private, written=private, person_id=rep2))

    inbox = FakeInbox(desks.clock)
    bench = desks.desk(inbox, checkpoint=join)
    joining.append(bench)
    inbox.receive(company.mail(private, "numbers", "North Anchor Tools 1,500\n", "first@gmail.example"))
    bench.intake.step()
    assert not joining
    return bench.read(_told)


def _overtaken_ends(desks: Benches, before: Sequence[bytes], first: Sequence[bytes], last: bytes) -> Ends:
    """The last mail is read by one desk, and then another one decides all that came first."""
    other_inbox = FakeInbox(desks.clock)
    other = desks.desk(other_inbox, mailbox=OTHER)
    _hire(other)
    other_inbox.receive(*before)
    other.step()
    ids = {letter.purpose: letter.message_id for letter in other.letters()}
    waiting = [_addressed(mail, ids) for mail in first]

    def overtake(place: str, /) -> None:
        while place == "read" and waiting:
            other_inbox.receive(waiting.pop(0))
            other.intake.step()

    inbox = FakeInbox(desks.clock)
    bench = desks.desk(inbox, checkpoint=overtake)
    inbox.receive(_addressed(last, ids))
    bench.intake.step()
    assert not waiting
    return bench.read(_told)


def _unordered(ends: Ends) -> Ends:
    """The same without the keys of the mails, which two desks number as they come."""
    return {
        name: sorted((row[1:] if name in _OF_A_MAIL else row for row in rows), key=str) for name, rows in ends.items()
    }


def _renamed(bench: Bench, before: str, after: str) -> str:
    """A person renames a client at the command line."""
    office = bench.office
    templates = office.orders.templates
    (desk,) = (duty for duty in office.duties if duty.name == "desk")
    by_hand = ByHand(office.database, office.desk, desk, office.secret, office.clock, lambda: templates)
    return by_hand.decide("rename", f"{before} is {after}.", [Rename(before, after)])


def _ends(
    desks: Benches, before: Sequence[bytes], steps: Sequence[Sequence[bytes]], batch: int = START_ALL.batch
) -> Ends:
    inbox = FakeInbox(desks.clock)
    bench = desks.desk(inbox, mailbox=START_ALL.model_copy(update={"batch": batch}))
    _hire(bench)
    inbox.receive(*before)
    bench.step()
    ids = {letter.purpose: letter.message_id for letter in bench.letters()}
    for mails in steps:
        inbox.receive(*(_addressed(mail, ids) for mail in mails))
        bench.intake.step()
    return bench.read(_told)


def _addressed(mail: bytes, ids: Mapping[str, str]) -> bytes:
    for purpose, message_id in ids.items():
        mail = mail.replace(f"<{purpose}>".encode(), f"<{message_id}>".encode())
    return mail


def _hire(bench: Bench) -> None:
    with bench.office.database.writing() as session:
        client = session.scalars(select(Contact.client_id).join(Address).where(Address.key.contains("client1."))).one()
        rep2 = session.scalars(select(Person.id).where(Person.name == "Rep 2")).one()
        session.add(Address(key=SECOND, written=SECOND, person_id=rep2))
        priya, contact = Person(name="Priya Nair", role=Role.MANAGER), Contact(name="Erin Ott", client_id=client)
        session.add_all([priya, contact])
        session.flush()
        session.add(Address(key=PRIYA, written=PRIYA, person_id=priya.id))
        session.add(Address(key=ERIN, written=ERIN, contact_id=contact.id))


def _told(session: Session) -> Ends:
    """What the mails came to, in words that do not depend on the order of the decisions."""
    queries = {
        "decisions": select(DecisionRow.arrival_id, DecisionRow.kind, DecisionRow.folder),
        "ledger": select(SalesEntry.arrival_id, SalesEntry.kind, SalesEntry.amount, SalesEntry.undone_by.is_(None)),
        "issues": select(Issue.address, Issue.state, Issue.severity, Issue.undone_by.is_(None)),
        "letters": select(LetterRow.recipient, LetterRow.purpose, LetterRow.state, LetterRow.text),
        "tasks": select(TaskRow.kind, TaskRow.state, TaskRow.undone_by.is_(None)),
    }
    return {
        name: sorted((tuple(map(_unnumbered, row)) for row in session.execute(query)), key=str)
        for name, query in queries.items()
    }


def _unnumbered(value: object) -> object:
    return _REFERENCE.sub("REF", value) if isinstance(value, str) else value
