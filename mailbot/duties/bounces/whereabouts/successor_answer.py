"""The answer to "who follows?": yes, no, somebody else, or a call. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from email_validator import EmailNotValidError, validate_email

from mailbot.duties.bounces.facts import domain_of
from mailbot.duties.bounces.recalling import NAME, SUCCESSOR, recalled
from mailbot.duties.bounces.returned.answer import WRITTEN_ADDRESS, addresses_written
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.duties.bounces.whereabouts.reading import Candidate
from mailbot.message.addresses import address_key
from mailbot.message.model import Evidence, Message
from mailbot.records.known import ClientCard, ContactCard, Known, QuestionCard
from mailbot.records.tables import AddressStatus
from mailbot.sorting import one_word
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, Sorted

SUCCESSOR_ANSWER: Final = "successor-answer"

_LONGEST_ANSWER = 500  # characters; a longer one is a letter, and a person reads it
_WORD = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]{0,40}(?:['’-][^\W\d_]{1,40}){0,2}"
_NAME = re.compile(rf"{_WORD}\.?(?: {_WORD}){{1,3}}")
_PHONE = re.compile(r"\+?\d[\d ()/–-]{5,24}\d")
_OPTIONS: Final = (
    one_word.Option("yes", numbered=False),
    one_word.Option("no", numbered=False),
    one_word.Option("call", ("anruf", "anrufen"), numbered=False),
    one_word.Option("show", ("mir erst zeigen", "show me first", "zeig", "zeige", "vorschau"), numbered=False),
)
_SHOW: Final = re.compile(r"\b(?:zeig(?:en|e)?|show|vorschau|preview)\b", re.IGNORECASE)
_NO_NAMES = ("Herr ", "Herrn ", "Frau ", "Mr ", "Mrs ", "Ms ", "Dr ")


class Follower(StrEnum):
    """Who is to follow, by the answer."""

    PROPOSED = "proposed"  # yes: the one who was named
    OTHER = "other"  # somebody else, with an address or from the client's contacts
    NOBODY = "nobody"  # no: all stays as it is
    CALL = "call"
    SHOWN = "shown"  # somebody, once the colleague has read what would be written to them
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class SuccessorFacts:
    """What the owner answered. `candidate` is who follows, where somebody does."""

    question: QuestionCard
    on_file: OnFile | None
    choice: Follower
    candidate: Candidate | None
    words: Evidence
    why: str


def read_successor(message: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """The finding of an answer to the question who follows; None for every other mail."""
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is None or question.duty != NAME or question.kind != SUCCESSOR:
        return None
    body = message.body.for_people
    order = commanded(body.text)
    if order and order.is_to_the_desk:
        return None
    on_file = recalled(known).address(str(question.context.get("address_key")))
    choice, candidate, why = _said(body.text, question, on_file, known)
    evidence = body.evidence(0, min(len(body.text), _LONGEST_ANSWER))
    facts = SuccessorFacts(question, on_file, choice, candidate, evidence, why)
    return Finding(NAME, SUCCESSOR_ANSWER, facts, (evidence,), why)


Said = tuple[Follower, Candidate | None, str]


def _said(text: str, question: QuestionCard, on_file: OnFile | None, known: Known) -> Said:
    if on_file is None or on_file.contact is None or on_file.client is None:
        return _unclear("the contact is no longer on file with a client")
    if len(text) > _LONGEST_ANSWER:
        return _unclear("the answer is longer than a few words")
    addresses = addresses_written(text)
    if len(addresses) > 1:
        return _unclear("it names several addresses")
    if addresses:
        said = somebody_else(text, addresses[0], on_file, on_file.client, known)
        return _shown_first(said) if _SHOW.search(WRITTEN_ADDRESS.sub(" ", text)) else said
    return _in_a_word(text, question, on_file, on_file.client, known)


def _in_a_word(text: str, question: QuestionCard, on_file: OnFile, client: ClientCard, known: Known) -> Said:
    others = [each for each in client.contacts if on_file.contact is None or each.id != on_file.contact.id]
    chosen = one_word.choice(
        text, (*_OPTIONS, *(one_word.Option(_key(each), (each.name,), numbered=False) for each in others))
    )
    match chosen:
        case one_word.Chosen(key="yes"):
            return _proposed(question, on_file, client, known)
        case one_word.Chosen(key="no"):
            return Follower.NOBODY, None, "all stays as it is"
        case one_word.Chosen(key="show") | one_word.Several(("yes", "show") | ("show", "yes")):
            return _shown_first(_proposed(question, on_file, client, known))
        case one_word.Chosen(key="call"):
            return Follower.CALL, None, "a call task"
        case one_word.Chosen():
            return _of_contact(next(each for each in others if chosen.key == _key(each)))
        case one_word.Several(keys):
            return _unclear(f"it names several answers: {', '.join(keys)}")
        case one_word.Unsure():
            return _unclear(chosen.why)
        case one_word.NoAnswer():
            return _unclear("it is none of the answers")


def _shown_first(said: Said) -> Said:
    """The same, but the colleague wants to read the letter first: there is one only to somebody new."""
    choice, candidate, why = said
    if choice is Follower.UNCLEAR or candidate is None:
        return said
    if candidate.on_file is not None:
        return _unclear(f"{candidate.name} is on file, and is written no letter that could be shown")
    return Follower.SHOWN, candidate, f"{why}, once the letter was read"


def _key(contact: ContactCard) -> str:
    return f"contact {contact.id}"


def _proposed(question: QuestionCard, on_file: OnFile, client: ClientCard, known: Known) -> Said:
    """Whom the question named, as the records see them now."""
    address = str(question.context.get("address") or "")
    if not address:
        return _unclear("YES, but nobody was named: who follows?")
    return _checked(
        str(question.context.get("name") or ""),
        address,
        str(question.context.get("phone") or ""),
        Follower.PROPOSED,
        on_file,
        client,
        known,
    )


def somebody_else(text: str, address: str, on_file: OnFile, client: ClientCard, known: Known) -> Said:
    """Who is named with an address, as the records see them."""
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError as trouble:
        return _unclear(f"'{address}' is no address: {trouble}")
    rest = WRITTEN_ADDRESS.sub(" ", text)
    for title in _NO_NAMES:
        rest = rest.replace(title, " ")
    named = _NAME.search(" ".join(rest.split()))
    phone = _PHONE.search(rest)
    name = named[0] if named else address.partition("@")[0]
    return _checked(name, address, phone[0].strip() if phone else "", Follower.OTHER, on_file, client, known)


def _checked(
    name: str, address: str, phone: str, choice: Follower, on_file: OnFile, client: ClientCard, known: Known
) -> Said:
    key = address_key(address)
    if key == on_file.key:
        return _unclear(f"{address} is the address that is off")
    card = next((each for each in client.contacts if address_key(each.address) == key), None)
    if card is not None:
        return _of_contact(card, choice)
    if known.desk.is_own(key) or known.party(key) is not None:
        return _unclear(f"{address} is on file with somebody else")
    own = {domain_of(each.address) for each in client.contacts}
    return choice, Candidate(name, address, phone, None, domain_of(address) not in own), f"{name} <{address}> follows"


def _of_contact(card: ContactCard, choice: Follower = Follower.OTHER) -> Said:
    if card.address_status is not AddressStatus.OK:
        return _unclear(f"{card.name} has no working address")
    return choice, Candidate(card.name, card.address, "", card, is_strange=False), f"{card.name} follows"


def _unclear(why: str) -> Said:
    return Follower.UNCLEAR, None, why
