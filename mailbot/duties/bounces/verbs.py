"""What the rules of this duty may ask about and may do, and what that comes to. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from mailbot.deciding.late import LateAnswer
from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.actions import (
    AddAddress,
    HoldLetters,
    MakeMainContact,
    MarkAddress,
    RecordBounce,
    WithdrawLetters,
)
from mailbot.duties.bounces.facts import AnswerFacts, BounceFacts, Choice, Kind, proven
from mailbot.duties.bounces.failure import Outcome, Reason
from mailbot.duties.bounces.recalling import NAME, Unsent, recalled
from mailbot.errors import OurBug
from mailbot.records.decision import Action, Folder
from mailbot.records.questions import CloseQuestion, OpenTask
from mailbot.records.tables import AddressStatus

_LONGEST_BECAUSE = 300

IN_WORDS: Final[Mapping[Reason, str]] = {
    Reason.NO_SUCH_MAILBOX: "there is no such mailbox",
    Reason.NO_SUCH_HOST: "there is no such mail domain",
    Reason.MOVED: "the mailbox has moved",
    Reason.MAILBOX_FULL: "the mailbox is full",
    Reason.DISABLED: "the mailbox is disabled",
    Reason.BLOCKED: "our mail is refused",
    Reason.CONTENT: "this letter is refused for what it holds",
    Reason.TEMPORARY: "it could not be delivered this time",
    Reason.DELIVERED: "it was delivered",
    Reason.UNKNOWN: "no reason that we can read",
}


def note(situation: Situation, _: NoParameters) -> Plan:
    """Keeps the decision and files the mail. Nothing changes, nobody is written to."""
    return Plan(f"Noted, nothing changed: {situation.finding.why}.")


def record(situation: Situation, _: NoParameters) -> Plan:
    """Counts the bounce. No address is marked, nobody is written to."""
    facts = _bounce(situation)
    letter, failure = proven(facts)
    summary = f"Counted: {letters.letter_in_words(letter)} {failure.outcome}, {IN_WORDS[failure.reason]}."
    return Plan(summary, (_record(facts),))


def mark_dead(situation: Situation, _: NoParameters) -> Plan:
    """Marks the address, puts the letters to it on hold, and asks the owner of the client what to do."""
    facts = _bounce(situation)
    letter, failure = proven(facts)
    on_file = facts.on_file
    if on_file is None:
        raise OurBug(f"{letter.recipient} is on no contact and cannot be marked: ask the field on_file in the rule")
    words = failure.diagnostic or failure.status
    because = f"{IN_WORDS[failure.reason]} (letter {letter.ref}): {words}"[:_LONGEST_BECAUSE]
    actions = (
        _record(facts),
        MarkAddress(on_file.address_id, on_file.written, because),
        HoldLetters(on_file.key),
        letters.ask_about_dead_address(situation, facts),
    )
    return Plan(f"{on_file.written} is dead: {IN_WORDS[failure.reason]}.", actions)


def tell_admin_of_block(situation: Situation, _: NoParameters) -> Plan:
    """Counts the bounce, marks nobody, and tells the admin, once a day and domain."""
    facts = _bounce(situation)
    letter, _failure = proven(facts)
    summary = f"The fault is ours: {letters.letter_in_words(letter)} was refused; no address was marked."
    return Plan(summary, (_record(facts), letters.tell_admin_of_block(situation, facts)))


def tell_admin_of_staff(situation: Situation, _: NoParameters) -> Plan:
    """Counts the bounce of a colleague's address, marks nothing, and tells the admin."""
    facts = _bounce(situation)
    letter, _failure = proven(facts)
    summary = f"A colleague's address bounced: {letters.letter_in_words(letter)}; it was not marked."
    return Plan(summary, (_record(facts), letters.tell_admin_of_staff(situation, facts)), Folder.HELD)


def tell_coordinator(situation: Situation, _: NoParameters) -> Plan:
    """Counts the bounce, marks nobody, and tells the coordinator that this letter did not arrive."""
    facts = _bounce(situation)
    letter, failure = proven(facts)
    summary = f"Not delivered: {letters.letter_in_words(letter)}, {IN_WORDS[failure.reason]}; no address was marked."
    return Plan(summary, (_record(facts), letters.tell_coordinator(situation, facts)))


def make_main_contact(situation: Situation, _: NoParameters) -> Plan:
    """The next contact becomes the main one; the letters that wait are taken back, with a task that lists them."""
    facts = _answer(situation)
    on_file, following = facts.on_file, facts.next_contact
    if on_file is None or on_file.client is None or following is None:
        raise OurBug(f"there is no next contact to {facts.question.words}: ask the field choice in the rule")
    change = MakeMainContact(on_file.client.id, following.id, following.name, on_file.client.name)
    return _settled(situation, facts, change, f"{following.name} is the main contact of {on_file.client.name} now.")


def change_address(situation: Situation, _: NoParameters) -> Plan:
    """The contact gets the new address; the letters that wait are taken back, with a task that lists them."""
    facts = _answer(situation)
    on_file = facts.on_file
    if on_file is None or on_file.contact is None or facts.address is None:
        raise OurBug(
            f"there is no new address in the answer to {facts.question.words}: ask the field choice in the rule"
        )
    change = AddAddress(on_file.contact.id, on_file.contact.name, facts.address)
    return _settled(situation, facts, change, f"{on_file.contact.name} has the address {facts.address} now.")


