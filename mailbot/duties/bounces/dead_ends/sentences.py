"""What a colleague says in sentences: post that came back, a dead number, somebody who left, a new address. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailbot.duties.bounces.dead_ends import phrases
from mailbot.duties.bounces.dead_ends.facts import (
    ContactLeft,
    Corrected,
    DeadMail,
    DeadPhone,
    Fact,
    PostCameBack,
)
from mailbot.duties.bounces.dead_ends.own_clients import OwnClient
from mailbot.duties.bounces.dead_ends.passed_on import as_a_bounce
from mailbot.duties.bounces.reports.detectors import failures_in
from mailbot.letters.cleaning import one_line
from mailbot.message.addresses import address_key
from mailbot.message.clues import addresses_in
from mailbot.message.forwards import forwarded
from mailbot.message.model import Evidence, Message
from mailbot.records.contact_points import phone_key
from mailbot.records.known import ContactCard
from mailbot.records.names import name_key, name_words
from mailbot.records.tables import PointKind

_SHORTEST_NAME = 4
_SENTENCE = re.compile(r"(?:[^.!?;\n]|[.!?;](?![\s\"')]|$)|\n(?!\s*\n))+")
_QUOTED = re.compile(r"[\"“„»]([^\"”“«]{3,80})[\"”“«]")
_CAPITALS = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][^\W\d_]{2,40}")


def of_sentences(message: Message, own: Sequence[OwnClient]) -> Iterator[Fact]:
    words = message.body.for_people
    if forwarded(message) is None and any(failure.is_dead for failure in failures_in(as_a_bounce("", words))):
        return  # it is a bounce that was pasted: its sentences are a machine's
    text = words.text[: phrases.LONGEST_TEXT]
    last: OwnClient | None = None
    for sentence in _SENTENCE.finditer(text):
        said = sentence[0].replace("\n", " ")
        evidence = words.evidence(sentence.start(), sentence.end())
        last = _named(said, own) or last
        yield from _by_post(said, last, evidence)
        yield from _by_phone(said, own, evidence)
        yield from _of_people(said, own, evidence)


def _by_post(said: str, client: OwnClient | None, evidence: Evidence) -> Iterator[Fact]:
    if client is None or phrases.POST_CAME_BACK.search(said) is None:
        return
    why = _QUOTED.search(said)
    words = one_line(why[1] if why else said.strip(), 160)
    yield PostCameBack(client.card, words, evidence, is_new=not client.has_dead(PointKind.POST))


def _by_phone(said: str, own: Sequence[OwnClient], evidence: Evidence) -> Iterator[Fact]:
    cue = phrases.PHONE_IS_DEAD.search(said)
    if cue is None:
        return
    for number in phrases.NUMBER.finditer(said):
        key = phone_key(number[0])
        for client in own:
            for phone in client.phones:
                if len(key) == len(phone_key(phone.written)) and key == phone_key(phone.written):
                    is_new = not client.has_dead(PointKind.PHONE, key)
                    yield DeadPhone(client.card, phone.contact_id, phone.written, cue[0], evidence, is_new)


def _of_people(said: str, own: Sequence[OwnClient], evidence: Evidence) -> Iterator[Fact]:
    """A sentence about one contact: gone, at another address, or at one that does not work."""
    addresses = list(dict.fromkeys(addresses_in(said)))
    on_file = {address_key(contact.address): (client, contact) for client in own for contact in client.card.contacts}
    known = [on_file[key] for key in map(address_key, addresses) if key in on_file]
    new = [each for each in addresses if address_key(each) not in on_file]
    named = known or _contacts_named(said, own)
    if len({contact.id for _, contact in named}) != 1:
        return
    client, contact = named[0]
    if len(new) == 1 and phrases.IS_NEW.search(said):
        yield Corrected(client.card, contact, new[0], evidence)
    elif not new and phrases.HAS_LEFT.search(said):
        yield ContactLeft(client.card, contact, evidence)
    elif known and not new and (cue := phrases.MAIL_IS_DEAD.search(said)):
        yield DeadMail(client.card, contact, cue[0], evidence)


def _named(said: str, own: Sequence[OwnClient]) -> OwnClient | None:
    """The one client that a sentence names, by its whole name, or by the beginning of it that no other one has."""
    words = name_words(said)
    for length in (9, 2, 1):
        found = [client for client in own if _begins_in(words, name_key(client.card.name).split()[:length], length)]
        if len(found) == 1:
            return found[0]
    return None


def _begins_in(words: Sequence[str], name: Sequence[str], length: int) -> bool:
    if not name or (length == 1 and len(name[0]) < _SHORTEST_NAME):
        return False
    return any(tuple(words[at : at + len(name)]) == tuple(name) for at in range(len(words) - len(name) + 1))


def _contacts_named(said: str, own: Sequence[OwnClient]) -> list[tuple[OwnClient, ContactCard]]:
    """The contacts that a sentence names by their whole names; else those whose first or family name it has."""
    words = name_words(said)
    everybody = [(client, contact) for client in own for contact in client.card.contacts]
    whole = [each for each in everybody if _begins_in(words, name_words(each[1].name), 9)]
    if whole:
        return whole
    capitals = {word for written in _CAPITALS.findall(said) for word in name_words(written)}
    return [each for each in everybody if _is_a_persons_name(each[1].name) and capitals & set(name_words(each[1].name))]


def _is_a_persons_name(name: str) -> bool:
    return len(name_words(name)) > 1
