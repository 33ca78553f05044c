"""A domain refuses our letters for what we are: nobody is marked, the domain is paused, the admin hears it once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbot.config import Level
from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.actions import SendAgain
from mailbot.duties.bounces.bounced import bounce_of, recorded
from mailbot.duties.bounces.facts import BounceFacts, domain_of, proven
from mailbot.duties.bounces.history import Domain
from mailbot.duties.bounces.recalling import NAME, REFUSED_DOMAIN, recalled
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.message.model import Evidence, Message
from mailbot.records.decision import Question, Send
from mailbot.records.known import Known, PersonCard, QuestionCard
from mailbot.records.pauses import ResumeSending, StopSending
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import Role
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, Sorted
from mailbot.sorting.one_word import Chosen, Option, choice

RESUMED: Final = "resume-answer"  # the kind of the answer to the question about a domain

_RESUME: Final = (Option("resume", ("weiter", "fortsetzen"), numbered=False),)


@dataclass(frozen=True, slots=True)
class Burst:
    """When refusals of one domain stop the letters to it: so many recipients within `minutes`.

    Two are enough where they are `percent` of those who were written to. One recipient alone never stops a domain: he
    could do that to all the others.
    """

    recipients: int = 3
    percent: int = 50
    minutes: int = 60


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


@dataclass(frozen=True, slots=True)
class _Wave:
    """The refusals of one domain within the window, the one at hand among them."""

    domain: str
    letters: int
    recipients: int
    handed: int  # letters to the domain in the same time, as far as the records say it
    written_to: int  # recipients of those
    since: datetime
    waiting: int
    is_paused: bool

    def breaks(self, burst: Burst) -> bool:
        share = 100 * self.recipients >= burst.percent * max(self.written_to, 1)
        return self.recipients >= burst.recipients or (self.recipients > 1 and share)


def count_refusal(situation: Situation, burst: Burst) -> Plan:
    """Counts the refusal and marks nobody; a burst of them pauses the domain and tells the admin, once."""
    facts = bounce_of(situation)
    letter, _failure = proven(facts)
    wave = _wave(situation, facts, burst)
    refused = f"The fault is ours: {letters.letter_in_words(letter)} was refused; no address was marked"
    if wave.is_paused:
        return Plan(f"{refused}. Letters to {wave.domain} are paused already.", (recorded(facts),))
    if not wave.breaks(burst):
        return Plan(f"{refused}.", (recorded(facts),))
    since = wave.since.astimezone(situation.known.desk.zone)
    because = f"{wave.letters} of {wave.handed} letters since {since:%H:%M} were refused for what we are"
    actions = (recorded(facts), StopSending(wave.domain, because), _ask_admin(situation, facts, wave))
    return Plan(f"{refused}. Letters to {wave.domain} are paused: {because}.", actions)


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


def _wave(situation: Situation, facts: BounceFacts, burst: Burst) -> _Wave:
    letter, _failure = proven(facts)
    name = domain_of(letter.recipient)
    known = recalled(situation.known).domain(name) or Domain(name, (), (), 0, is_paused=False)
    start = situation.now - timedelta(minutes=burst.minutes)
    earlier = [each for each in known.refused if each.at > start and each.letter_ref != letter.ref]
    refused = {each.letter_ref for each in earlier} | {letter.ref}
    recipients = {each.address_key for each in earlier} | {letter.recipient_key}
    handed = [each for each in known.handed if each.at > start]
    return _Wave(
        domain=name,
        letters=len(refused),
        recipients=len(recipients),
        handed=max(len(handed), len(refused)),
        written_to=len({each.address_key for each in handed} | recipients),
        since=_first(letter.sent_at, [*(each.at for each in handed), *(each.at for each in earlier)], situation.now),
        waiting=known.waiting,
        is_paused=known.is_paused,
    )


def _first(sent_at: datetime | None, others: Sequence[datetime], now: datetime) -> datetime:
    return min([*others, *([sent_at] if sent_at and sent_at > now - timedelta(days=1) else [])], default=now)


def _ask_admin(situation: Situation, facts: BounceFacts, wave: _Wave) -> Send:
    _letter, failure = proven(facts)
    written: dict[str, Plain] = {
        **letters.server_said(failure),
        "domain": wave.domain,
        "refused": wave.letters,
        "handed": wave.handed,
        "since": wave.since,
        "waiting": wave.waiting,
    }
    to = letters.the_one_in_charge(situation.known, Role.ADMIN)
    asks = Question(
        duty=NAME,
        kind=REFUSED_DOMAIN,
        words=f"{wave.domain} refuses our letters; they are paused. RESUME?",
        context={"domain": wave.domain},
    )
    draft = Draft(to.recipient, f"{NAME}/our_fault", written, purpose=REFUSED_DOMAIN, object=situation.ref)
    return Send(draft, asks)


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
