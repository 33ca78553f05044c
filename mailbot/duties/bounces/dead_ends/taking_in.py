"""What a colleague says of dead ends is taken in, and told back in one letter, with one question where it helps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.actions import HoldLetters, MarkAddress, MarkLeft
from mailbot.duties.bounces.dead_ends.actions import MarkPoint
from mailbot.duties.bounces.dead_ends.facts import (
    ContactLeft,
    Corrected,
    DeadEnds,
    DeadMail,
    DeadPhone,
    Fact,
    NotOnFile,
    PostCameBack,
)
from mailbot.duties.bounces.dead_ends.own_clients import OwnClient
from mailbot.duties.bounces.recalling import ASK_DETAILS, NAME, SUCCESSOR, recalled
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.duties.bounces.whereabouts.handing_over import AddAddress
from mailbot.duties.bounces.whereabouts.passing_on import Instead, can_be_passed_on, passed_on
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain, Recipient
from mailbot.message.addresses import address_key
from mailbot.records.contact_points import phone_key
from mailbot.records.decision import Action, Question, Send
from mailbot.records.known import ClientCard, ContactCard, PersonCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.succession import Leaving
from mailbot.records.tables import AddressStatus, PointKind, PointStatus

_LONGEST_BECAUSE = 300
_NO_CHOICES: Mapping[str, Plain] = {"contact": None, "following": None, "meant": None}


def take_in(situation: Situation, _: NoParameters) -> Plan:
    """Marks what reaches nobody any more, of the colleague's own clients, and tells back what was understood."""
    facts = situation.finding.facts
    sender = situation.known.sender.person if situation.known.sender else None
    if not isinstance(facts, DeadEnds) or sender is None:
        raise OurBug(f"the verb 'take_in' was used on a finding of kind {situation.finding.kind!r}")
    actions = tuple(action for fact in facts.facts for action in _actions(situation, fact, sender))
    told = tuple(_told(situation, fact) for fact in facts.facts)
    count = sum(not isinstance(fact, NotOnFile) for fact in facts.facts)
    summary = f"Taken in from {sender.name}: {count} {'dead end' if count == 1 else 'dead ends'} or changes."
    answered = (
        () if facts.question is None else (CloseQuestion(facts.question, situation.message.body.for_people.text),)
    )
    return Plan(summary, (*answered, *actions, _letter(situation, facts, sender, told)))


def _actions(situation: Situation, fact: Fact, sender: PersonCard) -> Iterator[Action]:
    by = f"reported by {sender.name} ({situation.ref})"
    match fact:
        case DeadMail(client=client, contact=contact, said=said):
            if contact.address_status is AddressStatus.OK:
                because = f"{by}, text of a forwarded bounce: {said}"[:_LONGEST_BECAUSE]
                yield MarkAddress(contact.address_id, contact.address, because)
                yield HoldLetters(address_key(contact.address))
        case PostCameBack(client=client, words=words):
            because = f"returned: {words}; {by}"[:_LONGEST_BECAUSE]
            yield MarkPoint(client.id, client.name, None, PointKind.POST, "", "", PointStatus.DEAD, because)
        case DeadPhone(client=client, contact_id=contact, written=written, words=words):
            because = f"{words}; {by}"[:_LONGEST_BECAUSE]
            key = phone_key(written)
            yield MarkPoint(client.id, client.name, contact, PointKind.PHONE, written, key, PointStatus.DEAD, because)
        case ContactLeft(contact=contact):
            if contact.address_status in (AddressStatus.OK, AddressStatus.UNDELIVERABLE):
                because = f'has left, {by}: "{fact.evidence.words}"'[:_LONGEST_BECAUSE]
                yield MarkLeft(contact.address_id, contact.address, because)
                yield HoldLetters(address_key(contact.address))
        case Corrected(client=client, contact=contact, address=address):
            yield AddAddress(contact.name, Leaving(contact.id, address_key(contact.address)), address)
            if contact.address_status is AddressStatus.OK:
                because = f"replaced by {address}, {by}"[:_LONGEST_BECAUSE]
                yield MarkAddress(contact.address_id, contact.address, because)
            to = Recipient(address, contact.name, contact.language or client.language)
            yield from passed_on(situation, _on_file(client, contact), to, sender, Instead.MOVED)


