"""What a colleague says of clients who are no longer reached: a bounce that is passed on, a letter that came back by
post, a dead number, somebody who has left, a corrected address. Only of the colleague's own clients. Pure."""

from __future__ import annotations

from typing import Final

from mailbot.duties.bounces.dead_ends import phrases
from mailbot.duties.bounces.dead_ends.facts import (
    ContactLeft,
    DeadEnds,
    NotOnFile,
)
from mailbot.duties.bounces.dead_ends.passed_on import of_bounces
from mailbot.duties.bounces.dead_ends.sentences import of_sentences
from mailbot.duties.bounces.recalling import DEAD_ADDRESS, NAME, recalled
from mailbot.message.model import Message
from mailbot.records.known import Known, QuestionCard
from mailbot.records.tables import Role
from mailbot.sorting.model import Finding, Sorted, Trust

DEAD_ENDS: Final = "dead-ends"

_LONGEST_ANSWER = 300
_MOST_FACTS = 20
_SPEAKS = (Role.REP, Role.COORDINATOR, Role.MANAGER)


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
    facts = (*of_bounces(message, own), *of_sentences(message, own))[:_MOST_FACTS]
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
