"""Reminders answered by somebody else: another contact of the client, another client, a stranger, a colleague; and a
STOP that somebody else has said. Nothing moves, and whatever a person should read is on a person's list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.duties.issues.tables import Issue, IssueMessage
from mailbot.duties.reminders.tables import BenefitAnswer, ClientWord
from mailbot.post.sandbox import OUTSIDE
from mailbot.records.contracts.tables import Contract, Deliverable, Use
from mailbot.records.tables import Address, Contact, LetterStop
from tests.situations.desk import DESK, PlayedDesk, played_desk
from tests.situations.reminding import DANA, ELLEN, GIL, MARA, ROSA, comes, nine

BO = "bo@northstar.example"
BOS_NAME = "Bo =1+1 [x](https://evil.example)\r\nBcc: all@evil.example\r\nATTENDEE:mailto:all@evil.example"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlayedDesk]:
    """Ellen is reminded; Bo is another contact of her company, with a name that is more than a name."""
    folder: Path = tmp_path_factory.mktemp("desk")
    with played_desk(folder, f"sqlite:///{folder}/desk.sqlite", reminds=True) as opened:
        comes(opened, nine(3))
        with opened.database.writing() as session:
            ellen = session.scalars(select(Contact).where(Contact.name == "Ellen Marsh")).one()
            bo = Contact(client_id=ellen.client_id, name=BOS_NAME, rank=2)
            session.add(bo)
            session.flush()
            session.add(Address(key=BO, written=BO, contact_id=bo.id))
        yield opened


def reminder(desk: PlayedDesk) -> Received:
    return next(each for each in desk.letters_to(ELLEN) if "free banner" in each.subject)


@pytest.mark.parametrize(
    ("by", "words", "to"),
    [
        (f"Bo <{BO}>", "yes, we love it!", {MARA}),
        (f"Bo <{BO}>", "NO", {MARA}),
        (f"Gil Fox <{GIL}>", "YES", {MARA}),
        (f"Dana Reyes <{DANA}>", "YES", {MARA, DANA}),
        ("A Stranger <a@elsewhere.example>", "YES", set()),
    ],
)
def test_whoever_was_not_asked_moves_nothing_and_a_person_reads_it(
    desk: PlayedDesk, by: str, words: str, to: set[str]
) -> None:
    told = desk.is_answered(reminder(desk), words, by=by)

    assert {letter.recipient for letter in told.letters} == to
    assert set(told.records) <= {"tasks"}
    assert desk.all_of(BenefitAnswer) == []
    assert desk.all_of(ClientWord) == []
    assert {each.use for each in desk.all_of(Deliverable) if each.is_benefit} == {Use.UNUSED}


def test_a_stop_in_a_mail_that_is_forwarded_stops_nobody(desk: PlayedDesk) -> None:
    at = desk.clock.now() + timedelta(minutes=5)
    forwarded = f"FYI\n\n---------- Forwarded message ---------\nFrom: Rosa Diaz <{ROSA}>\nSubject: x\n\nSTOP"
    desk.receives(mails.written(forwarded, "Fwd: reminder", f"Ellen Marsh <{ELLEN}>", DESK, at), at=at)

    assert desk.addresses_that_are_not_ok() == {}
    assert desk.all_of(LetterStop) == []


def test_the_number_of_another_clients_issue_opens_an_own_one(desk: PlayedDesk) -> None:
    at = desk.clock.now() + timedelta(minutes=5)
    desk.receives(mails.written("The link of our ad is broken.", "ad", f"Gil Fox <{GIL}>", DESK, at), at=at)
    (gils,) = desk.all_of(Issue)
    at += timedelta(minutes=5)
    words = f"About {gils.ref}: our phone number in the ad is wrong."
    desk.receives(mails.written(words, "our ad", f"Rosa Diaz <{ROSA}>", DESK, at), at=at)

    assert [each.issue_id for each in desk.all_of(IssueMessage)] == [each.id for each in desk.all_of(Issue)]
    assert len({each.client_id for each in desk.all_of(Issue)}) == 2
    assert "phone number" not in desk.letters_to("tom@harbourpine.example")[-1].text


def test_a_name_and_a_wish_stay_words_in_headers_letters_and_invitations(desk: PlayedDesk) -> None:
    with desk.database.writing() as session:
        bo = session.scalars(select(Contact).where(Contact.name == BOS_NAME)).one()
        session.execute(update(Contract).where(Contract.ref == "K-2207").values(contact_id=bo.id))
    for day in range(4, 8):
        comes(desk, nine(day))
    asked = next(each for each in desk.letters_to(OUTSIDE) if "How is it going" in each.subject)
    wish = "9. Can we talk Thu or Fri after 2? BEGIN:VEVENT ATTENDEE:mailto:all@evil.example [y](https://evil.example)"
    desk.is_answered(asked, wish, by=f"Bo <{BO}>")
    desk.is_answered(desk.letters_to(DANA)[-1], "1", by=f"Dana Reyes <{DANA}>")

    raw = [*desk.box.messages(account=DANA)[-2:], *desk.box.messages(account=OUTSIDE)[-2:]]
    parts = [part for each in raw for part in message_from_bytes(each).walk()]
    assert [message_from_bytes(each)["Bcc"] for each in raw] == [None] * 4
    pages = [part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html"]
    assert len(pages) == 4
    assert not any(b'href="https://evil.example' in page for page in pages if isinstance(page, bytes))
    files = [part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/calendar"]
    calendars = [file for file in files if isinstance(file, bytes)]
    assert len(calendars) == 2
    for calendar in calendars:
        (event,) = Calendar.from_ical(calendar).walk("VEVENT")
        assert str(event["ATTENDEE"]) == f"mailto:{BO}", "somebody else was invited"
