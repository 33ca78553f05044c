"""What a colleague says of clients who are no longer reached: a bounce that is passed on, a letter that came back by
post, a dead number, somebody who has left, a corrected address. Only of the colleague's own clients. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mailbot.duties.bounces import dead_end_phrases as phrases
from mailbot.duties.bounces.detectors import failures_in
from mailbot.duties.bounces.facts import domain_of
from mailbot.duties.bounces.failure import Failure
from mailbot.duties.bounces.own_clients import OwnClient, phone_key
from mailbot.duties.bounces.recalling import DEAD_ADDRESS, NAME, recalled
from mailbot.letters.cleaning import one_line
from mailbot.message.addresses import address_key
from mailbot.message.clues import addresses_in
from mailbot.message.forwards import forwarded
from mailbot.message.model import Evidence, Message, Place, Words
from mailbot.message.reading import read
from mailbot.records.known import ClientCard, ContactCard, Known, QuestionCard
from mailbot.records.names import name_key, name_words
from mailbot.records.tables import PointKind, Role
from mailbot.sorting.model import Finding, Sorted, Trust

DEAD_ENDS: Final = "dead-ends"

_LONGEST_TEXT = 8_000  # characters of the new words that are read
_LONGEST_ANSWER = 300
_MOST_FACTS = 20
_MOST_FORWARDED = 200_000  # bytes of a mail that is passed on
_SHORTEST_NAME = 4
_STATUS = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")  # RFC 3463: the detail has up to three digits
_SENTENCE = re.compile(r"(?:[^.!?;\n]|[.!?;](?![\s\"')]|$)|\n(?!\s*\n))+")
_QUOTED = re.compile(r"[\"“„»]([^\"”“«]{3,80})[\"”“«]")
_HEAD_OF_A_BOUNCE = (
    "Return-Path: <>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
)
_CAPITALS = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][^\W\d_]{2,40}")
_SPEAKS = (Role.REP, Role.COORDINATOR, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class DeadMail:
    """An address of a contact at which a letter of the colleague's own did not arrive."""

    client: ClientCard
    contact: ContactCard
    said: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class NotOnFile:
    """An address that did not work and is on no contact: nothing changes. `meant` is who is on file in its stead."""

    address: str
    meant: ContactCard | None


@dataclass(frozen=True, slots=True)
class PostCameBack:
    """A letter by post to a client came back; `words` are why, as far as it was said."""

    client: ClientCard
    words: str
    evidence: Evidence
    is_new: bool


@dataclass(frozen=True, slots=True)
class DeadPhone:
    """A number of a client that reaches nobody."""

    client: ClientCard
    contact_id: int
    written: str
    words: str
    evidence: Evidence
    is_new: bool


@dataclass(frozen=True, slots=True)
class ContactLeft:
    """A contact has left."""

    client: ClientCard
    contact: ContactCard
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Corrected:
    """A contact has another address now."""

    client: ClientCard
    contact: ContactCard
    address: str
    evidence: Evidence


Fact = DeadMail | NotOnFile | PostCameBack | DeadPhone | ContactLeft | Corrected


@dataclass(frozen=True, slots=True)
class DeadEnds:
    """All that a mail says of this kind, in its order. `question` is the open one about a dead address that it answers:
    "she has left"."""

    facts: tuple[Fact, ...]
    question: int | None = None


