"""What comes of the answer to "who follows?": somebody takes over, with all that hung on the one who left."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.recalling import NAME, SUCCESSOR, recalled
from mailbot.duties.bounces.returned import tasks
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.duties.bounces.returned.settling import leaving
from mailbot.duties.bounces.whereabouts.handing_over import MakeMainContact, TakeOver
from mailbot.duties.bounces.whereabouts.passing_on import can_be_passed_on, passed_on
from mailbot.duties.bounces.whereabouts.reading import Candidate
from mailbot.duties.bounces.whereabouts.successor_answer import Follower, SuccessorFacts
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Language, Plain, Recipient
from mailbot.message.addresses import address_key
from mailbot.records.decision import Action, Question, Send
from mailbot.records.known import ClientCard, PersonCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.succession import Following


def take_over(situation: Situation, _: NoParameters) -> Plan:
    """Who follows becomes the main contact, with all that hung on the one who left, and is written a short letter."""
    facts, on_file, client = _answered(situation)
    candidate, sender = facts.candidate, _sender(situation)
    if candidate is None or on_file.contact is None:
        raise OurBug(f"nobody follows by the answer to {facts.question.letter_ref}: ask the field follower in the rule")
    to = Recipient(candidate.address, candidate.name, _language(client, candidate))
    actions = (
        CloseQuestion(facts.question.id, facts.words.words),
        _change(on_file, client, candidate),
        *([_introduction(situation, on_file, client, candidate)] if candidate.on_file is None else []),
        *passed_on(situation, on_file, to, sender),
        _confirmation(situation, facts, on_file, client),
    )
    return Plan(f"{candidate.name} follows {on_file.contact.name} at {client.name}.", actions)


def leave_as_is(situation: Situation, _: NoParameters) -> Plan:
    """Nothing moves; the contact stays marked, and the letters stay on hold."""
    facts, on_file, client = _answered(situation)
    actions = (
        CloseQuestion(facts.question.id, facts.words.words),
        _confirmation(situation, facts, on_file, client),
    )
    return Plan(f"Nobody follows {facts.question.words}; all stays as it is.", actions)


def call_about_successor(situation: Situation, _: NoParameters) -> Plan:
    """A task to call the client and ask who takes over. The letters that wait stay on hold."""
    facts, on_file, client = _answered(situation)
    sender = _sender(situation)
    who = on_file.contact.name if on_file.contact else on_file.written
    actions = (
        CloseQuestion(facts.question.id, facts.words.words),
        tasks.call_about_successor(on_file, sender),
        _confirmation(situation, facts, on_file, client),
    )
    return Plan(f"A call task: who follows {who}?", actions)


def _change(on_file: OnFile, client: ClientCard, candidate: Candidate) -> Action:
    card = candidate.on_file
    if card is not None:
        following = Following(card.id, card.name, card.address)
        return MakeMainContact(client.id, client.name, leaving(on_file), following)
    return TakeOver(
        client.id, client.name, leaving(on_file), candidate.name, candidate.address, candidate.phone or None
    )


def show_introduction(situation: Situation, _: NoParameters) -> Plan:
    """The colleague reads first what would be written to whoever follows, and says YES to it. Nothing moves yet."""
    facts, on_file, client = _answered(situation)
    candidate, sender = facts.candidate, _sender(situation)
    if candidate is None:
        raise OurBug(f"nobody follows by the answer to {facts.question.letter_ref}: ask the field follower in the rule")
    asks = Question(
        duty=NAME,
        kind=SUCCESSOR,
        words=facts.question.words,
        context={
            "address_key": on_file.key,
            "letter": facts.question.context.get("letter"),
            "name": candidate.name,
            "address": candidate.address,
            "phone": candidate.phone,
        },
    )
    draft = Draft(
        Recipient(sender.address, sender.name, _language(client, candidate)),
        f"{NAME}/introduction",
        _introducing(on_file, client, candidate, is_shown=True),
        purpose="introduction-shown",
        object=situation.ref,
        answers=situation.thread,
        about_client=client.id,
    )
    close = CloseQuestion(facts.question.id, facts.words.words)
    return Plan(f"{sender.name} reads first what {candidate.name} would be written.", (close, Send(draft, asks)))


def _introduction(situation: Situation, on_file: OnFile, client: ClientCard, candidate: Candidate) -> Send:
    written = _introducing(on_file, client, candidate, is_shown=False)
    to = Recipient(candidate.address, candidate.name, _language(client, candidate))
    return Send(
        Draft(
            to,
            f"{NAME}/introduction",
            written,
            purpose="introduction",
            object=address_key(candidate.address),
            period=situation.ref,
            about_client=client.id,
            offers_stop=True,
        )
    )


def _introducing(on_file: OnFile, client: ClientCard, candidate: Candidate, is_shown: bool) -> dict[str, Plain]:
    return {
        "shown": is_shown,
        "name": candidate.name,
        "address": candidate.address,
        "before": on_file.contact.name if on_file.contact else "",
        "client": client.name,
        "keeper": client.owner.name if client.owner else None,
        "keeper_address": client.owner.address if client.owner else None,
    }


def _language(client: ClientCard, candidate: Candidate) -> Language:
    known = candidate.on_file
    return known.language if known and known.language else client.language


def _confirmation(situation: Situation, facts: SuccessorFacts, on_file: OnFile, client: ClientCard) -> Send:
    candidate = facts.candidate
    waiting = recalled(situation.known).letters_to(on_file.key)
    going = can_be_passed_on(situation, on_file) if candidate else ()
    written: dict[str, Plain] = {
        **letters.waiting_in_words(going or waiting),
        "going": len(going),
        "left_over": len(waiting) - len(going),
        "choice": _CHOICES[facts.choice],
        "contact": on_file.contact.name if on_file.contact else on_file.written,
        "client": client.name,
        "successor": candidate.name if candidate else None,
        "address": candidate.address if candidate else None,
        "introduced": candidate is not None and candidate.on_file is None,
        "phone": on_file.phone,
    }
    draft = Draft(
        _sender(situation).recipient,
        f"{NAME}/followed",
        written,
        purpose="successor-settled",
        object=facts.question.letter_ref,
        answers=situation.thread,
    )
    return Send(replace(draft, about_client=client.id))


_CHOICES: Final = {
    Follower.PROPOSED: "follows",
    Follower.OTHER: "follows",
    Follower.NOBODY: "nobody",
    Follower.CALL: "call",
}


def _answered(situation: Situation) -> tuple[SuccessorFacts, OnFile, ClientCard]:
    facts = situation.finding.facts
    if not isinstance(facts, SuccessorFacts) or facts.on_file is None or facts.on_file.client is None:
        raise OurBug(f"a verb for successors was used on a finding of kind {situation.finding.kind!r}")
    return facts, facts.on_file, facts.on_file.client


def _sender(situation: Situation) -> PersonCard:
    sender = situation.known.sender.person if situation.known.sender else None
    if sender is None:
        raise OurBug("an answer was taken from somebody who is no colleague")
    return sender
