"""The admin says RESUME: letters to a domain that refused us go on, and the refused ones go out once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.config import Level
from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces.actions import SendAgain
from mailbot.duties.bounces.recalling import NAME, REFUSED_DOMAIN, recalled
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.message.model import Evidence, Message
from mailbot.records.decision import Send
from mailbot.records.known import Known, PersonCard, QuestionCard
from mailbot.records.pauses import ResumeSending
from mailbot.records.questions import CloseQuestion
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, Sorted
from mailbot.sorting.one_word import Chosen, Option, choice

RESUMED: Final = "resume-answer"  # the kind of the answer to the question about a domain

_RESUME: Final = (Option("resume", ("weiter", "fortsetzen"), numbered=False),)


@dataclass(frozen=True, slots=True)
class ResumeFacts:
    """RESUME, to the question about a domain that refuses us. `refused` are the references of the letters it refused.

    `is_clear` is false where the answer is anything else.
    """

    question: QuestionCard
    domain: str
    refused: tuple[str, ...]
    waiting: int
    words: Evidence
    is_clear: bool


def resume(situation: Situation, _: NoParameters) -> Plan:
    """Lets letters to the domain go on, and sends those again that it refused."""
    facts = situation.finding.facts
    sender = situation.known.sender.person if situation.known.sender else None
    if not isinstance(facts, ResumeFacts) or sender is None:
        raise OurBug("the verb 'resume' was asked about a mail in which no colleague says RESUME")
    again = (SendAgain(facts.refused),) if facts.refused else ()
    actions = (
        CloseQuestion(facts.question.id, facts.words.words),
        ResumeSending(facts.domain),
        *again,
        _confirmation(situation, facts, sender),
    )
    summary = f"Letters to {facts.domain} go on; {len(facts.refused)} refused ones are sent once more."
    return Plan(summary, actions, acts_from=Level.WATCH)


def read_resume(message: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """The finding of an answer to the question about a domain that refuses us; None for every other mail."""
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is None or question.duty != NAME or question.kind != REFUSED_DOMAIN:
        return None
    body = message.body.for_people
    order = commanded(body.text)
    if order and order.is_to_the_desk:
        return None
    said = choice(body.text, _RESUME)
    name = str(question.context.get("domain"))
    domain = recalled(known).domain(name)
    facts = ResumeFacts(
        question=question,
        domain=name,
        refused=tuple(dict.fromkeys(each.letter_ref for each in reversed(domain.refused))) if domain else (),
        waiting=domain.waiting if domain else 0,
        words=body.evidence(said.start, said.end) if isinstance(said, Chosen) else body.evidence(0, len(body.text)),
        is_clear=isinstance(said, Chosen) and not said.besides,
    )
    why = f"letters to {name} may go on" if facts.is_clear else f"it answers {question.letter_ref}, not with RESUME"
    return Finding(NAME, RESUMED, facts, (facts.words,), why)


def _confirmation(situation: Situation, facts: ResumeFacts, sender: PersonCard) -> Send:
    written: dict[str, Plain] = {
        "domain": one_line(facts.domain),
        "again": len(facts.refused),
        "waiting": facts.waiting,
    }
    draft = Draft(
        sender.recipient,
        f"{NAME}/resumed",
        written,
        purpose="domain-resumed",
        object=situation.ref,
        answers=situation.thread,
    )
    return Send(draft)
