"""A recipient called a letter of ours spam: nothing goes there of the desk's own accord any more, at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.recalling import NAME, recalled
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain
from mailbot.message.identifiers import message_ids
from mailbot.message.model import Evidence, Message, Place
from mailbot.records.decision import Send
from mailbot.records.known import Known, LetterCard
from mailbot.records.stopping import StopLetters
from mailbot.records.tables import AddressStatus
from mailbot.sorting.model import Finding, Sorted

COMPLAINT: Final = "complaint"

_REPORT: Final = "feedback-report"  # RFC 5965
_AGAINST_US: Final = frozenset({"abuse", "fraud", "opt-out", "opt-out-list"})  # RFC 5965 section 7.3 and its registry


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """The letter that was complained about, of which kind the complaint is, and whose address it went to."""

    letter: LetterCard
    feedback_type: str
    on_file: OnFile | None


def read_complaint(message: Message, known: Known, _: Sorted) -> Finding | None:
    """The finding of a complaint that returns a letter of ours, known by its signed Message-ID; else None.

    A complaint without the letter proves nothing: anybody who was written to could make one about another's.
    """
    report = message.report
    if report is None or report.kind != _REPORT:
        return None
    said = next((field.value for group in report.groups for field in group if field.name == "feedback-type"), "")
    feedback = said.strip().lower()
    ids = {
        each for header in report.returned if header.name.lower() == "message-id" for each in message_ids(header.value)
    }
    named = [card for card in known.letters if card.proven and card.message_id in ids]
    if feedback not in _AGAINST_US or len(named) != 1:
        return None
    letter = named[0]
    facts = ComplaintFacts(letter, feedback, recalled(known).address(letter.recipient_key))
    evidence = Evidence(said, Place("report Feedback-Type", 0, len(said)))
    return Finding(NAME, COMPLAINT, facts, (evidence,), f"a complaint ({feedback}) about letter {letter.ref}")


def stop_at_once(situation: Situation, _: NoParameters) -> Plan:
    """Stops the automatic letters to whoever complained about one, and tells the owner; nobody outside hears of it."""
    facts = situation.finding.facts
    if not isinstance(facts, ComplaintFacts):
        raise OurBug(f"the verb 'stop_at_once' was used on a finding of kind {situation.finding.kind!r}")
    letter, on_file = facts.letter, facts.on_file
    if on_file is None or on_file.contact is None or on_file.client is None:
        return Plan(f"A complaint about {letters.letter_in_words(letter)}; the address is no contact's.")
    if on_file.status is AddressStatus.STOPPED:
        return Plan(f"A complaint about {letters.letter_in_words(letter)}; letters there are stopped already.")
    written: dict[str, Plain] = {
        "contact": on_file.contact.name,
        "client": on_file.client.name,
        "address": on_file.written,
        "about": letter.subject,
    }
    draft = Draft(
        letters.owner_of(situation.known, on_file).recipient,
        f"{NAME}/complaint",
        written,
        purpose=COMPLAINT,
        object=letter.ref,
    )
    actions = (
        StopLetters(on_file.address_id, on_file.written, f"a complaint ({facts.feedback_type}) about {letter.ref}"),
        Send(replace(draft, about_client=on_file.client.id)),
    )
    return Plan(f"{on_file.written} complained about {letter.ref}: no automatic letters any more.", actions)
