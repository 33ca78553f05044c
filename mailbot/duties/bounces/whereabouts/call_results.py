"""A colleague was to call, and writes what came of it: "done, she has a new address: ...". Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.dead_ends.phrases import HAS_LEFT
from mailbot.duties.bounces.facts import Choice
from mailbot.duties.bounces.recalling import DEAD_ADDRESS, NAME, recalled
from mailbot.duties.bounces.returned.answer import addresses_written, against_the_records, with_addresses
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.duties.bounces.returned.settling import leaving
from mailbot.duties.bounces.whereabouts.calls import CallLeft
from mailbot.duties.bounces.whereabouts.handing_over import AddAddress
from mailbot.duties.bounces.whereabouts.passing_on import Instead, passed_on
from mailbot.duties.bounces.whereabouts.reading import Candidate
from mailbot.duties.bounces.whereabouts.successor_answer import somebody_else
from mailbot.duties.bounces.whereabouts.successors import Succession, follow
from mailbot.errors import OurBug
from mailbot.letters.model import Recipient
from mailbot.message.model import Evidence, Message
from mailbot.records.known import Known
from mailbot.records.questions import CloseTask
from mailbot.sorting.model import Finding, Sorted, Trust

CALL_ANSWER: Final = "call-answer"

_LONGEST_ANSWER = 500  # characters; a longer one is a letter, and a person reads it


@dataclass(frozen=True, slots=True)
class CallResult:
    """What came of a call: the new address of the one who was called, or who follows; both None where it is unclear."""

    call: CallLeft
    on_file: OnFile | None
    address: str | None
    candidate: Candidate | None
    words: Evidence

    @property
    def is_clear(self) -> bool:
        return self.address is not None or self.candidate is not None


def read_call_result(message: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """The finding of an answer to a letter that left a call, if it names one address, by the colleague who was to call
    or a coordinator; None for all else. DONE alone is an order to the desk itself.
    """
    answers = sorted_as.answers
    if answers is None or answers.question is not None or sorted_as.automatic or sorted_as.trust.trust < Trust.T3:
        return None
    if sorted_as.trust.trust < Trust.T4 and not known.is_senders(answers.letter.recipient_key):
        return None
    call = recalled(known).call_of(answers.letter.ref)
    text = message.body.for_people.text
    addresses = addresses_written(text)
    if call is None or len(addresses) != 1 or len(text) > _LONGEST_ANSWER:
        return None
    evidence = message.body.for_people.evidence(0, len(text))
    on_file = recalled(known).address(call.address_key)
    address, candidate, why = _came_of_it(text, addresses, call, on_file, known)
    facts = CallResult(call, on_file, address, candidate, evidence)
    return Finding(NAME, CALL_ANSWER, facts, (evidence,), why)


def _came_of_it(
    text: str, addresses: list[str], call: CallLeft, on_file: OnFile | None, known: Known
) -> tuple[str | None, Candidate | None, str]:
    if on_file is None or on_file.contact is None or on_file.client is None:
        return None, None, "the contact is no longer on file with a client"
    if call.asked == DEAD_ADDRESS and HAS_LEFT.search(text) is None:
        said = against_the_records(with_addresses(Choice.ADDRESS, addresses), known, on_file, None)
        return said.address, None, said.why
    _, candidate, why = somebody_else(text, addresses[0], on_file, on_file.client, known)
    return None, candidate, why


def take_call_result(situation: Situation, _: NoParameters) -> Plan:
    """The call is done: the contact gets the new address, or is followed by whoever is named."""
    facts = situation.finding.facts
    sender = situation.known.sender.person if situation.known.sender else None
    if not isinstance(facts, CallResult) or sender is None or facts.on_file is None or not facts.is_clear:
        raise OurBug(f"the verb 'take_call_result' was used on a finding of kind {situation.finding.kind!r}")
    done = tuple(CloseTask(task) for task in facts.call.tasks)
    if facts.candidate is not None:
        return follow(situation, Succession(facts.on_file, facts.candidate, sender, situation.ref), done)
    contact, client, address = facts.on_file.contact, facts.on_file.client, facts.address
    if contact is None or client is None or address is None:
        raise OurBug(f"{facts.on_file.written} is on no contact")
    waiting = recalled(situation.known).letters_to(facts.on_file.key)
    to = Recipient(address, contact.name, contact.language or client.language)
    chosen = letters.Settled(Choice.ADDRESS, sender, situation.ref, address)
    actions = (
        *done,
        AddAddress(contact.name, leaving(facts.on_file), address),
        *passed_on(situation, facts.on_file, to, sender, Instead.MOVED),
        letters.settled(situation, facts.on_file, chosen, waiting),
    )
    return Plan(f"{contact.name} was called, and has the address {address} now.", actions)
