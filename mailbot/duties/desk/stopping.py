"""A client says STOP: the address gets no more letters of the desk's own accord, and its owner is told.

What the client asks is still answered: that a person writes to us is no automatic letter of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.config import Level
from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.desk.words import NAME
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, LetterKind, Plain, Recipient
from mailbot.message.model import Evidence, Message
from mailbot.records.decision import Action, Send
from mailbot.records.known import ClientCard, ContactCard, Known
from mailbot.records.questions import CloseQuestion
from mailbot.records.stopping import StopKinds, StopLetters
from mailbot.records.tables import AddressStatus, Role
from mailbot.sorting.model import Finding, Sorted
from mailbot.sorting.stopped_kinds import KindsStopped, kinds_stopped
from mailbot.sorting.stopping import asked_to_stop

_LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Stop:
    """The word by which a contact stopped the letters to the address that the mail came from."""

    words: Evidence


def stop_in(message: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """STOP of a client, if the mail is that and nothing else; or the words that stop a kind of letters."""
    if words := asked_to_stop(message, known, sorted_as):
        return Finding(NAME, "stop", Stop(words), (words,), f'it says "{words.words}"')
    if said := kinds_stopped(message, known, sorted_as):
        kinds = " and ".join(f"{kind.value}s" for kind in said.kinds)
        return Finding(NAME, "stop-kinds", said, (said.words,), f"it wants no more {kinds}")
    return None


def stop(situation: Situation, _: NoParameters) -> Plan:
    """Stops the letters at every level, as the client has ordered; the second STOP changes nothing."""
    facts, sender = situation.finding.facts, situation.known.sender
    if not isinstance(facts, Stop) or sender is None or sender.contact is None or sender.client is None:
        raise OurBug("the verb 'stop_letters' was asked about a mail in which no contact says STOP")
    contact, client = sender.contact, sender.client
    if sender.status is AddressStatus.STOPPED:
        return Plan(f"{contact.name} said STOP once more; it is stopped.", acts_from=Level.WATCH)
    actions: tuple[Action, ...] = (
        *_answered(situation, facts.words),
        StopLetters(sender.address_id, contact.address, f'"{facts.words.words}"'),
        _confirmation(situation, contact, client),
        *_told(situation, contact, client),
    )
    return Plan(f"{contact.name} ({client.name}) wants no more automatic letters.", actions, acts_from=Level.WATCH)


def stop_kinds(situation: Situation, _: NoParameters) -> Plan:
    """Stops the kinds of letters that the client names, at every level; all others still come."""
    said, sender = situation.finding.facts, situation.known.sender
    if not isinstance(said, KindsStopped) or sender is None or sender.contact is None or sender.client is None:
        raise OurBug("the verb 'stop_kinds' was asked about a mail in which no contact stops a kind of letters")
    contact, client = sender.contact, sender.client
    words = one_line(said.words.words, _LONGEST_WORDS)
    stopping = StopKinds(contact.id, contact.name, sender.key, said.kinds, words)
    if sender.status is AddressStatus.STOPPED:
        return Plan(f"{contact.name} gets no automatic letters already.", (stopping,), acts_from=Level.WATCH)
    actions: tuple[Action, ...] = (
        *_answered(situation, said.words),
        stopping,
        _confirmation(situation, contact, client, said),
        *_told(situation, contact, client, said),
    )
    return Plan(f"{contact.name} ({client.name}): {stopping}.", actions, acts_from=Level.WATCH)


def _answered(situation: Situation, words: Evidence) -> tuple[CloseQuestion, ...]:
    """What the letter asked is answered with it."""
    question = situation.sorted.answers.question if situation.sorted.answers else None
    return (CloseQuestion(question.id, one_line(words.words, _LONGEST_WORDS)),) if question else ()


def _confirmation(
    situation: Situation, contact: ContactCard, client: ClientCard, said: KindsStopped | None = None
) -> Send:
    """The one letter that says what comes no more, and what does; `said` is None where everything is stopped."""
    facts: dict[str, Plain] = {
        "address": contact.address,
        "keeper": client.owner.name if client.owner else None,
        "kinds": _words_of(said.kinds) if said else (),
        "kept": _words_of(said.kept) if said else (),
    }
    to = Recipient(contact.address, contact.name, contact.language or client.language)
    return Send(
        Draft(to, "desk/stopped", facts, "stopped", situation.ref, answers=situation.thread, about_client=client.id)
    )


def _words_of(kinds: tuple[LetterKind, ...]) -> tuple[str, ...]:
    """The kinds as templates name them."""
    return tuple(kind.value for kind in kinds)


def _told(
    situation: Situation, contact: ContactCard, client: ClientCard, said: KindsStopped | None = None
) -> tuple[Send, ...]:
    """The owner of the client, else the coordinator; nobody where there is neither."""
    keeper = client.owner or next(iter(situation.known.in_role(Role.COORDINATOR)), None)
    if keeper is None:
        return ()
    facts: dict[str, Plain] = {
        "contact": contact.name,
        "client": client.name,
        "address": contact.address,
        "kinds": _words_of(said.kinds) if said else (),
        "words": said.words.words if said else None,
    }
    return (Send(Draft(keeper.recipient, "desk/stop_told", facts, "stop-told", situation.ref, about_client=client.id)),)
