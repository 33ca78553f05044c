""" "Card north star": the one page of a client, for whoever looks after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.desk.replies import obeyed, reply
from mailbot.errors import OurBug
from mailbot.letters.model import Plain
from mailbot.message.model import Evidence, Message, Place
from mailbot.message.sealing import Cover
from mailbot.records.about_client import clients_named
from mailbot.records.client_card import CardPart, TellingOfClient, card_of
from mailbot.records.in_words import Teller
from mailbot.records.known import Known, PersonCard
from mailbot.records.names import name_words
from mailbot.records.tables import Client, Role

_LONGEST: Final = 120  # characters; whoever writes more means something else
_MOST_NAMES: Final = 6
_ORDER = re.compile(
    r"\s*(?:please\s+|bitte\s+)?(?:client\s+)?(?:card|karte|kundenkarte)\b(?:\s+(?:of|for|von|für|zu))?[:\s]+(?P<name>[^\d\n]{2,80})",
    re.IGNORECASE,
)
_READ_ALL: Final = (Role.COORDINATOR, Role.MANAGER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class CardOrder:
    """Whose card is asked for, in the words of the mail."""

    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Card:
    """The clients that the words may mean; `parts` are the card of the one, empty where there are several or none, and
    where it is not for the one who asks."""

    order: CardOrder
    clients: tuple[str, ...]
    is_theirs: bool = True
    parts: tuple[CardPart, ...] = ()


def card_order(message: Message) -> CardOrder | None:
    """The order, where the new words are that and nothing else; in the subject, where there are no words."""
    body = message.body.for_people
    text = body.text.strip()
    if found := _ORDER.fullmatch(text or message.subject, endpos=_LONGEST):
        name = found["name"].strip(" .!?\t")
        start = body.text.find(text)
        where = Evidence(message.subject, Place("header Subject", 0, len(message.subject)))
        return CardOrder(name, body.evidence(start, start + len(text)) if text else where)
    return None


def look_up(
    session: Session,
    order: CardOrder,
    person: PersonCard,
    known: Known,
    cover: Cover,
    parts: Sequence[TellingOfClient],
) -> Card:
    """The card of the one client that is meant, as far as this colleague may read it: a rep the own clients', who
    coordinates and who manages all."""
    found = clients_named(session, name_words(order.name))
    names = tuple(client.name for client in found[:_MOST_NAMES])
    if len(found) != 1 or cover.date is None:
        return Card(order, names)
    client = found[0]
    if not _may_read(person, client):
        return Card(order, names, is_theirs=False)
    teller = Teller(session, person.language, known.desk.zone)
    return Card(order, names, parts=card_of(session, client.id, teller, cover.date, parts))


def _may_read(person: PersonCard, client: Client) -> bool:
    return person.role in _READ_ALL or (person.role is Role.REP and client.owner_id == person.id)


def tell_card(situation: Situation, _: NoParameters) -> Plan:
    """One letter with the card, or with why there is none."""
    card = situation.finding.facts
    if not isinstance(card, Card):
        raise OurBug("the verb 'tell_card' was asked about a mail that asks for no card")
    facts: dict[str, Plain] = {
        "asked": card.order.name,
        "clients": card.clients,
        "is_theirs": card.is_theirs,
        "parts": tuple({"heading": part.heading, "lines": part.lines} for part in card.parts),
    }
    about = " or ".join(card.clients) or card.order.name
    told = "sent" if card.parts else "not sent"
    return obeyed(f"The card of {about}: {told}.", reply(situation, "card", facts))
