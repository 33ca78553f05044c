"""A domain refuses letters: each counts and marks nobody; a burst of them pauses the domain and goes to the admin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbot.deciding.verbs import Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.facts import BounceFacts, domain_of, proven
from mailbot.duties.bounces.recalling import NAME, REFUSED_DOMAIN, recalled
from mailbot.duties.bounces.refusals.history import Domain
from mailbot.duties.bounces.returned.bounced import bounce_of, recorded
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.pauses import StopSending
from mailbot.records.tables import Role

_TOLD: Final = "refused-domain-told"


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
    """Counts the refusal and marks nobody; a burst of them pauses the domain and is told, once."""
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
    actions = (recorded(facts), StopSending(wave.domain, because), *_tell(situation, facts, wave))
    return Plan(f"{refused}. Letters to {wave.domain} are paused: {because}.", actions)


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


def _tell(situation: Situation, facts: BounceFacts, wave: _Wave) -> Iterator[Send]:
    """The letter to the admin, who is asked, and a copy to the coordinator, whose reminders wait."""
    _letter, failure = proven(facts)
    admin = letters.the_one_in_charge(situation.known, Role.ADMIN)
    coordinator = letters.the_one_in_charge(situation.known)
    written: dict[str, Plain] = {
        **letters.server_said(failure),
        "domain": wave.domain,
        "refused": wave.letters,
        "handed": wave.handed,
        "since": wave.since,
        "waiting": wave.waiting,
    }
    asks = Question(
        duty=NAME,
        kind=REFUSED_DOMAIN,
        words=f"{wave.domain} refuses our letters; they are paused. RESUME?",
        context={"domain": wave.domain},
    )
    yield Send(_draft(admin, {**written, "asked": None}, REFUSED_DOMAIN, situation), asks)
    if coordinator.id != admin.id:
        yield Send(_draft(coordinator, {**written, "asked": admin.name}, _TOLD, situation))


def _draft(to: PersonCard, written: Mapping[str, Plain], purpose: str, situation: Situation) -> Draft:
    return Draft(to.recipient, f"{NAME}/our_fault", written, purpose=purpose, object=situation.ref)
