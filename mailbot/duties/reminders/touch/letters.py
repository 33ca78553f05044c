"""The letters about satisfaction, prices and talks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from mailbot.deciding.verbs import Situation
from mailbot.duties.reminders import letters
from mailbot.duties.reminders.facts import SLOT, HowItGoes, SlotChosen
from mailbot.duties.reminders.settings import NAME, settings_of
from mailbot.duties.reminders.touch.talks import SLOTS
from mailbot.letters.calendars import Meeting, invitation
from mailbot.letters.model import Draft, Enclosure, Plain, Recipient
from mailbot.records.decision import Question, Send
from mailbot.records.known import ClientCard, ContactCard, PersonCard

THANKED: Final = "satisfaction-thanks"
WISHES: Final = "satisfaction-told"
INVITED: Final = "talk-invitation"
AGREED: Final = "talk-agreed"


def thanked(s: Situation, said: HowItGoes, keeper: PersonCard | None, *, talk: bool) -> Send:
    """To the client: what was understood, and who answers the rest. Never a price."""
    facts: dict[str, Plain] = {
        "score": said.score,
        "price": bool(said.price),
        "talk": talk,
        "keeper": keeper.name if keeper else None,
    }
    return letters.to_writer(s, "thanked", THANKED, facts)


def told(s: Situation, said: HowItGoes, reader: PersonCard, slots: Sequence[datetime], *, uid: str, low: bool) -> Send:
    """To the owner: the client's words and the contract, a draft about a price, and times for a talk."""
    contact, client = letters.writer(s)
    contract = said.contract
    facts: dict[str, Plain] = {
        "contact": contact.name,
        "client": client.name,
        "address": contact.address,
        "score": said.score,
        "sentence": said.sentence,
        "low": low,
        "price": said.price,
        "price_list": settings_of(s.known.desk).price_list or None,
        "german": (contact.language or client.language) == "de",
        "contract": {
            "ref": contract.ref,
            "starts": contract.starts_on,
            "ends": contract.ends_on,
            "value": contract.value.normalize() if contract.value is not None else None,
            "currency": contract.currency,
            "notice": contract.notice_on,
        },
        "talk": said.talk.words if said.talk else None,
        "slots": tuple(slots),
    }
    context: dict[str, object] = {"meeting": uid, SLOTS: [each.isoformat() for each in slots], "client_id": client.id}
    asks = Question(NAME, SLOT, f"When do you talk with {contact.name}?", context) if slots else None
    return letters.to_colleague(s, reader, "told", WISHES, facts, client.id, asks)


def invited(s: Situation, chosen: SlotChosen, contact: ContactCard, client: ClientCard, rep: PersonCard) -> Send:
    """To the client: the invitation."""
    to = Recipient(contact.address, contact.name, contact.language or client.language)
    facts: dict[str, Plain] = {"starts": chosen.starts_at, "rep": rep.name, "rep_address": rep.address}
    draft = Draft(
        to,
        f"{NAME}/invitation",
        facts,
        INVITED,
        chosen.meeting.uid,
        s.ref,
        about_client=client.id,
        enclosures=(_file(s, chosen, contact, rep),),
    )
    return Send(draft)


def agreed(s: Situation, chosen: SlotChosen, contact: ContactCard, client: ClientCard, rep: PersonCard) -> Send:
    """To the rep: the same time, for the own calendar."""
    facts: dict[str, Plain] = {"starts": chosen.starts_at, "contact": contact.name, "client": client.name}
    enclosures = (_file(s, chosen, contact, rep),) if chosen.starts_at else ()
    draft = Draft(
        rep.recipient,
        f"{NAME}/talk_agreed",
        facts,
        AGREED,
        chosen.meeting.uid,
        s.ref,
        answers=s.thread,
        about_client=client.id,
        enclosures=enclosures,
    )
    return Send(draft)


def _file(s: Situation, chosen: SlotChosen, contact: ContactCard, rep: PersonCard) -> Enclosure:
    starts_at, ends_at = span_of(s, chosen)
    meeting = Meeting(
        key=chosen.meeting.uid,
        starts_at=starts_at,
        lasts=ends_at - starts_at,
        title=f"{s.known.desk.company}: {rep.name}, {contact.name}",
        host=rep.recipient,
        guests=(Recipient(contact.address, contact.name, rep.language),),
    )
    return invitation(meeting, "invitation.ics", s.known.desk.address.rpartition("@")[2], s.now)


def span_of(s: Situation, chosen: SlotChosen) -> tuple[datetime, datetime]:
    """From when to when they talk."""
    starts_at = (chosen.starts_at or s.now).astimezone(s.known.desk.zone)
    return starts_at, starts_at + timedelta(minutes=settings_of(s.known.desk).meeting_minutes)
