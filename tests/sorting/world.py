"""The little world that the sorting tests share: the desk, its people, a client, and mails in a few words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.letters.model import Language
from mailbot.message.model import Message
from mailbot.message.reading import read
from mailbot.records.known import (
    BrakeCard,
    ClientCard,
    ContactCard,
    DeskCard,
    Known,
    LetterCard,
    Party,
    PersonCard,
    QuestionCard,
)
from mailbot.records.tables import AddressStatus, Role

NOON = datetime(2025, 11, 4, 12, 0, tzinfo=UTC)
PASS = "Authentication-Results: mx.harbourpine.example; dmarc=pass header.from="

DESK = DeskCard(
    company="Harbour & Pine Media",
    name="Sales Desk",
    address="desk@harbourpine.example",
    own_addresses=frozenset({"desk@harbourpine.example", "sales@harbourpine.example"}),
    domains=frozenset({"harbourpine.example"}),
    authserv_id="mx.harbourpine.example",
    believe_unauthenticated=False,
    zone=ZoneInfo("Europe/Berlin"),
    language="en",
    currency="USD",
    levels={},
    answers_per_address_and_day=5,
)


def person(number: int, name: str, role: Role, language: Language = "en") -> PersonCard:
    address = f"{name.partition(' ')[0].lower()}@harbourpine.example"
    return PersonCard(number, name, address, role, language, "en_US", "USD")


DANA = person(1, "Dana Reyes", Role.REP)
JONAS = person(2, "Jonas Weber", Role.REP, "de")
PRIYA = person(3, "Priya Nair", Role.MANAGER)
MARA = person(4, "Mara Lindqvist", Role.COORDINATOR)
VIKTOR = person(5, "Viktor Sand", Role.ADMIN)
WEB = person(6, "Web Team", Role.DEPARTMENT)
STAFF = (DANA, JONAS, PRIYA, MARA, VIKTOR, WEB)

ANJA = ContactCard(1, "Anja Schmidt", "a.schmidt@muellerbau.example", 20, AddressStatus.OK, None, None)
MUELLER_BAU = ClientCard(5, "Müller Bau GmbH", JONAS, "de", None, (ANJA,))


def staff_party(who: PersonCard) -> Party:
    return Party(who.address, 100 + who.id, AddressStatus.OK, person=who)


def anja_party() -> Party:
    return Party(ANJA.address, ANJA.address_id, AddressStatus.OK, contact=ANJA, client=MUELLER_BAU)


def known(
    sender: PersonCard | Party | None = None,
    letters: tuple[LetterCard, ...] = (),
    questions: tuple[QuestionCard, ...] = (),
    asked_letters: tuple[LetterCard, ...] = (),
    desk: DeskCard = DESK,
) -> Known:
    party = staff_party(sender) if isinstance(sender, PersonCard) else sender
    return Known(
        desk=desk,
        number=412,
        key=b"key",
        sender=party,
        parties=(*map(staff_party, STAFF), anja_party()),
        letters=letters,
        questions=questions,
        copy_of=None,
        clients=(MUELLER_BAU,),
        staff=STAFF,
        brakes=BrakeCard(0, False),
        recalled={},
        asked_letters=asked_letters,
    )


def letter(
    ref: str = "Q-0117",
    to: str = "jonas@harbourpine.example",
    subject: str = "Welche Acme für 4.800,00 EUR? (eine Ziffer genügt)",
    *,
    proven: bool = False,
    sent: timedelta | None = None,
) -> LetterCard:
    """A letter of ours; `sent` is how long before noon it went out, None for one that has not."""
    return LetterCard(
        ref=ref,
        decision_ref=ref,
        duty="sales",
        purpose="which-client",
        object=ref,
        recipient_key=to,
        recipient=to,
        message_id=f"{ref.lower()}-9kq2x7m3ab@harbourpine.example",
        subject=subject,
        sent_at=None if sent is None else NOON - sent,
        client_id=None,
        proven=proven,
    )


def question(ref: str = "Q-0117", asked: str = "jonas@harbourpine.example") -> QuestionCard:
    return QuestionCard(1, ref, ref, "sales", "which-client", asked, "Which Acme?", {})


def mail(
    *fields: str, text: str = "see you on Monday at the show", sender: str = "Pat <pat@client.example>"
) -> Message:
    """A mail of a stranger to the desk; `fields` stand on top, and take the place of the usual ones of their name."""
    given = {field.partition(":")[0].lower() for field in fields}
    usual = {
        "From": sender,
        "To": "desk@harbourpine.example",
        "Subject": "Our advertisement",
        "Date": "Tue, 04 Nov 2025 12:00:00 +0000",
        "Message-ID": "<1@client.example>",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    lines = [*fields, *(f"{name}: {value}" for name, value in usual.items() if name.lower() not in given)]
    return read(("\r\n".join(lines) + "\r\n\r\n" + text + "\r\n").encode())


def from_staff(who: PersonCard, *fields: str, text: str = "acme corp 12k") -> Message:
    """A mail of one of us that our own server has proven."""
    return mail(f"{PASS}harbourpine.example", *fields, sender=f"{who.name} <{who.address}>", text=text)


def believing(desk: DeskCard = DESK) -> DeskCard:
    return replace(desk, believe_unauthenticated=True)