def read_dead_ends(message: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """The finding of a colleague's mail that says who is no longer reached; None for all else."""
    person = known.sender.person if known.sender else None
    if person is None or person.role not in _SPEAKS or sorted_as.trust.trust < Trust.T3 or sorted_as.automatic:
        return None
    own = recalled(known).own
    if sorted_as.answers is not None and sorted_as.answers.question is not None:
        return _of_the_one_asked_about(message, known, sorted_as.answers.question)
    if not own:
        return None
    facts = (*_of_bounces(message, own), *_of_sentences(message, own))[:_MOST_FACTS]
    if not any(not isinstance(fact, NotOnFile) for fact in facts):
        return None
    evidence = tuple(fact.evidence for fact in facts if not isinstance(fact, NotOnFile))
    return Finding(NAME, DEAD_ENDS, DeadEnds(facts), evidence, f"{person.name} says who is no longer reached")


def _of_the_one_asked_about(message: Message, known: Known, question: QuestionCard) -> Finding | None:
    """ "She has left", in answer to the question about a dead address: whoever had it is meant."""
    text = message.body.for_people.text
    on_file = recalled(known).address(str(question.context.get("address_key")))
    if question.duty != NAME or question.kind != DEAD_ADDRESS or on_file is None or len(text) > _LONGEST_ANSWER:
        return None
    if on_file.contact is None or on_file.client is None or "@" in text or phrases.HAS_LEFT.search(text) is None:
        return None
    evidence = message.body.for_people.evidence(0, len(text))
    left = ContactLeft(on_file.client, on_file.contact, evidence)
    return Finding(NAME, DEAD_ENDS, DeadEnds((left,), question.id), (evidence,), f"{on_file.contact.name} has left")


# --- bounces that are passed on ---


def _of_bounces(message: Message, own: Sequence[OwnClient]) -> Iterator[Fact]:
    seen: set[str] = set()
    for inner, place in _passed_on(message):
        for failure in failures_in(inner):
            key = address_key(failure.address)
            if key in seen or not failure.is_dead:
                continue
            seen.add(key)
            fact = _of_failure(failure, key, own, place)
            if fact is not None:
                yield fact


def _passed_on(message: Message) -> Iterator[tuple[Message, int | None]]:
    """The mails that this one passes on, and where the text of each begins in it: below a forward's head, as files, or
    pasted. To be read as a bounce, what is pasted gets the null sender that bounces have; nothing else is believed."""
    inner = forwarded(message)
    if inner is not None:
        start = inner.words.passages[0].start if inner.words.passages else None
        yield _as_a_bounce(inner.subject, inner.words), start
    for file in message.attachments:
        if file.content_type == "message/rfc822":
            yield read(file.content[:_MOST_FORWARDED]), None
    if inner is None:
        pasted = message.body.for_figures
        yield _as_a_bounce(message.subject, pasted), None


def _as_a_bounce(subject: str, words: Words) -> Message:
    raw = f"{_HEAD_OF_A_BOUNCE}Subject: {one_line(subject)}\n\n{words.text[:_MOST_FORWARDED]}"
    return read(raw.encode("utf-8", "replace"))


def _of_failure(failure: Failure, key: str, own: Sequence[OwnClient], start: int | None) -> Fact | None:
    found = failure.evidence[0] if failure.evidence else Evidence(failure.diagnostic, Place("text", 0, 0))
    said = found.words
    at = found.place.start + (start or 0)
    evidence = Evidence(said, Place("text" if start is not None else "mail that is passed on", at, at + len(said)))
    for client in own:
        for contact in client.card.contacts:
            if address_key(contact.address) == key:
                status = failure.status or next(iter(_STATUS.findall(said)), "")
                return DeadMail(client.card, contact, one_line(f"{status} {failure.diagnostic}".strip(), 200), evidence)
    near = [each for client in own for each in client.card.contacts if domain_of(each.address) == domain_of(key)]
    if not near:
        return None
    return NotOnFile(failure.address, next((each for each in near if _sounds_like(each, key)), None))


def _sounds_like(contact: ContactCard, key: str) -> bool:
    """Whether the local part of an address holds the family name of a contact at the same domain."""
    words = name_words(contact.name)
    return bool(words) and len(words[-1]) >= _SHORTEST_NAME and words[-1] in "".join(name_words(key.partition("@")[0]))


# --- sentences ---


def _of_sentences(message: Message, own: Sequence[OwnClient]) -> Iterator[Fact]:
    words = message.body.for_people
    if forwarded(message) is None and any(failure.is_dead for failure in failures_in(_as_a_bounce("", words))):
        return  # it is a bounce that was pasted: its sentences are a machine's
    text = words.text[:_LONGEST_TEXT]
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
