"""What comes of the answer to "who follows?": somebody takes over, with all that hung on the one who left."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.recalling import NAME, SUCCESSOR, SUCCESSOR_SETTLED, recalled
from mailbot.duties.bounces.returned import tasks
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.duties.bounces.returned.settling import leaving
from mailbot.duties.bounces.whereabouts.handing_over import MakeMainContact, TakeOver
from mailbot.duties.bounces.whereabouts.introducing import introducing, introduction, language_of
from mailbot.duties.bounces.whereabouts.passing_on import can_be_passed_on, passed_on
from mailbot.duties.bounces.whereabouts.reading import Candidate
from mailbot.duties.bounces.whereabouts.successor_answer import SuccessorFacts
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain, Recipient
from mailbot.records.decision import Action, Question, Send
from mailbot.records.known import ClientCard, PersonCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.succession import Following


@dataclass(frozen=True, slots=True)
class Succession:
    """Who follows whom, by the word of which colleague; `about` is the letter, or the mail, that says so."""

    on_file: OnFile
    candidate: Candidate
    by: PersonCard
    about: str


def take_over(situation: Situation, _: NoParameters) -> Plan:
    """Who follows becomes the main contact, with all that hung on the one who left, and is written a short letter."""
    facts, on_file, _client = _answered(situation)
    if facts.candidate is None:
        raise OurBug(f"nobody follows by the answer to {facts.question.letter_ref}: ask the field follower in the rule")
    succession = Succession(on_file, facts.candidate, _sender(situation), facts.question.letter_ref)
    return follow(situation, succession, (CloseQuestion(facts.question.id, facts.words.words),))


def follow(situation: Situation, succession: Succession, first: tuple[Action, ...]) -> Plan:
    """Hands over all that hung on the one to the other; `first` is what the answer settles."""
    on_file, candidate, client = succession.on_file, succession.candidate, succession.on_file.client
    if on_file.contact is None or client is None:
        raise OurBug(f"{on_file.written} is on no contact, and cannot be followed")
    to = Recipient(candidate.address, candidate.name, language_of(client, candidate))
    actions = (
        *first,
        _change(on_file, client, candidate),
        *([introduction(situation, on_file, client, candidate)] if candidate.on_file is None else []),
        *passed_on(situation, on_file, to, succession.by),
        _confirmation(situation, on_file, succession.by, succession.about, "follows", candidate),
    )
    return Plan(f"{candidate.name} follows {on_file.contact.name} at {client.name}.", actions)


def leave_as_is(situation: Situation, _: NoParameters) -> Plan:
    """Nothing moves; the contact stays marked, and the letters stay on hold."""
    facts, on_file, _client = _answered(situation)
    actions = (
        CloseQuestion(facts.question.id, facts.words.words),
        _confirmation(situation, on_file, _sender(situation), facts.question.letter_ref, "nobody"),
    )
    return Plan(f"Nobody follows {facts.question.words}; all stays as it is.", actions)


def call_about_successor(situation: Situation, _: NoParameters) -> Plan:
    """A task to call the client and ask who takes over. The letters that wait stay on hold."""
    facts, on_file, _client = _answered(situation)
    sender = _sender(situation)
    who = on_file.contact.name if on_file.contact else on_file.written
    actions = (
        CloseQuestion(facts.question.id, facts.words.words),
        tasks.call_about_successor(on_file, sender),
        _confirmation(situation, on_file, sender, facts.question.letter_ref, "call"),
    )
    return Plan(f"A call task: who follows {who}?", actions)


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
        Recipient(sender.address, sender.name, language_of(client, candidate)),
        f"{NAME}/introduction",
        introducing(on_file, client, candidate, is_shown=True),
        purpose="introduction-shown",
        object=situation.ref,
        answers=situation.thread,
        about_client=client.id,
    )
    close = CloseQuestion(facts.question.id, facts.words.words)
    return Plan(f"{sender.name} reads first what {candidate.name} would be written.", (close, Send(draft, asks)))


def _change(on_file: OnFile, client: ClientCard, candidate: Candidate) -> Action:
    card = candidate.on_file
    if card is not None:
        following = Following(card.id, card.name, card.address)
        return MakeMainContact(client.id, client.name, leaving(on_file), following)
    return TakeOver(
        client.id, client.name, leaving(on_file), candidate.name, candidate.address, candidate.phone or None
    )


def _confirmation(
    situation: Situation, on_file: OnFile, to: PersonCard, about: str, choice: str, candidate: Candidate | None = None
) -> Send:
    """Says what was done, to the colleague by whose word it was."""
    client = on_file.client
    waiting = recalled(situation.known).letters_to(on_file.key)
    going = can_be_passed_on(situation, on_file) if candidate else ()
    written: dict[str, Plain] = {
        **letters.waiting_in_words(going or waiting),
        "going": len(going),
        "left_over": len(waiting) - len(going),
        "choice": choice,
        "contact": on_file.contact.name if on_file.contact else on_file.written,
        "client": client.name if client else None,
        "successor": candidate.name if candidate else None,
        "address": candidate.address if candidate else None,
        "introduced": candidate is not None and candidate.on_file is None,
        "phone": on_file.phone,
    }
    draft = Draft(
        to.recipient,
        f"{NAME}/followed",
        written,
        purpose=SUCCESSOR_SETTLED,
        object=about,
        answers=situation.thread,
        about_client=client.id if client else None,
    )
    return Send(draft)


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