def _told(situation: Situation, fact: Fact) -> Plain:
    """One line of the letter; what a fact does not have stays None."""
    line: dict[str, Plain] = {
        "kind": _KINDS[type(fact)],
        "client": None if isinstance(fact, NotOnFile) else fact.client.name,
        "contact": None,
        "address": None,
        "old": None,
        "words": None,
        "waiting": 0,
        "going": 0,
        "seen": None,
        "again": False,
    }
    waiting = 0
    if isinstance(fact, DeadMail | ContactLeft | Corrected):
        waiting = len(recalled(situation.known).letters_to(address_key(fact.contact.address)))
    match fact:
        case DeadMail(contact=contact, said=said):
            again = contact.address_status is not AddressStatus.OK
            line |= {"contact": contact.name, "address": contact.address, "words": said or None, "again": again}
        case NotOnFile(address=address, meant=meant):
            line |= {"address": address, "contact": meant.name if meant else None}
            line |= {"old": meant.address if meant else None, "seen": meant.last_ok if meant else None}
        case PostCameBack(words=words, is_new=is_new):
            line |= {"words": words, "again": not is_new}
        case DeadPhone(written=written, is_new=is_new):
            line |= {"address": written, "again": not is_new}
        case ContactLeft(contact=contact):
            line |= {"contact": contact.name, "address": contact.address}
        case Corrected(contact=contact, address=address):
            line |= {"contact": contact.name, "address": address, "old": contact.address}
            line |= {"going": len(can_be_passed_on(situation, _on_file(fact.client, contact)))}
    return {**line, "waiting": waiting}


_KINDS = {
    DeadMail: "mail",
    NotOnFile: "unknown",
    PostCameBack: "post",
    DeadPhone: "phone",
    ContactLeft: "left",
    Corrected: "address",
}


def _on_file(client: ClientCard, contact: ContactCard) -> OnFile:
    """The address of a contact, as the colleague's own clients show it; what follows asks for no number."""
    key, status = address_key(contact.address), contact.address_status
    return OnFile(key, contact.address, contact.address_id, status, None, contact, None, client)


def _letter(situation: Situation, facts: DeadEnds, sender: PersonCard, told: tuple[Plain, ...]) -> Send:
    cut_off = _cut_off(situation, facts)
    client, contact = cut_off or (None, None)
    gone = [each for each in facts.facts if isinstance(each, ContactLeft)]
    left = gone[0] if len(gone) == 1 and client is None else None
    dead = _found_dead(facts) if client is None and left is None else None
    what_now, choices = letters.what_now(dead, situation.ref) if dead else (None, _NO_CHOICES)
    written: dict[str, Plain] = {
        "lines": told,
        "ask": client.name if client else None,
        "ask_contact": contact.name if contact else None,
        "ask_address": contact.address if contact else None,
        "ask_last": contact.last_ok if contact else None,
        "ask_follows": left.contact.name if left else None,
        "off": choices["contact"],
        "following": choices["following"],
        "meant": choices["meant"],
        "waiting": len(recalled(situation.known).letters_to(dead.key)) if dead else 0,
    }
    draft = Draft(
        sender.recipient,
        f"{NAME}/taken_in",
        written,
        purpose="taken-in",
        object=situation.ref,
        answers=situation.thread,
    )
    if left is not None:
        return Send(replace(draft, about_client=left.client.id), _who_follows(situation, left))
    if dead is not None and dead.client is not None:
        return Send(replace(draft, about_client=dead.client.id), what_now)
    if client is None or contact is None:
        return Send(draft)
    asks = Question(
        duty=NAME,
        kind=ASK_DETAILS,
        words=f"{client.name} has no working post or phone. Ask {contact.address} for the new details?",
        context={"address_key": address_key(contact.address), "client": client.name},
    )
    return Send(replace(draft, about_client=client.id), asks)


def _found_dead(facts: DeadEnds) -> OnFile | None:
    """The one address that this mail shows to be dead: of several, one letter cannot ask."""
    dead = [each for each in facts.facts if isinstance(each, DeadMail)]
    if len(dead) != 1 or dead[0].contact.address_status is not AddressStatus.OK:
        return None
    return _on_file(dead[0].client, dead[0].contact)


def _who_follows(situation: Situation, left: ContactLeft) -> Question:
    return Question(
        duty=NAME,
        kind=SUCCESSOR,
        words=f"{left.contact.name} ({left.client.name}) has left. Who follows?",
        context={"address_key": address_key(left.contact.address), "letter": situation.ref},
    )


def _cut_off(situation: Situation, facts: DeadEnds) -> tuple[ClientCard, ContactCard] | None:
    """The first client that has neither post nor phone any more, and a contact who can still be asked by mail."""
    off = [each for each in facts.facts if isinstance(each, DeadMail | ContactLeft | Corrected)]
    gone = {address_key(each.contact.address) for each in off}
    for own in recalled(situation.known).own:
        if not _is_cut_off(own, facts):
            continue
        for contact in own.card.contacts:
            if contact.address_status is AddressStatus.OK and address_key(contact.address) not in gone:
                return own.card, contact
    return None


def _is_cut_off(own: OwnClient, facts: DeadEnds) -> bool:
    """Whether this mail leaves the client with neither post nor phone."""
    ways = (each for each in facts.facts if isinstance(each, PostCameBack | DeadPhone))
    said = [each for each in ways if each.client.id == own.card.id]
    dead = {phone_key(each.written) for each in said if isinstance(each, DeadPhone)}
    dead |= {each.key for each in own.dead if each.kind is PointKind.PHONE}
    no_post = own.has_dead(PointKind.POST) or any(isinstance(each, PostCameBack) for each in said)
    return bool(said) and no_post and all(phone_key(each.written) in dead for each in own.phones)
