"""What this duty reads out of a mail: what became of a letter, or the answer to its question about a dead address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailbot.duties.bounces.reports.failure import Failure
from mailbot.duties.bounces.reports.proof import Proof
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.message.addresses import address_key
from mailbot.message.model import Evidence
from mailbot.records.known import ContactCard, LetterCard, QuestionCard
from mailbot.records.tables import AddressStatus


class Kind(StrEnum):
    """The kinds of findings that rules ask for."""

    BOUNCE = "bounce"  # a letter of ours did not arrive, and will not
    SOFT = "soft"  # it did not arrive yet, or not this time
    POLICY = "policy"  # it was refused for what we are: our fault
    UNPLACED = "unplaced"  # no letter of ours is proven
    DEAD_ANSWER = "dead-answer"
    LATE_ANSWER = "late-answer"  # to a question that was answered before


@dataclass(frozen=True, slots=True)
class BounceFacts:
    """What a bounce says. `failures` are all the recipients it names, capped; `proof` singles out the one that counts.

    `on_file` is whose address that is; `counted`: the same was told before; `mentions_on_file`: one of the failed
    addresses is on file, whether or not a letter to it is proven.
    """

    failures: tuple[Failure, ...]
    recipients: int
    proof: Proof
    on_file: OnFile | None
    counted: bool
    mentions_on_file: bool


class Choice(StrEnum):
    """What the owner of a client chose to do about a dead address."""

    NEXT = "next"  # another contact becomes the main one
    ADDRESS = "address"  # a new address for the same contact
    CALL = "call"  # a call task
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """The answer to the question about a dead address.

    `address` is the new one, as it was written, where one was given; `next_contact` the one that was offered, where
    it can still be had.
    """

    question: QuestionCard
    choice: Choice
    address: str | None
    on_file: OnFile | None
    next_contact: ContactCard | None
    words: Evidence
    why: str


def proven(facts: BounceFacts) -> tuple[LetterCard, Failure]:
    """The letter and the failure that a proven bounce is about."""
    if facts.proof.letter is None or facts.proof.failure is None:
        raise ValueError(f"this bounce proves no letter: {facts.proof.why}")
    return facts.proof.letter, facts.proof.failure


def next_contact(on_file: OnFile | None) -> ContactCard | None:
    """The contact of the client that comes next, at an address that works; None where there is none."""
    if on_file is None or on_file.client is None or on_file.contact is None:
        return None
    others = (contact for contact in on_file.client.contacts if contact.id != on_file.contact.id)
    return next((contact for contact in others if contact.address_status is AddressStatus.OK), None)


def domain_of(address: str) -> str:
    """The domain of an address, in the form in which domains are compared."""
    return address_key(address).rpartition("@")[2]
