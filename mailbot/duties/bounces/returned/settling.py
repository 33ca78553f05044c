"""What follows from the answer to the question about a dead address."""

from __future__ import annotations

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.facts import AnswerFacts
from mailbot.duties.bounces.recalling import recalled
from mailbot.duties.bounces.returned.on_file import OnFile, Unsent
from mailbot.duties.bounces.returned.tasks import call_about_address
from mailbot.duties.bounces.whereabouts.handing_over import AddAddress, MakeMainContact
from mailbot.duties.bounces.whereabouts.passing_on import Instead, passed_on
from mailbot.errors import OurBug
from mailbot.letters.model import Recipient
from mailbot.records.decision import Action
from mailbot.records.questions import CloseQuestion
from mailbot.records.succession import Following, Leaving


def make_main_contact(situation: Situation, _: NoParameters) -> Plan:
    """The next contact becomes the main one, and gets the letters that wait, each on its day."""
    facts = _answer(situation)
    on_file, following = facts.on_file, facts.next_contact
    if on_file is None or on_file.client is None or following is None:
        raise OurBug(f"there is no next contact to {facts.question.words}: ask the field choice in the rule")
    change = MakeMainContact(
        on_file.client.id,
        on_file.client.name,
        leaving(on_file),
        Following(following.id, following.name, following.address),
    )
    to = Recipient(following.address, following.name, following.language or on_file.client.language)
    summary = f"{following.name} is the main contact of {on_file.client.name} now."
    return _settled(situation, facts, (change, *_passed_on(situation, facts, to, Instead.UNREACHED)), summary)


def change_address(situation: Situation, _: NoParameters) -> Plan:
    """The contact gets the new address, and there the letters that wait, each on its day."""
    facts = _answer(situation)
    on_file = facts.on_file
    if on_file is None or on_file.contact is None or facts.address is None:
        raise OurBug(
            f"there is no new address in the answer to {facts.question.words}: ask the field choice in the rule"
        )
    change = AddAddress(on_file.contact.name, leaving(on_file), facts.address)
    language = on_file.contact.language or (on_file.client.language if on_file.client else "en")
    to = Recipient(facts.address, on_file.contact.name, language)
    summary = f"{on_file.contact.name} has the address {facts.address} now."
    return _settled(situation, facts, (change, *_passed_on(situation, facts, to, Instead.MOVED)), summary)


def make_call_task(situation: Situation, _: NoParameters) -> Plan:
    """A task to call the contact, with the number and what to ask. The letters that wait stay on hold."""
    facts = _answer(situation)
    on_file = facts.on_file
    if on_file is None or on_file.contact is None or on_file.client is None:
        raise OurBug(f"there is nobody to call about {facts.question.words}")
    task = call_about_address(on_file, letters.asked_person(situation.known, facts))
    close = CloseQuestion(facts.question.id, facts.words.words)
    return Plan(f"A call task about {on_file.contact.name}.", (close, task, letters.confirm(situation, facts, ())))


def leaving(on_file: OnFile) -> Leaving:
    """The contact whose address is off."""
    if on_file.contact is None:
        raise OurBug(f"{on_file.written} is no contact's address")
    return Leaving(on_file.contact.id, on_file.key)


def _settled(situation: Situation, facts: AnswerFacts, changes: tuple[Action, ...], summary: str) -> Plan:
    close = CloseQuestion(facts.question.id, facts.words.words)
    return Plan(summary, (close, *changes, letters.confirm(situation, facts, _waiting(situation, facts))))


def _passed_on(situation: Situation, facts: AnswerFacts, to: Recipient, why: Instead) -> tuple[Action, ...]:
    if facts.on_file is None:
        raise OurBug(f"the dead address of {facts.question.words} is not on file")
    return passed_on(situation, facts.on_file, to, letters.asked_person(situation.known, facts), why)


def _waiting(situation: Situation, facts: AnswerFacts) -> tuple[Unsent, ...]:
    return recalled(situation.known).letters_to(facts.on_file.key) if facts.on_file else ()


def _answer(situation: Situation) -> AnswerFacts:
    facts = situation.finding.facts
    if not isinstance(facts, AnswerFacts):
        raise OurBug(f"a verb for answers was used on a finding of kind {situation.finding.kind!r}")
    return facts
