"""The letters that answer: to clients who answered, and to the colleagues who have to know. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from mailbot.deciding.verbs import Situation
from mailbot.duties.reminders.facts import Answer, CallResult
from mailbot.duties.reminders.settings import NAME
from mailbot.duties.reminders.tables import Said
from mailbot.duties.reminders.unused.letters import keeper_of
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain, Recipient
from mailbot.records.decision import Question, Send
from mailbot.records.known import ClientCard, ContactCard, PersonCard

ANSWERED: Final = "reminder-answered"
HELP: Final = "reminder-help"
CALL_NOTED: Final = "reminder-call-noted"


def writer(s: Situation) -> tuple[ContactCard, ClientCard]:
    """The contact who wrote, and the client."""
    sender = s.known.sender
    if sender is None or sender.contact is None or sender.client is None:
        raise OurBug("a verb of reminders was used on a mail that comes from no contact")
    return sender.contact, sender.client


def speaker(s: Situation) -> PersonCard:
    """The colleague who wrote."""
    if s.known.sender is None or s.known.sender.person is None:
        raise OurBug("a verb for colleagues was used on a mail that comes from none")
    return s.known.sender.person


def keeper(s: Situation, client: ClientCard) -> PersonCard | None:
    """Who looks after the client."""
    return keeper_of(s.known, client.owner.id if client.owner else None)


def to_writer(s: Situation, template: str, purpose: str, facts: Mapping[str, Plain]) -> Send:
    """A letter to the contact who wrote, in answer to that mail."""
    contact, client = writer(s)
    to = Recipient(contact.address, contact.name, contact.language or client.language)
    return Send(Draft(to, f"{NAME}/{template}", facts, purpose, s.ref, answers=s.thread, about_client=client.id))


def to_colleague(
    s: Situation,
    reader: PersonCard,
    template: str,
    purpose: str,
    facts: Mapping[str, Plain],
    client_id: int,
    asks: Question | None = None,
) -> Send:
    """A letter to a colleague about a client."""
    draft = Draft(reader.recipient, f"{NAME}/{template}", facts, purpose, s.ref, about_client=client_id)
    return Send(draft, asks)


def answered(s: Situation, answer: Answer) -> Send:
    """To the client: what was understood, and the figures that were asked for."""
    _, client = writer(s)
    by = keeper(s, client)
    said = {each.said for each in answer.said}
    facts: dict[str, Plain] = {
        "used": tuple(each.benefit.words for each in answer.said if each.said is Said.YES),
        "unused": tuple(each.benefit.words for each in answer.said if each.said is Said.NO),
        "help": Said.HELP in said,
        "figures": tuple(
            {
                "what": each.what,
                "month": each.month,
                "views": each.views,
                "clicks": each.clicks,
                "rate": _rate(each.views, each.clicks),
            }
            for each in answer.figures
        ),
        "keeper": by.name if by else None,
    }
    return to_writer(s, "answered", ANSWERED, facts)


def _rate(views: int | None, clicks: int | None) -> Decimal:
    """Clicks in percent of views, to two places."""
    return (Decimal(100 * (clicks or 0)) / views).quantize(Decimal("0.01")) if views else Decimal(0)


def help_wanted(s: Situation, answer: Answer, reader: PersonCard) -> Send:
    """To the owner: the client's own words, and what was promised."""
    contact, client = writer(s)
    facts: dict[str, Plain] = {
        "contact": contact.name,
        "client": client.name,
        "address": contact.address,
        "benefits": tuple(
            {"words": each.benefit.words, "contract": each.contract} for each in answer.said if each.said is Said.HELP
        ),
        "words": answer.words.words,
    }
    return to_colleague(s, reader, "help", HELP, facts, client.id)


def call_noted(s: Situation, result: CallResult, client: str) -> Send:
    """To the colleague who called: it is in the records."""
    facts: dict[str, Plain] = {
        "client": client,
        "used": tuple(each.words for each in result.benefits) if result.used else (),
        "words": result.words.words,
    }
    return to_colleague(s, speaker(s), "call_noted", CALL_NOTED, facts, result.client_id)
