"""S14: fourteen letters to one provider come back within the hour, because we are not authenticated. No address is
marked; the domain is paused; IT hears of it once and says RESUME."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mailbot.cli.demo.told import Told
from mailbot.duties.bounces.tables import Bounce
from mailbot.records.tables import Address, Client, Contact, LetterRow, LetterState, Pause
from tests.situations.conftest import Opener
from tests.situations.desk import MAILS, PlayedDesk

VIKTOR, MARA = "viktor@harbourpine.example", "mara@harbourpine.example"
FIRST_SENT = datetime(2025, 11, 6, 15, 5, tzinfo=UTC)
FIRST_BACK = datetime(2025, 11, 6, 15, 12, 31, tzinfo=UTC)
PEOPLE = tuple(f"j.kim{number}@gmail.example" for number in range(14))
A_MINUTE = timedelta(minutes=1)


def fourteen_contacts(desk: PlayedDesk) -> None:
    """Tom's client Globex Tools has fourteen people with a mailbox at the same provider."""
    with desk.database.writing() as session:
        client = session.scalars(select(Client).where(Client.code == "C12")).one()
        for number, address in enumerate(PEOPLE):
            contact = Contact(client_id=client.id, name=f"J. Kim {number}", rank=10 + number)
            session.add(contact)
            session.flush()
            session.add(Address(key=address, written=address, contact_id=contact.id))


def letters_to_all(desk: PlayedDesk) -> list[LetterRow]:
    """Each of them has written, and was answered."""
    asked = (MAILS / "issue-in-1.eml").read_text(encoding="utf-8")
    for number, address in enumerate(PEOPLE):
        mail = asked.replace("karen.holt@southstar.example", address).replace("Karen Holt", f"J. Kim {number}")
        mail = mail.replace("kh-1@southstar", f"kim-{number}@gmail").replace("=southstar.", "=gmail.")
        desk.receives(mail.encode(), at=FIRST_SENT + number * timedelta(seconds=10))
    letters = [letter for letter in desk.all_of(LetterRow) if letter.recipient_key in PEOPLE]
    assert [letter.state for letter in letters] == [LetterState.SENT] * 14
    return letters


def report(letter: LetterRow, number: int) -> bytes:
    """The report of the situation, about a real letter."""
    words = (MAILS / "S14-in-1.eml").read_text(encoding="utf-8")
    words = words.replace("desk+r-0302-aa01@harbourpine.example", letter.envelope_sender)
    words = words.replace("<rem-0302@desk.harbourpine.example>", letter.message_id)
    words = words.replace("j.kim@gmail.example", letter.recipient).replace("dsn-0302@", f"dsn-{number}@")
    return words.encode()


@dataclass(frozen=True)
class Refused:
    """All fourteen have come back."""

    desk: PlayedDesk
    letters: list[LetterRow]
    told: list[Told]


@pytest.fixture(scope="module")
def refused(open_desk: Opener) -> Refused:
    """Only looked at: no test brings this desk another mail."""
    return fourteen_come_back(open_desk())


def fourteen_come_back(desk: PlayedDesk) -> Refused:
    fourteen_contacts(desk)
    letters = letters_to_all(desk)
    desk.has_planned("Your free banner", PEOPLE[0], FIRST_BACK + timedelta(hours=1))
    told = [
        desk.receives(report(letter, number), at=FIRST_BACK + number * A_MINUTE)
        for number, letter in enumerate(letters)
    ]
    return Refused(desk, letters, told)


def test_no_address_is_marked_and_every_refusal_is_kept(refused: Refused) -> None:
    assert refused.desk.addresses_that_are_not_ok() == {}
    assert {told.story.kind for told in refused.told} == {"policy"}
    assert [(each.status_code, each.is_dead) for each in refused.desk.all_of(Bounce)] == [("5.7.26", False)] * 14


def test_the_domain_is_paused_and_viktor_hears_of_it_once(refused: Refused) -> None:
    desk = refused.desk
    assert [(pause.scope, pause.until) for pause in desk.all_of(Pause)] == [("gmail.example", None)]
    (letter,) = desk.letters_to(VIKTOR)
    assert "gmail.example refuses our mail: this is us, not the clients" in letter.subject
    for words in (
        "letters to gmail.example since 6 Nov 10:05",
        "the sender is unauthenticated",
        "[203.0.113.7] = did not pass",
        "Reply RESUME",
    ):
        assert words in " ".join(letter.text.split())
    assert [each.recipient for told in refused.told for each in told.letters] == [VIKTOR, MARA]


def test_mara_is_told_that_viktor_is_asked_and_that_she_need_do_nothing(refused: Refused) -> None:
    (letter,) = (each for each in refused.desk.letters_to(MARA) if "gmail.example" in each.subject)
    words = " ".join(letter.text.split())
    assert "No address was marked bad" in words
    assert "Viktor Sand has been asked to mend it and to reply RESUME. You need not do anything." in words


def test_what_is_planned_waits_until_resume_and_then_all_goes_out(desk: PlayedDesk) -> None:
    refused = fourteen_come_back(desk)
    desk.waits(timedelta(hours=3))
    (planned,) = (letter for letter in desk.all_of(LetterRow) if letter.duty == "reminders")
    assert planned.state is LetterState.WAITING

    told = desk.is_answered(desk.letters_to(VIKTOR)[0], "RESUME", by=f"Viktor Sand <{VIKTOR}>")

    assert told.story.rule == "bounces.domain-works-again"
    assert "14 refused letters are sent once more" in " ".join(desk.letters_to(VIKTOR)[-1].text.split())
    refs = {letter.ref for letter in refused.letters}
    again = [letter for letter in desk.all_of(LetterRow) if letter.ref in refs or letter.id == planned.id]
    assert {(letter.state, letter.tries) for letter in again if letter.ref in refs} == {(LetterState.SENT, 2)}
    assert [letter.state for letter in again if letter.ref not in refs] == [LetterState.SENT]
    assert desk.addresses_that_are_not_ok() == {}