def make_call_task(situation: Situation, _: NoParameters) -> Plan:
    """A task to call the contact, with the number and what to ask. The letters that wait stay on hold."""
    facts = _answer(situation)
    on_file = facts.on_file
    if on_file is None or on_file.contact is None or on_file.client is None:
        raise OurBug(f"there is nobody to call about {facts.question.words}")
    number = f"at {on_file.phone}" if on_file.phone else "(no number on file)"
    words = (
        f"Call {on_file.contact.name}, {on_file.client.name}, {number}: mail to {on_file.written} does not arrive. "
        "Ask: which address is right? If the person has left: who takes over, at which address?"
    )
    task = OpenTask(NAME, "call", words, letters.asked_person(situation.known, facts).id, on_file.client.id)
    close = CloseQuestion(facts.question.id, facts.words.words)
    return Plan(f"A call task about {on_file.contact.name}.", (close, task, letters.confirm(situation, facts, ())))


def _settled(situation: Situation, facts: AnswerFacts, change: Action, summary: str) -> Plan:
    """A letter to one person is not sent to another, nor again with other words: what waited is left to the owner."""
    waiting = _waiting(situation, facts)
    actions: list[Action] = [CloseQuestion(facts.question.id, facts.words.words), change]
    if waiting:
        actions.append(WithdrawLetters(tuple(each.id for each in waiting), tuple(each.ref for each in waiting)))
        actions.append(_task(situation, facts, waiting))
    actions.append(letters.confirm(situation, facts, waiting))
    return Plan(summary, tuple(actions))


def _task(situation: Situation, facts: AnswerFacts, waiting: tuple[Unsent, ...]) -> OpenTask:
    on_file = facts.on_file
    listed = "; ".join(f'{letter.ref} "{letter.subject}"' for letter in waiting)
    who = on_file.contact.name if on_file and on_file.contact else facts.question.words
    words = f"These letters to {who} were taken back; write what is still needed: {listed}"
    client = on_file.client.id if on_file and on_file.client else None
    return OpenTask(NAME, "withdrawn-letters", words, letters.asked_person(situation.known, facts).id, client)


def _waiting(situation: Situation, facts: AnswerFacts) -> tuple[Unsent, ...]:
    return recalled(situation.known).letters_to(facts.on_file.key) if facts.on_file else ()


def _record(facts: BounceFacts) -> RecordBounce:
    letter, failure = proven(facts)
    address_id = facts.on_file.address_id if facts.on_file else None
    return RecordBounce(letter.ref, letter.recipient_key, address_id, failure)


def _bounce(situation: Situation) -> BounceFacts:
    facts = situation.finding.facts
    if not isinstance(facts, BounceFacts):
        raise OurBug(f"a verb for bounces was used on a finding of kind {situation.finding.kind!r}")
    return facts


def _answer(situation: Situation) -> AnswerFacts:
    facts = situation.finding.facts
    if not isinstance(facts, AnswerFacts):
        raise OurBug(f"a verb for answers was used on a finding of kind {situation.finding.kind!r}")
    return facts


def values(situation: Situation) -> Mapping[str, object]:
    """The fields of this duty; what a finding does not have stays empty."""
    facts = situation.finding.facts
    if isinstance(facts, AnswerFacts):
        return {"choice": facts.choice.value}
    if isinstance(facts, LateAnswer):
        return {}
    bounce = _bounce(situation)
    failure = bounce.proof.failure or bounce.failures[0]
    on_file = bounce.on_file
    return {
        "reason": failure.reason.value,
        "outcome": failure.outcome.value,
        "dead": failure.is_dead,
        "status": failure.status,
        "reply_code": failure.reply_code,
        "detector": failure.detector,
        "recipients": bounce.recipients,
        "proven": bounce.proof.failure is not None,
        "disagrees": bounce.proof.disagrees,
        "counted": bounce.counted,
        "on_file": on_file is not None and on_file.contact is not None,
        "staff": on_file is not None and on_file.person_id is not None,
        "mentions_on_file": bounce.mentions_on_file,
        "address_status": on_file.status.value if on_file else "",
    }


FIELDS: Final[Mapping[str, type]] = {
    "reason": Reason,
    "outcome": Outcome,
    "dead": bool,
    "status": str,
    "reply_code": str,
    "detector": str,
    "recipients": int,
    "proven": bool,
    "disagrees": bool,
    "counted": bool,
    "on_file": bool,
    "staff": bool,
    "mentions_on_file": bool,
    "address_status": AddressStatus,
    "choice": Choice,
}


def _verb(name: str, plan: Callable[[Situation, NoParameters], Plan]) -> Verb[Any]:
    return Verb(name, NoParameters, plan, (plan.__doc__ or "").strip())


VOCABULARY: Final = Vocabulary(
    duty=NAME,
    kinds=tuple(kind.value for kind in Kind),
    fields=FIELDS,
    values=values,
    verbs={
        plan.__name__: _verb(plan.__name__, plan)
        for plan in (
            note,
            record,
            mark_dead,
            tell_admin_of_block,
            tell_admin_of_staff,
            tell_coordinator,
            make_main_contact,
            change_address,
            make_call_task,
        )
    },
)
