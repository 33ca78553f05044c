"""A client says STOP: the address gets no more letters of the desk's own accord, and its owner is told.

What the client asks is still answered: that a person writes to us is no automatic letter of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.config import Level
from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.desk.words import NAME
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain, Recipient
from mailbot.message.model import Evidence, Message
from mailbot.records.decision import Action, Send
from mailbot.records.known import ClientCard, ContactCard, Known
from mailbot.records.stopping import StopLetters
from mailbot.records.tables import AddressStatus, Role
from mailbot.sorting.model import Finding, Sorted
from mailbot.sorting.stopping import asked_to_stop


@dataclass(frozen=True, slots=True)
class Stop:
    """The word by which a contact stopped the letters to the address that the mail came from."""

    words: Evidence


def stop_in(message: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """STOP of a client, if the mail is that and nothing else."""
    words = asked_to_stop(message, known, sorted_as)
    return Finding(NAME, "stop", Stop(words), (words,), f'it says "{words.words}"') if words else None


def stop(situation: Situation, _: NoParameters) -> Plan:
    """Stops the letters at every level, as the client has ordered; the second STOP changes nothing."""
    facts, sender = situation.finding.facts, situation.known.sender
    if not isinstance(facts, Stop) or sender is None or sender.contact is None or sender.client is None:
        raise OurBug("the verb 'stop_letters' was asked about a mail in which no contact says STOP")
    contact, client = sender.contact, sender.client
    if sender.status is AddressStatus.STOPPED:
        return Plan(f"{contact.name} said STOP once more; it is stopped.", acts_from=Level.WATCH)
    actions: tuple[Action, ...] = (
        StopLetters(sender.address_id, contact.address, f'"{facts.words.words}"'),
        _confirmation(situation, contact, client),
        *_told(situation, contact, client),
    )
    return Plan(f"{contact.name} ({client.name}) wants no more automatic letters.", actions, acts_from=Level.WATCH)


def _confirmation(situation: Situation, contact: ContactCard, client: ClientCard) -> Send:
    facts: dict[str, Plain] = {"address": contact.address, "keeper": client.owner.name if client.owner else None}
    to = Recipient(contact.address, contact.name, contact.language or client.language)
    return Send(
        Draft(to, "desk/stopped", facts, "stopped", situation.ref, answers=situation.thread, about_client=client.id)
    )


def _told(situation: Situation, contact: ContactCard, client: ClientCard) -> tuple[Send, ...]:
    """The owner of the client, else the coordinator; nobody where there is neither."""
    keeper = client.owner or next(iter(situation.known.in_role(Role.COORDINATOR)), None)
    if keeper is None:
        return ()
    facts: dict[str, Plain] = {"contact": contact.name, "client": client.name, "address": contact.address}
    return (Send(Draft(keeper.recipient, "desk/stop_told", facts, "stop-told", situation.ref, about_client=client.id)),)
