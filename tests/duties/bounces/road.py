"""The company of the situations with the contacts whose letters bounce, and what a mail makes of their addresses."""

from __future__ import annotations

import quopri
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.config import Level
from mailbot.deciding.rulebook import RuleBook
from mailbot.duties.bounces import DUTY
from mailbot.duties.bounces.tables import Bounce
from mailbot.records.decision import Decision
from mailbot.records.known import Known
from mailbot.records.tables import Address, Client, Contact, LetterRow, LetterState, Person, Role
from tests.duties import road
from tests.duties.bounces.sample_reports import GIL, KAREN, Sent
from tests.kept import known_at

MONDAY_BEFORE = datetime(2025, 11, 3, 14, 0, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
BOUNCED_AT = datetime(2025, 11, 4, 14, 0, 7, tzinfo=UTC)
TOM = "tom@harbourpine.example"

PEOPLE = (
    ("Mara Lindqvist", "mara", Role.COORDINATOR, "en"),
    ("Viktor Sand", "viktor", Role.ADMIN, "en"),
    ("Dana Reyes", "dana", Role.REP, "en"),
    ("Tom Okafor", "tom", Role.REP, "en"),
    ("Jonas Weber", "jonas", Role.REP, "de"),
)


def settle_in(session: Session) -> None:
    """Writes the company of the situations, as an import does: Karen Holt and Gil Fox are Tom's, Anja is Jonas'."""
    people: dict[str, int] = {}
    for name, local, role, language in PEOPLE:
        person = Person(name=name, role=role, language=language)
        session.add(person)
        session.flush()
        people[local] = person.id
        address = f"{local}@harbourpine.example"
        session.add(Address(key=address, written=address, person_id=person.id))
    south = Client(code="C08", name="South Star Logistics", name_key="south star logistics", owner_id=people["tom"])
    acme = Client(
        code="C02", name="Acme Medical GmbH", name_key="acme medical", owner_id=people["jonas"], language="de"
    )
    session.add_all((south, acme))
    session.flush()
    for client, name, address, rank, phone in (
        (south, "Karen Holt", KAREN, 1, "802 555 0123"),
        (south, "Gil Fox", GIL, 2, None),
        (acme, "Ute Kern", "u.kern@acmemedical.example", 1, None),
    ):
        contact = Contact(client_id=client.id, name=name, rank=rank, phone=phone)
        session.add(contact)
        session.flush()
        last_ok = datetime(2025, 9, 12, 14, 0, tzinfo=UTC) if name == "Karen Holt" else None
        session.add(Address(key=address, written=address, contact_id=contact.id, last_ok=last_ok))
    session.flush()


class Road(road.Road):
    """The road of a bounce. Letters wait until a test says that they were sent."""

    duty = DUTY
    letters_go_out = False

    def has_written(self, *letters: Sent, state: LetterState = LetterState.SENT, acknowledgement: bool = False) -> None:
        """Letters of other duties, as they lie in the outbox before the bounce comes."""
        with self.database.writing() as session:
            for letter in letters:
                session.add(
                    LetterRow(
                        ref=letter.ref,
                        duty="reminders",
                        purpose="reminder",
                        object=letter.ref,
                        recipient=letter.recipient,
                        recipient_key=letter.recipient,
                        envelope_sender=letter.reply_address,
                        message_id=letter.message_id,
                        subject=letter.subject,
                        text="Hello",
                        content=b"Hello",
                        state=state,
                        acknowledgement=acknowledgement,
                        created_at=MONDAY_BEFORE,
                        try_after=MONDAY_BEFORE,
                        sent_at=MONDAY_BEFORE if state is LetterState.SENT else None,
                    )
                )

    def arrives(self, raw: bytes, now: datetime = BOUNCED_AT) -> Decision:
        return super().arrives(raw, now)

    def take_back(self, decision: Decision, now: datetime = BOUNCED_AT) -> None:
        super().take_back(decision, now)

    def known_for(self, decision: Decision) -> Known:
        """What was known for a decision, as a replay reads it back."""
        assert DUTY.recall is not None
        with self.database.reading() as session:
            return known_at(session, decision.ref, {DUTY.name: DUTY.recall.type})

    # --- asking the records ---

    def bounces(self) -> list[Bounce]:
        return self.all_of(Bounce)

    def address(self, written: str) -> Address | None:
        return next((address for address in self.all_of(Address) if address.written == written), None)

    def addresses_that_are_not_ok(self) -> dict[str, str]:
        return {
            address.written: address.status.value for address in self.all_of(Address) if address.status.value != "ok"
        }

    def ranks(self) -> dict[str, int]:
        return {contact.name: contact.rank for contact in self.all_of(Contact)}

    def states(self, *letters: Sent) -> list[str]:
        by_ref = {letter.ref: letter.state.value for letter in self.all_of(LetterRow)}
        return [by_ref[letter.ref] for letter in letters]

    def written_by(self, decision: Decision) -> dict[str, LetterRow]:
        """The letters of a decision, by the address they go to."""
        return {letter.recipient: letter for letter in self.letters_of(decision)}

    def bytes_of(self, letter: LetterRow) -> bytes:
        """A letter as it is handed over, its transfer encoding taken off (RFC 2045 section 6.7)."""
        with self.database.reading() as session:
            content = session.scalar(select(LetterRow.content).where(LetterRow.id == letter.id))
        return quopri.decodestring(content or b"")


def rule_book(folder: Path) -> RuleBook:
    return road.rule_book(DUTY, folder, otherwise="hold")


def open_road(url: str, folder: Path, level: Level = Level.ACT) -> Road:
    """A road over an empty database, which gets its schema by migration."""
    orders = road.standing_orders(DUTY, folder / "rules", otherwise="hold")
    return Road(road.settled(url, settle_in), orders, road.desk_card(DUTY, level))


def answer(road: Road, asked: Decision, words: str, *, sender: str = f"Tom Okafor <{TOM}>") -> Decision:
    """Tom's reply to the letter of a decision, as a mail program writes it."""
    letter = road.written_by(asked)[TOM]
    raw = f"""\
Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example
From: {sender}
To: {letter.envelope_sender}
Subject: Re: {letter.subject}
Date: Tue, 4 Nov 2025 10:00:07 -0500
Message-ID: <{abs(hash(words))}@hp-tom>
In-Reply-To: <{letter.message_id}>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{words}

On Tue, Nov 4, 2025 at 9:00 AM Sales Desk <desk@harbourpine.example> wrote:
> 1 = Gil Fox is the main contact from now on
> 2 and the new address, e.g. "2 name@company.example" = Karen Holt can be reached there
> 3 = I make you a call task with the number and what to ask
"""
    return road.arrives(raw.encode(), BOUNCED_AT + AN_HOUR)
